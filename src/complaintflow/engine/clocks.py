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
from complaintflow.calendar.limits import Limit, Recurring
from complaintflow.calendar.pausing import project
from complaintflow.engine.duties import DutyState, states_of
from complaintflow.engine.extending import in_effect
from complaintflow.engine.moved import first_start, kept_limit
from complaintflow.engine.recurring import recurring_due
from complaintflow.engine.track import Grant, Span
from complaintflow.moments import to_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty, Target

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["Clock", "Extended", "Part", "clock_of", "clocks_of"]

_SECOND = 1_000_000
NO_LIMIT = ("unset", "referenced")
"""Sorts of limits that nothing can be computed from."""


@attrs.frozen
class Part:
    """A limit or a date of a target, counted.

    Args:
        limit: The limit; None for a date.
        due: The due instant; None while paused, waiting, or where there is no instant.
        sort: The limit's sort, ``date``, ``unknown`` (a date that nobody has named),
            ``undetermined`` or ``open item``.
        start: From when it is counted.
        effective: The start after the conventions said where it falls.
    """

    limit: Limit | None
    due: int | None
    sort: str
    start: int | None = None
    paused: bool = False
    pauses: tuple[Span, ...] = ()
    effective: int | None = None


@attrs.frozen
class Extended:
    """An extension in effect: from where it is counted, and until when it gives time."""

    grant: Grant
    anchor: int
    due: int | None


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
        beside: Of a target with a limit and a date the one that does not govern.
        extensions: What put the due instant off.
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
    pauses: tuple[Span, ...] = ()
    effective: int | None = None
    beside: Part | None = None
    extensions: tuple[Extended, ...] = ()

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
    counting = _Counting(
        view,
        state,
        target,
        calendar,
        target.conventions or policy.conventions,
        _changed(view, duty),
    )
    governing, beside, extensions = counting.governing()
    since = max(
        state.started or 0,
        counting.changed,
        *(end for _, end in governing.pauses if end is not None),
        *(one.grant.at for one in extensions),
    )
    return Clock(
        state,
        target,
        state.started if governing.start is None else governing.start,
        governing.limit,
        governing.due,
        governing.paused,
        governing.sort,
        since,
        calendar,
        counting.conventions,
        governing.pauses,
        governing.effective,
        beside,
        extensions,
    )


@attrs.frozen
class _Counting:
    """One target being counted.

    Args:
        changed: When an answer on which the limit or the demand depends was last changed.
    """

    view: View
    state: DutyState
    target: Target
    calendar: WorkingCalendar
    conventions: Conventions
    changed: int

    def governing(self) -> tuple[Part, Part | None, tuple[Extended, ...]]:
        """What governs, what stands beside it, and the extensions of the one that has them."""
        target = self.target
        dated = None if target.date is None else self._dated(target.date)
        if target.within is None:
            date, extensions = self._extended(dated or Part(None, None, "unknown"))
            return date, None, extensions
        limited = self._limited()
        if dated is None or target.ranks == "earliest":
            limited, extensions = self._extended(limited)
            if dated is None or dated.due is None:
                return limited, dated, extensions
            first = limited.due is not None and limited.due <= dated.due
            return (limited, dated, extensions) if first else (dated, limited, extensions)
        named = dated.due is not None
        governing, beside = (dated, limited) if named else (limited, dated)
        governing, extensions = self._extended(governing)
        return governing, beside, extensions

    def _limited(self) -> Part:
        kept = kept_limit(self.view.case, self.state, self.changed)
        chosen = kept or _within(self.view, self.target)
        if isinstance(chosen, Limit):
            return self._counted(chosen)
        return Part(None, None, "open item" if isinstance(chosen, Open) else "undetermined")

    def _counted(self, limit: Limit) -> Part:
        state = self.state
        start = state.original if state.original is not None else state.started
        if self.target.regrade == "regrade" and start is not None:
            start = max(start, self.changed)
        if start is None or limit.sort in NO_LIMIT:
            return Part(limit, None, limit.sort, start)
        start = first_start(self.view.case, state, start)
        if isinstance(limit, Recurring):  # by the calendar's periods, which nothing stops
            due = recurring_due(self.calendar, limit, self.conventions, start)
            return Part(None, due, limit.sort, start)
        return self._projected(limit, start)

    def _projected(self, limit: Limit, start: int) -> Part:
        pauses = _pauses(self.view, self.state.duty, start, self.state.done_at)
        found = project(self.calendar, limit, self.conventions, start, pauses)
        return Part(
            limit, found.due_us, limit.sort, start, found.paused, pauses, found.effective_us
        )

    def _dated(self, fact: str) -> Part:
        match self.view[fact]:
            case _dt.datetime() as value:
                return Part(None, to_micros(value) // _SECOND * _SECOND, "date")
            case _dt.date() as value:
                return Part(None, self.calendar.end_of_day(value), "date")
            case str() as value:
                return self._counted(Limit.parse(value))
            case _:
                return Part(None, None, "unknown")

    def _extended(self, part: Part) -> tuple[Part, tuple[Extended, ...]]:
        """*part* as it is put off; an extension never brings the due instant nearer."""
        extensions = []
        extended = self.target.extended
        granted = in_effect(self.view, self.state.duty, self.changed) if extended else ()
        for one in granted:
            if part.due is None:
                break
            anchor = part.due if one.start is None else one.start
            given = self._projected(one.by, anchor)
            if extended is not None and extended.longest is not None and given.due is not None:
                bound = self._projected(extended.longest, anchor)
                if bound.due is not None and bound.due < given.due:
                    given = bound
            due = None if given.due is None else max(part.due, given.due)
            pauses = tuple(dict.fromkeys((*part.pauses, *given.pauses)))
            part = attrs.evolve(part, due=due, paused=given.paused, pauses=pauses)
            extensions.append(Extended(one, anchor, due))
        return part, tuple(extensions)


def _within(view: View, target: Target) -> Limit | Open | None:
    if not isinstance(target.within, Mapping):
        return target.within
    answer = view[target.per] if target.per else None
    return target.within.get(answer) if isinstance(answer, str) else None


def _changed(view: View, duty: Duty) -> int:
    """When an answer on which the limit or the demand depends was last changed."""
    decided = view.case.decided
    named = view.program.limited[duty.code]
    return max((decided[name].at for name in named if name in decided), default=0)


def _pauses(view: View, duty: Duty, start: int, until: int | None) -> tuple[Span, ...]:
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
