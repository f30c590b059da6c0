"""Clocks that pause: where the due instant is now, and points before and after it.

Pauses are (from, to) in microseconds since 1970 UTC, half open. Time inside a pause never
counts: elapsed and working time resume with exactly what was left. A counted day is skipped
when the clock is paused at its end; a due instant that would lie inside a pause becomes the
same point of the next countable day.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from complaintflow.calendar import limits as _l
from complaintflow.calendar.conventions import DEFAULT, Conventions
from complaintflow.calendar.outcome import Left, beyond_coverage, consume, outcome
from complaintflow.calendar.pauses import Pause, merged, whole_second
from complaintflow.calendar.rungs import lag, lead
from complaintflow.calendar.steps import BeyondCoverage
from complaintflow.errors import InvalidValueError

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["Left", "Projection", "lag", "lead", "point_at_share", "project"]


@attrs.frozen
class Projection:
    """Where the due instant of a clock is, as far as is known.

    Args:
        due_us: Microseconds since 1970 UTC; None while paused and for limits without one.
        paused: Whether the clock is paused before its due instant.
        left: What is left while paused, else None.
        effective_us: The start after the conventions said where it falls.
        provisional: Why it may still move, None if it may not.
    """

    due_us: int | None
    paused: bool
    left: Left | None
    effective_us: int
    provisional: BeyondCoverage | None = None


def project(
    calendar: WorkingCalendar,
    limit: _l.Limit,
    conventions: Conventions | None,
    start_us: int,
    pauses: Iterable[Pause] = (),
    *,
    until: int | None = None,
) -> Projection:
    """The due instant of a clock under its pauses.

    Args:
        calendar: The calendar.
        limit: The limit; one that no pause can move (a promise, a date, the same day, a
            fixed point) stays unmoved.
        conventions: The choices for day-counted limits; None for the defaults.
        start_us: The start of the clock, microseconds since 1970 UTC.
        pauses: In any order; those that meet or overlap are one, empty ones are none.
        until: Look no further than this instant: later pauses do not count, and one that
            ends later still lasts.

    Raises:
        NoInstantError: the limit is unset or given elsewhere.
        NeverOpenError: the calendar has no opening left where one is needed.
        InvalidValueError: a pause ends before it begins, or the result lies outside 1970-2200.
    """
    chosen = DEFAULT if conventions is None else conventions
    # whether it is provisional depends on the days that a last day off was moved from
    quiet = chosen.last_day_off == "unadjusted" and not chosen.least_working_days
    found = outcome(calendar, start_us, limit, chosen, merged(pauses, until), quiet=quiet)
    reason = beyond_coverage(calendar, limit, chosen, found)
    return Projection(found.due, found.left is not None, found.left, found.effective, reason)


def point_at_share(
    calendar: WorkingCalendar,
    limit: _l.Limit,
    start_us: int,
    due_us: int,
    share: Fraction,
    pauses: Iterable[Pause] = (),
) -> int:
    """The instant at which *share* of what can be counted until the due instant is used up.

    Counted is working time for working units, days included, else elapsed time; not what
    lies inside a pause. The point is floored to the second; a share of 1 is the due instant.

    Args:
        calendar: The calendar.
        limit: The limit that gave *due_us*.
        start_us: The effective start (`Projection.effective_us`).
        due_us: The due instant.
        share: From 0 to 1, such as ``Fraction(4, 5)``.
        pauses: The clock's pauses.

    Raises:
        InvalidValueError: the share is a float or not from 0 to 1, or due lies before start.
    """
    if type(share) not in (Fraction, int) or not 0 <= share <= 1:
        raise InvalidValueError(f"a share is a Fraction from 0 to 1, got {share!r:.60}")
    start = whole_second(start_us)
    if due_us < start:
        raise InvalidValueError("the due instant lies before the start")
    if share == 1:
        return due_us
    if isinstance(limit, _l.Disagreeing):
        limit = limit.governing
    working = isinstance(limit, (_l.WorkingTime, _l.WorkingDays))
    stops = merged(pauses)
    total = calendar._between_us(start, due_us) if working else due_us - start
    for begin, end in stops:
        low, high = max(begin, start), due_us if end is None else min(end, due_us)
        if low < high:
            total -= calendar._between_us(low, high) if working else high - low
    used = whole_second(int(total * share))
    if used == 0:
        # nothing used: the clock has only just begun to count
        at = calendar._add_us(start, 0) if working else start
        return min(at, due_us)
    at_or_none, _ = consume(calendar, start, used, stops, working=working)
    return due_us if at_or_none is None else min(at_or_none, due_us)
