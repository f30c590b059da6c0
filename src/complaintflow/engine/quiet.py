"""Quiet hours: when the rungs of one clock are told, given when its recipients are at work.

The calendar of a role says when the role hears; a role without one always does. A rung that is
ready while one of its recipients is away waits for the first second at which all of them are at
work (*next opening*), is told the last such second before (*before*), or does not wait (*at
once*). A ladder keeps its order: no rung is told before one whose point is earlier.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from complaintflow.calendar import WorkingCalendar
from complaintflow.engine.clocks import Clock
from complaintflow.engine.points import point
from complaintflow.errors import NeverOpenError
from complaintflow.policy.rung import Rung

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["schedule"]

_SECOND = 1_000_000
_TURNS = 32
"""How often an opening is looked for that several calendars share."""

Row = tuple[int, int, Rung, int]
"""When a rung is told and when its point is, microseconds since 1970 UTC; it; its repetition."""


def schedule(view: View, clock: Clock, floor: int) -> list[Row]:
    """Every rung of *clock* with its repetitions, fired or not, in the order of the ladder.

    It follows from the clock, the points and the calendars alone; what has fired and when a sweep
    came by makes no difference. None is told before *floor*.
    """
    rungs = clock.target.rungs
    points = [
        (point(clock, rung, repetition), rung, repetition)
        for rung in rungs
        for repetition in range(1, rung.at.times + 1)
    ]
    points.sort(key=lambda row: row[0])
    hours = {rung.code: _hours(view, rung) for rung in rungs}
    if not any(hours.values()):
        return [(max(at, floor), at, rung, repetition) for at, rung, repetition in points]
    return list(_moved(points, hours, clock.due or 0, floor))


def _hours(view: View, rung: Rung) -> tuple[WorkingCalendar, ...]:
    """The calendars of the roles that *rung* tells."""
    known = view.program.policy.hours
    if not known or rung.silence == "at once":
        return ()
    roles = (role for name in rung.to for role in view.roles(name) or (name,))
    return tuple(dict.fromkeys(known[role] for role in roles if role in known))


def _moved(
    points: Sequence[tuple[int, Rung, int]],
    hours: dict[str, tuple[WorkingCalendar, ...]],
    due: int,
    floor: int,
) -> Iterator[Row]:
    """The rows as quiet hours move them.

    What a due or lag rung waits for its recipients, every later lag rung waits as well: a
    weekend does not use up a ladder unread. A warning that could be told only behind the due
    instant is told at its point: later it would be none, and would hold up the breach.
    """
    shift, told = 0, floor
    for raw, rung, repetition in points:
        lags, breach = rung.at.kind == "lag", rung.at.kind in ("due", "lag")
        ready = at = max(raw + (shift if lags else 0), floor)
        if calendars := hours[rung.code]:
            at = _quiet(calendars, rung.silence, ready, floor)
            if not breach and at > due:
                at = ready
            if breach and rung.silence == "next opening":
                shift += at - ready
        told = max(told, at)
        yield told, raw, rung, repetition


def _quiet(calendars: Sequence[WorkingCalendar], silence: str, ready: int, since: int) -> int:
    """When recipients who keep *calendars* are told what is ready at *ready*."""
    if all(calendar._open_us(ready) for calendar in calendars):
        return ready
    if silence == "before":
        before = _last_before(calendars, ready, since)
        if before is not None:
            return before
    return _next(calendars, ready)


def _next(calendars: Sequence[WorkingCalendar], at: int) -> int:
    """The first instant from *at* at which all are at work.

    Where they hardly ever meet, it is when the last of them has opened.
    """
    first = max(_opening(calendar, at) for calendar in calendars)
    found = first
    for _ in range(_TURNS):
        later = max(_opening(calendar, found) for calendar in calendars)
        if later == found:
            return found
        found = later
    return first


def _opening(calendar: WorkingCalendar, at: int) -> int:
    try:
        return at if calendar._open_us(at) else calendar._next_us(at, opening=True)
    except NeverOpenError:  # whoever is never at work again is told as if always
        return at


def _last_before(calendars: Sequence[WorkingCalendar], at: int, since: int) -> int | None:
    """The last second before *at*, but not before *since*, at which all are at work."""
    found = at
    for _ in range(_TURNS):
        earlier = found
        for calendar in calendars:
            if calendar._open_us(earlier):
                continue
            closed = calendar._previous_us(earlier + 1, opening=False)
            if closed is None:
                return None
            earlier = closed - _SECOND
        if earlier == found:
            return found if found >= since else None
        found = earlier
        if found < since:
            return None
    return None
