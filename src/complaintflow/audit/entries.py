"""What is on record of one thing in a case: a fact, a step, an act, an answer, a link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.audit.events import Answer
from complaintflow.audit.opening import Opening
from complaintflow.domain.values import Evidence

__all__ = ["Act", "Answered", "Given", "Known", "Opening", "Taken"]


@attrs.frozen
class Known:
    """A fact that is known: its value, who gave it, since when, by which event."""

    value: Any
    by: str
    role: str
    since: int
    position: int


@attrs.frozen
class Taken:
    """A step as it was last taken, how often, and by whom it was ever taken or attended."""

    at: int
    position: int
    by: str
    role: str
    count: int
    people: frozenset[str] = frozenset()


@attrs.frozen
class Act:
    """An act on a duty: what its demand is compared with."""

    key: str
    at: int
    position: int
    by: str
    role: str
    present: Mapping[str, str]
    facts: Mapping[str, Any]
    evidence: tuple[Evidence, ...]
    via: str


@attrs.frozen
class Answered:
    """A decision's recorded answer, by its criteria or by a person; *at* is since when."""

    answer: Answer
    matched: tuple[str, ...]
    unknown: tuple[str, ...]
    at: int
    position: int


@attrs.frozen
class Given:
    """One party's answer to an approval."""

    role: str
    by: str
    answer: Any
    at: int
    position: int
