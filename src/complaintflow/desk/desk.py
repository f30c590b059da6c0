"""The desk: the one door for hosts, and the only place with effects."""

from __future__ import annotations

import datetime as _dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from complaintflow.audit.events import Answer, Event
from complaintflow.desk.book import PolicyBook
from complaintflow.desk.opening import Opening, given
from complaintflow.desk.session import RolledBackError, Session, Shelf
from complaintflow.desk.view import CaseView
from complaintflow.domain.domain import Domain
from complaintflow.domain.values import Evidence
from complaintflow.engine.commands import (
    Adopt,
    Approve,
    Command,
    Correct,
    Do,
    Note,
    Overrule,
    Raise,
    Receive,
    Void,
    What,
)
from complaintflow.engine.explain import Explanation, explain
from complaintflow.engine.forecast import forecast
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.engine.owed import Owed, by_due
from complaintflow.engine.program import Program
from complaintflow.errors import InvalidValueError, RefusedError, StaleVersionError
from complaintflow.moments import Now, to_micros
from complaintflow.policy.digest import digest
from complaintflow.policy.policy import Policy
from complaintflow.policy.world import Directory
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore, UnitOfWork

__all__ = ["Desk"]

_TRIES = 8
_T = TypeVar("_T")


class Desk:
    """Commands in, events and messages out, each command in one transaction.

    Args:
        policy: The policy under which new cases are opened, or a book of several.
        store: Where cases are kept; by default a new `MemoryStore`.
        now: Gives the present, an aware datetime; by default the system clock.
        directory: Who people are; without one, the host checks who may act in which role.
        domain: What a complaint is for this host; needed to receive its own complaint class.
        earlier: Policies under which open cases still run.
    """

    def __init__(
        self,
        policy: Policy | PolicyBook,
        *,
        store: CaseStore | None = None,
        now: Now | None = None,
        directory: Directory | None = None,
        domain: Domain[Any] | None = None,
        earlier: Iterable[Policy] = (),
    ) -> None:
        self.book = policy if isinstance(policy, PolicyBook) else PolicyBook.of(policy)
        self._domain = domain
        self.store: CaseStore = store if store is not None else MemoryStore()
        self._now = now if now is not None else _system_clock
        self._directory = directory
        self._programs = {p.digest: Program(p) for p in (*self.book.policies, *earlier)}
        self._shelf = Shelf()

    @property
    def policy(self) -> Policy:
        """The one policy of this desk. Raises InvalidValueError where its book has several."""
        if len(self.book.policies) != 1:
            raise InvalidValueError("this desk has several policies: ask desk.book.choose(at, ...)")
        return self.book.policies[0]

    # -- commands ------------------------------------------------------------------------

    def receive(
        self,
        complaint: object,
        *,
        by: str,
        role: str,
        at: _dt.datetime | None = None,
        number: str | None = None,
        step: str | None = None,
        evidence: Iterable[Evidence] = (),
        via: str = "",
        signed: Mapping[str, str] | None = None,
        choose: Mapping[str, str] | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Open a case.

        Args:
            complaint: Facts by name, an object whose ``facts()`` gives them (`Complaint` does),
                or one of the domain's own class, of which the policy takes what it speaks of.
            by: The person who receives it.
            role: The role in which that person acts.
            at: When it was received; by default what a `Complaint` says, else now.
            number: The case's number; by default what a `Complaint` says, else the next of the
                policy's pattern.
            step: The opening step, where the policy has several.
            evidence: What proves it.
            via: The channel by which it came.
            signed: Roles and the persons who signed.
            choose: With a policy book, by what it chooses: ``{"site": "wuhan"}``.
            command_id: Repeating the same command with this id gives the first outcome.

        Raises:
            RefusedError: the policy refuses it; ``error.refused.reasons`` says why.
            PolicyError: no policy of the book holds for it.
        """
        said = given(complaint, self._domain)
        at, number = at or said.at, number or said.number
        what = Receive(step, said.facts, tuple(evidence), via, dict(signed or {}))
        opening = Opening(self.book, dict(choose or {}), lent=said.lent)
        return _or_raise(self._run(number, what, by, role, at, command_id, opening))

    def try_do(
        self,
        case: str,
        what: str,
        *,
        by: str,
        role: str,
        at: _dt.datetime | None = None,
        key: str = "",
        facts: Mapping[str, Any] | None = None,
        present: Mapping[str, str] | None = None,
        signed: Mapping[str, str] | None = None,
        evidence: Iterable[Evidence] = (),
        via: str = "",
        reason: str = "",
        command_id: str | None = None,
    ) -> Decision:
        """Take a step, or do a duty by its own name: `Accepted`, or `Refused` with reasons.

        Args:
            case: The case's number.
            what: Code of a step, duty or action; ``verify <action>`` verifies one.
            by: The person.
            role: The role in which the person acts.
            at: When it happened; by default now.
            key: For a duty that several owe: which; for an action: its number.
            facts: What becomes known by it.
            present: Roles and the persons who acted jointly.
            signed: Roles and the persons who signed.
            evidence: What proves it; documents that must be made are among it.
            via: The channel that was used.
            command_id: Repeating the same command with this id gives the first outcome.
            reason: Why something that should hold is passed over.
        """
        do = Do(
            what,
            key,
            dict(facts or {}),
            dict(present or {}),
            dict(signed or {}),
            tuple(evidence),
            via,
            reason,
        )
        return self._run(case, do, by, role, at, command_id)

    def do(self, case: str, what: str, *, by: str, role: str, **details: Any) -> Accepted:
        """Like `try_do`, but a refusal raises.

        Raises:
            RefusedError: the policy refuses it; nothing has changed.
        """
        return _or_raise(self.try_do(case, what, by=by, role=role, **details))

    def note(
        self,
        case: str,
        facts: Mapping[str, Any],
        *,
        by: str,
        role: str,
        at: _dt.datetime | None = None,
        evidence: Iterable[Evidence] = (),
        command_id: str | None = None,
    ) -> Accepted:
        """Record facts outside any step. Raises RefusedError."""
        what = Note(dict(facts), tuple(evidence))
        return _or_raise(self._run(case, what, by, role, at, command_id))

    def overrule(
        self,
        case: str,
        decision: str,
        answer: Answer,
        *,
        reason: str,
        by: str,
        role: str,
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Answer a decision against its criteria, or where none fits. Raises RefusedError."""
        what = Overrule(decision, answer, reason)
        return _or_raise(self._run(case, what, by, role, at, command_id))

    def approve(
        self,
        case: str,
        approval: str,
        answer: Any,
        *,
        by: str,
        role: str,
        reason: str = "",
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Answer an approval: True, False, or the value that it asks for. Raises RefusedError."""
        what = Approve(approval, answer, reason)
        return _or_raise(self._run(case, what, by, role, at, command_id))

    def raise_action(
        self,
        case: str,
        action: str,
        kind: str,
        *,
        by: str,
        role: str,
        owner: str = "",
        text: str = "",
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Raise an action; the first of its kind of name has the key ``1``. Raises RefusedError."""
        what = Raise(action, kind, owner, text)
        return _or_raise(self._run(case, what, by, role, at, command_id))

    def correct(
        self,
        case: str,
        position: int,
        facts: Mapping[str, Any],
        *,
        reason: str,
        by: str,
        role: str,
        command_id: str | None = None,
    ) -> Accepted:
        """Mend what the entry at *position* stated; the old value stays. Raises RefusedError."""
        what = Correct(position, dict(facts), reason)
        return _or_raise(self._run(case, what, by, role, None, command_id))

    def void(
        self, case: str, *, reason: str, by: str, role: str, command_id: str | None = None
    ) -> Accepted:
        """Put aside a case opened by mistake; it stays on record. Raises RefusedError."""
        return _or_raise(self._run(case, Void(reason), by, role, None, command_id))

    def adopt(
        self,
        number: str,
        *,
        system: str,
        state: str,
        received: _dt.datetime,
        facts: Mapping[str, Any] | None = None,
        by: str,
        role: str = "",
        choose: Mapping[str, str] | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Take over an open case of an old system. Raises RefusedError and PolicyError."""
        what = Adopt(system, state, to_micros(received, "received"), dict(facts or {}))
        opening = Opening(self.book, dict(choose or {}), received)
        return _or_raise(self._run(number, what, by, role, None, command_id, opening))

    def sweep(self, *, limit: int | None = None) -> tuple[Accepted, ...]:
        """Record every miss and rung that is ready by now, in all cases.

        Costs what is due, not what is open. Safe to run late, twice and concurrently: a rung
        fires once.

        Args:
            limit: Look at no more than so many cases.
        """
        now = self._present()
        found: list[Accepted] = []
        while limit is None or len(found) < limit:
            with self.store.begin() as work:
                waiting = work.due(now, 256 if limit is None else min(256, limit - len(found)))
            if not waiting:
                break
            found += [
                self._unit(partial(Session.sweep, case_id=case_id), now) for case_id in waiting
            ]
        return tuple(found)

    # -- queries -------------------------------------------------------------------------

    def case(self, number: str) -> CaseView:
        """A case as it stands now. Raises UnknownCaseError."""
        return self._read(lambda session: session.view(number))

    def cases(self, *, is_open: bool | None = None, state: str | None = None) -> Iterator[CaseView]:
        """Cases in the order of receipt."""
        with self.store.begin() as work:
            numbers = tuple(work.cases(open=is_open, state=state))
        for number in numbers:
            yield self.case(number)

    def owed(self, case: str | None = None, *, role: str | None = None) -> tuple[Owed, ...]:
        """The to-do list: of one case or of all open ones, of one role or of everybody."""
        views = [self.case(case)] if case is not None else self.cases(is_open=True)
        found = [o for view in views for o in view.owed if role is None or role in o.roles]
        return tuple(sorted(found, key=by_due))

    def explain(self, case: str) -> Explanation:
        """Why the case stands as it stands; ``.text("en")`` or ``.text("zh")`` for people."""
        view = self.case(case)
        return explain(view.program, view.standing, view.events)

    def forecast(self, case: str, until: _dt.datetime) -> tuple[Event, ...]:
        """What would be missed and who would be told by *until*, if nothing more happened."""

        def foresee(session: Session) -> tuple[Event, ...]:
            _, program, standing = session.load(case)
            return forecast(program, standing, session.world(program), to_micros(until, "until"))

        return self._read(foresee)

    # -- units of work -------------------------------------------------------------------

    def _present(self) -> int:
        return to_micros(self._now(), "now()")

    def _session(self, work: UnitOfWork, now: int) -> Session:
        return Session(work, self._programs, self._shelf, self._directory, now)

    def _read(self, act: Callable[[Session], _T]) -> _T:
        with self.store.begin() as work:
            return act(self._session(work, self._present()))

    def _unit(self, act: Callable[[Session], _T], now: int) -> _T:
        """Run *act* in a unit of work; a lost race is decided anew."""
        for attempt in range(1, _TRIES + 1):
            try:
                with self.store.begin() as work:
                    session = self._session(work, now)
                    result = act(session)
            except StaleVersionError:
                if attempt == _TRIES:
                    raise
            else:
                session.keep()
                return result
        raise AssertionError  # the loop returns or raises

    def _run(
        self,
        number: str | None,
        what: What,
        by: str,
        role: str,
        at: _dt.datetime | None,
        command_id: str | None,
        opening: Opening | None = None,
    ) -> Decision:
        now = self._present()
        occurred = now if at is None else to_micros(at, "at")
        command = Command(command_id or str(uuid.uuid4()), what, by, role, occurred)
        said = {"case": number or "", "what": what, "by": by, "role": role}
        choose = {"choose": opening.keys} if opening and opening.keys else {}
        fingerprint = digest({**said, **choose, "at": 0 if at is None else occurred})
        try:
            return self._unit(lambda s: s.run(number, command, fingerprint, opening), now)
        except RolledBackError as refusal:
            return refusal.refused


def _or_raise(decision: Decision) -> Accepted:
    if isinstance(decision, Refused):
        raise RefusedError(decision.text(), decision)
    return decision


def _system_clock() -> _dt.datetime:
    return _dt.datetime.now(_dt.UTC)
