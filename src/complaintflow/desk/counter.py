"""The counter of a desk: every command about one case."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterable, Mapping
from typing import Any

from complaintflow.audit.events import Answer
from complaintflow.desk.book import PolicyBook
from complaintflow.desk.life import LifeCommands
from complaintflow.desk.opening import Opening, given
from complaintflow.desk.works import Works, or_raise
from complaintflow.domain.domain import Domain
from complaintflow.domain.values import Evidence
from complaintflow.engine.commands import (
    Adopt,
    Approve,
    Assign,
    CloseLink,
    Correct,
    Do,
    Merge,
    Note,
    Overrule,
    Raise,
    Receive,
    Recuse,
    Split,
    Void,
)
from complaintflow.engine.outcome import Accepted, Decision
from complaintflow.moments import to_micros

__all__ = ["Counter"]


class Counter(LifeCommands):
    """Commands about one case, each in one transaction.

    Args:
        book: Under which policy a new case is opened.
        domain: What a complaint is for this host.
        works: Runs what is wanted in units of work.
    """

    def __init__(self, book: PolicyBook, domain: Domain[Any] | None, works: Works) -> None:
        self.book = book
        self._domain = domain
        self._works = works

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
        reason: str = "",
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
            reason: Why a ``should`` of the opening step is passed.
            choose: With a policy book, by what it chooses: ``{"site": "wuhan"}``.
            command_id: Repeating the same command with this id gives the first outcome.

        Raises:
            RefusedError: the policy refuses it; ``error.refused.reasons`` says why.
            PolicyError: no policy of the book holds for it.
        """
        said = given(complaint, self._domain)
        at, number = at or said.at, number or said.number
        what = Receive(step, said.facts, tuple(evidence), via, dict(signed or {}), reason)
        opening = Opening(self.book, dict(choose or {}), lent=said.lent)
        return or_raise(self._works.run(number, what, by, role, at, command_id, opening))

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
        return self._works.run(case, do, by, role, at, command_id)

    def do(self, case: str, what: str, *, by: str, role: str, **details: Any) -> Accepted:
        """Like `try_do`, but a refusal raises.

        Raises:
            RefusedError: the policy refuses it; nothing has changed.
        """
        return or_raise(self.try_do(case, what, by=by, role=role, **details))

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
        return or_raise(self._works.run(case, what, by, role, at, command_id))

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
        return or_raise(self._works.run(case, what, by, role, at, command_id))

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
        return or_raise(self._works.run(case, what, by, role, at, command_id))

    def assign(
        self,
        case: str,
        who: str,
        to: str,
        *,
        by: str,
        role: str,
        reason: str = "",
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Give the role *who* of the case to the person *to*. Raises RefusedError."""
        what = Assign(who, to, reason)
        return or_raise(self._works.run(case, what, by, role, at, command_id))

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
        return or_raise(self._works.run(case, what, by, role, at, command_id))

    def close_link(
        self,
        case: str,
        link: str,
        *,
        key: str = "",
        facts: Mapping[str, Any] | None = None,
        by: str,
        role: str,
        at: _dt.datetime | None = None,
        evidence: Iterable[Evidence] = (),
        command_id: str | None = None,
    ) -> Accepted:
        """Report that what *link* opened outside is closed, for *key* of its ``each``.

        Raises:
            RefusedError: it is not open, or opened a case, whose own end closes it.
        """
        what = CloseLink(link, key, dict(facts or {}), tuple(evidence))
        return or_raise(self._works.run(case, what, by, role, at, command_id))

    def merge(
        self,
        case: str,
        *,
        into: str,
        reason: str,
        by: str,
        role: str,
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Say that *case* is a duplicate: it stays on record and owes nothing more.

        Both cases say so, in one unit of work. *into*, the one received first, goes on.

        Raises:
            RefusedError: *into* was received later, or is closed or merged itself.
            UnknownCaseError: one of them does not exist.
        """
        what = Merge(into, reason)
        return or_raise(self._works.run(case, what, by, role, at, command_id))

    def split(
        self,
        case: str,
        parts: Iterable[Mapping[str, Any]],
        *,
        reason: str,
        by: str,
        role: str,
        at: _dt.datetime | None = None,
        command_id: str | None = None,
    ) -> Accepted:
        """Open a case for each of *parts*, as *case* was opened, with these facts instead.

        A part is received when *case* was, so that its clocks count from then; *case* goes on.
        ``accepted.case.related`` names the parts, ``2026-0001/1`` the first. Raises RefusedError.
        """
        what = Split(tuple(dict(part) for part in parts), reason)
        return or_raise(self._works.run(case, what, by, role, at, command_id))

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
        return or_raise(self._works.run(case, what, by, role, None, command_id))

    def recuse(
        self,
        case: str,
        person: str,
        *,
        reason: str,
        by: str,
        role: str,
        lifted: bool = False,
        command_id: str | None = None,
    ) -> Accepted:
        """Keep *person* out of a case from now on, or let in again. Raises RefusedError."""
        what = Recuse(person, reason, lifted)
        return or_raise(self._works.run(case, what, by, role, None, command_id))

    def void(
        self, case: str, *, reason: str, by: str, role: str, command_id: str | None = None
    ) -> Accepted:
        """Put aside a case opened by mistake; it stays on record. Raises RefusedError."""
        return or_raise(self._works.run(case, Void(reason), by, role, None, command_id))

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
        return or_raise(self._works.run(number, what, by, role, None, command_id, opening))
