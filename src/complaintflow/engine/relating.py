"""Cases that belong together: one is a duplicate of another, one was split into several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from complaintflow.audit.events import Event, Opened, Related, StepTaken
from complaintflow.audit.vault import Erased
from complaintflow.engine.acts import do_step
from complaintflow.engine.commands import Command, Do, Split
from complaintflow.engine.decide import finished
from complaintflow.engine.draft import Draft
from complaintflow.engine.facts import unknown_name
from complaintflow.engine.machine import NEW
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.engine.program import Program
from complaintflow.engine.reasons import BadValue, LaterSurvivor, MergedAlready, Reason
from complaintflow.engine.standing import Standing, fold
from complaintflow.moments import from_micros
from complaintflow.policy.world import World

__all__ = ["against_merge", "begin_part", "relate"]


def against_merge(standing: Standing, program: Program, survivor: Standing) -> tuple[Reason, ...]:
    """What stands against merging a case into *survivor*, as far as that one is concerned.

    The survivor is the one that was received first: a merge never gives anybody more time.

    Args:
        standing: The duplicate.
        program: The policy of the survivor.
        survivor: The case that goes on.
    """
    case, into = standing.case, survivor.case
    if case.id == into.id:
        return (BadValue("into", "a case is no duplicate of itself"),)
    if into.merged_into is not None:
        return (MergedAlready(into.id, into.merged_into),)
    if program.is_final(into):
        return (BadValue("into", f"case {into.id!r} is closed"),)
    if (into.received, into.id) > (case.received, case.id):
        at = from_micros(into.received, program.policy.calendar.tz)
        return (LaterSurvivor(case.id, into.id, at.isoformat(" ", "seconds")),)
    return ()


def relate(
    program: Program, standing: Standing, related: Related, cause: Event, world: World, now: int
) -> Accepted:
    """Record in a case what another one says of the two of them.

    Args:
        program: The policy of the case.
        standing: The case.
        related: How they belong together, seen from this case.
        cause: The event of the other case.
        world: What may be asked.
        now: When it is recorded.
    """
    draft = Draft(program, standing, world, now, cause.command)
    draft.add(related, by=cause.by, role=cause.role, occurred=cause.occurred)
    return finished(draft, cause.occurred)


def begin_part(
    program: Program,
    number: str,
    origin: Standing,
    events: Iterable[Event],
    command: Command,
    facts: Mapping[str, Any],
    world: World,
    now: int,
) -> Decision:
    """Open a part of a case: as that case was opened, with other facts, received when it was.

    Args:
        program: The policy of both.
        number: The part's number.
        origin: The case that was split.
        events: Its trail.
        command: The command to split it.
        facts: What is otherwise than at its opening; None makes unknown.
        world: What may be asked.
        now: When it is recorded.
    """
    what = command.what
    assert isinstance(what, Split)  # the caller splits
    opened = _opening(events)
    if opened is None and len(program.opening) != 1:
        return Refused((unknown_name("opening step", "", program.opening),))
    step = program.opening[0] if opened is None else opened[1].step
    role = command.role if opened is None else opened[0].role
    draft = Draft(program, fold(program, number, ()), world, now, command.id)
    received = origin.case.received
    policy = program.policy
    who: Mapping[str, Any] = {"by": command.by, "role": command.role, "occurred": received}
    draft.add(Opened(policy.id, policy.version, policy.digest), **who)
    draft.add(Related("part_of", origin.case.id, what.reason), **who)
    stated = {**_stated(program, origin, opened), **facts}
    do = Do(step, facts={name: value for name, value in stated.items() if value is not None})
    if opened is not None:
        papers = opened[1]
        do = attrs.evolve(do, evidence=papers.evidence, via=papers.via, signed=papers.signed)
    reasons = do_step(draft, attrs.evolve(command, role=role, occurred=received), do, NEW)
    return Refused(tuple(reasons)) if reasons else finished(draft, received)


def _opening(events: Iterable[Event]) -> tuple[Event, StepTaken] | None:
    for event in events:
        if isinstance(event.body, StepTaken) and event.body.source is None:
            return event, event.body
    return None


def _stated(
    program: Program, origin: Standing, opened: tuple[Event, StepTaken] | None
) -> dict[str, Any]:
    """What the opening of the case stated, as it is known now."""
    if opened is None:
        return {}
    body = opened[1]
    names = body.facts.keys() - program.steps[body.step].step.sets.keys()
    values = {name: origin.case.value(name) for name in names}
    return {name: v for name, v in values.items() if v is not None and not isinstance(v, Erased)}
