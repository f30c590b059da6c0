"""Custody: who had a duty, from when to when, and why it went on."""

from __future__ import annotations

import attrs

from complaintflow.audit.life import PassedOn, Ruled
from complaintflow.engine.duties import DutyState, states_of
from complaintflow.engine.view import View
from complaintflow.policy.party import Party

__all__ = ["Custody", "custody_in", "custody_of"]


@attrs.frozen
class Custody:
    """One holder of a duty of one key in its present round.

    Args:
        roles: Who had it; empty where the procedure does not say.
        since: From when, microseconds since 1970 UTC.
        until: Until when; None while it is theirs.
        why: Why it came to them; empty for the first, to whom the policy gives it.
    """

    duty: str
    key: str
    round: int
    roles: tuple[str, ...]
    since: int
    until: int | None
    why: str


def custody_in(view: View) -> tuple[Custody, ...]:
    """The holders of every duty that ever came to another one in its present round."""
    return tuple(
        held
        for duty in (view.program.policy.duties if view.case.lives else ())
        for state in states_of(view, duty)
        if state.lived.holders
        for held in custody_of(view, state)
    )


def custody_of(view: View, state: DutyState) -> tuple[Custody, ...]:
    """The holders of a duty that has begun, one after the other; at least one."""
    duty, which = state.duty, (state.duty.code, state.key, state.round)
    if isinstance(duty.owner, Party):
        roles = duty.owner.members(view.roles)
    else:
        roles = (state.key,) if state.key in view.program.roles else ()
    since = state.started if state.original is None else state.original
    since, why = since or 0, ""
    found: list[Custody] = []
    for episode in state.lived.episodes:
        body = episode.body
        if isinstance(body, (Ruled, PassedOn)) and body.to:
            found.append(Custody(*which, roles, since, episode.at, why))
            roles, since, why = (body.to,), episode.at, body.reason
    return (*found, Custody(*which, roles, since, state.done_at, why))
