"""Duties that come back: the next period of a recurring limit, and when it is due."""

from __future__ import annotations

import calendar as _calendar
import datetime as _dt
from typing import TYPE_CHECKING

import attrs

from complaintflow.calendar.civil import add_months
from complaintflow.calendar.conventions import DEFAULT, Conventions
from complaintflow.calendar.counting import DayCount
from complaintflow.calendar.limits import CalendarDays, Recurring
from complaintflow.errors import InvalidValueError

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["Period", "next_period", "period_due_us"]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_PLAIN = "UTC"  # dates alone: no zone skips any of them here


@attrs.frozen
class Period:
    """One period of a recurring duty.

    Args:
        start: Its first day.
        end: Its last day.
        by: The last day on which the duty can be done; inside the period.
    """

    start: _dt.date
    end: _dt.date
    by: _dt.date


def next_period(limit: Recurring, after: _dt.date) -> Period:
    """The period whose duty comes next.

    Args:
        limit: How it recurs.
        after: For a rolling limit the day on which it was last done; else any day: the
            period is the first whose duty is to be done after it.

    Raises:
        InvalidValueError: *limit* does not recur, or the period lies beyond 2200.
    """
    if not isinstance(limit, Recurring):
        raise InvalidValueError(
            f"only a limit such as 'every month by the 5th' recurs, got '{limit}'"
        )
    if limit.rolling:
        end = _add(limit, after, limit.count)
        return Period(after + _dt.timedelta(days=1), end, end)
    start = _beginning(limit, after)
    while True:
        following = _add(limit, start, 1)
        end = following - _dt.timedelta(days=1)
        by = _by(limit, start, end)
        if by > after:
            return Period(start, end, by)
        start = following


def _add(limit: Recurring, date: _dt.date, count: int) -> _dt.date:
    if limit.every == "week":
        found = date + _dt.timedelta(weeks=count)
        if found.year > 2200:
            raise InvalidValueError("the period lies outside the supported years 1970-2200")
        return found
    return add_months(_PLAIN, date, count * _MONTHS[limit.every])


def _beginning(limit: Recurring, date: _dt.date) -> _dt.date:
    if limit.every == "week":
        return date - _dt.timedelta(days=date.weekday())
    size = _MONTHS[limit.every]
    return _dt.date(date.year, (date.month - 1) // size * size + 1, 1)


def _by(limit: Recurring, start: _dt.date, end: _dt.date) -> _dt.date:
    if limit.by is None:
        return end
    if limit.every == "week":
        return start + _dt.timedelta(days=limit.by - 1)
    month = start.month if limit.month is None else limit.month
    last = _calendar.monthrange(start.year, month)[1]
    return _dt.date(start.year, month, min(limit.by, last))


def period_due_us(
    calendar: WorkingCalendar, period: Period, conventions: Conventions | None = None
) -> int:
    """The due instant of a period's duty, microseconds since 1970 UTC.

    It ends with its last day, or at the point and on the day that the conventions say.

    Raises:
        NeverOpenError: a convention needs a working day and there is none.
    """
    # the period's first day stands for the start: no convention goes back before it
    count = DayCount(calendar, CalendarDays(1), _excluded(conventions), 0, period.start)
    return count.point(count.adjusted(period.by))


def _excluded(conventions: Conventions | None) -> Conventions:
    """The choices that a date has: which point of the day, and what if it is off."""
    given = DEFAULT if conventions is None else conventions
    end = "end of day" if given.end == "same time of day" else given.end
    return Conventions(end=end, last_day_off=given.last_day_off)
