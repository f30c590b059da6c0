"""One date as a calendar sees it."""

from __future__ import annotations

import datetime as _dt
from typing import Literal, TypeAlias

import attrs

from complaintflow.calendar.hours import WEEKDAYS

__all__ = ["Day", "DayKind"]

DayKind: TypeAlias = Literal[
    "ordinary", "make-up", "special", "holiday", "weekly", "combination", "skipped"
]
"""Why a day is what it is.

``ordinary``
    open by the week;
``make-up``
    a special day with the hours of another weekday (`Day.stands_for`);
``special``
    a special day with hours of its own;
``holiday``
    closed by name;
``weekly``
    closed by the week;
``combination``
    closed because two calendars have no hours in common, or one takes away all of the other;
``skipped``
    a date that no clock of the zone ever showed (Apia, 2011-12-30), or whose hours all fell
    into such a gap.
"""


@attrs.frozen(slots=True)
class Day:
    """One date: its hours as instants, and why it is open or closed.

    Args:
        date: The date.
        intervals: (open, close) in microseconds since 1970 UTC, sorted and disjoint. They
            belong to the day they start on, so the last may end on the next date.
        kind: Why the day is what it is.
        name: The name of the holiday or special day, if one was given.
        stands_for: For a make-up day the weekday whose hours it takes: ``"fri"``.
        known: Whether the date lies within the calendar's coverage.
    """

    date: _dt.date
    intervals: tuple[tuple[int, int], ...]
    kind: DayKind
    name: str | None = None
    stands_for: str | None = None
    known: bool = True

    @property
    def working(self) -> bool:
        """Whether there is any opening on the day."""
        return bool(self.intervals)

    @property
    def open(self) -> int | None:
        """The first opening in microseconds since 1970 UTC, None on a closed day."""
        return self.intervals[0][0] if self.intervals else None

    @property
    def close(self) -> int | None:
        """The last closing in microseconds since 1970 UTC, None on a closed day."""
        return self.intervals[-1][1] if self.intervals else None

    @property
    def micros(self) -> int:
        """Elapsed microseconds the day is open."""
        return sum(close - start for start, close in self.intervals)

    @property
    def reason(self) -> str | None:
        """In English why the day is unlike an ordinary working day; None if it is one."""
        if self.name:
            return self.name
        weekday = self.date.weekday()
        return {
            "ordinary": None,
            "make-up": f"make-up day for {self.stands_for}",
            "special": "special hours",
            "holiday": "closed",
            "weekly": "weekend" if weekday > 4 else f"closed every {WEEKDAYS[weekday]}",
            "combination": "no hours left",
            "skipped": "skipped by the clocks",
        }[self.kind]
