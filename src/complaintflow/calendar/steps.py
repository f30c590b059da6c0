"""What happened while a due instant was counted: the typed data behind an explanation."""

from __future__ import annotations

import datetime as _dt
from typing import Literal, TypeAlias

import attrs

from complaintflow.calendar.limits import Limit

__all__ = [
    "BeyondCoverage",
    "Capped",
    "CountedDay",
    "CountedInterval",
    "DayEnd",
    "FractionAdded",
    "LastDayMoved",
    "NextCountedDay",
    "OtherReading",
    "PausedDay",
    "PausedTime",
    "Reason",
    "SkippedDay",
    "StartMoved",
    "Step",
]


@attrs.frozen
class StartMoved:
    """A convention moved the start.

    Args:
        convention: The field of `Conventions`: ``on_closed_day``, ``after_closing`` ...
        choice: What it says.
        before: Where the start fell, microseconds since 1970 UTC.
        after: Where it was moved to.
    """

    convention: Literal["on_closed_day", "before_opening", "in_break", "after_closing"]
    choice: str
    before: int
    after: int


@attrs.frozen
class CountedInterval:
    """A stretch of time that counted, from *start* to *end* (microseconds since 1970 UTC)."""

    start: int
    end: int


@attrs.frozen
class CountedDay:
    """A day that counted, as number *number* of all.

    Args:
        name: The day's own name, if it is no ordinary one: a make-up day, special hours.
    """

    date: _dt.date
    number: int
    name: str | None = None
    kind: str = "ordinary"
    stands_for: str | None = None


@attrs.frozen
class SkippedDay:
    """A day that did not count because nobody works on it.

    Args:
        name: Of the holiday, if it has one.
        kind: The `DayKind`.
    """

    date: _dt.date
    name: str | None
    kind: str


@attrs.frozen
class PausedDay:
    """A day that did not count because the clock was paused at its end."""

    date: _dt.date


@attrs.frozen
class PausedTime:
    """A stretch that did not count because the clock was paused; None: it still is."""

    start: int
    end: int | None


@attrs.frozen
class DayEnd:
    """Which point of the last day is the due instant.

    Args:
        rule: ``close of business``, ``end of day``, ``same time of day``, ``wall time``.
        closed: Close of business was meant, but the day has no hours.
    """

    date: _dt.date
    rule: str
    closed: bool = False


@attrs.frozen
class LastDayMoved:
    """The last day was nobody's working day, and a convention moved it."""

    convention: Literal["last_day_off", "least_working_days"]
    choice: str
    before: _dt.date
    after: _dt.date


@attrs.frozen
class NextCountedDay:
    """The conventions gave *before*, not after the start; so the next counted day was taken."""

    before: int
    after: int


@attrs.frozen
class FractionAdded:
    """The part of a day after the whole ones, as *micros* of working time from *start*."""

    start: int
    micros: int


@attrs.frozen
class Capped:
    """The part of a day would have ended at *before*, later than one whole day more."""

    before: int
    after: int


@attrs.frozen
class OtherReading:
    """What the unit that does not govern would have given."""

    limit: Limit
    due: int | None


Step: TypeAlias = (
    StartMoved
    | CountedInterval
    | CountedDay
    | SkippedDay
    | PausedDay
    | PausedTime
    | DayEnd
    | LastDayMoved
    | NextCountedDay
    | FractionAdded
    | Capped
    | OtherReading
)


@attrs.frozen
class BeyondCoverage:
    """Why a due instant is provisional: holidays are not known for *date*.

    Args:
        date: The first date that counted and is not covered.
        first: First date of the coverage.
        last: Last date of the coverage.
    """

    date: _dt.date
    first: _dt.date
    last: _dt.date


Reason: TypeAlias = BeyondCoverage
"""Why a due instant may still move."""
