"""The directory of a small company: everybody in memory, with their absences."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from complaintflow.errors import InvalidValueError, did_you_mean
from complaintflow.policy.person import Person

__all__ = ["Entry", "People"]


@attrs.frozen
class Entry:
    """One person, and when they are there. Instants are microseconds since 1970 UTC.

    Args:
        person: Who they are; whether they are absent is said by *absences*.
        absences: Spans [from, to) in which they are away.
        since: Before this nobody knows them; None: they were always there.
        until: From this on nobody knows them; None: they stay.
    """

    person: Person
    absences: tuple[tuple[int, int], ...] = ()
    since: int | None = None
    until: int | None = None

    def at(self, at: int) -> Person | None:
        """The person as they are then; None before they came and after they left."""
        if (self.since is not None and at < self.since) or (
            self.until is not None and at >= self.until
        ):
            return None
        if any(begin <= at < end for begin, end in self.absences):
            return attrs.evolve(self.person, absent=True)
        return self.person


class People:
    """A `Directory` over entries that do not change.

    Args:
        entries: Everybody; in their order they are asked, told and chosen.

    Raises:
        InvalidValueError: an id stands twice, or a manager or substitute is nobody.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_id = {entry.person.id: entry for entry in self.entries}
        if len(self._by_id) < len(self.entries):
            ids = [entry.person.id for entry in self.entries]
            twice = next(code for code in ids if ids.count(code) > 1)
            raise InvalidValueError(f"the person {twice!r} is there twice")
        self._by_role: dict[str, list[Entry]] = {}
        for entry in self.entries:
            person = entry.person
            others = (*person.substitutes, *((person.manager,) if person.manager else ()))
            for other in others:
                if other not in self._by_id:
                    meant = did_you_mean(other, self._by_id)
                    hint = f"; did you mean {meant!r}?" if meant else ""
                    raise InvalidValueError(f"{person.id}: nobody is called {other!r}{hint}")
            for role in person.roles:
                self._by_role.setdefault(role, []).append(entry)

    @classmethod
    def of(cls, *people: Person) -> People:
        """People who are always there, or always absent."""
        return cls(
            Entry(attrs.evolve(person, absent=False), ((-(2**62), 2**62),) * person.absent)
            for person in people
        )

    def person(self, who: str, at: int, /) -> Person | None:
        """The person *who* as they are then; None for one who is not known then."""
        entry = self._by_id.get(who)
        return None if entry is None else entry.at(at)

    def holders(self, role: str, at: int, /) -> tuple[Person, ...]:
        """Everybody who holds *role* then, the absent included, in the order of the entries."""
        found = (entry.at(at) for entry in self._by_role.get(role, ()))
        return tuple(person for person in found if person is not None)
