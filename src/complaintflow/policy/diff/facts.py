"""Differences in facts and forms."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.domain.types import OneOf, SomeOf
from complaintflow.policy.diff.aspects import (
    Aspect,
    Place,
    compared,
    condition,
    listing,
    members,
    plain,
)
from complaintflow.policy.diff.change import Change
from complaintflow.policy.fact import Count, Fact, Form
from complaintflow.policy.naming import Naming

__all__ = ["fact_changes", "form_changes"]

_FACT = (
    Aspect("personal", lambda fact: fact.personal, plain),
    Aspect("formula", lambda fact: fact.formula, condition),
)
_COUNT = (
    Aspect("added up", lambda count: count.sum, plain),
    Aspect("counted over", lambda count: count.same, listing),
    Aspect("counted where", lambda count: count.where, condition),
    Aspect("counted within", lambda count: count.within, Naming.limit),
    Aspect("counted itself", lambda count: count.this_one, plain),
)


def fact_changes(place: Place, old: Fact, new: Fact) -> Iterator[Change]:
    """Type, formula, and what is counted."""
    first, second = old.type, new.type
    if isinstance(first, (OneOf, SomeOf)) and type(first) is type(second):
        yield from members(place, "answers", first.members, second.members, plain, "type")
    else:
        yield from compared(place, (Aspect("type", lambda fact: fact.type, Naming.type),), old, new)
    yield from compared(place, _FACT, old, new)
    if old.count is not None or new.count is not None:
        nothing = Count(())
        yield from compared(place, _COUNT, old.count or nothing, new.count or nothing)


def form_changes(place: Place, old: Form, new: Form) -> Iterator[Change]:
    """What a form asks for."""
    return members(place, "asks", old.fields, new.fields, Naming.ask)
