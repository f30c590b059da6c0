"""From a start and a limit to a due instant: the one computation behind `due` and `project`."""

from __future__ import annotations

import datetime as _dt
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

import attrs

from complaintflow.calendar import limits as _l
from complaintflow.calendar.conventions import DEFAULT, Conventions
from complaintflow.calendar.counting import DayCount
from complaintflow.calendar.days import nth_working_day
from complaintflow.calendar.pauses import Pauses, whole_second
from complaintflow.calendar.placing import place
from complaintflow.calendar.steps import (
    BeyondCoverage,
    Capped,
    DayEnd,
    FractionAdded,
    LastDayMoved,
    OtherReading,
    Step,
)
from complaintflow.errors import InvalidValueError, NoInstantError
from complaintflow.moments import MAX_MICROS, MIN_MICROS

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["Left", "Outcome", "beyond_coverage", "due_us", "outcome"]


@attrs.frozen
class Left:
    """What is left of a limit while its clock is paused.

    Args:
        days: Days still to be counted; 0 for amounts of time.
        micros: Time still to be counted, in microseconds: elapsed or working time; for
            working days the part of a day that follows the whole ones.
    """

    days: int = 0
    micros: int = 0


@attrs.frozen
class Outcome:
    """A due instant with what explains it.

    Args:
        due: Microseconds since 1970 UTC; None while paused, and for limits without one.
        start: The start, truncated to the second.
        effective: The start after the conventions.
        day: The day the effective start belongs to.
        left: What is left while paused, else None.
        last: The last counted day, if days are counted.
        number: As what number it was counted, if days are counted.
        moves: What the conventions did, in order.
    """

    due: int | None
    start: int
    effective: int
    day: _dt.date
    left: Left | None = None
    last: _dt.date | None = None
    number: int = 0
    moves: tuple[Step, ...] = ()


def due_us(
    calendar: WorkingCalendar,
    start_us: int,
    limit: _l.Limit,
    conventions: Conventions | None = None,
) -> int | None:
    """The due instant in microseconds since 1970 UTC; None for a limit that is no amount.

    Builds no explanation. Beyond the calendar's coverage ordinary weeks are counted.

    Raises:
        NoInstantError: the limit is unset or given elsewhere.
        NeverOpenError: the calendar has no opening left where one is needed.
        InvalidValueError: start or result lie outside the supported years.
    """
    if isinstance(limit, _l.Elapsed):
        return _supported(whole_second(start_us) + limit.micros)
    if isinstance(limit, _l.WorkingTime):
        return calendar._add_us(whole_second(start_us), limit.micros)
    return outcome(calendar, start_us, limit, conventions or DEFAULT, (), quiet=True).due


