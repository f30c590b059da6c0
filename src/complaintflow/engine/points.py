"""Points: when the rung of a clock is ready, by its own point alone."""

from __future__ import annotations

from complaintflow.calendar.pausing import point_at_share
from complaintflow.calendar.rungs import lag, lead
from complaintflow.engine.clocks import Clock
from complaintflow.policy.rung import Rung

__all__ = ["point"]

_SECOND = 1_000_000


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
