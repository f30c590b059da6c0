"""Beginning a case that another one brings about: nobody is there to be asked or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaintflow.audit.events import Opened, Related, StepTaken
from complaintflow.engine.decide import finished
from complaintflow.engine.draft import SYSTEM, Draft
from complaintflow.engine.outcome import Accepted
from complaintflow.engine.program import Program
from complaintflow.engine.standing import fold
from complaintflow.policy.party import Party
from complaintflow.policy.world import World

__all__ = ["begin_linked"]


def begin_linked(
    program: Program,
    number: str,
    step: str,
    facts: Mapping[str, Any],
    related: Related,
    *,
    occurred: int,
    world: World,
    now: int,
    command: str,
) -> Accepted:
    """Open the case that a link asks for.

    What its opening step asks for and the link does not take stays unknown: the case that waits
    is not held up by it.

    Args:
        program: The policy of the new case.
        number: Its number.
        step: Its opening step, which leads to one state (the policy was checked).
        facts: What it takes over, of the types of its own facts.
        related: By which link of which case it is opened.
        occurred: When the link was opened, microseconds since 1970 UTC.
        world: What may be asked.
        now: When it is recorded.
        command: The command that led to it.
    """
    draft = Draft(program, fold(program, number, ()), world, now, command)
    policy = program.policy
    opened = Opened(policy.id, policy.version, policy.digest)
    draft.add(opened, by=SYSTEM, role="", occurred=occurred)
    draft.add(related, by=SYSTEM, role="", occurred=occurred)
    taken = program.steps[step].step
    target = str(taken.to[0].to)
    role = taken.by.members(draft.view.roles)[:1] if isinstance(taken.by, Party) else ()
    draft.add(
        StepTaken(step, None, target, {**facts, **taken.sets}),
        by=SYSTEM,
        role=role[0] if role else "",
        occurred=occurred,
    )
    return finished(draft, occurred)
