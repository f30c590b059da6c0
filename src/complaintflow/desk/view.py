"""A case as hosts read it, and the complaints that they bring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

import attrs
from pendulum import DateTime

from complaintflow.audit.events import Event
from complaintflow.audit.signing import Signature, signatures
from complaintflow.engine.apart import conflicts
from complaintflow.engine.owed import Owed, ahead_in, owed_in
from complaintflow.engine.program import Program
from complaintflow.engine.reasons import Reason
from complaintflow.engine.standing import Standing, view_of
from complaintflow.engine.turn import Turn, turn_of
from complaintflow.moments import from_micros

__all__ = ["CaseView", "HasFacts"]


@runtime_checkable
class HasFacts(Protocol):
    """A host's own complaint: anything that can say its facts."""

    def facts(self) -> Mapping[str, Any]:
        """Fact names of the policy to values."""
        ...


@attrs.frozen
class CaseView:
    """A case as it stands, for reading.

    Args:
        events: Its whole trail.
        standing: The fold of it.
    """

    program: Program
    events: tuple[Event, ...]
    standing: Standing
    now: int

    @property
    def number(self) -> str:
        """The case's number."""
        return self.standing.case.id

    @property
    def state(self) -> str:
        """Where it is in the flow."""
        return self.standing.case.state

    @property
    def facts(self) -> dict[str, Any]:
        """What is known, by name: given, counted from history, or computed from it."""
        found = {name: known.value for name, known in self.standing.case.facts.items()}
        computed = [fact.code for fact in self.program.policy.facts if fact.formula is not None]
        if computed:
            view = view_of(self.program, self.standing)
            found |= {code: view[code] for code in computed if view[code] is not None}
        return found

    @property
    def answers(self) -> dict[str, Any]:
        """Every decision's answer, None while undetermined."""
        view = view_of(self.program, self.standing)
        return {code: view[code] for code in self.program.decisions}

    @property
    def owed(self) -> tuple[Owed, ...]:
        """What is owed, what falls due first comes first."""
        return owed_in(view_of(self.program, self.standing), self.now)

    @property
    def ahead(self) -> tuple[Owed, ...]:
        """What waits and would be owed next, with its projected instants."""
        return ahead_in(view_of(self.program, self.standing), self.now)

    @property
    def turn(self) -> Turn:
        """Whose turn it is, and whether the case waits inside or outside the company."""
        return turn_of(view_of(self.program, self.standing), self.now)

    @property
    def conflicts(self) -> tuple[Reason, ...]:
        """Acts on record that one person should not have done, as far as is known today."""
        return conflicts(view_of(self.program, self.standing))

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """Every signature, and whether what was signed is still what is on record."""
        return signatures(self.number, self.events)

    @property
    def received(self) -> DateTime:
        """When the complaint was received, in the zone of the policy's calendar."""
        return from_micros(self.standing.case.received, self.program.policy.calendar.tz)

    @property
    def possible(self) -> tuple[str, ...]:
        """Steps that lead on from here, whether or not their guards hold."""
        return self.program.workflow.possible(self.state)

    @property
    def is_final(self) -> bool:
        """Whether it is closed, void, or merged into another case."""
        case = self.standing.case
        return case.state in self.program.policy.final or case.put_aside
