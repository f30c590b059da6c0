"""Whether those who act in a command hold the roles in which they act."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.engine.commands import Command, Do, Receive
from complaintflow.engine.draft import Draft
from complaintflow.engine.people import acting, may_act
from complaintflow.engine.reasons import NotInRole, Reason

__all__ = ["strangers"]


def strangers(draft: Draft, command: Command) -> list[Reason]:
    """A reason for each person of the command who does not hold the role that it says.

    Without a directory the host has checked it. Nobody is asked about a role outside the
    company, and about none where the command names none.
    """
    directory = draft.world.directory
    if directory is None:
        return []
    view, at = draft.view, command.occurred
    found: list[Reason] = []
    for role, person in dict.fromkeys(_named(command)):
        if not role or role in draft.program.outside:
            continue
        if not may_act(view, directory, person, role, at):
            there = tuple(one.id for one in acting(directory, role, at))
            found.append(NotInRole(person, role, there))
    return found


def _named(command: Command) -> Iterator[tuple[str, str]]:
    """Every role that the command names, with its person."""
    yield command.role, command.by
    if isinstance(command.what, Do):
        yield from command.what.present.items()
    if isinstance(command.what, (Do, Receive)):
        yield from command.what.signed.items()
