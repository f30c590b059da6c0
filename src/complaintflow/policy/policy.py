"""The policy: a company's written procedure as one checked, versioned value."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from complaintflow.calendar.conventions import Conventions
from complaintflow.policy.action import Action
from complaintflow.policy.allow import Permission
from complaintflow.policy.apart import Apart
from complaintflow.policy.approval import Approval
from complaintflow.policy.choice import Choice
from complaintflow.policy.decision import Decision
from complaintflow.policy.duty import Duty
from complaintflow.policy.fact import Fact, Form
from complaintflow.policy.link import Link
from complaintflow.policy.record import Record
from complaintflow.policy.role import Role
from complaintflow.policy.route import Route
from complaintflow.policy.step import Step
from complaintflow.policy.tell import Tell

if TYPE_CHECKING:
    from complaintflow.calendar import WorkingCalendar
    from complaintflow.policy.check.finding import Finding

__all__ = ["Name", "Policy"]


@attrs.frozen
class Name:
    """What people call something, in English and in Chinese; empty where nobody said."""

    en: str = ""
    zh: str = ""

    def text(self, language: str, code: str) -> str:
        """The name in *language*, else in the other one, else the *code*."""
        first, second = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return first or second or code


_BUILT_IN = {"state": Name("state", "状态")}
"""What the language itself names, unless the policy calls it otherwise."""


@attrs.frozen(slots=False)
class Policy:
    """A complaint procedure.

    Args:
        id: Stable identifier of the procedure, the same in every version.
        version: This version, as the company writes it.
        calendar: The working calendar on which its limits are counted.
        final: States in which a case is closed.
        conventions: How limits are counted unless a target says otherwise.
        keeper: The role that answers for a case throughout, if there is one.
        clauses: Clause id to a one-line paraphrase; what decisions cite.
        names: What people call the codes.
        effective: First day on which it holds; None from the beginning.
        approved_by: Who approved this version.
        title: What the procedure is called.
        parked: States in which a case may stay although no step leads on and they are not final.
        semantics: The version of the meaning of these words; always 1.
    """

    id: str
    version: str
    calendar: WorkingCalendar
    final: tuple[str, ...]
    conventions: Conventions = attrs.Factory(Conventions)
    keeper: str | None = None
    roles: tuple[Role, ...] = ()
    facts: tuple[Fact, ...] = ()
    forms: tuple[Form, ...] = ()
    decisions: tuple[Decision, ...] = ()
    steps: tuple[Step, ...] = ()
    duties: tuple[Duty, ...] = ()
    approvals: tuple[Approval, ...] = ()
    actions: tuple[Action, ...] = ()
    tells: tuple[Tell, ...] = ()
    routes: tuple[Route, ...] = ()
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    records: tuple[Record, ...] = ()
    permissions: tuple[Permission, ...] = ()
    apart: tuple[Apart, ...] = ()
    clauses: Mapping[str, str] = attrs.Factory(dict)
    names: Mapping[str, Name] = attrs.Factory(dict)
    calendars: Mapping[str, WorkingCalendar] = attrs.Factory(dict)
    effective: _dt.date | None = None
    approved_by: str = ""
    title: Name = attrs.Factory(Name)
    parked: tuple[str, ...] = ()
    semantics: int = 1

    @property
    def open_items(self) -> tuple[Choice, ...]:
        """What the procedure leaves open and nobody has settled."""
        return tuple(choice for choice in self.choices if choice.is_open)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order in which the steps name them; final ones last."""
        seen: dict[str, None] = {}
        for step in self.steps:
            for state in (*step.source, *(b.to for b in step.to if isinstance(b.to, str))):
                if state != "any":
                    seen[state] = None
        for state in self.final:
            seen.pop(state, None)
        return (*seen, *self.final)

    @cached_property
    def hours(self) -> Mapping[str, WorkingCalendar]:
        """Role to the calendar outside which it is quiet; those without one always hear."""
        return {
            role.code: self.calendars.get(role.calendar, self.calendar)
            for role in self.roles
            if role.calendar is not None
        }

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything that the policy says; equal policies have equal digests."""
        from complaintflow.policy.digest import digest

        return digest(self)

    def check(self) -> tuple[Finding, ...]:
        """What there is to say about it without running it; see `complaintflow.policy.check`.

        Raises:
            PolicyError: it cannot be used at all; carries every problem.
        """
        from complaintflow.policy.check import check

        return check(self)

    def name(self, code: str, language: str = "en") -> str:
        """What people call *code* in ``en`` or ``zh``; the code itself where nobody said."""
        found = self.names.get(code) or _BUILT_IN.get(code)
        return found.text(language, code) if found else code
