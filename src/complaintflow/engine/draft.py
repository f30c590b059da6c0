"""A draft of what happens: events are added one by one, the standing follows each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.audit.events import Body, Event, Missed, RungReached
from complaintflow.audit.messages import Message
from complaintflow.engine.clocks import clocks_of
from complaintflow.engine.duties import OVER
from complaintflow.engine.ladder import next_ready
from complaintflow.engine.messages import messages_of
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Standing, advance_view, changed_by, view_of
from complaintflow.engine.view import View
from complaintflow.policy.world import World

__all__ = ["Draft"]

SYSTEM = "system"


class Draft:
    """Events being decided; `standing` is how the case would stand."""

    def __init__(
        self, program: Program, standing: Standing, world: World, now: int, command: str
    ) -> None:
        self.program = program
        self.standing = standing
        self.world = world
        self.now = now
        self.command = command
        self.events: list[Event] = []
        self.settled = 0
        self._view = view_of(program, standing)

    @property
    def view(self) -> View:
        """What expressions read of the case as it would be, computed once for each event."""
        return self._view

    def view_with(self, facts: Mapping[str, Any]) -> View:
        """The view as it would be with *facts* as well."""
        view = self._view.carried(self.standing.case, self.standing.track, frozenset(facts))
        view.update(facts)
        return view

    @property
    def unsettled(self) -> list[Event]:
        """The events since `settle` was last done with it."""
        return self.events[self.settled :]

    @property
    def changed(self) -> frozenset[str]:
        """The names whose values those events may have changed."""
        return frozenset[str]().union(*(changed_by(event.body) for event in self.unsettled))

    def add(self, body: Body, *, by: str, role: str, occurred: int) -> None:
        """One more event."""
        case = self.standing.case
        event = Event(
            position=case.version + 1,
            body=body,
            by=by,
            role=role,
            occurred=occurred,
            recorded=max(self.now, occurred),
            command=self.command,
            policy=case.policy or self.program.policy.digest,
        )
        self.events.append(event)
        self.standing, self._view = advance_view(self.program, self.standing, self._view, event)

    def people(self, names: tuple[str, ...], view: View) -> tuple[tuple[str, ...], dict[str, str]]:
        """The roles behind *names*, and who acts in them as far as the directory knows."""
        roles = tuple(dict.fromkeys(role for name in names for role in view.roles(name) or (name,)))
        directory = self.world.directory
        people: dict[str, str] = {}
        for role in roles if directory is not None else ():
            person = directory.person(role, self.now) if directory is not None else None
            if person is not None:
                people[role] = person
        return roles, people

    def sweep(self) -> None:
        """Add every miss and rung that was ready by now, in the order of their true times."""
        while True:
            known = self.standing.attention
            if known is None or known > self.now:
                return
            view = self.view
            ready = next_ready(view)
            if ready is None or ready.at > self.now:
                attention = None if ready is None else ready.at
                self.standing = attrs.evolve(self.standing, attention=attention)
                return
            duty, key, number = ready.clock.identity
            due = ready.clock.due
            assert due is not None  # only clocks with a due instant have rungs
            if ready.rung is None:
                self.add(Missed(duty, key, number, due), by=SYSTEM, role="", occurred=ready.at)
                continue
            to, people = self.people(ready.rung.to, view)
            body = RungReached(
                duty, key, number, ready.rung.code, ready.repetition, due, to, people
            )
            self.add(body, by=SYSTEM, role="", occurred=ready.at)

    def mark_too_late(self, found: int) -> None:
        """Mark rungs among the first *found* events whose clock the command itself stopped."""
        if not any(isinstance(event.body, RungReached) for event in self.events[:found]):
            return
        done = {clock.identity for clock in clocks_of(self.view, OVER)}
        for index, event in enumerate(self.events[:found]):
            body = event.body
            if isinstance(body, RungReached) and (body.duty, body.key, body.round) in done:
                self.events[index] = attrs.evolve(event, body=attrs.evolve(body, too_late=True))

    def messages(self) -> tuple[Message, ...]:
        """What leaves the house because of the events."""
        return messages_of(self.program, self._view, self.events)
