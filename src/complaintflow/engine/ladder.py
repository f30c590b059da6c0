"""Ladders: which rung of which clock is ready next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from complaintflow.calendar.pausing import point_at_share
from complaintflow.calendar.rungs import lag, lead
from complaintflow.engine.clocks import Clock, clocks_of
from complaintflow.policy.rung import Rung

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["Ready", "next_ready", "ready_of"]

_SECOND = 1_000_000


@attrs.frozen
class Ready:
    """A rung, or the miss itself (*rung* None), and its true time."""

    at: int
    clock: Clock
    rung: Rung | None
    repetition: int = 1


def next_ready(view: View, duties: Iterable[str] | None = None) -> Ready | None:
    """The rung that is ready first among all clocks that somebody owes; None: none ever.

    Args:
        view: The case.
        duties: Among the clocks of these, by their codes; None for all.
    """
    first: Ready | None = None
    for clock in clocks_of(view, ("owed",), duties):
        for ready in ready_of(view, clock):
            if first is None or ready.at < first.at:
                first = ready
    return first


def ready_of(view: View, clock: Clock) -> Iterator[Ready]:
    """The rungs of one clock that have not fired, in no order; none unless it is owed."""
    due = clock.due
    if due is None or clock.paused or not clock.state.is_owed or view.case.put_aside:
        return
    case = view.case
    floor = clock.since
    adopted = case.adopted
    if case.moved is not None:  # nobody could know before what the version of today says
        floor = max(floor, case.moved.at)
    if clock.identity not in case.missed:
        yield Ready(max(due + _SECOND, floor), clock, None)
    for rung in clock.target.rungs:
        for repetition in range(1, rung.at.times + 1):
            if (*clock.identity, rung.code, repetition) in case.rungs:
                continue
            ready = point(clock, rung, repetition)
            if case.moved is not None and ready < case.moved.at:
                continue
            at = max(ready, floor)
            if adopted is None or at >= adopted:
                yield Ready(at, clock, rung, repetition)


def point(clock: Clock, rung: Rung, repetition: int = 1) -> int:
    """When *rung* is ready, by its own point alone."""
    due = clock.due
    start = clock.start if clock.effective is None else clock.effective
    if due is None or start is None:
        raise ValueError(f"{clock.state.duty.code} has no due instant")
    at = rung.at
    match at.kind:
        case "share":
            if clock.limit is None:
                return start + int((due - start) * at.share) // _SECOND * _SECOND
            return point_at_share(clock.calendar, clock.limit, start, due, at.share, clock.pauses)
        case "lead" if at.amount is not None:
            return lead(clock.calendar, due, at.amount)
        case "lag" if at.amount is not None:
            return lag(clock.calendar, due, at.amount, repetition)
        case _:
            return due + _SECOND
