"""What a decision may ask of the world: history and people. Answers are recorded in events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import attrs

from complaintflow.policy.expression import Expression

__all__ = ["Directory", "History", "NoHistory", "Question", "Serials", "World"]


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
    """Who people are. Every question takes the instant (microseconds) that it is about."""

    def person(self, role: str, at: int) -> str | None:
        """Who acts in *role* then, substitutes included; None when nobody does."""
        ...

    def holds(self, person: str, role: str, at: int) -> bool:
        """Whether *person* may act in *role* then."""
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


@attrs.frozen
class World:
    """A read-only view of the world, fixed for one decision.

    Args:
        history: Other cases.
        directory: People; None when the host checks roles itself and roles are told by name.
        serials: Numbers that a case gets on its way; None where nothing is recorded.
    """

    history: History = attrs.Factory(NoHistory)
    directory: Directory | None = None
    serials: Serials | None = None
