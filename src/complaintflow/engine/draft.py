"""A draft of what happens: events are added one by one, the standing follows each."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from complaintflow.audit.case import Case
from complaintflow.audit.events import Body, Event, Migrated, Missed, RungReached
from complaintflow.audit.messages import Message
from complaintflow.engine.clocks import clocks_of
from complaintflow.engine.duties import OVER
from complaintflow.engine.ladder import Ready, next_ready
from complaintflow.engine.messages import messages_of
from complaintflow.engine.people import reach
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Course, Standing, changed_by
from complaintflow.engine.view import View
from complaintflow.policy.world import World

__all__ = ["Draft", "Recipients"]

SYSTEM = "system"


@attrs.frozen
class Recipients:
    """Who hears something: *roles*, their *people*, and the roles to which they *climbed*."""

    roles: tuple[str, ...]
    people: Mapping[str, tuple[str, ...]]
    climbed: Mapping[str, str]


class Draft:
    """Events being decided; `standing` is how the case would stand."""

    def __init__(
        self, program: Program, standing: Standing, world: World, now: int, command: str
    ) -> None:
        self.program = program
        self.world = world
        self.now = now
        self.command = command
        self.events: list[Event] = []
        self.settled = 0
        self._course = Course(program, standing)

    @property
    def standing(self) -> Standing:
        """How the case would stand."""
        return self._course.standing

    @property
    def case(self) -> Case:
        """The case as it is while events are added: read it, do not keep it."""
        return self._course.view.case

    @property
    def view(self) -> View:
        """What expressions read of the case as it would be; it follows each event."""
        return self._course.view

    @property
    def unsettled(self) -> list[Event]:
        """The events since `settle` was last done with it."""
        return self.events[self.settled :]

    @property
    def changed(self) -> set[str]:
        """The names whose values those events may have changed."""
        if any(isinstance(event.body, Migrated) for event in self.unsettled):
            return set(self.program.readers)
        return {name for event in self.unsettled for name in changed_by(event.body)}

    def add(self, body: Body, *, by: str, role: str, occurred: int) -> None:
        """One more event."""
        case = self.case
        recorded = max(occurred, self.now)
        policy = case.policy or self.program.policy.digest
        event = Event(case.version + 1, body, by, role, occurred, recorded, self.command, policy)
        self.events.append(event)
        self._course.add(event)

    def recipients(self, names: tuple[str, ...], view: View, at: int) -> Recipients:
        """Who hears what is told to *names* at the instant *at*."""
        roles = tuple(dict.fromkeys(role for name in names for role in view.roles(name) or (name,)))
        people: dict[str, tuple[str, ...]] = {}
        climbed: dict[str, str] = {}
        directory = self.world.directory
        if directory is None:
            return Recipients(roles, people, climbed)
        for role in roles:
            reached = reach(view, directory, role, at)
            if reached.people:
                people[role] = tuple(person.id for person in reached.people)
            if reached.role != role:
                climbed[role] = reached.role
        return Recipients(roles, people, climbed)

    def sweep(self) -> None:
        """Add every miss and rung that was ready by now, in the order of their true times."""
        while self.fire() is not None:
            pass

    def fire(self) -> int | None:
        """Add the miss or rung that was ready first, if it was by now; its true time."""
        first = self._course.first()
        if first is None or first[0] > self.now:
            return None
        ready = next_ready(self.view, first[1:])
        assert ready is not None  # the course has just asked
        self.add(self._found(ready), by=SYSTEM, role="", occurred=ready.at)
        return ready.at

    def _found(self, ready: Ready) -> Missed | RungReached:
        duty, key, number = ready.clock.identity
        due = ready.clock.due
        assert due is not None  # only clocks with a due instant have rungs
        if ready.rung is None:
            return Missed(duty, key, number, due)
        hears = self.recipients(ready.rung.to, self.view, ready.at)
        before = self.case.heard.get(ready.clock.identity)
        return RungReached(
            duty,
            key,
            number,
            ready.rung.code,
            ready.repetition,
            due,
            hears.roles,
            hears.people,
            hears.climbed,
            _told_already(before, hears.people),
        )

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
        return messages_of(self.program, self.view, self.events)


def _told_already(
    before: Mapping[str, tuple[str, ...]] | None, people: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Persons who heard of it by the rung *before*, and now would again in another role only."""
    if not before:
        return ()
    again = {person for role, told in people.items() for person in told if person in before}
    same = {p for role, told in people.items() for p in told if role in before.get(p, ())}
    return tuple(sorted(again - same))
