"""People behind roles: who acts in one at an instant, who stands in, to whom a vacancy climbs.

All of it is derived from the two questions of a `Directory`:

- Who holds a role and is there acts in it. Where nobody who holds it is there, the first
  substitute of each who is there does.
- Where nobody acts in it, it is *vacant*: the role above it acts, and so on upwards; then the
  keeper; last the role that opened the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from complaintflow.audit.events import Assigned, RungReached, Told
from complaintflow.policy.person import Person
from complaintflow.policy.world import Directory

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["Reached", "acting", "hearers", "line_of", "may_act", "reach", "stand_in"]


@attrs.frozen
class Reached:
    """Who is reached as one role.

    Args:
        people: The persons; empty where the whole line is vacant.
        role: The role in which they act: the one that was asked, or the one it climbed to.
    """

    people: tuple[Person, ...]
    role: str


def stand_in(directory: Directory, person: Person, at: int) -> Person | None:
    """*person*, or while they are absent their first substitute who is there; None: nobody."""
    if not person.absent:
        return person
    for code in person.substitutes:
        substitute = directory.person(code, at)
        if substitute is not None and not substitute.absent:
            return substitute
    return None


def acting(directory: Directory, role: str, at: int) -> tuple[Person, ...]:
    """Who acts in *role* then, in the directory's order; nobody while it is vacant."""
    holders = directory.holders(role, at)
    present = tuple(person for person in holders if not person.absent)
    if present:
        return present
    found: dict[str, Person] = {}
    for holder in holders:
        substitute = stand_in(directory, holder, at)
        if substitute is not None:
            found.setdefault(substitute.id, substitute)
    return tuple(found.values())


def line_of(view: View, role: str) -> tuple[str, ...]:
    """*role* and those to whom it climbs while it is vacant, the nearest first."""
    program = view.program
    found = {role: None}
    above = program.above.get(role)
    while above is not None and above not in found:
        found[above] = None
        above = program.above.get(above)
    if program.policy.keeper is not None:
        found[program.policy.keeper] = None
    if view.case.opened_role:
        found[view.case.opened_role] = None
    return tuple(step for step in found if step not in program.outside)


def reach(view: View, directory: Directory, role: str, at: int) -> Reached:
    """Who is reached when *role* is to hear or do something in this case.

    The person whom the case has given the role to, or who stands in for them; else all who act
    in the role; else it climbs. Nobody who was recused is reached.
    """
    out = view.case.recused
    for step in line_of(view, role):
        chosen = view.case.assigned.get(step)
        person = directory.person(chosen, at) if chosen is not None else None
        found = stand_in(directory, person, at) if person is not None else None
        if found is not None and found.id not in out:
            return Reached((found,), step)
        people = tuple(one for one in acting(directory, step, at) if one.id not in out)
        if people:
            return Reached(people, step)
    return Reached((), role)


def may_act(view: View, directory: Directory, person: str, role: str, at: int) -> bool:
    """Whether *person* may act in *role* then.

    That is who holds it, a substitute of one who is absent and, while the role is vacant, who may
    act in the role that it climbs to.
    """
    for step in line_of(view, role):
        holders = directory.holders(step, at)
        for holder in holders:
            if holder.id == person or (holder.absent and person in holder.substitutes):
                return True
        if acting(directory, step, at):
            return False
    return False


def hearers(body: Assigned | Told | RungReached) -> Iterator[tuple[str, str]]:
    """Role and person of everybody whom an event tells something, each person once.

    The person is empty where the directory knows nobody: then the role is told by its name.
    """
    if isinstance(body, Assigned):
        yield body.role, body.person
        return
    heard = set(body.told_already) if isinstance(body, RungReached) else set()
    for role in body.to:
        for person in body.people.get(role, ("",)):
            if person and person in heard:
                continue
            heard.add(person)
            yield role, person
