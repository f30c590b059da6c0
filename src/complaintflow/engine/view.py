"""The view of one case that expressions read: names to values, computed on demand.

A view follows its case: what an event may have changed is forgotten and computed anew when it
is asked for again. What a command would make known is laid over a view of its own, so that a
guard sees the case as it would be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    def forget(self, names: frozenset[str]) -> None:
        """Compute *names* anew when they are asked for again."""
        for name in names.intersection(self):
            del self[name]
        for code in names.intersection(self.states):
            del self.states[code]

    def with_facts(self, facts: Mapping[str, Any]) -> View:
        """How the case would be read with *facts* as well."""
        if not facts:
            return self
        view = View(self.program, self.case, self.track)
        upset = self.program.reach.upset
        view.update(self)
        view.states.update(self.states)
        for name in facts:
            view.forget(upset[name])
        view.update(facts)
        return view

    def __missing__(self, name: str) -> Any:
        value = self.program.readers[name](self)
        self[name] = value
        return value

    def roles(self, name: str) -> Sequence[str] | None:
        """The roles behind a party's name: a role itself, or what a decision or fact answers."""
        role = self.program.as_role.get(name)
        if role is not None:
            return role
        if name not in self.program.readers:
            return None
        answer = self[name]
        if answer is None:
            return None
        if isinstance(answer, str):
            return (answer,)
        return tuple(answer) if isinstance(answer, tuple) else tuple(sorted(answer))
