"""Superseded due instants: what a clock said before, until when, and what moved it.

Nothing of it is stored: the events are folded once more and the clocks compared. What one
command did counts as one, so that an instant nobody could have seen is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import attrs

from complaintflow.audit.case import Case
from complaintflow.audit.events import Corrected, Event, Migrated
from complaintflow.engine.clocks import Clock, clocks_of
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Course, Standing
from complaintflow.engine.track import Track

__all__ = ["CAUSES", "Superseded", "superseded_in"]

CAUSES = (
    *("pause", "resume", "regrade", "extension", "dropped", "date", "correction", "migration"),
    "entry",
)
"""What can move a due instant: the clock stands or runs again, a new limit, an extension that was
granted or dropped, another date, a mended entry, another version of the policy, or another entry,
often a late one."""

_Identity = tuple[str, str, int]


@attrs.frozen
class Superseded:
    """A due instant that holds no more.

    Args:
        identity: Duty, key and round.
        due: What it was; None while the clock stood, or where there was no instant.
        paused: Whether the clock stood.
        until: When what moved it was recorded, microseconds since 1970 UTC.
        cause: One of `CAUSES`.
        position: The event that moved it.
    """

    identity: _Identity
    due: int | None
    paused: bool
    until: int
    cause: str
    position: int


def superseded_in(
    program: Program, case_id: str, events: Iterable[Event]
) -> dict[_Identity, tuple[Superseded, ...]]:
    """For each clock whose due instant ever moved, what it was; the oldest first."""
    course = Course(program, Standing(Case(case_id), Track()))
    found: dict[_Identity, tuple[Superseded, ...]] = {}
    before: dict[_Identity, Clock] = {}
    for _, together in groupby(events, key=lambda event: (event.command, event.recorded)):
        moved: dict[_Identity, Event] = {}
        after = before
        for event in together:
            course.add(event)
            after = {clock.identity: clock for clock in clocks_of(course.view)}
            for identity in before.keys() & after.keys():
                if _differ(before[identity], after[identity]):
                    moved.setdefault(identity, event)
        for identity, event in moved.items():
            old, new = before[identity], after.get(identity)
            if new is not None and _differ(old, new):
                cause = _cause(event, old, new)
                one = Superseded(
                    identity, old.due, old.paused, event.recorded, cause, event.position
                )
                found[identity] = (*found.get(identity, ()), one)
        before = after
    return found


def _differ(old: Clock, new: Clock) -> bool:
    return (old.due, old.paused) != (new.due, new.paused)


def _cause(event: Event, old: Clock, new: Clock) -> str:
    if isinstance(event.body, Corrected):
        return "correction"
    if isinstance(event.body, Migrated):
        return "migration"
    if new.paused != old.paused:
        return "pause" if new.paused else "resume"
    if len(new.extensions) != len(old.extensions):
        return "extension" if len(new.extensions) > len(old.extensions) else "dropped"
    if old.sort != new.sort or old.sort == "date":
        return "date"
    if old.limit != new.limit:
        return "regrade"
    return "resume" if old.pauses != new.pauses else "entry"
