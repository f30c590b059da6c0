"""Due instants by counting days: which day is the last, and which point of it.

`DayCount` numbers the days that count, from 1; `DayCount.due` gives the point of the nth.
Both are monotone, so that a longer limit is never due earlier.
"""

from __future__ import annotations

import datetime as _dt
from typing import TYPE_CHECKING, Literal

from complaintflow.calendar import limits as _l
from complaintflow.calendar.civil import (
    add_civil_days,
    add_months,
    end_of_day,
    missing_dates,
    wall,
)
from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.days import (
    closing,
    count_working_days,
    is_working_day,
    nth_working_day,
)
from complaintflow.calendar.placing import local_wall
from complaintflow.calendar.steps import DayEnd, LastDayMoved, NextCountedDay, Step

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["DayCount"]

_Counted = _l.WorkingDays | _l.CalendarDays | _l.Months | _l.SameDay | _l.FixedPoint


class DayCount:
    """One day-counted limit from one effective start.

    Args:
        calendar: The calendar.
        limit: What is counted.
        conventions: The choices.
        start: The effective start, microseconds since 1970 UTC.
        day: The day the effective start belongs to; day 0.

    Attributes:
        number: How many days the limit counts; of months, the first day that may be due.
        zero: Whether the due instant may be the start itself (the same day).
    """

    __slots__ = (
        "calendar", "conventions", "day", "end", "limit", "number", "start", "working", "zero",
        "zone",
    )  # fmt: skip

    def __init__(
        self,
        calendar: WorkingCalendar,
        limit: _Counted,
        conventions: Conventions,
        start: int,
        day: _dt.date,
    ) -> None:
        self.calendar, self.conventions, self.start, self.day = calendar, conventions, start, day
        self.limit: _Counted = limit
        self.zone = calendar.timezone
        self.working = isinstance(limit, _l.WorkingDays) or (
            isinstance(limit, _l.FixedPoint) and limit.on == "working day"
        )
        self.zero = isinstance(limit, _l.SameDay)
        self.number = self._number()
        self.end = self._end()

    def _number(self) -> int:
        limit = self.limit
        if isinstance(limit, _l.WorkingDays):
            return limit.whole
        if isinstance(limit, _l.CalendarDays):
            return limit.total
        if isinstance(limit, _l.FixedPoint) and limit.on != "day of month":
            return limit.count
        return 0

    def _end(self) -> Literal["close of business", "end of day", "same time of day", "wall time"]:
        limit, end = self.limit, self.conventions.end
        if isinstance(limit, _l.SameDay):
            return limit.end
        if isinstance(limit, _l.FixedPoint):
            if limit.time is not None:
                return "wall time"
            return "end of day" if end == "end of day" else "close of business"
        if end != "by unit":
            return end
        return "close of business" if self.working else "end of day"

    # -- dates ----------------------------------------------------------------------------

    def date(self, n: int) -> _dt.date:
        """The nth day that counts, before any convention for a last day off."""
        limit = self.limit
        if isinstance(limit, _l.FixedPoint):
            if limit.on == "day of month":
                return add_months(self.zone, self.day, limit.months + n, limit.count)
            if limit.on == "working day":
                return nth_working_day(self.calendar, self.day, n)
            return add_civil_days(self.zone, self.day, n)
        included = self.conventions.first_day == "included"
        if isinstance(limit, _l.WorkingDays):
            if included and is_working_day(self.calendar, self.day):
                return self.day if n == 1 else nth_working_day(self.calendar, self.day, n - 1)
            return nth_working_day(self.calendar, self.day, n)
        if isinstance(limit, _l.SameDay):
            if n and limit.end == "close of business":
                return nth_working_day(self.calendar, self.day, n)
            return add_civil_days(self.zone, self.day, n)
        if isinstance(limit, _l.CalendarDays):
            return add_civil_days(self.zone, self.day, n - 1 if included else n)
        last = add_months(self.zone, self.day, limit.total)
        # From the 10th, the 10th included, a month ends on the 9th; if the month has no such
        # day it ends with the month.
        back = -1 if included and last.day == self.day.day else 0
        return add_civil_days(self.zone, last, n + back)

    def last_day(self, n: int, moves: list[Step] | None = None) -> _dt.date:
        """The nth day, moved where a convention says so; moves are added to *moves*."""
        plain = self.date(n)
        if self.working or self.zero:
            return plain
        found = self._least(plain, moves)
        return self.adjusted(found, moves)

    def _least(self, date: _dt.date, moves: list[Step] | None) -> _dt.date:
        least = self.conventions.least_working_days
        if not least or isinstance(self.limit, _l.FixedPoint):
            return date
        if isinstance(self.limit, _l.CalendarDays) and self.limit.total < 2:
            return date
        if self.conventions.first_day == "included" and is_working_day(self.calendar, self.day):
            least -= 1
        enough = nth_working_day(self.calendar, self.day, least) if least else self.day
        if enough <= date:
            return date
        if moves is not None:
            choice = str(self.conventions.least_working_days)
            moves.append(LastDayMoved("least_working_days", choice, date, enough))
        return enough

    def adjusted(self, date: _dt.date, moves: list[Step] | None = None) -> _dt.date:
        """*date*, or what the convention for a last day off makes of it."""
        rule = self.conventions.last_day_off
        if rule == "unadjusted" or is_working_day(self.calendar, date):
            return date
        found = date
        if rule != "preceding":
            found = nth_working_day(self.calendar, date, 1)
        if rule == "preceding" or (rule == "modified following" and found.month != date.month):
            # nobody works on *date*, so the last working day up to it is the one before
            found = self._preceding(date)
        if moves is not None and found != date:
            moves.append(LastDayMoved("last_day_off", rule, date, found))
        return found

    def _preceding(self, date: _dt.date) -> _dt.date:
        if date <= self.day:
            return date  # a day of this month that is over: nothing to pull back
        working = count_working_days(self.calendar, self.day, date)
        # never before the start's date
        return nth_working_day(self.calendar, self.day, working) if working else self.day

    # -- instants -------------------------------------------------------------------------

    def point(self, date: _dt.date) -> int:
        """The due point of *date*."""
        if self.end == "close of business":
            return closing(self.calendar, date)
        if self.end == "end of day":
            return end_of_day(self.zone, date)
        if self.end == "same time of day":
            return wall(self.zone, date, local_wall(self.calendar, self.start, self.day))
        assert isinstance(self.limit, _l.FixedPoint) and self.limit.time is not None
        time = self.limit.time
        micros = (time.hour * 3_600 + time.minute * 60 + time.second) * 1_000_000
        return wall(self.zone, date, micros)

    def due(self, n: int, moves: list[Step] | None = None) -> tuple[int, _dt.date, int]:
        """The point of the nth day, its date and *n*; later days until it is after the start.

        A convention that would pull the last day back to the start or before it does not
        hold; otherwise the next counted day is taken.
        """
        first = None
        while True:
            plain = self.date(n)
            adjusted = self.last_day(n)
            for date in (adjusted, plain) if adjusted != plain else (adjusted,):
                at = self.point(date)
                if self._unreal(date):
                    continue
                if first is None:
                    first = at
                if at > self.start or (self.zero and at == self.start):
                    if moves is not None:
                        self._note(n, date, adjusted, first, at, moves)
                    return at, date, n
            n += 1

    def _unreal(self, date: _dt.date) -> bool:
        """Close of business of the same day asks for a day that has one."""
        return (
            self.zero
            and self.end == "close of business"
            and not is_working_day(self.calendar, date)
        )

    def _note(
        self, n: int, date: _dt.date, adjusted: _dt.date, first: int, at: int, moves: list[Step]
    ) -> None:
        if date == adjusted:
            self.last_day(n, moves)
        if first != at:
            moves.append(NextCountedDay(first, at))
        closed = self.end == "close of business" and not is_working_day(self.calendar, date)
        moves.append(DayEnd(date, self.end, closed))

    # -- pauses ---------------------------------------------------------------------------

    def countable(self, last: _dt.date) -> int:
        """How many countable days lie after day 0 and up to *last*."""
        if self.working:
            return count_working_days(self.calendar, self.day, last)
        return max(0, _civil_between(self.zone, self.day, last))

    def ended(self, at: int) -> int:
        """How many countable days after day 0 have ended before *at*.

        A day ends at its close of business when working days are counted, at 24:00 when
        civil days are.
        """
        local = self._local_date(at if self.working else at - 1)
        if not self.working:
            # day d has ended when the date after it has begun
            return max(0, _civil_between(self.zone, self.day, local) - 1)
        # A shift ends on the next date at the latest; look at the days near by one by one.
        near = _dt.date.fromordinal(max(local.toordinal() - 4, 1))
        count = count_working_days(self.calendar, self.day, near)
        for ahead in range(1, 7):
            date = _dt.date.fromordinal(near.toordinal() + ahead)
            if date > self.day and is_working_day(self.calendar, date):
                count += closing(self.calendar, date) < at
        return count

    def _local_date(self, at: int) -> _dt.date:
        return _dt.datetime.fromtimestamp(at // 1_000_000, self.calendar.tz).date()


def _civil_between(zone: str, after: _dt.date, until: _dt.date) -> int:
    low, high = after.toordinal(), until.toordinal()
    gone = sum(low < day <= high for day in missing_dates(zone))
    return high - low - gone
