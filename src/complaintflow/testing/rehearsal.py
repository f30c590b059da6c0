"""A rehearsal: one case driven through a policy at wall times, in memory.

For tests of policies and of code around them::

    play = Rehearsal(policy)
    play.receive("2026-03-10 09:20", role="sales_point", facts={"line_stopped": True})
    play.do("2026-03-10 10:30", "confirm_grade", role="quality")
    assert play.due("preliminary_report") == "2026-03-11 10:30:00"
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pendulum import DateTime

from complaintflow.audit.events import Event
from complaintflow.desk.desk import Desk
from complaintflow.desk.view import CaseView
from complaintflow.engine.clocks import Clock, clocks_of
from complaintflow.engine.outcome import Accepted, Decision
from complaintflow.engine.standing import view_of
from complaintflow.errors import RefusedError
from complaintflow.moments import from_micros, instant
from complaintflow.policy.policy import Policy
from complaintflow.policy.world import Directory
from complaintflow.store.protocol import CaseStore

__all__ = ["Rehearsal"]


class Rehearsal:
    """One case at a time under a policy, with a clock that the caller sets.

    Args:
        policy: The policy.
        store: Where the cases go; by default memory.
        directory: People, if it matters who they are.
    """

    def __init__(
        self, policy: Policy, *, store: CaseStore | None = None, directory: Directory | None = None
    ) -> None:
        self.policy = policy
        self.present: DateTime = instant("2026-01-01T00:00", policy.calendar.timezone)
        self.desk = Desk(policy, store=store, directory=directory, now=lambda: self.present)
        self.number = ""

    def at(self, wall: str) -> DateTime:
        """Set the clock: ``2026-03-10 09:20`` in the zone of the policy's calendar."""
        self.present = instant(wall, self.policy.calendar.timezone)
        return self.present

    def receive(
        self,
        wall: str,
        *,
        role: str,
        facts: Mapping[str, Any] | None = None,
        by: str = "",
        **details: Any,
    ) -> Accepted:
        """Open a case; it is the one that everything else is about from now on."""
        self.at(wall)
        accepted = self.desk.receive(dict(facts or {}), by=by or role, role=role, **details)
        self.number = accepted.standing.case.id
        return accepted

    def do(self, wall: str, what: str, *, role: str, by: str = "", **details: Any) -> Accepted:
        """Take a step or do a duty; a refusal raises RefusedError."""
        decision = self.try_do(wall, what, role=role, by=by, **details)
        if not isinstance(decision, Accepted):
            raise RefusedError(decision.text(), decision)
        return decision

    def try_do(self, wall: str, what: str, *, role: str, by: str = "", **details: Any) -> Decision:
        """Take a step or do a duty, or hear why not.

        ``late="2026-03-09 17:00"`` says when it happened, if not now.
        """
        self.at(wall)
        if late := details.pop("late", None):
            details["at"] = instant(late, self.policy.calendar.timezone)
        return self.desk.try_do(self.number, what, by=by or role, role=role, **details)

    def note(self, wall: str, *, role: str = "clerk", **facts: Any) -> Accepted:
        """Facts become known."""
        self.at(wall)
        return self.desk.note(self.number, facts, by=role, role=role)

    def sweep(self, wall: str) -> tuple[Event, ...]:
        """What a sweep at *wall* records."""
        self.at(wall)
        return tuple(event for accepted in self.desk.sweep() for event in accepted.events)

    # -- reading -------------------------------------------------------------------------

    @property
    def case(self) -> CaseView:
        """The case as it stands."""
        return self.desk.case(self.number)

    def clock(self, duty: str, key: str = "") -> Clock:
        """The clock of a duty that has begun. Raises LookupError."""
        case = self.case
        for clock in clocks_of(view_of(case.program, case.standing)):
            if clock.state.duty.code == duty and clock.state.key == key:
                return clock
        raise LookupError(f"{duty} {key} has no clock")

    def due(self, duty: str, key: str = "") -> str | None:
        """When a duty falls due, as ``2026-03-11 10:30:00``; None without an instant."""
        due = self.clock(duty, key).due
        return None if due is None else self.wall(due)

    def owed(self) -> tuple[str, ...]:
        """The duties that are owed, ``duty`` or ``duty:key``, in the order of the list."""
        return tuple(f"{o.duty}:{o.key}" if o.key else o.duty for o in self.case.owed)

    def bodies(self, kind: type) -> list[Any]:
        """The bodies of one kind in the trail."""
        return [event.body for event in self.case.events if isinstance(event.body, kind)]

    def wall(self, micros: int) -> str:
        """An instant as wall time."""
        at = from_micros(micros, self.policy.calendar.tz)
        return at.strftime("%Y-%m-%d %H:%M:%S")
