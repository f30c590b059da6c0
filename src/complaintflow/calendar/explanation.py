"""Why a due instant is what it is: the steps as data, built when somebody asks."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from complaintflow.calendar import limits as _l
from complaintflow.calendar.civil import day_start
from complaintflow.calendar.days import closing
from complaintflow.calendar.explanation_text import (
    explain,
    headline,
    moved_text,
    reprojection_text,
)
from complaintflow.calendar.pauses import Pause
from complaintflow.calendar.steps import (
    CountedDay,
    CountedInterval,
    FractionAdded,
    LastDayMoved,
    PausedDay,
    PausedTime,
    SkippedDay,
    StartMoved,
    Step,
)

if TYPE_CHECKING:
    from complaintflow.calendar.due import Due
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["explain", "headline", "moved_text", "reprojection_text", "steps"]


def steps(due: Due) -> tuple[Step, ...]:
    """What counted, what was skipped, what the conventions moved, in order."""
    found = due.outcome
    limit = due.limit.governing if isinstance(due.limit, _l.Disagreeing) else due.limit
    moved: list[Step] = [move for move in found.moves if isinstance(move, StartMoved)]
    after: list[Step] = [move for move in found.moves if not isinstance(move, StartMoved)]
    if isinstance(limit, (_l.Elapsed, _l.WorkingTime)):
        return (*_time(due, found.start, working=isinstance(limit, _l.WorkingTime)), *after)
    if not limit.counted:
        return ()
    if found.last is not None and found.last >= found.day:
        moved += _days(due, limit)
    parts = [move for move in after if isinstance(move, FractionAdded)]
    if parts:
        after += _time(due, parts[0].start, working=True)
    return (*moved, *after)


def _end(due: Due) -> int:
    """Until when there is something to tell: the due instant, or the pause that lasts."""
    if due.outcome.due is not None:
        return due.outcome.due
    return next((begin for begin, end in due.pauses if end is None), due.outcome.effective)


def _time(due: Due, start: int, *, working: bool) -> Iterator[Step]:
    """Counted stretches, skipped days and pauses between *start* and the due instant."""
    end = _end(due)
    stops = [(low, high) for low, high in due.pauses if low <= end and (high or end + 1) > start]
    days: list[tuple[_dt.date, list[tuple[int, int]]]]
    days = _open(due.calendar, start, end) if working else [(due.outcome.day, [(start, end)])]
    for date, pairs in days:
        if not pairs:
            day = due.calendar.day(date)
            yield SkippedDay(date, day.name, day.kind)
        for low, high in _outside(pairs, stops):
            yield CountedInterval(low, high)
    for low, until in stops:
        yield PausedTime(low, until)


def _open(
    calendar: WorkingCalendar, start: int, end: int
) -> list[tuple[_dt.date, list[tuple[int, int]]]]:
    """For each date from *start* to *end* its open stretches between them; [] if closed."""
    date = min(calendar.day_of(start), _local(calendar, start))
    last = _local(calendar, max(start, end - 1))
    found: list[tuple[_dt.date, list[tuple[int, int]]]] = []
    reached = start
    while date <= last:
        pairs = []
        day = calendar.day(date)
        for begin, close in day.intervals:
            low, high = max(begin, reached), min(close, end)
            if low < high:
                pairs.append((low, high))
                reached = high  # shifts of neighbouring days may overlap
        if pairs or not day.working:
            found.append((date, pairs))
        date += _dt.timedelta(days=1)
    return found


def _outside(pairs: list[tuple[int, int]], stops: list[Pause]) -> Iterator[tuple[int, int]]:
    for low, high in pairs:
        for begin, end in stops:
            if begin < high and (end is None or end > low):
                if begin > low:
                    yield low, begin
                low = high if end is None else min(end, high)
        if low < high:
            yield low, high


def _local(calendar: WorkingCalendar, at: int) -> _dt.date:
    return _dt.datetime.fromtimestamp(at // 1_000_000, calendar.tz).date()


def _days(due: Due, limit: _l.Limit) -> Iterator[Step]:
    """The days after day 0 up to the last one: counted, skipped or paused."""
    calendar, found = due.calendar, due.outcome
    last = found.last
    assert last is not None
    working = isinstance(limit, _l.WorkingDays) or (
        isinstance(limit, _l.FixedPoint) and limit.on == "working day"
    )
    listed = working or isinstance(limit, _l.CalendarDays)
    listed = listed or (isinstance(limit, _l.FixedPoint) and limit.on == "calendar day")
    stops = [pause for pause in due.pauses if limit.movable and pause[0] <= _end(due)]
    included = due.conventions.first_day == "included" and not isinstance(limit, _l.FixedPoint)
    number = 0
    date = found.day if included else found.day + _dt.timedelta(days=1)
    shifted = [move.before for move in found.moves if isinstance(move, LastDayMoved)]
    until = min(shifted, default=last)
    until = until if listed or stops else date - _dt.timedelta(days=1)
    while date <= until:
        day = calendar.day(date)
        if day.kind == "skipped" or (working and not day.working):
            if listed:
                yield SkippedDay(date, day.name, day.kind)
        elif date > found.day and _ends_paused(calendar, date, stops, working=working):
            yield PausedDay(date)
        elif listed:
            number += 1
            name = None if not working else day.name
            yield CountedDay(date, number, name, day.kind, day.stands_for)
        date += _dt.timedelta(days=1)


def _ends_paused(
    calendar: WorkingCalendar, date: _dt.date, stops: list[Pause], *, working: bool
) -> bool:
    end = (
        closing(calendar, date)
        if working
        else day_start(calendar.timezone, date + _dt.timedelta(days=1))
    )
    return any(begin <= end and (until is None or end < until) for begin, until in stops)
