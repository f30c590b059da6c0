"""Granting extensions: what a track notes when the moment of one turns true."""

from __future__ import annotations

import attrs

from complaintflow.audit.events import Corrected
from complaintflow.calendar.limits import Limit
from complaintflow.engine.duties import states_of
from complaintflow.engine.extending import grants_of
from complaintflow.engine.track import Grant
from complaintflow.engine.view import View
from complaintflow.policy.duty import Duty

__all__ = ["grant", "mend_grants"]


def grant(view: View, duty: Duty, moment: int) -> None:
    """Note an extension, of which *moment* has just turned true; none beyond the bound."""
    extended = duty.target.extended if duty.target is not None else None
    turn = view.track.last(moment)
    assert extended is not None  # the program knows of it
    assert turn is not None  # it has just turned
    granted = grants_of(view, duty)
    if extended.most is not None and len(granted) >= extended.most:
        return
    by, stated = extended.by, 0
    if isinstance(by, str):
        value = view[by]
        if value is None:
            return  # nobody has said how much
        known = view.case.facts.get(by)
        by, stated = Limit.parse(str(value)), 0 if known is None else known.position
    counted = view.program.extends_from.get(duty.code)
    start = view.track.last(counted) if counted is not None else None
    states = states_of(view, duty)
    if not any(state.round for state in states):
        return  # there is nothing to extend
    renews = any(
        state.is_owed and (duty.code, state.key, state.round) in view.case.missed
        for state in states
    )
    one = Grant(turn.at, turn.position, by, start.at if start else None, renews, stated)
    view.track.granted[duty.code] = (*view.track.granted.get(duty.code, ()), one)
    view.forget(view.program.reach.upset[duty.code])


def mend_grants(view: View, body: Corrected, position: int) -> None:
    """An extension gives what the corrected entry says."""
    for code, granted in view.track.granted.items():
        target = view.program.duties[code].target
        extended = target.extended if target is not None else None
        by = extended.by if extended is not None else None
        value = body.new.get(by) if isinstance(by, str) else None
        if value is not None:
            view.track.granted[code] = tuple(
                attrs.evolve(one, by=Limit.parse(str(value)), stated=position)
                if one.stated == body.position
                else one
                for one in granted
            )
