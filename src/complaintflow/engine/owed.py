"""The to-do list: what is owed in a case, by whom, until when."""

from __future__ import annotations

import attrs

from complaintflow.engine.clocks import Clock, clock_of
from complaintflow.engine.duties import DutyState, states_of
from complaintflow.engine.view import View
from complaintflow.policy.choice import Open

__all__ = ["Owed", "owed_in"]

_SECOND = 1_000_000


@attrs.frozen
class Owed:
    """One thing that somebody owes.

    Args:
        case: The case's number.
        duty: The duty's code; *key* is the member of ``each`` that it is about.
        roles: Who owes it; empty where the procedure does not say.
        started: Since when, microseconds since 1970 UTC.
        due: Until when; None where there is no instant or the clock stands.
        sort: Why there is no instant, or how it is counted: ``elapsed``, ``word only`` ...
        overdue: By how many whole seconds it is late; 0 in time.
        paused: Whether its clock stands.
        clauses: Where the procedure says so.
        lacking: What is still missing: roles that must act too, facts.
    """

    case: str
    duty: str
    key: str
    round: int
    roles: tuple[str, ...]
    started: int
    due: int | None
    sort: str
    overdue: int
    paused: bool
    kind: str
    clauses: tuple[str, ...]
    lacking: tuple[str, ...]


def owed_in(view: View, now: int) -> tuple[Owed, ...]:
    """What is owed in a case at *now*: what falls due first comes first."""
    if view.case.voided is not None:
        return ()
    found = [
        _owed(view, state, now)
        for duty in view.program.policy.duties
        for state in states_of(view, duty)
        if state.is_owed
    ]
    return tuple(sorted(found, key=lambda o: (o.due is None, o.due or 0, o.started)))


def _owed(view: View, state: DutyState, now: int) -> Owed:
    duty = state.duty
    clock: Clock | None = clock_of(view, state) if duty.target is not None else None
    due = clock.due if clock else None
    owner = duty.owner
    roles: tuple[str, ...]
    if owner is None or isinstance(owner, Open):
        roles = (state.key,) if state.key in view.program.roles else ()
    else:
        roles = owner.members(view.roles)
    return Owed(
        case=view.case.id,
        duty=duty.code,
        key=state.key,
        round=state.round,
        roles=roles,
        started=state.started or 0,
        due=due,
        sort=clock.sort if clock else "no limit",
        overdue=max(0, now // _SECOND - due // _SECOND) if due is not None else 0,
        paused=clock.paused if clock else False,
        kind=duty.target.kind if duty.target else "internal",
        clauses=duty.clauses,
        lacking=state.lacking,
    )
