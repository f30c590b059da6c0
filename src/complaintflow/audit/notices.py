"""What the clocks and the notices of a case record: misses, rungs, and who was told."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

__all__ = ["Missed", "RungReached", "Told"]


@attrs.frozen
class Told:
    """Somebody was to be told; the message leaves in the same transaction.

    Args:
        tell: The code of the notice (often its clause).
        to: Roles that hear it.
        people: Role to the persons who are told, as the directory answered; a role without one
            is missing.
        climbed: Role to the role that is told in its place, where it was vacant.
    """

    tell: str
    to: tuple[str, ...]
    people: Mapping[str, tuple[str, ...]] = attrs.Factory(dict)
    climbed: Mapping[str, str] = attrs.Factory(dict)


@attrs.frozen
class Missed:
    """A target passed its due instant (microseconds since 1970 UTC) unfinished."""

    duty: str
    key: str
    round: int
    due: int


@attrs.frozen
class RungReached:
    """A rung of a ladder became ready; *occurred* on the envelope is its true time.

    ``(duty, key, round, rung, repetition)`` is its identity within the case: it fires once.

    Args:
        to: Roles that are told.
        people: Role to the persons who are told, as the directory answered at the true time.
        climbed: Role to the role that is told in its place, where it was vacant.
        told_already: Persons among them who heard of it by the rung before, in another role;
            they are not told again.
        too_late: Found only by the command that stopped the clock: nobody is told.
    """

    duty: str
    key: str
    round: int
    rung: str
    repetition: int
    due: int
    to: tuple[str, ...] = ()
    people: Mapping[str, tuple[str, ...]] = attrs.Factory(dict)
    climbed: Mapping[str, str] = attrs.Factory(dict)
    told_already: tuple[str, ...] = ()
    too_late: bool = False

    @property
    def heard(self) -> dict[str, tuple[str, ...]]:
        """Each person who is told, with the roles in which."""
        found: dict[str, tuple[str, ...]] = {}
        for role, people in self.people.items():
            for person in people:
                if person not in self.told_already:
                    found[person] = (*found.get(person, ()), role)
        return found
