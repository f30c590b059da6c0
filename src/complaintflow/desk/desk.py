"""The desk: the one door for hosts, and the only place with effects."""

from __future__ import annotations

import datetime as _dt
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar, runtime_checkable

import attrs
from pendulum import DateTime

from complaintflow.audit.events import Answer, Event
from complaintflow.desk.history import StoreHistory, index_keys
from complaintflow.desk.numbering import next_number
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
from complaintflow.engine.decide import decide, sweep
from complaintflow.engine.explain import Explanation, explain
from complaintflow.engine.forecast import forecast
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.engine.owed import Owed, by_due, owed_in
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Standing, fold, view_of
from complaintflow.errors import (
    CommandReusedError,
    InvalidValueError,
    PolicyError,
    RefusedError,
    StaleVersionError,
    UnknownCaseError,
)
from complaintflow.moments import Now, from_micros, to_micros
from complaintflow.policy.digest import digest
from complaintflow.policy.policy import Policy
from complaintflow.policy.world import Directory, World
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStatus, CaseStore, Outcome, UnitOfWork

__all__ = ["CaseView", "Desk", "HasFacts"]

_TRIES = 8
_T = TypeVar("_T")


@runtime_checkable
class HasFacts(Protocol):
    """A host's own complaint: anything that can say its facts."""

    def facts(self) -> Mapping[str, Any]:
        """Fact names of the policy to values."""
        ...


@attrs.frozen
class CaseView:
    """A case as it stands, for reading.

    Args:
        events: Its whole trail.
        standing: The fold of it.
    """

    program: Program
    events: tuple[Event, ...]
    standing: Standing
    now: int

    @property
    def number(self) -> str:
        """The case's number."""
        return self.standing.case.id

    @property
    def state(self) -> str:
        """Where it is in the flow."""
        return self.standing.case.state

    @property
    def facts(self) -> dict[str, Any]:
        """What is known, by name."""
        return {name: known.value for name, known in self.standing.case.facts.items()}

    @property
    def answers(self) -> dict[str, Any]:
        """Every decision's answer, None while undetermined."""
        view = view_of(self.program, self.standing)
        return {code: view[code] for code in self.program.decisions}

    @property
    def owed(self) -> tuple[Owed, ...]:
        """What is owed, what falls due first comes first."""
        return owed_in(view_of(self.program, self.standing), self.now)

    @property
    def received(self) -> DateTime:
        """When the complaint was received, in the zone of the policy's calendar."""
        return from_micros(self.standing.case.received, self.program.policy.calendar.tz)

    @property
    def possible(self) -> tuple[str, ...]:
        """Steps that lead on from here, whether or not their guards hold."""
        return self.program.workflow.possible(self.state)

    @property
    def is_final(self) -> bool:
        """Whether it is closed or void."""
        case = self.standing.case
        return case.state in self.program.policy.final or case.voided is not None


