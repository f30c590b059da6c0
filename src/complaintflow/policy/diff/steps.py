"""Differences in steps: who may take them, from where to where, and what they need."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.policy.choice import Open
from complaintflow.policy.diff.aspects import (
    Aspect,
    Place,
    compared,
    listing,
    members,
    parties,
    plain,
)
from complaintflow.policy.diff.canonical import canonical
from complaintflow.policy.diff.change import Change
from complaintflow.policy.diff.messages import DIFF
from complaintflow.policy.naming import Naming
from complaintflow.policy.step import Branch, Need, Step

__all__ = ["step_changes"]


def _sets(naming: Naming, pairs: tuple[tuple[str, object], ...]) -> str:
    return ", ".join(f"{naming.name(fact)} = {plain(naming, value)}" for fact, value in pairs)


_ASPECTS = (
    Aspect("form", lambda step: step.form, plain),
    Aspect("signed", lambda step: step.signed, Naming.party),
    Aspect("meaning", lambda step: step.meaning, plain),
    Aspect("sets", lambda step: tuple(step.sets.items()), _sets),
    Aspect("via", lambda step: step.via, listing),
    Aspect("makes", lambda step: step.makes, listing),
)


def step_changes(place: Place, old: Step, new: Step) -> Iterator[Change]:
    """Everything that makes a step another one."""
    yield from parties(place, "by", old.by, new.by, ("may", "may no more"))
    yield from members(place, "from", old.source, new.source, plain)
    before = tuple((b.to, None if b.when is None else canonical(b.when)) for b in old.to)
    after = tuple((b.to, None if b.when is None else canonical(b.when)) for b in new.to)
    if before != after:
        aspect = Aspect("leads to", lambda step: step.to, _leads)
        yield from compared(place, (aspect,), old, new)
    yield from members(place, "asks", old.asks, new.asks, Naming.ask)
    yield from _needs(place, "needs", old.needs, new.needs)
    yield from _needs(place, "should", old.should, new.should)
    yield from compared(place, _ASPECTS, old, new)


def _leads(naming: Naming, branches: tuple[Branch, ...]) -> str:
    said = []
    for branch in branches:
        to = naming.open(branch.to) if isinstance(branch.to, Open) else naming.name(branch.to)
        if branch.when is not None:
            to = f"{to} ({naming.condition(branch.when)})"
        elif len(branches) > 1:
            to = f"{to} ({DIFF['else'][naming.language]})"
        said.append(to)
    return naming.say("list").join(said) or naming.say("nothing")


def _needs(
    place: Place, key: str, old: tuple[Need, ...], new: tuple[Need, ...]
) -> Iterator[Change]:
    """Guards by their clauses: now needs, no longer needs."""
    teller = place.teller
    before = {(need.clause, canonical(need.condition)): need for need in old}
    after = {(need.clause, canonical(need.condition)): need for need in new}
    gone = [need for at, need in before.items() if at not in after]
    for at, need in after.items():
        if at in before:
            continue
        cited = f" ({need.clause})" if need.clause else ""
        now = teller.is_(lambda naming, need=need: naming.condition(need.condition))  # type: ignore[misc]
        instead = next((one for one in gone if one.clause == need.clause), None)
        if instead is None:
            yield place.tell("must", key, new=now, cited=cited)
            continue
        gone.remove(instead)
        was = teller.was(lambda naming, one=instead: naming.condition(one.condition))  # type: ignore[misc]
        yield place.tell("must otherwise", key, new=now, old=was, cited=cited)
    for need in gone:
        cited = f" ({need.clause})" if need.clause else ""
        was = teller.was(lambda naming, need=need: naming.condition(need.condition))  # type: ignore[misc]
        yield place.tell("must no more", key, old=was, cited=cited)
