"""Moving a case to another version of its policy: pure, and the same for a dry run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from complaintflow.audit.events import Event, Migrated
from complaintflow.audit.vault import Erased
from complaintflow.calendar.limits import Limit
from complaintflow.engine.clocks import clocks_of
from complaintflow.engine.commands import Command, Migrate
from complaintflow.engine.decide import finished, sweep
from complaintflow.engine.draft import Draft
from complaintflow.engine.facts import read_facts, unknown_name
from complaintflow.engine.moved import limit_key
from complaintflow.engine.outcome import Decision, Refused
from complaintflow.engine.permission import not_allowed
from complaintflow.engine.program import Program
from complaintflow.engine.reasons import BadValue, CaseClosed, MergedAlready, Reason
from complaintflow.engine.standing import Standing, fold, view_of
from complaintflow.moments import from_micros, zone
from complaintflow.policy.world import World

__all__ = ["HOW", "migrate"]

HOW = ("from now", "recompute")
"""What becomes of what has begun: it keeps its limits, or is counted anew from its start."""


def migrate(
    old: Program,
    new: Program,
    events: tuple[Event, ...],
    standing: Standing,
    command: Command,
    world: World,
    now: int,
) -> Decision:
    """Move a case from the policy of *old* to that of *new*.

    What was missed and told under the old version is recorded first, and stays. Then every event
    is read by the new version; nothing is told of what lies behind.

    Args:
        old: The policy under which the case runs.
        new: The policy to which it moves.
        events: The case's trail.
        standing: How it stands under *old*.
        command: A `Migrate`.
        world: What may be asked.
        now: The present, microseconds since 1970 UTC.
    """
    what = command.what
    assert isinstance(what, Migrate)  # the desk migrates
    case = standing.case
    state = what.states.get(case.state, case.state)
    reasons = (
        *not_allowed(view_of(old, standing), "migrate", command.role, case.received, now),
        *_against(old, new, events, standing, what, state),
    )
    if reasons:
        return Refused(reasons)
    swept = sweep(old, standing, world, now)
    before = swept.standing
    policy = new.policy
    limits, starts = _running(old, before) if what.how == "from now" else ({}, {})
    body = Migrated(
        policy.id, policy.version, policy.digest, state, what.how, limits, starts, what.reason
    )
    moved = Event(
        position=before.case.version + 1,
        body=body,
        by=command.by,
        role=command.role,
        occurred=now,
        recorded=now,
        command=command.id,
        policy=policy.digest,
    )
    found = tuple(attrs.evolve(event, command=command.id) for event in swept.events)
    after = fold(new, case.id, (*events, *found, moved))
    draft = Draft(new, after, world, now, command.id)
    draft.events = [*found, moved]
    draft.settled = len(found)
    return finished(draft, now, len(found))


def _running(program: Program, standing: Standing) -> tuple[dict[str, str], dict[str, Any]]:
    """The limits of what is owed now, and the starts that an earlier move has put off."""
    limits: dict[str, str] = {}
    starts: dict[str, Any] = {}
    moved = standing.case.moved
    for clock in clocks_of(view_of(program, standing), ("owed",)):
        if not isinstance(clock.limit, Limit):
            continue
        key = limit_key(clock.state)
        limits[key] = str(clock.limit)
        if moved is None or clock.start is None:
            continue
        if clock.start == moved.at or key in moved.starts:
            starts[key] = from_micros(clock.start, zone("UTC"))
    return limits, starts


def _against(
    old: Program,
    new: Program,
    events: Iterable[Event],
    standing: Standing,
    what: Migrate,
    state: str,
) -> Iterator[Reason]:
    """Everything for which the new version has no place."""
    case = standing.case
    if case.merged_into is not None:
        yield MergedAlready(case.id, case.merged_into)
    elif old.is_final(case):
        yield CaseClosed(case.state or "void")
    if what.how not in HOW:
        yield BadValue("how", f"expected one of {', '.join(HOW)}, got {what.how!r}")
    if not what.reason.strip():
        yield BadValue("reason", "a case moves to another version with a reason")
    if state not in new.policy.states:
        yield unknown_name("state", state, new.policy.states)
    actions = tuple(new.actions)
    for action in dict.fromkeys(code for code, _ in case.raised):
        if action not in new.actions:
            yield unknown_name("action", action, actions)
    for code, ruling in case.overruled.items():
        decision = new.decisions.get(code)
        answers = decision.decision.answers if decision is not None else ()
        given = ruling.answer if isinstance(ruling.answer, tuple) else (ruling.answer,)
        for answer in given if decision is not None and decision.decision.pick != "flag" else ():
            if answer is not None and answer not in answers:
                yield unknown_name("answer", str(answer), answers)
    yield from _values(new, events)


def _values(new: Program, events: Iterable[Event]) -> Iterator[Reason]:
    """Values on record that a fact of the same name could not have in the new version."""
    reasons: dict[Reason, None] = {}
    for event in events:
        facts: Mapping[str, Any] = getattr(event.body, "facts", None) or getattr(
            event.body, "new", {}
        )
        stated = {
            name: value
            for name, value in facts.items()
            if name in new.facts and new.facts[name].given and not isinstance(value, Erased)
        }
        typed, against = read_facts(new, stated)
        reasons.update(dict.fromkeys(against))
        for name, value in typed.items():  # what is on record is not rewritten
            if (type(value), value) != (type(stated[name]), stated[name]):
                problem = f"{stated[name]!r} on record is not {new.facts[name].type}"
                reasons[BadValue(name, problem)] = None
    yield from reasons
