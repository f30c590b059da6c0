"""The standard day: what a fraction of a working day is a fraction of."""

from __future__ import annotations

import datetime as _dt
from collections import Counter

import attrs

from complaintflow.calendar.algebra import Combined, Source
from complaintflow.calendar.leaf import Leaf
from complaintflow.errors import InvalidCalendarError

__all__ = ["commonest_day"]

_MONDAY = _dt.date(2026, 1, 5).toordinal()
_HINT = "give the calendar a standard_day"


def commonest_day(source: Source) -> int:
    """Microseconds of the commonest daily length of an ordinary week.

    Raises:
        InvalidCalendarError: two lengths are equally common, periods differ, or there is no week.
    """
    found = {_of_week(week) for week in _ordinary(source)}
    if len(found) > 1:
        hours = ", ".join(str(_dt.timedelta(microseconds=micros)) for micros in sorted(found))
        raise InvalidCalendarError(f"the standard day changes between periods ({hours}): {_HINT}")
    return found.pop()


def _of_week(source: Source) -> int:
    lengths = (source.day(_MONDAY + i).micros for i in range(7))
    ranked = Counter(length for length in lengths if length).most_common(2)
    if not ranked:
        raise InvalidCalendarError(f"the week has no hours that could be a standard day: {_HINT}")
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        a, b = (_dt.timedelta(microseconds=length) for length, _ in ranked)
        raise InvalidCalendarError(f"days of {a} and of {b} are equally common: {_HINT}")
    return ranked[0][0]


def _ordinary(source: Source) -> list[Source]:
    """*source* without closed and special days and without daylight saving, once per period."""
    if isinstance(source, Leaf):
        return [
            Leaf(
                attrs.evolve(
                    source.data,
                    timezone="UTC",
                    weeks=((_dt.date.min, week),),
                    closed=(),
                    special=(),
                    coverage=None,
                )
            )
            for _, week in source.data.weeks
        ]
    assert isinstance(source, Combined)
    if not source.left.timezone == source.right.timezone == source.timezone:
        raise InvalidCalendarError(f"a combination of two zones has no standard day: {_HINT}")
    return [
        Combined(source.operation, left, right, "UTC")
        for left in _ordinary(source.left)
        for right in _ordinary(source.right)
    ]
