"""How far back a window of history reaches."""

from __future__ import annotations

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.limits import CalendarDays, Elapsed, Limit, Months
from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros, to_micros

__all__ = ["back"]


def back(calendar: WorkingCalendar, instant: int, within: Limit) -> int:
    """The instant *within* before *instant*: elapsed time, or civil days, months and years.

    Raises:
        InvalidValueError: the limit is of a sort that cannot be counted backwards.
    """
    at = from_micros(instant, calendar.tz)
    match within:
        case Elapsed():
            return max(0, instant - within.micros)
        case CalendarDays():
            return to_micros(at.subtract(days=within.total))
        case Months():
            return to_micros(at.subtract(months=within.total))
        case _:
            raise InvalidValueError(
                f"a window of history is elapsed time, days, months or years, not {within}"
            )
