"""``a | b``, ``a & b``, ``a - b``: calendars made of two others.

The instants are combined as sets. Days are combined too: an interval of a union belongs to
the day it has in its own operand; what is left of an intersection or a difference belongs
to the day of the left operand. An operand in another zone has no days here: each of its
intervals belongs to the date on which it starts in the zone of the combination.
"""

from __future__ import annotations

import datetime as _dt
from typing import Literal, Protocol, TypeAlias

import attrs

from complaintflow.calendar.compiled import Window, merge
from complaintflow.calendar.day import Day, DayKind
from complaintflow.calendar.hours import DAY
from complaintflow.calendar.offsets import localise
from complaintflow.errors import InvalidCalendarError

__all__ = ["Combined", "Operation", "Source", "combine"]

Operation: TypeAlias = Literal["union", "intersection", "difference"]
Coverage: TypeAlias = tuple[_dt.date, _dt.date] | None
_Pairs: TypeAlias = list[tuple[int, int]]

_MOST = 200  # parts; combining calendars with themselves doubles them each time
_ORDINAL_1970 = _dt.date(1970, 1, 1).toordinal()


class Source(Protocol):
    """What a calendar computes with: a leaf or a combination of two sources."""

    @property
    def timezone(self) -> str:
        """IANA name."""

    @property
    def coverage(self) -> Coverage:
        """First and last date known, None for every date."""

    def window(self, first: int, last: int) -> Window:
        """The years *first* to *last*."""

    def working(self, year: int) -> list[int]:
        """The ordinals of the working dates of *year*."""

    def day(self, ordinal: int) -> Day:
        """One date."""


def combine(operation: Operation, left: _Pairs, right: _Pairs) -> _Pairs:
    """Two sorted lists of disjoint intervals as one, in linear time."""
    if operation == "union":
        return list(zip(*merge(sorted([*left, *right])), strict=True))
    found: _Pairs = []
    i = 0
    for start, end in left:
        while i < len(right) and right[i][1] <= start:
            i += 1
        j, at = i, start
        while j < len(right) and right[j][0] < end:
            cut, resume = right[j]
            if operation == "intersection":
                found.append((max(start, cut), min(end, resume)))
            elif cut > at:
                found.append((at, cut))
            at = max(at, resume)
            j += 1
        if operation == "difference" and at < end:
            found.append((at, end))
    return found


class Combined:
    """Two sources and what is done with them."""

    __slots__ = ("_days", "_working", "coverage", "left", "operation", "right", "size", "timezone")

    def __init__(self, operation: Operation, left: Source, right: Source, timezone: str) -> None:
        self.size = getattr(left, "size", 1) + getattr(right, "size", 1)
        if self.size > _MOST:
            raise InvalidCalendarError(
                f"a combination of {self.size} calendars is too large; at most {_MOST} are combined"
            )
        self.operation: Operation = operation
        self.left, self.right, self.timezone = left, right, timezone
        self.coverage: Coverage = left.coverage
        if left.coverage is None or right.coverage is None:
            self.coverage = left.coverage or right.coverage
        else:
            self.coverage = (
                max(left.coverage[0], right.coverage[0]),
                min(left.coverage[1], right.coverage[1]),
            )
        self._days: dict[int, Day] = {}
        self._working: dict[int, list[int]] = {}

    def window(self, first: int, last: int) -> Window:
        """The years *first* to *last*, cut where either operand stops being exact."""
        a, b = self.left.window(first, last), self.right.window(first, last)
        lo, hi = max(a.lo, b.lo), min(a.hi, b.hi)
        pairs = combine(self.operation, _between(a, lo, hi), _between(b, lo, hi))
        return Window(first, last, lo, hi, *merge(pairs))

    def working(self, year: int) -> list[int]:
        """The ordinals of the working dates of *year*."""
        found = self._working.get(year)
        if found is None:
            first = _dt.date(year, 1, 1).toordinal()
            last = _dt.date(year, 12, 31).toordinal()
            found = [day for day in range(first, last + 1) if self.day(day).intervals]
            self._working[year] = found
        return found

    def _own(self, source: Source, ordinal: int) -> tuple[_Pairs, Day | None]:
        """The intervals of *source* on a date of this zone, and its own view of the date."""
        if source.timezone == self.timezone:
            day = source.day(ordinal)
            return list(day.intervals), day
        year = _dt.date.fromordinal(ordinal).year
        midnight = (ordinal - _ORDINAL_1970) * DAY
        start = localise(self.timezone, year, midnight, opening=True)
        end = localise(self.timezone, year, midnight + DAY, opening=True)
        pairs = [
            pair
            for near in range(ordinal - 2, ordinal + 3)
            for pair in source.day(near).intervals
            if start <= pair[0] < end
        ]
        return list(zip(*merge(sorted(pairs)), strict=True)), None

    def _reach(self, source: Source, ordinal: int) -> _Pairs:
        """Everything of *source* that can meet an interval which starts on a date."""
        pairs = [
            pair for near in range(ordinal - 3, ordinal + 5) for pair in source.day(near).intervals
        ]
        return list(zip(*merge(sorted(pairs)), strict=True))

    def day(self, ordinal: int) -> Day:
        """One date; remembered, since combinations of combinations ask again and again."""
        found = self._days.get(ordinal)
        if found is None:
            known = self.coverage
            day = self._day(ordinal)
            if known is not None and not known[0] <= day.date <= known[1]:
                day = attrs.evolve(day, known=False)
            self._days[ordinal] = found = day
        return found

    def _day(self, ordinal: int) -> Day:
        mine, left = self._own(self.left, ordinal)
        if self.operation == "union":
            theirs, right = self._own(self.right, ordinal)
        else:
            theirs = self._reach(self.right, ordinal) if mine else []
            same = self.right.timezone == self.timezone
            right = self.right.day(ordinal) if same and self.operation == "intersection" else None
        pairs = tuple(combine(self.operation, mine, theirs))
        date = _dt.date.fromordinal(ordinal)
        if pairs:
            open_ones = [day for day in (left, right) if day is not None and day.working]
            named = [day for day in open_ones if day.kind != "ordinary"]
            if named and len(named) == len(open_ones):
                return Day(date, pairs, named[0].kind, named[0].name, named[0].stands_for)
            return Day(date, pairs, "ordinary")
        shut = [day for day in (left, right) if day is not None and not day.working]
        if not shut:
            return Day(date, (), "combination")
        kinds: tuple[DayKind, ...] = ("skipped", "holiday", "combination", "weekly")
        shut.sort(key=lambda day: kinds.index(day.kind))
        names = dict.fromkeys(day.name for day in shut if day.name)
        return Day(date, (), shut[0].kind, " / ".join(names) or None)


def _between(window: Window, lo: int, hi: int) -> _Pairs:
    return [
        (max(start, lo), min(end, hi))
        for start, end in zip(window.opens, window.closes, strict=True)
        if end > lo and start < hi
    ]
