"""The view of one case that expressions read: names to values, computed on demand.

A view lives for one question. What a command would make known is laid over it, so that a
guard sees the case as it would be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from complaintflow.audit.case import Case
    from complaintflow.engine.duties import DutyState
    from complaintflow.engine.program import Program
    from complaintflow.engine.track import Track

__all__ = ["View"]


class View(dict[str, Any]):
    """Every name of a policy for one case; None is unknown."""

    __slots__ = ("case", "program", "states", "track")

    def __init__(self, program: Program, case: Case, track: Track) -> None:
        self.program = program
        self.case = case
        self.track = track
        self.states: dict[str, tuple[DutyState, ...]] = {}

    def carried(self, case: Case, track: Track, changed: frozenset[str]) -> View:
        """The view after an event that changed the names *changed*.

        What depends on none of them is taken over; everything else is computed anew when it
        is asked for.
        """
        view = View(self.program, case, track)
        if not changed:
            view.update(self)
            view.states.update(self.states)
            return view
        stale = self.program.stale(changed)
        view.update((name, value) for name, value in self.items() if name not in stale)
        view.states.update((c, states) for c, states in self.states.items() if c not in stale)
        return view

    def __missing__(self, name: str) -> Any:
        value = self.program.readers[name](self)
        self[name] = value
        return value

    def roles(self, name: str) -> Sequence[str] | None:
        """The roles behind a party's name: a role itself, or what a decision or fact answers."""
        if name in self.program.roles:
            return (name,)
        if name not in self.program.readers:
            return None
        answer = self[name]
        if answer is None:
            return None
        if isinstance(answer, str):
            return (answer,)
        return tuple(answer) if isinstance(answer, tuple) else tuple(sorted(answer))
