"""A look at a case: what the checks of expectations read."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from complaintflow.audit.events import Event
from complaintflow.engine.clocks import Clock, clock_of
from complaintflow.engine.duties import DutyState, round_of, states_of
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Standing, view_of
from complaintflow.engine.view import View
from complaintflow.simulation.scenarios.texts import Text
from complaintflow.simulation.scenarios.times import shown

__all__ = ["Look", "Seen"]


@attrs.frozen
class Seen:
    """What came of one expectation.

    Args:
        passed: Whether it is so.
        came: What came instead.
        why: How it came about; only where it is not so.
    """

    passed: bool
    came: Text
    why: tuple[Text, ...] = ()


@attrs.frozen
class Look:
    """A case as it stands after an entry.

    Args:
        program: The policy, compiled.
        standing: The case.
        now: The instant of the look, microseconds since 1970 UTC.
        events: The case's whole trail.
        fresh: What the entry itself added.
        names: Case numbers to the names that the scenario gives them.
    """

    program: Program
    standing: Standing
    now: int
    events: tuple[Event, ...]
    fresh: tuple[Event, ...]
    names: Mapping[str, str]

    @property
    def view(self) -> View:
        """What expressions read of the case."""
        return view_of(self.program, self.standing)

    def at(self, micros: int) -> str:
        """An instant as the scenario writes it."""
        return shown(micros, self.program.policy.calendar.tz)

    def states(self, code: str, key: str | None = None) -> tuple[DutyState, ...]:
        """How a duty stands: for one key, or for every one."""
        duty = self.program.duties[code]
        view = self.view
        states = states_of(view, duty)
        if key is None:
            return states
        found = tuple(state for state in states if state.key == key)
        if found:
            return found
        current = round_of(view, duty, key)
        progress = "not asked" if current is not None else "waiting"
        return (DutyState(duty, key, 0, None, progress),)

    def clock(self, state: DutyState) -> Clock | None:
        """The clock of a duty that has begun and is asked for; None without a target."""
        if state.duty.target is None or state.progress not in ("owed", "done"):
            return None
        return clock_of(self.view, state)
