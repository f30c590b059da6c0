"""A scenario: what happens to a case when, and what must come of it."""

from __future__ import annotations

from typing import Any, TypeAlias

import attrs

from complaintflow.engine.commands import What
from complaintflow.errors import Problem
from complaintflow.policy.policy import Policy

__all__ = ["DueAs", "Entry", "Expectation", "Expected", "ReasonAs", "RungAs", "Scenario"]


@attrs.frozen
class DueAs:
    """A due instant that is expected, or the *word* for why there is none.

    Args:
        at: Microseconds since 1970 UTC.
        word: ``not started``, ``word only`` ...; empty with an instant.
        sort: How it must be counted (``working time``), or empty.
    """

    at: int | None = None
    word: str = ""
    sort: str = ""


@attrs.frozen
class RungAs:
    """One firing of a rung that is expected.

    Args:
        at: Its true time, microseconds since 1970 UTC.
        to: Roles that hear it; None does not ask.
        too_late: Whether it is found only by the command that stops its clock.
    """

    at: int
    to: frozenset[str] | None = None
    too_late: bool = False


@attrs.frozen
class ReasonAs:
    """One reason of a refusal that is expected; what is None is not asked.

    Args:
        kind: The key of the reason, such as ``need-not-met``.
        clauses: Clauses that it cites.
        facts: Facts that are missing or wrong.
        roles: Roles that are missing or wrong.
        choice: The open item that would have to be settled.
    """

    kind: str
    clauses: frozenset[str] | None = None
    facts: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    choice: str | None = None

    def __str__(self) -> str:
        parts = [self.kind]
        for name in ("clauses", "facts", "roles"):
            value = getattr(self, name)
            if value is not None:
                parts.append(", ".join(sorted(value)))
        return " ".join([*parts, f"${self.choice}" if self.choice else ""]).strip()


Expected: TypeAlias = (
    DueAs | tuple[RungAs, ...] | frozenset[str] | tuple[ReasonAs, ...] | str | int | bool | None
)
"""What an expectation wants; for a fact, a value of the fact's type."""


@attrs.frozen
class Expectation:
    """One thing that must be so.

    Args:
        kind: The key of the file: ``state``, ``answer``, ``due`` ...
        name: The fact, decision, duty or notice that it is about; else empty.
        key: The member of a duty's ``each``, or the code of a rung; None means every one.
        wanted: What is expected (see `Expected`).
        said: The same as the file says it.
        line: Line in the file.
    """

    kind: str
    name: str
    key: str | None
    wanted: Any
    said: str
    line: int

    @property
    def subject(self) -> str:
        """What it is about, as the file says it."""
        return f"{self.name}.{self.key}" if self.key else self.name


@attrs.frozen
class Entry:
    """One line of a scenario: a command, or only a look, and what must be so after it.

    Args:
        case: The case: empty for the scenario's own, else the name of an earlier one.
        at: When it occurs, microseconds since 1970 UTC.
        recorded: When it is entered, not earlier than the entry before.
        what: The command; None only looks.
        by: The person.
        role: The role in which the person acts.
        sweep: Whether misses and rungs are looked for first.
        refused: What the refusal must say; None where the command must be accepted.
        expects: What must be so afterwards.
        line: Line in the file.
        inside: Of the case that a link of *case* opened, link and key as in ``sites.north``;
            empty for *case* itself.
    """

    case: str
    at: int
    recorded: int
    what: What | None = None
    by: str = ""
    role: str = ""
    sweep: bool = False
    refused: Expectation | None = None
    expects: tuple[Expectation, ...] = ()
    line: int = 0
    inside: str = ""

    @property
    def count(self) -> int:
        """How many expectations it has."""
        reasons = 1 + len(self.refused.wanted or ()) if self.refused is not None else 0
        return len(self.expects) + reasons


@attrs.frozen
class Scenario:
    """One scenario, with the values of one row if it has rows.

    Args:
        name: What people call it; unique in its file.
        clauses: The clauses that it is about.
        entries: The earlier cases' and its own, in the order of recording.
        waits_for: The capability without which it cannot pass; empty: it must pass.
        problems: Why a waiting scenario cannot even be read.
        policy: The policy with the scenario's own parameters; None is the policy as it is.
    """

    name: str
    clauses: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    waits_for: str = ""
    file: str = ""
    line: int = 0
    problems: tuple[Problem, ...] = ()
    policy: Policy | None = None

    @property
    def count(self) -> int:
        """How many expectations it has."""
        return sum(entry.count for entry in self.entries)
