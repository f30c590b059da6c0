"""The to-do list: what is owed in a case, by whom, until when."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterator, Mapping

import attrs
from pendulum import DateTime

from complaintflow.engine.clocks import Clock, clock_of
from complaintflow.engine.duties import DutyState, decider_of, lacking_of, owner_of, states_of
from complaintflow.engine.links import open_keys
from complaintflow.engine.relay import projected_in
from complaintflow.engine.view import View
from complaintflow.moments import from_micros, to_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.party import Party

__all__ = ["Owed", "ahead_in", "by_due", "owed_in"]

_SECOND = 1_000_000


@attrs.frozen
class Owed:
    """One thing that somebody owes.

    Args:
        case: The case's number.
        duty: The duty's code; *key* is the member of ``each`` that it is about; ``rule <code>``
            for ruling on its rejection. For an action that was raised, its code and number, and
            when it is carried out ``verify <code>``. For something outside of which its *roles*
            report the closing, the link's code.
        roles: Who owes it; empty where the procedure does not say.
        started: Since when, in the zone of the policy's calendar.
        due: Until when; None where there is no instant or the clock stands.
        sort: Why there is no instant, or how it is counted: ``elapsed``, ``word only`` ...
        overdue: By how much it is late, in whole seconds; zero in time.
        paused: Whether its clock stands.
        clauses: Where the procedure says so.
        lacking: What is still missing: roles that must act too, facts.
        projected: Whether it has not begun; *started* and *due* are then what they would be.
        people: Role to the person whom the case has given it to, for those that have one.
    """

    case: str
    duty: str
    key: str
    round: int
    roles: tuple[str, ...]
    started: DateTime
    due: DateTime | None
    sort: str
    overdue: _dt.timedelta
    paused: bool
    kind: str
    clauses: tuple[str, ...]
    lacking: tuple[str, ...]
    projected: bool = False
    people: Mapping[str, str] = attrs.Factory(dict)


def owed_in(view: View, now: int) -> tuple[Owed, ...]:
    """What is owed in a case at *now*: what falls due first comes first."""
    if view.case.put_aside:
        return ()
    found = [
        _owed(view, state, now)
        for duty in view.program.policy.duties
        for state in states_of(view, duty)
        if state.is_owed
    ]
    others = (*_rulings(view), *_actions(view), *_links(view))
    return tuple(sorted((*found, *others), key=by_due))


def ahead_in(view: View, now: int) -> tuple[Owed, ...]:
    """What waits in a case and would be owed next, with the instants that are projected."""
    return tuple(
        attrs.evolve(_owed(view, clock.state, now), overdue=_dt.timedelta(), projected=True)
        for clock in projected_in(view, now)
    )


def by_due(owed: Owed) -> tuple[bool, int, int]:
    """What falls due first comes first, then what has been owed longest."""
    return (
        owed.due is None,
        to_micros(owed.due) if owed.due is not None else 0,
        to_micros(owed.started),
    )


def _rulings(view: View) -> Iterator[Owed]:
    """The rejections that wait for a ruling."""
    for duty in view.program.policy.duties:
        for state in states_of(view, duty) if duty.life.ruled_by is not None else ():
            rejection = state.lived.rejection
            if not state.is_disputed or rejection is None:
                continue
            party = decider_of(state, duty.life.ruled_by)
            roles = party.members(view.roles) if isinstance(party, Party) else ()
            what = f"rule {duty.code}"
            yield _plain(view, what, state.key, roles, rejection.at, duty.clauses, state.round)


def _actions(view: View) -> Iterator[Owed]:
    """The actions that were raised and are not carried out, or not verified."""
    case = view.case
    for (code, key), raised in case.raised.items():
        action = view.program.actions[code]
        done = [act.at for act in case.acts.get(code, ()) if act.key == key]
        if not done:
            owners, at = tuple(raised.owner.split(", ")), case.raised_at[code, key]
            yield _plain(view, code, key, owners, at, action.clauses)
        elif action.verified_by is not None and not any(
            act.key == key for act in case.acts.get(f"verify {code}", ())
        ):
            roles = action.verified_by.members(view.roles)
            yield _plain(view, f"verify {code}", key, roles, done[-1], action.clauses)


def _plain(
    view: View,
    what: str,
    key: str,
    roles: tuple[str, ...],
    started: int,
    clauses: tuple[str, ...],
    number: int = 1,
) -> Owed:
    """What is owed without a clock."""
    return Owed(
        case=view.case.id,
        duty=what,
        key=key,
        round=number,
        roles=roles,
        started=from_micros(started, view.program.policy.calendar.tz),
        due=None,
        sort="no limit",
        overdue=_dt.timedelta(),
        paused=False,
        kind="internal",
        clauses=clauses,
        lacking=(),
        people=_people(view, roles),
    )


def _links(view: View) -> Iterator[Owed]:
    """The links to something outside whose closing somebody has yet to report."""
    for link in view.program.policy.links if view.case.links else ():
        if link.closed_by is None:
            continue
        roles = link.closed_by.members(view.roles)
        for key in open_keys(view, link.code):
            at = view.case.links[link.code, key].at
            yield _plain(view, link.code, key, roles, at, link.clauses)


def _people(view: View, roles: tuple[str, ...]) -> dict[str, str]:
    """The persons to whom the case has given *roles*."""
    assigned = view.case.assigned
    return {role: assigned[role] for role in roles if role in assigned} if assigned else {}


def _owed(view: View, state: DutyState, now: int) -> Owed:
    duty = state.duty
    clock: Clock | None = clock_of(view, state) if duty.target is not None else None
    due = clock.due if clock else None
    tz = view.program.policy.calendar.tz
    late = max(0, now // _SECOND - due // _SECOND) if due is not None else 0
    owner = owner_of(state)
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
        started=from_micros(state.started or 0, tz),
        due=None if due is None else from_micros(due, tz),
        sort=clock.sort if clock else "no limit",
        overdue=_dt.timedelta(seconds=late),
        paused=clock.paused if clock else False,
        kind=duty.target.kind if duty.target else "internal",
        clauses=duty.clauses,
        lacking=lacking_of(view, state),
        people=_people(view, roles),
    )
