"""By when something is owed that comes back with the calendar."""

from __future__ import annotations

import datetime as _dt

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.limits import Recurring
from complaintflow.calendar.recurring import next_period, period_due_us
from complaintflow.moments import from_micros

__all__ = ["recurring_due"]

_DAY = _dt.timedelta(days=1)


def recurring_due(
    calendar: WorkingCalendar, limit: Recurring, conventions: Conventions, start: int
) -> int:
    """The due instant: of the first period whose day is not before the start.

    Args:
        calendar: On which it is counted.
        limit: Such as ``every month by the 5th``; a rolling one counts from the start.
        conventions: How it is counted.
        start: Microseconds since 1970 UTC.
    """
    day = from_micros(start, calendar.tz).date()
    after = day if limit.rolling else day - _DAY
    return period_due_us(calendar, next_period(limit, after), conventions)
