"""Questions about dates: working days, their hours and reasons, and counting them."""

from __future__ import annotations

import datetime as _dt
from bisect import bisect_left, bisect_right

from pendulum import DateTime

from complaintflow.calendar.base import Beyond, CalendarBase, plain_date
from complaintflow.calendar.day import Day
from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros

__all__ = ["DateQuestions"]

_date = _dt.date
_timedelta = _dt.timedelta
_fromtimestamp = _dt.datetime.fromtimestamp


class DateQuestions(CalendarBase):
    """What `WorkingCalendar` answers about dates."""

    __slots__ = ()

    def is_working_day(self, date: _dt.date, *, beyond: Beyond = None) -> bool:
        """Whether there is any opening on *date* (hours belong to the day they start on)."""
        ordinal = self._ordinal(date, beyond)
        working = self._working_dates(ordinal, ordinal)[2]
        i = bisect_left(working, ordinal)
        return i < len(working) and working[i] == ordinal

    def hours_of(
        self, date: _dt.date, *, beyond: Beyond = None
    ) -> tuple[tuple[DateTime, DateTime], ...]:
        """(opening, closing) of the hours that start on *date*, empty on a closed day."""
        day = self._source.day(self._ordinal(date, beyond))
        return tuple((from_micros(a, self._tz), from_micros(b, self._tz)) for a, b in day.intervals)

    def add_working_days(self, date: _dt.date, n: int, *, beyond: Beyond = None) -> _dt.date:
        """The working day *n* working days after *date*; *date* itself for n = 0.

        The inverse of `working_days_between`, so ``add_working_days(sunday, -1)`` is the Thursday:
        only the Friday lies in (Thursday, Sunday].

        Raises:
            BeyondCoverageError: the span leaves the coverage.
            NeverOpenError: there are not so many working days left.
            InvalidValueError: *n* is no int, or the result lies outside 1970-2200.
        """
        if type(n) is not int:
            raise InvalidValueError(f"n is a whole number of working days, got {n!r:.60}")
        if type(date) is not _date:
            date = plain_date(date)
        ordinal = date.toordinal()
        first, last, working = self._dates
        if first <= ordinal <= last:
            i = bisect_right(working, ordinal) + n - 1
            if n and 0 <= i < len(working):
                found = working[i]
                if self._cov_lo <= ordinal and found <= self._cov_hi and beyond is None and n > 0:
                    return _date.fromordinal(found)
        self._check_dates(beyond, ordinal, ordinal)
        found = self._nth_working(ordinal, n)
        self._check_dates(beyond, ordinal, found)
        return _date.fromordinal(found)

    def working_days_between(self, start: _dt.date, end: _dt.date, *, beyond: Beyond = None) -> int:
        """The working days in (start, end], negative if *end* is earlier."""
        a, b = plain_date(start).toordinal(), plain_date(end).toordinal()
        self._check_dates(beyond, a, b)
        working = self._working_dates(min(a, b), max(a, b))[2]
        return bisect_right(working, b) - bisect_right(working, a)

    def day(self, date: _dt.date) -> Day:
        """Everything about one date: its hours, why it is open or closed, whether that is known.

        Does not raise beyond the coverage: `Day.known` tells. Dates 1969-2201.
        """
        plain = plain_date(date)
        if not 1969 <= plain.year <= 2201:
            raise InvalidValueError(f"{plain} lies outside the supported years 1970-2200")
        return self._source.day(plain.toordinal())

    def day_of(self, at: int) -> _dt.date:
        """The date to which an instant (microseconds since 1970 UTC) belongs.

        An instant inside a working day's hours belongs to that day (Tuesday 03:00 inside
        Monday's night shift is Monday), any other to its local date. Between the hours of a
        combination that run past midnight it still is the day they started on.
        """
        ordinal = _fromtimestamp(at // 1_000_000, self._tz).toordinal()
        for near in (ordinal - 2, ordinal - 1):
            pairs = self._source.day(near).intervals
            if pairs and pairs[0][0] <= at < pairs[-1][1]:
                return _date.fromordinal(near)
        return _date.fromordinal(ordinal)

    def nth_working_day(self, date: _dt.date, n: int) -> _dt.date:
        """`add_working_days` without asking about the coverage."""
        return _date.fromordinal(self._nth_working(plain_date(date).toordinal(), n))

    def known(self, date: _dt.date) -> bool:
        """Whether *date* lies within the coverage."""
        return self._cov_lo <= plain_date(date).toordinal() <= self._cov_hi

    def wall(self, date: _dt.date, time: _dt.time | _dt.timedelta, *, opening: bool) -> int:
        """The instant (microseconds since 1970 UTC) at which the clocks show *time* on *date*.

        A time that is skipped becomes the end of the gap; of one that is repeated an *opening*
        takes the first pass, a closing or a due time the second. ``timedelta(days=1)`` is 24:00.
        """
        if isinstance(time, _timedelta):
            after = time // _timedelta(microseconds=1)
        else:
            after = (time.hour * 3600 + time.minute * 60 + time.second) * 1_000_000
            after += time.microsecond
        return self._local(plain_date(date).toordinal(), after, opening=opening)

    def end_of_day(self, date: _dt.date) -> int:
        """23:59:59 of *date* in microseconds since 1970 UTC, of a repeated one the second pass."""
        return self._local(plain_date(date).toordinal(), 86_399_000_000, opening=False)
