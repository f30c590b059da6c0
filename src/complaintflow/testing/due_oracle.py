"""Due instants the slow way: one day, one opening, one second at a time, and obviously right.

Written from the page of rules, not from the package: it asks a calendar only for the hours of
single days and the standard library for what clocks show. Used by the laws to check `due`.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo

from complaintflow.calendar import limits as _l
from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.working import WorkingCalendar

__all__ = ["naive_due", "naive_wall"]

_SECOND = 1_000_000
_ONE = _dt.timedelta(days=1)
_UTC = _dt.UTC
Stop = tuple[int, int | None]


def _local(zone: ZoneInfo, us: int) -> _dt.datetime:
    return _dt.datetime.fromtimestamp(us // _SECOND, zone).replace(tzinfo=None)


def naive_wall(zone: ZoneInfo, wall: _dt.datetime, *, opening: bool = False) -> int:
    """The instant of a wall time, by trying both passes and then every later second."""
    while True:
        for fold in (0, 1) if opening else (1, 0):
            at = wall.replace(tzinfo=zone, fold=fold).astimezone(_UTC)
            us = int(at.timestamp()) * _SECOND
            if _local(zone, us) == wall:
                return us
        opening = True  # the end of the gap is its first instant
        wall += _dt.timedelta(seconds=1)


def _exists(zone: ZoneInfo, date: _dt.date) -> bool:
    for hour in range(24):
        wall = _dt.datetime.combine(date, _dt.time(hour))
        for fold in (0, 1):
            at = wall.replace(tzinfo=zone, fold=fold).astimezone(_UTC)
            if at.astimezone(zone).replace(tzinfo=None) == wall:
                return True
    return False


class _Naive:
    def __init__(self, calendar: WorkingCalendar, conventions: Conventions) -> None:
        self.calendar, self.conventions = calendar, conventions
        self.zone = ZoneInfo(calendar.timezone)

    # -- days -----------------------------------------------------------------------------

    def works(self, date: _dt.date) -> bool:
        return bool(self.calendar.day(date).intervals)

    def real(self, date: _dt.date) -> bool:
        return _exists(self.zone, date)

    def after(self, date: _dt.date) -> _dt.date:
        """The next real date."""
        date += _ONE
        while not self.real(date):
            date += _ONE
        return date

    def next_working(self, date: _dt.date) -> _dt.date:
        date += _ONE
        while not self.works(date):
            date += _ONE
        return date

    def day_of(self, us: int) -> _dt.date:
        local = _local(self.zone, us).date()
        for back in (2, 1, 0):
            date = local - back * _ONE
            if any(low <= us < high for low, high in self.calendar.day(date).intervals):
                return date
        return local

    def close(self, date: _dt.date) -> int:
        """Close of business, or the end of a day without hours."""
        found = self.calendar.day(date).intervals
        if not found:
            return self.eod(date)
        earlier = self.calendar.day(date - _ONE).intervals
        return max(high for _, high in (*earlier, *found))

    def eod(self, date: _dt.date) -> int:
        return naive_wall(self.zone, _dt.datetime.combine(date, _dt.time(23, 59, 59)))

    # -- where the start falls ------------------------------------------------------------

    def place(self, us: int) -> int:
        chosen = self.conventions
        day = self.day_of(us)
        if not self.works(day) and chosen.on_closed_day != "kept":
            us = self.move(us, day, chosen.on_closed_day, same_day=False)
            day = self.day_of(us)
        if not self.works(day):
            return us
        if us < self.calendar.day(day).intervals[0][0]:
            us = self.move(us, day, chosen.before_opening, same_day=True)
            day = self.day_of(us)
        found = self.calendar.day(day).intervals
        if any(a[1] <= us < b[0] for a, b in pairwise(found)):
            us = self.move(us, day, chosen.in_break, same_day=True)
            day = self.day_of(us)
        found = self.calendar.day(day).intervals
        shut = found[-1][1]
        if chosen.cut_off is not None:
            cut = naive_wall(self.zone, _dt.datetime.combine(day, chosen.cut_off))
            if cut < found[0][0]:
                cut = naive_wall(self.zone, _dt.datetime.combine(day + _ONE, chosen.cut_off))
            shut = min(shut, cut)
        if us >= shut:
            us = self.move(us, day, chosen.after_closing, same_day=False)
        return us

    def move(self, us: int, day: _dt.date, choice: str, *, same_day: bool) -> int:
        if choice == "kept":
            return us
        if choice == "next_opening" and same_day:
            return min(low for low, _ in self.calendar.day(day).intervals if low >= us)
        following = self.next_working(day)
        if choice == "next_opening":
            return max(us, self.calendar.day(following).intervals[0][0])
        wall = _local(self.zone, us) + (following - day)
        return max(us, naive_wall(self.zone, wall, opening=True))

    # -- counting time --------------------------------------------------------------------

    def count(self, us: int, micros: int, stops: list[Stop], *, working: bool) -> int | None:
        """Use up *micros* of what is open and not paused; None if a pause that lasts is first."""
        for low, high in self.unpaused(us, stops, working=working):
            if micros == 0:
                return low
            if micros <= high - low:
                due = low + micros
                if all(begin != due for begin, _ in stops):
                    return due
            micros -= min(micros, high - low)
        return None

    def unpaused(self, us: int, stops: list[Stop], *, working: bool) -> Iterator[tuple[int, int]]:
        """Pieces of time that count, cut where a pause begins; they end at one that lasts."""
        for low, high in self.open(us, working=working):
            for begin, end in stops:
                if begin >= high or (end is not None and end <= low):
                    continue
                if begin > low:
                    yield low, begin
                if end is None:
                    return
                low = end
            if low < high:
                yield low, high

    def open(self, us: int, *, working: bool) -> Iterator[tuple[int, int]]:
        if not working:
            yield us, us + 10**18
            return
        date = _local(self.zone, us).date() - 2 * _ONE
        reached = us
        while True:
            for low, high in self.calendar.day(date).intervals:
                if high > reached:
                    yield max(low, reached), high
                    reached = high
            date += _ONE

    # -- counting days --------------------------------------------------------------------

    def countable(self, day: _dt.date, *, working: bool) -> Iterator[_dt.date]:
        """The days after day 0 that can count."""
        while True:
            day = self.next_working(day) if working else self.after(day)
            yield day

    def adjusted(self, date: _dt.date, day: _dt.date) -> _dt.date:
        rule = self.conventions.last_day_off
        if rule == "unadjusted" or self.works(date):
            return date
        back = date
        while back > day and not self.works(back):
            back -= _ONE
        on = self.next_working(date) if rule != "preceding" else date
        if rule == "following" or (rule == "modified following" and on.month == date.month):
            return on
        return back

    def least(self, date: _dt.date, day: _dt.date) -> _dt.date:
        """*date*, or the day on which enough working days have been counted."""
        wanted = self.conventions.least_working_days
        included = self.conventions.first_day == "included"
        seen, at = (1 if included and self.works(day) else 0), day
        while seen < wanted:
            at = self.next_working(at)
            seen += 1
        return max(date, at)

    def plain(self, limit: _l.Limit, day: _dt.date) -> Iterator[_dt.date]:
        """Days that may be the last: the one the limit names, then each that follows it."""
        included = self.conventions.first_day == "included"
        if isinstance(limit, _l.WorkingDays):
            first = int(included and self.works(day))
            return self.nth(int(limit.days) - first, day, working=True)
        if isinstance(limit, _l.CalendarDays):
            return self.nth(limit.total - included, day, working=False)
        if isinstance(limit, _l.SameDay):
            return self.nth(0, day, working=limit.end == "close of business")
        if isinstance(limit, _l.Months):
            return self.months(limit, day, included=included)
        assert isinstance(limit, _l.FixedPoint)
        if limit.on == "day of month":
            return self.days_of_month(limit, day)
        return self.nth(limit.count, day, working=limit.on == "working day")

    def nth(self, n: int, day: _dt.date, *, working: bool) -> Iterator[_dt.date]:
        """The nth countable day after *day* (0 is *day* itself), then each that follows."""
        if n == 0:
            yield day
        for number, date in enumerate(self.countable(day, working=working), 1):
            if number >= n:
                yield date

    def months(self, limit: _l.Months, day: _dt.date, *, included: bool) -> Iterator[_dt.date]:
        date = self.month_day(day, limit.total, day.day)
        if included and date.day == day.day:
            date -= _ONE
            while not self.real(date):
                date -= _ONE
        while True:
            yield date
            date = self.after(date)

    def days_of_month(self, limit: _l.FixedPoint, day: _dt.date) -> Iterator[_dt.date]:
        months = limit.months
        while True:
            yield self.month_day(day, months, limit.count)
            months += 1

    def month_day(self, day: _dt.date, months: int, wanted: int) -> _dt.date:
        date = day.replace(day=1)
        for _ in range(months):
            date = (date + 31 * _ONE).replace(day=1)
        month = date.month
        while date.day < wanted and (date + _ONE).month == month:
            date += _ONE
        return date if self.real(date) else self.after(date)

    def point(self, limit: _l.Limit, us: int, day: _dt.date, date: _dt.date) -> int:
        end = self.conventions.end
        if isinstance(limit, _l.SameDay):
            end = limit.end
        elif isinstance(limit, _l.FixedPoint):
            if limit.time is not None:
                return naive_wall(self.zone, _dt.datetime.combine(date, limit.time))
            end = "end of day" if end == "end of day" else "close of business"
        elif end == "by unit":
            end = "close of business" if isinstance(limit, _l.WorkingDays) else "end of day"
        if end == "close of business":
            return self.close(date)
        if end == "end of day":
            return self.eod(date)
        return naive_wall(self.zone, _local(self.zone, us) + (date - day))

    def days(self, limit: _l.Limit, us: int, day: _dt.date, stops: list[Stop]) -> int | None:
        """The point of the last counted day; the pauses are taken up one after the other."""
        due = self.last(limit, us, day, [])
        for number, (begin, _) in enumerate(stops, 1):
            if begin > due:
                break
            if stops[number - 1][1] is None:
                return None
            due = self.last(limit, us, day, stops[:number])
        return due

    def last(self, limit: _l.Limit, us: int, day: _dt.date, stops: list[Stop]) -> int:
        working = isinstance(limit, _l.WorkingDays) or (
            isinstance(limit, _l.FixedPoint) and limit.on == "working day"
        )
        same = isinstance(limit, _l.SameDay)
        skipped = 0
        looked = day  # every countable day up to here has been looked at
        started = counted = False
        for date in self.plain(limit, day):
            moved = date
            if not working and not same:
                small = isinstance(limit, _l.FixedPoint) or limit == _l.CalendarDays(1)
                moved = self.adjusted(date if small else self.least(date, day), day)
            points = [self.point(limit, us, day, one) for one in (moved, date)]
            if same and limit == _l.SameDay("close of business") and not self.works(date):
                continue
            fitting = [at for at in points if at > us or (same and at == us)]
            if not fitting:
                continue
            if not counted:
                if started:
                    skipped -= 1  # this day only takes the place of one that was paused
                started = True
                for one in self.countable(looked, working=working):
                    if one > date:
                        break
                    looked = one
                    skipped += self.ends_paused(one, stops, working=working)
                if skipped:
                    continue
                counted = True  # from here on only the point matters
            if not any(a <= fitting[0] < (b or a) for a, b in stops):
                return fitting[0]
        raise AssertionError("there is always another day")

    def ends_paused(self, date: _dt.date, stops: list[Stop], *, working: bool) -> bool:
        end = self.close(date) if working else self.eod(date) + _SECOND
        return any(begin <= end and (until is None or end < until) for begin, until in stops)


def naive_due(
    calendar: WorkingCalendar,
    start_us: int,
    limit: _l.Limit,
    conventions: Conventions,
    stops: list[Stop] | None = None,
) -> int | None:
    """The due instant in microseconds since 1970 UTC; None while paused or without one.

    Args:
        calendar: The calendar.
        start_us: The start of the clock.
        limit: The limit.
        conventions: The choices.
        stops: Pauses, sorted, disjoint and not touching, with whole seconds.
    """
    stops = stops or []
    naive = _Naive(calendar, conventions)
    us = start_us - start_us % _SECOND
    if isinstance(limit, _l.Disagreeing):
        limit = limit.governing
    if isinstance(limit, (_l.Elapsed, _l.WorkingTime)):
        working = isinstance(limit, _l.WorkingTime)
        return naive.count(us, limit.seconds * _SECOND, stops, working=working)
    if not limit.counted:
        return None
    us = naive.place(us)
    day = naive.day_of(us)
    if isinstance(limit, _l.FixedPoint) and limit.on == "half day":
        return _half_day(naive, us, day, limit.count)
    if limit == _l.SameDay("end of day"):
        day = _local(naive.zone, us).date()
    if isinstance(limit, _l.WorkingDays) and limit.days % 1:
        return _fraction(naive, us, day, limit, stops)
    return naive.days(limit, us, day, stops if limit.movable else [])


def _half_day(naive: _Naive, us: int, day: _dt.date, count: int) -> int:
    """Shifts laid over each other, and the nth that begins after the start."""
    shifts: list[list[int]] = []
    date = day - 2 * _ONE
    while sum(low > us for low, _ in shifts) <= count:
        for low, high in naive.calendar.day(date).intervals:
            if shifts and low < shifts[-1][1]:
                shifts[-1][1] = max(high, shifts[-1][1])
            else:
                shifts.append([low, high])
        date += _ONE
    return [high for low, high in shifts if low > us][count - 1]


def _fraction(
    naive: _Naive, us: int, day: _dt.date, limit: _l.WorkingDays, stops: list[Stop]
) -> int | None:
    whole = int(limit.days)
    standard = naive.calendar.standard_day // _dt.timedelta(microseconds=1)
    micros = int(standard * (limit.days - whole))
    base: int | None = us
    if whole:
        base = naive.days(_l.WorkingDays(whole), us, day, stops)
        if base is None:
            return None
    assert base is not None
    found = naive.count(base, micros - micros % _SECOND, stops, working=True)
    cap = naive.days(_l.WorkingDays(whole + 1), us, day, stops)
    return min((at for at in (found, cap) if at is not None), default=None)
