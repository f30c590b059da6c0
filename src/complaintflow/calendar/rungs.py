"""Points before and after a due instant: leads ("1 working day before") and lags."""

from __future__ import annotations

import datetime as _dt
from typing import TYPE_CHECKING

from complaintflow.calendar import limits as _l
from complaintflow.calendar.civil import add_civil_days, add_months, wall
from complaintflow.calendar.days import closing, is_working_day, nth_working_day
from complaintflow.calendar.pauses import whole_second
from complaintflow.calendar.placing import local_wall
from complaintflow.errors import InvalidValueError
from complaintflow.moments import MAX_MICROS, MIN_MICROS

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["lag", "lead"]


def lead(calendar: WorkingCalendar, due_us: int, limit: _l.Limit) -> int:
    """The instant *limit* before a due instant: ``2 h``, ``1 working day``.

    Days before are the same point of an earlier day: its close of business if the due instant
    is one, else the same wall time. It may lie before the start of the clock.

    Raises:
        InvalidValueError: the limit is no amount, or the instant lies before 1970.
        NeverOpenError: the calendar has no opening so early.
    """
    return _away(calendar, due_us, limit, -1)


def lag(calendar: WorkingCalendar, due_us: int, limit: _l.Limit, n: int = 1) -> int:
    """The instant *n* times *limit* after a due instant: ``every 24 h after``.

    Days after are the same point of a later day, as for `lead`.

    Raises:
        InvalidValueError: the limit is no amount, *n* is below 1, or the instant lies beyond 2200.
        NeverOpenError: the calendar has no opening so late.
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise InvalidValueError(f"a lag is repeated once or more, got {n!r:.60}")
    return _away(calendar, due_us, limit, n)


def _away(calendar: WorkingCalendar, due_us: int, limit: _l.Limit, n: int) -> int:
    due_us = whole_second(due_us)
    if isinstance(limit, _l.Disagreeing):
        limit = limit.governing
    if isinstance(limit, _l.Elapsed):
        found = due_us + n * limit.micros
    elif isinstance(limit, _l.WorkingTime):
        found = calendar._add_us(due_us, n * limit.micros)
    elif isinstance(limit, _l.WorkingDays):
        found = _working_days(calendar, due_us, limit, n)
    elif isinstance(limit, (_l.CalendarDays, _l.Months)):
        found = _civil(calendar, due_us, limit, n)
    else:
        raise InvalidValueError(
            f"a rung lies an amount before or after the due instant, such as '2 h'; got '{limit}'"
        )
    if not MIN_MICROS <= found <= MAX_MICROS:
        raise InvalidValueError("the instant lies outside the supported years 1970-2200")
    return found


def _day(calendar: WorkingCalendar, due_us: int) -> _dt.date:
    """The day a due instant belongs to: one at a closing belongs to what it closes."""
    day = calendar.day_of(due_us)
    before = calendar.day_of(due_us - 1)
    return before if before < day and closing(calendar, before) == due_us else day


def _working_days(calendar: WorkingCalendar, due_us: int, limit: _l.WorkingDays, n: int) -> int:
    exact = limit.days * abs(n)
    whole = int(exact)
    part = exact - whole
    day = _day(calendar, due_us)
    found = due_us
    if whole:
        date = nth_working_day(calendar, day, whole if n > 0 else -whole)
        if is_working_day(calendar, day) and closing(calendar, day) == due_us:
            found = closing(calendar, date)
        else:
            found = wall(calendar.timezone, date, local_wall(calendar, due_us, day))
    if part:
        standard = calendar.standard_day // _dt.timedelta(microseconds=1)
        micros = whole_second(int(standard * part))
        found = calendar._add_us(found, micros if n > 0 else -micros)
    return found


def _civil(
    calendar: WorkingCalendar, due_us: int, limit: _l.CalendarDays | _l.Months, n: int
) -> int:
    zone = calendar.timezone
    day = _dt.datetime.fromtimestamp(due_us // 1_000_000, calendar.tz).date()
    if isinstance(limit, _l.CalendarDays):
        date = add_civil_days(zone, day, n * limit.total)
    else:
        date = add_months(zone, day, n * limit.total)
    return wall(zone, date, local_wall(calendar, due_us, day))
