"""Clocks: the target of one duty of one key in one round, as a fold over the case's events.

Nothing about time is stored that cannot be derived: the due instant follows from the round's
start, the limit that the present answers choose, the pauses so far and the calendar.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.limits import Limit
from complaintflow.calendar.pausing import project
from complaintflow.engine.duties import DutyState, round_of, states_of
from complaintflow.moments import to_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty, Target

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["Clock", "clock_of", "clocks_of"]

_SECOND = 1_000_000
NO_LIMIT = ("unset", "referenced")
"""Sorts of limits that nothing can be computed from."""


@attrs.frozen
class Clock:
    """When one duty of one key falls due.

    Args:
        state: How the duty stands.
        start: From when it is counted, microseconds since 1970 UTC; None before it starts.
        limit: The limit that the present answers choose; None for a date.
        due: The due instant; None while paused, waiting, or where there is no instant.
        paused: Whether the clock stands now.
        sort: The limit's sort, ``date`` or ``open item``.
        since: No rung of it is ready before this: the start, or what last changed the limit.
        calendar: The calendar on which it is counted.
        effective: The start after the conventions said where it falls.
    """

    state: DutyState
    target: Target
    start: int | None
    limit: Limit | None
    due: int | None
    paused: bool
    sort: str
    since: int
    calendar: WorkingCalendar
    conventions: Conventions
    pauses: tuple[tuple[int, int | None], ...] = ()
    effective: int | None = None

    @property
    def identity(self) -> tuple[str, str, int]:
        """Duty, key and round: what rungs and misses are keyed by."""
        return self.state.duty.code, self.state.key, self.state.round

    def in_time(self, now: int) -> bool | None:
        """Whether it was done, or still can be done, by the due instant; None without one."""
        if self.due is None:
            return None
        done = self.state.done_at
        return (now if done is None else done) // _SECOND * _SECOND <= self.due


def clocks_of(
    view: View,
    progress: Collection[str] = ("owed", "done"),
    duties: Iterable[str] | None = None,
) -> tuple[Clock, ...]:
    """The clocks of every duty that has begun and is asked for, or of those owed alone.

    Args:
        view: The case.
        progress: Of duties that stand so.
        duties: Of these, by their codes; None for all.
    """
    timed = view.program.timed
    return tuple(
        clock_of(view, state)
        for duty in (timed.values() if duties is None else map(timed.__getitem__, duties))
        if round_of(view, duty) is not None
        for state in states_of(view, duty)
        if state.progress in progress
    )


def clock_of(view: View, state: DutyState) -> Clock:
    """The clock of one duty that has a target."""
    duty = state.duty
    target = duty.target
    if target is None:
        raise ValueError(f"{duty.code} has no target")
    policy = view.program.policy
    calendar = policy.calendars[target.calendar] if target.calendar else policy.calendar
    conventions = target.conventions or policy.conventions
    since = max(state.started or 0, _changed(view, duty))
    if target.date is not None:
        limit, due = _dated(view, target, calendar)
        if limit is None:
            sort = "date" if due is not None else "unknown"
            return Clock(
                state, target, state.started, None, due, False, sort, since, calendar, conventions
            )
    else:
        chosen = _within(view, target)
        if not isinstance(chosen, Limit):
            sort = "open item" if isinstance(chosen, Open) else "undetermined"
            return Clock(
                state, target, state.started, None, None, False, sort, since, calendar, conventions
            )
        limit = chosen
    start = since if target.regrade == "regrade" else state.started
    if start is None or limit.sort in NO_LIMIT:
        return Clock(
            state, target, start, limit, None, False, limit.sort, since, calendar, conventions
        )
    pauses = _pauses(view, duty, start, state.done_at)
    projection = project(calendar, limit, conventions, start, pauses)
    return Clock(
        state,
        target,
        start,
        limit,
        projection.due_us,
        projection.paused,
        limit.sort,
        max(since, max((end for _, end in pauses if end is not None), default=0)),
        calendar,
        conventions,
        pauses,
        projection.effective_us,
    )


def _within(view: View, target: Target) -> Limit | Open | None:
    if not isinstance(target.within, Mapping):
        return target.within
    answer = view[target.per] if target.per else None
    return target.within.get(answer) if isinstance(answer, str) else None


def _dated(
    view: View, target: Target, calendar: WorkingCalendar
) -> tuple[Limit | None, int | None]:
    value = view[target.date] if target.date else None
    match value:
        case _dt.datetime():
            return None, to_micros(value) // _SECOND * _SECOND
        case _dt.date():
            return None, calendar.end_of_day(value)
        case str():
            return Limit.parse(value), None
        case _:
            return None, None


def _changed(view: View, duty: Duty) -> int:
    """When an answer on which the limit or the demand depends was last changed."""
    decided = view.case.decided
    named = view.program.limited[duty.code]
    return max((decided[name].at for name in named if name in decided), default=0)


def _pauses(
    view: View, duty: Duty, start: int, until: int | None
) -> tuple[tuple[int, int | None], ...]:
    moment = view.program.pauses.get(duty.code)
    if moment is None:
        return ()
    found = []
    for begin, end in view.track.holds.get(moment, ()):
        if end is not None and end <= start:
            continue
        if until is not None and begin >= until:
            continue
        found.append((max(begin, start), end))
    return tuple(found)