class Desk:
    """Commands in, events and messages out, each command in one transaction.

    Args:
        policy: The policy under which new cases are opened.
        store: Where cases are kept; by default a new `MemoryStore`.
        now: Gives the present, an aware datetime; by default the system clock.
        directory: Who people are; without one, the host checks who may act in which role.
        domain: What a complaint is for this host; needed to receive its own complaint class.
        earlier: Policies under which open cases still run.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        store: CaseStore | None = None,
        now: Now | None = None,
        directory: Directory | None = None,
        domain: Domain[Any] | None = None,
        earlier: Iterable[Policy] = (),
    ) -> None:
        self.policy = policy
        self._domain = domain
        self.store: CaseStore = store if store is not None else MemoryStore()
        self._now = now if now is not None else _system_clock
        self._directory = directory
        self._programs = {p.digest: Program(p) for p in (policy, *earlier)}
        self._cache: OrderedDict[str, tuple[tuple[Event, ...], Standing]] = OrderedDict()

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
        command_id: str | None = None,
    ) -> Accepted:
        """Open a case.

        Args:
            complaint: Facts by name, an object whose ``facts()`` gives them (`Complaint` does),
                or one of the domain's own class.
            by: The person who receives it.
            role: The role in which that person acts.
            at: When it was received; by default now.
            number: The case's number; by default the next of the policy's pattern.
            step: The opening step, where the policy has several.
            evidence: What proves it.
            via: The channel by which it came.
            signed: Roles and the persons who signed.
            command_id: Repeating the same command with this id gives the first outcome.

        Raises:
            RefusedError: the policy refuses it; ``error.refused.reasons`` says why.
        """
        facts = self._facts_of(complaint)
        what = Receive(step, facts, tuple(evidence), via, dict(signed or {}))
        return _or_raise(self._run(number, what, by, role, at, command_id, new=True))

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
        command_id: str | None = None,
    ) -> Accepted:
        """Take over an open case of an old system. Raises RefusedError."""
        what = Adopt(system, state, to_micros(received, "received"), dict(facts or {}))
        return _or_raise(self._run(number, what, by, role, None, command_id, new=True))

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
            found += [self._sweep_one(case_id, now) for case_id in waiting]
        return tuple(found)

    # -- queries -------------------------------------------------------------------------

    def case(self, number: str) -> CaseView:
        """A case as it stands now. Raises UnknownCaseError."""
        with self.store.begin() as work:
            return self._view(work, number)

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
        with self.store.begin() as work:
            _, program, standing = self._load(work, case)
            history = self._history(work, program, self._present())
            world = World(history, self._directory)
            return forecast(program, standing, world, to_micros(until, "until"))

    def _facts_of(self, complaint: object) -> dict[str, Any]:
        if isinstance(complaint, Mapping):
            return dict(complaint)
        if self._domain is not None and isinstance(complaint, self._domain.complaint):
            return self._domain.facts_of(complaint)
        if isinstance(complaint, HasFacts):
            return dict(complaint.facts())
        raise InvalidValueError(
            f"expected facts by name or a complaint, got {type(complaint).__name__}; tell the desk "
            "what your complaints are: Desk(..., domain=Domain.of(YourComplaint))"
        )

    # -- within one transaction ----------------------------------------------------------

    def _present(self) -> int:
        return to_micros(self._now(), "now()")

    def _run(
        self,
        number: str | None,
        what: What,
        by: str,
        role: str,
        at: _dt.datetime | None,
        command_id: str | None,
        *,
        new: bool = False,
    ) -> Decision:
        now = self._present()
        command = Command(
            command_id or str(uuid.uuid4()),
            what,
            by,
            role,
            now if at is None else to_micros(at, "at"),
        )
        fingerprint = digest(
            {
                "case": number or "",
                "what": what,
                "by": by,
                "role": role,
                "at": command.occurred if at is not None else 0,
            }
        )
        try:
            return self._retried(
                lambda work: self._once(work, number, command, fingerprint, now, new)
            )
        except _RefusalError as refusal:
            return refusal.refused

    def _retried(self, act: Callable[[UnitOfWork], _T]) -> _T:
        """Run *act* in a unit of work; a lost race is decided anew."""
        for attempt in range(_TRIES):
            try:
                with self.store.begin() as work:
                    return act(work)
            except StaleVersionError:
                if attempt == _TRIES - 1:
                    raise
        raise AssertionError  # the loop returns or raises

    def _once(
        self,
        work: UnitOfWork,
        number: str | None,
        command: Command,
        fingerprint: str,
        now: int,
        new: bool,
    ) -> Decision:
        before = work.outcome(command.id)
        if before is not None:
            return self._again(work, command, fingerprint, before)
        if new:
            at = from_micros(command.occurred, self.policy.calendar.tz)
            case_id = number or next_number(self.policy, work, at)
            program = self._programs[self.policy.digest]
            events, standing = self._loaded(work, program, case_id)
        else:
            if not number:
                raise InvalidValueError("say which case: its number")
            case_id = number
            events, program, standing = self._load(work, case_id)
            if not events:
                raise UnknownCaseError(f"there is no case {case_id!r}", case_id)
        history = self._history(work, program, now)
        world = World(history, self._directory)
        decision = decide(program, standing, command, world, now)
        if isinstance(decision, Refused):
            raise _RefusalError(decision)  # rolls back: even the serial that was taken
        self._write(work, program, events, decision)
        version = decision.standing.case.version
        first = version - len(decision.events) + 1
        work.remember(command.id, Outcome(fingerprint, case_id, first, version))
        return decision

    def _again(
        self, work: UnitOfWork, command: Command, fingerprint: str, before: Outcome
    ) -> Accepted:
        if before.fingerprint != fingerprint:
            raise CommandReusedError(
                f"the command id {command.id!r} was used for another command on case "
                f"{before.case_id!r}; give every command an id of its own",
                command.id,
            )
        events = work.load(before.case_id)[: before.to_position]
        program = self._program(events)
        standing = fold(program, before.case_id, events)
        return Accepted(events[before.from_position - 1 :], standing)

    def _sweep_one(self, case_id: str, now: int) -> Accepted:
        return self._retried(lambda work: self._swept(work, case_id, now))

    def _swept(self, work: UnitOfWork, case_id: str, now: int) -> Accepted:
        events, program, standing = self._load(work, case_id)
        history = self._history(work, program, now)
        accepted = sweep(program, standing, World(history, self._directory), now)
        self._write(work, program, events, accepted)
        return accepted

    def _write(
        self, work: UnitOfWork, program: Program, events: tuple[Event, ...], accepted: Accepted
    ) -> None:
        standing = accepted.standing
        case = standing.case
        final = case.state in program.policy.final or case.voided is not None
        status = CaseStatus(
            state=case.state,
            open=not final,
            received=case.received,
            policy=case.policy,
            attention=standing.attention,
            keys=index_keys(program, standing),
        )
        work.append(
            case.id,
            accepted.events,
            expected_version=len(events),
            status=status,
            personal=program.personal,
        )
        work.post(accepted.messages)
        self._keep(case.id, (*events, *accepted.events), standing)

    def _view(self, work: UnitOfWork, number: str) -> CaseView:
        events, program, standing = self._load(work, number)
        return CaseView(program, events, standing, self._present())

    def _history(self, work: UnitOfWork, program: Program, now: int) -> StoreHistory:
        return StoreHistory(work, program.policy.id, lambda c: self._load(work, c)[1:], now)

    def _load(self, work: UnitOfWork, case_id: str) -> tuple[tuple[Event, ...], Program, Standing]:
        cached = self._cache.get(case_id)
        if cached is not None and work.version(case_id) == len(cached[0]):
            self._cache.move_to_end(case_id)
            return cached[0], self._program(cached[0]), cached[1]
        events = work.load(case_id)
        program = self._program(events)
        standing = fold(program, case_id, events)
        self._keep(case_id, events, standing)
        return events, program, standing

    def _loaded(
        self, work: UnitOfWork, program: Program, case_id: str
    ) -> tuple[tuple[Event, ...], Standing]:
        if work.version(case_id):
            events, _, standing = self._load(work, case_id)
            return events, standing
        return (), fold(program, case_id, ())

    def _program(self, events: tuple[Event, ...]) -> Program:
        wanted = events[-1].policy if events else self.policy.digest
        found = self._programs.get(wanted)
        if found is None:
            raise PolicyError(
                f"the case runs under a policy with digest {wanted[:12]}, which this desk does "
                "not have; pass it to Desk(..., earlier=[...])"
            )
        return found

    def _keep(self, case_id: str, events: tuple[Event, ...], standing: Standing) -> None:
        self._cache[case_id] = (events, standing)
        self._cache.move_to_end(case_id)
        while len(self._cache) > 4_096:
            self._cache.popitem(last=False)


class _RefusalError(Exception):
    """Ends the unit of work of a refused command."""

    def __init__(self, refused: Refused) -> None:
        super().__init__()
        self.refused = refused


def _or_raise(decision: Decision) -> Accepted:
    if isinstance(decision, Refused):
        raise RefusedError(decision.text(), decision)
    return decision


def _system_clock() -> _dt.datetime:
    return _dt.datetime.now(_dt.UTC)
