"""Where a start falls: the four choices that may move it, and the day it belongs to."""

from __future__ import annotations

import datetime as _dt
from typing import TYPE_CHECKING

from complaintflow.calendar.civil import wall
from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.days import nth_working_day
from complaintflow.calendar.steps import StartMoved, Step

if TYPE_CHECKING:
    from complaintflow.calendar.day import Day
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["local_wall", "place"]


def local_wall(calendar: WorkingCalendar, at: int, day: _dt.date) -> int:
    """The wall time of *at* in microseconds after midnight of *day*.

    More than 24 h when the instant lies on the next date, inside the shift of *day*.
    """
    seconds, rest = divmod(at, 1_000_000)
    local = _dt.datetime.fromtimestamp(seconds, calendar.tz).replace(tzinfo=None)
    gone = local - _dt.datetime.combine(day, _dt.time())
    return (gone.days * 86_400 + gone.seconds) * 1_000_000 + rest


def place(
    calendar: WorkingCalendar, start: int, conventions: Conventions, moves: list[Step]
) -> tuple[int, _dt.date]:
    """The effective start and its day; every move is added to *moves*."""
    day = calendar.day_of(start)
    if not conventions.placed:
        return start, day
    found = calendar.day(day)
    at = start
    if not found.working:
        at, day = _move(calendar, at, day, conventions, "on_closed_day", moves)
        found = calendar.day(day)
    if not found.working:
        return at, day
    assert found.open is not None
    if at < found.open:
        at, day = _move(calendar, at, day, conventions, "before_opening", moves)
        found = calendar.day(day)
    if _in_break(found, at):
        at, day = _move(calendar, at, day, conventions, "in_break", moves)
        found = calendar.day(day)
    if at >= _closing(calendar, found, conventions):
        at, day = _move(calendar, at, day, conventions, "after_closing", moves)
    return at, day


def _in_break(day: Day, at: int) -> bool:
    assert day.open is not None and day.close is not None
    inside = day.open < at < day.close
    return inside and not any(start <= at < end for start, end in day.intervals)


def _closing(calendar: WorkingCalendar, day: Day, conventions: Conventions) -> int:
    """From when on a start counts as after closing on a working *day*."""
    assert day.open is not None and day.close is not None
    cut_off = conventions.cut_off
    if cut_off is None:
        return day.close
    micros = (cut_off.hour * 3_600 + cut_off.minute * 60 + cut_off.second) * 1_000_000
    at = wall(calendar.timezone, day.date, micros)
    if at < day.open:  # the small hours of a night shift
        at = wall(calendar.timezone, day.date, micros + 86_400_000_000)
    return min(at, day.close)


def _move(
    calendar: WorkingCalendar,
    at: int,
    day: _dt.date,
    conventions: Conventions,
    name: str,
    moves: list[Step],
) -> tuple[int, _dt.date]:
    choice = getattr(conventions, name)
    if choice == "kept":
        return at, day
    if choice == "next_opening" and name in ("before_opening", "in_break"):
        intervals = calendar.day(day).intervals
        after = next(start for start, _ in intervals if start >= at)
    else:
        date = nth_working_day(calendar, day, 1)
        if choice == "next_opening":
            opening = calendar.day(date).open
            assert opening is not None
            after = opening
        else:
            after = wall(calendar.timezone, date, local_wall(calendar, at, day), opening=True)
    # Shifts of neighbouring days may overlap: a start is never moved back, and it belongs to
    # the day in whose hours it now lies.
    after = max(at, after)
    moves.append(StartMoved(name, choice, at, after))  # type: ignore[arg-type]
    return after, calendar.day_of(after)