def outcome(
    calendar: WorkingCalendar,
    start_us: int,
    limit: _l.Limit,
    conventions: Conventions,
    pauses: Pauses,
    *,
    quiet: bool = False,
) -> Outcome:
    """The due instant of *limit* with *pauses* that are already merged.

    With *quiet*, what only an explanation needs is left out.

    Raises:
        NoInstantError, NeverOpenError, InvalidValueError: as `due_us`.
    """
    if isinstance(limit, (_l.Unset, _l.Referenced)):
        raise NoInstantError(
            f"the limit {limit} has no instant: somebody has to say what it is, "
            "such as '3 working days'",
            str(limit),
        )
    if not isinstance(limit, _l.Limit):
        raise InvalidValueError(
            f"limit must be a Limit such as Limit.parse('3 working days'), got {limit!r:.60}"
        )
    start = _supported(whole_second(start_us))
    if isinstance(limit, _l.Disagreeing):
        found = outcome(calendar, start, limit.governing, conventions, pauses)
        other = outcome(calendar, start, limit.other, conventions, pauses)
        return attrs.evolve(found, moves=(*found.moves, OtherReading(limit.other, other.due)))
    if isinstance(limit, (_l.Elapsed, _l.WorkingTime)):
        working = isinstance(limit, _l.WorkingTime)
        due, left = consume(calendar, start, limit.micros, pauses, working=working)
        return Outcome(due, start, start, calendar.day_of(start), left)
    if not limit.counted:
        return Outcome(None, start, start, calendar.day_of(start))
    moves: list[Step] = []
    effective, day = place(calendar, start, conventions, moves)
    if isinstance(limit, _l.FixedPoint) and limit.on == "half day":
        due, day = _half_day(calendar, effective, day, limit.count)
        moves.append(DayEnd(day, "half day"))
        return Outcome(due, start, effective, day, last=day, moves=tuple(moves))
    if isinstance(limit, _l.WorkingDays) and limit.fraction:
        return _fraction(calendar, limit, conventions, start, effective, day, pauses, moves)
    assert isinstance(
        limit, (_l.WorkingDays, _l.CalendarDays, _l.Months, _l.SameDay, _l.FixedPoint)
    )
    if isinstance(limit, _l.SameDay) and limit.end == "end of day":
        day = _dt.datetime.fromtimestamp(effective // 1_000_000, calendar.tz).date()
    count = DayCount(calendar, limit, conventions, effective, day)
    found = _counted(count, count.number, pauses if limit.movable else (), moves, quiet=quiet)
    return attrs.evolve(found, start=start)


def _counted(
    count: DayCount, number: int, pauses: Pauses, moves: list[Step], *, quiet: bool = False
) -> Outcome:
    """The point of day *number*, moved on by the days that ended inside a pause."""
    due, last, n = count.due(number)
    at = first = n
    for i, (begin, end) in enumerate(pauses):
        if begin > due:
            break
        counting = count.ended(begin) < count.countable(count.date(n))
        if end is None:
            left = count.countable(count.date(n)) - count.ended(begin) if counting else 0
            return Outcome(None, count.start, count.start, count.day, Left(left), last, n)
        if counting:
            n += count.ended(end) - count.ended(begin)
        due, last, at = _outside(count, n, pauses, i + 1)
    n = at
    if not quiet:
        count.due(number if n == first else n, moves)
    return Outcome(due, count.start, count.start, count.day, None, last, n, tuple(moves))


def _outside(count: DayCount, n: int, pauses: Pauses, most: int) -> tuple[int, _dt.date, int]:
    """The point of day *n*, or of the first later day that lies in none of the first *most*."""
    due, last, n = count.due(n)
    while True:
        found = min(bisect_right(pauses, due, key=itemgetter(0)), most) - 1
        end = pauses[found][1] if found >= 0 else None
        if end is None or due >= end:
            return due, last, n
        low, step = n, 1  # points never go back: double the step, then halve
        while count.due(low + step)[0] < end:
            low += step
            step *= 2
        high = low + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if count.due(middle)[0] < end else (low, middle)
        due, last, n = count.due(high)


def _fraction(
    calendar: WorkingCalendar,
    limit: _l.WorkingDays,
    conventions: Conventions,
    start: int,
    effective: int,
    day: _dt.date,
    pauses: Pauses,
    moves: list[Step],
) -> Outcome:
    """Whole days first, then the part of a standard day as working time."""
    standard = calendar.standard_day // _dt.timedelta(microseconds=1)
    micros = whole_second(int(standard * limit.fraction))
    count = DayCount(calendar, limit, conventions, effective, day)
    base: int | None = effective
    last, number = day, 0
    if limit.whole:
        whole = _counted(count, limit.whole, pauses, moves)
        if whole.left is not None:
            left = Left(whole.left.days, micros)
            return Outcome(None, start, effective, day, left, whole.last, whole.number)
        base, number = whole.due, whole.number
        last = whole.last or day
        moves = list(whole.moves)
    assert base is not None
    due, left_or_none = consume(calendar, base, micros, pauses, working=True)
    moves.append(FractionAdded(base, micros))
    cap = _counted(count, limit.whole + 1, pauses, [], quiet=True)
    if cap.due is not None and (due is None or cap.due < due):
        if due is not None:
            moves.append(Capped(due, cap.due))
        due, left_or_none, last = cap.due, None, cap.last or last
    return Outcome(due, start, effective, day, left_or_none, last, number, tuple(moves))


def consume(
    calendar: WorkingCalendar, start: int, micros: int, pauses: Pauses, *, working: bool
) -> tuple[int | None, Left | None]:
    """*start* plus an amount of time, not counting what lies inside a pause.

    A clock that is paused exactly at its due instant has nothing left, and is due when it
    resumes (at the next opening, for working time).
    """
    at, left = start, micros
    for begin, end in pauses:
        if end is not None and end <= at:
            continue
        due = calendar._add_us(at, left) if working else at + left
        if begin > due:
            break
        stop = max(begin, at)
        left -= calendar._between_us(at, stop) if working else stop - at
        if end is None:
            return None, Left(micros=left)
        at = end
    return (calendar._add_us(at, left) if working else _supported(at + left)), None


def _half_day(
    calendar: WorkingCalendar, start: int, day: _dt.date, count: int
) -> tuple[int, _dt.date]:
    """The end of the nth opening interval that begins after *start*.

    One that begins while the shift of the day before still runs is no half day of its own.
    """
    reached = 0
    date = _dt.date.fromordinal(day.toordinal() - 1)
    found = day
    while True:
        for begin, end in calendar.day(date).intervals:
            if begin >= reached:
                if count == 0:
                    return reached, found
                if begin > start:
                    count -= 1
                    found = date
            reached = max(reached, end)
        if count == 0:
            following = calendar.day(_dt.date.fromordinal(date.toordinal() + 1)).intervals
            return max([reached, *(end for begin, end in following if begin < reached)]), found
        date = nth_working_day(calendar, date, 1)


def _supported(at: int) -> int:
    if not MIN_MICROS <= at <= MAX_MICROS:
        raise InvalidValueError("the instant lies outside the supported years 1970-2200")
    return at


def beyond_coverage(
    calendar: WorkingCalendar, limit: _l.Limit, conventions: Conventions, found: Outcome
) -> BeyondCoverage | None:
    """Why the due instant may still move: it rests on a date whose holidays are not known."""
    cover = calendar.coverage
    if cover is None or found.due is None:
        return None
    if isinstance(limit, _l.Disagreeing):
        limit = limit.governing
    for date in _consulted(calendar, limit, conventions, found, found.due):
        if not cover[0] <= date <= cover[1]:
            return BeyondCoverage(date, cover[0], cover[1])
    return None


def _consulted(
    calendar: WorkingCalendar,
    limit: _l.Limit,
    conventions: Conventions,
    found: Outcome,
    due: int,
) -> list[_dt.date]:
    """The dates at both ends of what was asked of the calendar."""
    if isinstance(limit, _l.Elapsed):
        return []
    day = _dt.datetime.fromtimestamp(due // 1_000_000, calendar.tz).date()
    last = found.last or day
    if isinstance(limit, (_l.WorkingTime, _l.WorkingDays)):
        return [found.day, last if isinstance(limit, _l.WorkingDays) else day]
    if isinstance(limit, _l.FixedPoint) and limit.on in ("working day", "half day"):
        return [found.day, last]
    asked = [found.day] if conventions.placed else []
    if isinstance(limit, _l.SameDay):
        return [*asked, last] if limit.end == "close of business" else asked
    if _asks_for_hours(limit, conventions):
        asked.append(last)
    if conventions.last_day_off != "unadjusted" or conventions.least_working_days:
        # the day before it was moved was looked up too
        asked += [move.before for move in found.moves if isinstance(move, LastDayMoved)]
        asked.append(last)
    return asked


def _asks_for_hours(limit: _l.Limit, conventions: Conventions) -> bool:
    if isinstance(limit, _l.FixedPoint):
        return limit.time is None and conventions.end != "end of day"
    return conventions.end == "close of business"
