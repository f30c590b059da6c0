"""Clocks of a case that moved to another version of its policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintflow.calendar.limits import Limit
from complaintflow.engine.duties import DutyState
from complaintflow.moments import to_micros

if TYPE_CHECKING:
    from complaintflow.audit.case import Case

__all__ = ["first_start", "kept_limit", "limit_key"]


def limit_key(state: DutyState) -> str:
    """Under what the limit of a running clock is kept."""
    return f"{state.duty.code}:{state.round}:{state.key}"


def kept_limit(case: Case, state: DutyState, changed: int) -> Limit | None:
    """The limit that ran when the case moved, while what chose it is as it was then.

    Args:
        case: The case.
        state: The duty.
        changed: When an answer that chooses the limit was last changed.
    """
    moved = case.moved
    if moved is None or changed > moved.at:
        return None
    kept = moved.limits.get(limit_key(state))
    return None if kept is None else Limit.parse(kept)


def first_start(case: Case, state: DutyState, start: int) -> int:
    """From when a clock counts: what the old version did not ask counts from the move."""
    moved = case.moved
    if moved is None or moved.how != "from now":
        return start
    key = limit_key(state)
    if key in moved.limits:
        return to_micros(moved.starts[key]) if key in moved.starts else start
    if state.done_at is not None and state.done_at <= moved.at:
        return start
    return max(start, moved.at)
