"""A person, as the directory knows them at one instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from complaintflow.calendar import WorkingCalendar
from complaintflow.errors import InvalidValueError

__all__ = ["Person"]


def _codes(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(said)


def _set(said: Iterable[str]) -> frozenset[str]:
    return frozenset(said)


def _frozen(said: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(said))


@attrs.frozen
class Person:
    """Somebody who may act in a case, as things are at one instant.

    Args:
        id: The host's id; it is what events say, and never changes.
        name: What people call them; empty where nobody said.
        roles: The roles that they hold.
        team: Where they work.
        manager: The id of their manager, if they have one.
        substitutes: Ids of those who stand in for them, whom to ask first comes first.
        absent: Whether they are away at that instant.
        skills: What they can do, as `skill` in a route asks.
        weight: How much of the work they take in proportion to others, 1 or more.
        calendar: Their own working hours, for the host; quiet hours are those of the role.
        addresses: Channel to address, such as ``{"mail": "li@example.com"}``.
    """

    id: str = attrs.field()
    name: str = ""
    roles: tuple[str, ...] = attrs.field(default=(), converter=_codes)
    team: str = ""
    manager: str | None = None
    substitutes: tuple[str, ...] = attrs.field(default=(), converter=_codes)
    absent: bool = False
    skills: frozenset[str] = attrs.field(default=frozenset(), converter=_set)
    weight: int = attrs.field(default=1)
    calendar: WorkingCalendar | None = None
    addresses: Mapping[str, str] = attrs.field(factory=dict, converter=_frozen, hash=False)

    @id.validator  # noqa: A003 -- the field above, not the builtin
    def _check_id(self, _: object, value: object) -> None:
        if not isinstance(value, str) or not value.strip():
            raise InvalidValueError(f"a person has an id, got {value!r:.60}")

    @weight.validator
    def _check_weight(self, _: object, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise InvalidValueError(f"{self.id}: a weight is 1 or more, got {value!r:.60}")
