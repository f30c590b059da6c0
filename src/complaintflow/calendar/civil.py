"""Arithmetic of the civil calendar: dates, months, and the dates that no clock ever showed."""

from __future__ import annotations

import calendar as _calendar
import datetime as _dt
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from complaintflow.calendar.offsets import localise, offset_at
from complaintflow.errors import InvalidValueError

__all__ = ["add_civil_days", "add_months", "day_start", "end_of_day", "missing_dates", "wall"]

_EPOCH = _dt.date(1970, 1, 1).toordinal()
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_LAST = _dt.date(2200, 12, 31).toordinal()
_END = 86_399 * _SECOND
_JUMP = 20 * 3_600 * _SECOND  # no daylight saving moves a clock so far; a date line does


@lru_cache(maxsize=1_024)
def missing_dates(zone: str) -> tuple[int, ...]:
    """Ordinals of the dates that the clocks of *zone* skipped whole, 1970-2200.

    A place that moves to the other side of the date line keeps its new offset, so comparing
    the offsets at new years finds the year, and halving it the day.
    """
    found = []
    years = [(_dt.date(year, 1, 1).toordinal() - _EPOCH) * 86_400 for year in range(1970, 2202)]
    for low, high in pairwise(years):
        if offset_at(zone, high) - offset_at(zone, low) < _JUMP:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if offset_at(zone, middle) - offset_at(zone, low) < _JUMP:
                low = middle
            else:
                high = middle
        before = (low * _SECOND + offset_at(zone, low)) // _DAY
        after = (high * _SECOND + offset_at(zone, high)) // _DAY
        found += [_EPOCH + day for day in range(before + 1, after)]
    return tuple(found)


def add_civil_days(zone: str, date: _dt.date, days: int) -> _dt.date:
    """*date* and *days* dates more; dates that the zone skipped are not counted.

    Raises:
        InvalidValueError: the result lies outside the supported years.
    """
    ordinal = date.toordinal() + days
    missing = missing_dates(zone)
    if missing and days:
        start = date.toordinal()
        if days > 0:
            at = bisect_right(missing, start)
            while at < len(missing) and missing[at] <= ordinal:
                ordinal += 1
                at += 1
        else:
            at = bisect_right(missing, start - 1) - 1
            while at >= 0 and missing[at] >= ordinal:
                ordinal -= 1
                at -= 1
    return _checked(ordinal)


def _checked(ordinal: int) -> _dt.date:
    if not _EPOCH <= ordinal <= _LAST:
        raise InvalidValueError("the date lies outside the supported years 1970-2200")
    return _dt.date.fromordinal(ordinal)


def add_months(zone: str, date: _dt.date, months: int, day: int | None = None) -> _dt.date:
    """The corresponding date *months* later, or *day* of that month.

    A month that is too short gives its last day; a date that the zone skipped gives the next.

    Raises:
        InvalidValueError: the result lies outside the supported years.
    """
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if not 1970 <= year <= 2200:
        raise InvalidValueError("the date lies outside the supported years 1970-2200")
    last = _calendar.monthrange(year, month + 1)[1]
    found = _dt.date(year, month + 1, min(date.day if day is None else day, last))
    if found.toordinal() in missing_dates(zone):
        return _checked(found.toordinal() + 1)
    return found


def wall(zone: str, date: _dt.date, micros: int, *, opening: bool = False) -> int:
    """The instant of *micros* after midnight on the local clock of *date*.

    A wall time that is skipped becomes the end of the gap; of one that is repeated a due
    time takes the second pass, an *opening* the first.
    """
    local = (date.toordinal() - _EPOCH) * _DAY + micros
    return localise(zone, date.year, local, opening=opening)


def end_of_day(zone: str, date: _dt.date) -> int:
    """23:59:59 of *date*, the second pass if it comes twice."""
    return wall(zone, date, _END)


def day_start(zone: str, date: _dt.date) -> int:
    """The first instant of *date*."""
    return wall(zone, date, 0, opening=True)
