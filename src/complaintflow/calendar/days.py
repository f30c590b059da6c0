"""Working days of a calendar counted on ordinary weeks beyond its coverage.

The calendar's own questions refuse dates beyond the coverage; a due instant is computed
there all the same and marked as provisional.
"""

from __future__ import annotations

import datetime as _dt
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from complaintflow.calendar.civil import end_of_day

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["closing", "count_working_days", "is_working_day", "nth_working_day"]

_date = _dt.date.fromordinal


def is_working_day(calendar: WorkingCalendar, date: _dt.date) -> bool:
    """Whether there is any opening on *date*."""
    ordinal = date.toordinal()
    working = calendar._working_dates(ordinal, ordinal)[2]
    at = bisect_left(working, ordinal)
    return at < len(working) and working[at] == ordinal


def nth_working_day(calendar: WorkingCalendar, date: _dt.date, n: int) -> _dt.date:
    """The nth working day after *date*; before it if *n* is negative.

    Raises:
        NeverOpenError, InvalidValueError: there is no such day in 1970-2200.
    """
    return _date(calendar._nth_working(date.toordinal(), n))


def count_working_days(calendar: WorkingCalendar, after: _dt.date, until: _dt.date) -> int:
    """Working days in (*after*, *until*], 0 if there are none."""
    low, high = after.toordinal(), until.toordinal()
    if high <= low:
        return 0
    working = calendar._working_dates(low, high)[2]
    return bisect_right(working, high) - bisect_right(working, low)


def closing(calendar: WorkingCalendar, date: _dt.date) -> int:
    """Close of business on *date*: the last closing, or 23:59:59 on a day without hours.

    Business does not close while the shift of the day before still runs.
    """
    close = calendar.day(date).close
    if close is None:
        return end_of_day(calendar.timezone, date)
    before = calendar.day(_date(date.toordinal() - 1)).close
    return close if before is None or before < close else before
