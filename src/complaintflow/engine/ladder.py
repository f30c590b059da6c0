"""Ladders: which rung of which clock is ready next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from complaintflow.engine.clocks import Clock, clocks_of
from complaintflow.engine.quiet import schedule
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
    """The rungs of one clock that have not fired, in their order; none unless it is owed."""
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
    for at, ready, rung, repetition in schedule(view, clock, floor) if clock.target.rungs else ():
        if case.moved is not None and ready < case.moved.at:
            continue
        fired = (*clock.identity, rung.code, repetition) in case.rungs
        if not fired and (adopted is None or at >= adopted):
            yield Ready(at, clock, rung, repetition)
