"""What a decision may ask of the world: history and people. Answers are recorded in events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import attrs

from complaintflow.policy.expression import Expression
from complaintflow.policy.person import Person

__all__ = [
    "Choosing",
    "Directory",
    "History",
    "NoHistory",
    "NoWorkload",
    "Question",
    "Serials",
    "Strategy",
    "Workload",
    "World",
]


@attrs.frozen
class Question:
    """How many cases are like this one?

    Args:
        fact: The counted fact that asks.
        same: Facts that must be equal, with this case's values.
        where: What must hold of the other case.
        since: Only cases received at or after this; microseconds since 1970 UTC, None all.
        received: Only cases received before this one; of the same instant, those with a
            smaller number.
        case: This case's number; it is never counted.
    """

    fact: str
    same: Mapping[str, Any]
    where: Expression | None
    since: int | None
    received: int
    case: str


class History(Protocol):
    """What is on record of other cases."""

    def similar(self, question: Question) -> tuple[str, ...]:
        """Numbers of the cases that fit, in the order of receipt."""
        ...

    def values(self, question: Question, fact: str) -> tuple[tuple[str, Any], ...]:
        """The same cases, each with what is known of *fact* in it; None where it is unknown."""
        ...


class Directory(Protocol):
    """Who people are. Every question takes the instant (microseconds) that it is about.

    The answer depends on the arguments alone: asked again about the same instant, it is the
    same. What the engine derives from it (who stands in for whom, to whom a vacancy climbs)
    is in `complaintflow.engine.people`.
    """

    def person(self, who: str, at: int, /) -> Person | None:
        """The person *who* as they are then; None for one who is not known, or not any more."""
        ...

    def holders(self, role: str, at: int, /) -> tuple[Person, ...]:
        """Everybody who holds *role* then, the absent included, always in the same order."""
        ...


class Serials(Protocol):
    """Numbers without gaps, given in the same unit of work in which they are recorded."""

    def next(self, pattern: str, at: int) -> str:
        """The next number of *pattern* at an instant, microseconds since 1970 UTC."""
        ...


@attrs.frozen
class NoHistory:
    """There are no other cases."""

    def similar(self, question: Question) -> tuple[str, ...]:
        """No case."""
        return ()

    def values(self, question: Question, fact: str) -> tuple[tuple[str, Any], ...]:
        """No case."""
        return ()


class Workload(Protocol):
    """Who has what, as routes ask."""

    def load(self, people: Sequence[str], /) -> Mapping[str, int]:
        """How many open cases each of *people* has been given; those without one are missing."""
        ...

    def turn(self, role: str, /) -> int:
        """The number of this choice among all choices by turn in *role*, from 1; each is new."""
        ...

    def previous(self, role: str, name: str, value: Any, case: str, /) -> tuple[str, str] | None:
        """The last other case with the same value of *name*, and who had *role* in it.

        None where there is no such case in which the role was given to somebody.
        """
        ...


@attrs.frozen
class NoWorkload:
    """Nobody has anything yet."""

    def load(self, people: Sequence[str], /) -> Mapping[str, int]:
        """Nothing."""
        return {}

    def turn(self, role: str, /) -> int:
        """The first turn."""
        return 1

    def previous(self, role: str, name: str, value: Any, case: str, /) -> tuple[str, str] | None:
        """No case."""
        return None


@attrs.frozen
class Choosing:
    """What a host's own strategy is asked: who of these gets the case?

    Args:
        case: The case's number.
        role: The role that is to be filled.
        at: Since when, microseconds since 1970 UTC.
        candidates: Who is left, one or more, in the directory's order.
        values: What is known about the case: facts and answers of decisions by name.
        workload: What may be asked about other cases.
    """

    case: str
    role: str
    at: int
    candidates: tuple[Person, ...]
    values: Mapping[str, Any]
    workload: Workload


class Strategy(Protocol):
    """A host's own strategy, named in a route by ``own <name>``."""

    def __call__(self, choosing: Choosing, /) -> Sequence[str]:
        """The ids of those candidates who are left, at least one.

        Several leave the choice to what stands behind it in the route. The answer is recorded
        in the case and not asked again.
        """
        ...


@attrs.frozen
class World:
    """A read-only view of the world, fixed for one decision.

    Args:
        history: Other cases.
        directory: People; None when the host checks roles itself and roles are told by name.
        serials: Numbers that a case gets on its way; None where nothing is recorded.
        workload: Who has what.
        strategies: The host's own strategies by name.
    """

    history: History = attrs.Factory(NoHistory)
    directory: Directory | None = None
    serials: Serials | None = None
    workload: Workload = attrs.Factory(NoWorkload)
    strategies: Mapping[str, Strategy] = attrs.Factory(dict)
