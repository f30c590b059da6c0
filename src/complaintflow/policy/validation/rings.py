"""Rings: a decision, formula or duty that needs its own answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import names
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Finding, Path

__all__ = ["rings_in"]


def rings_in(policy: Policy) -> list[Finding]:
    """Every decision, answer, formula or duty that is reached again from itself.

    ``grade.B`` needs only B's criteria, ``grade`` needs those of every answer. What a counted
    fact asks of other cases is no need of this one. Whether a duty is owed needs what it is asked
    for by, whose it is and what its act must tell; its moments (``starts``, ``ends``, ``pauses``)
    lie before, and are no need.
    """
    needs: dict[str, set[str]] = {}
    places: dict[tuple[str, str], Path] = {}
    for fact in policy.facts:
        if fact.formula is not None:
            needs[fact.code] = set(names(fact.formula))
            places.update({(fact.code, n): ("facts", fact.code, "is") for n in needs[fact.code]})
        if fact.count is not None and fact.count.sum is not None and fact.count.this_one:
            needs[fact.code] = {fact.count.sum}
            places[fact.code, fact.count.sum] = ("facts", fact.code, "sum")
    for decision in policy.decisions:
        whole = needs.setdefault(decision.code, set())
        for index, rule in enumerate(decision.criteria):
            for answer in rule.answers:
                part = f"{decision.code}.{answer}"
                whole.add(part)
                for name in names(rule.when):
                    needs.setdefault(part, set()).add(name)
                    path = ("decide", decision.code, "rules", index, "when")
                    places.setdefault((part, name), path)
    for duty in policy.duties:
        of_duty = needs.setdefault(duty.code, set())
        for key, name in _needs_of(policy, duty):
            of_duty.add(name)
            places.setdefault((duty.code, name), ("duty", duty.code, key))
        for word in ("missed", "rejection", "waived"):
            needs[f"{duty.code}.{word}"] = {duty.code}
    return _rings(needs, places)


def _needs_of(policy: Policy, duty: Duty) -> Iterator[tuple[str, str]]:
    """What must be known to say whether a duty is owed, each with the key that needs it."""
    roles = {role.code for role in policy.roles}
    if duty.when is not None:
        yield from (("if", name) for name in names(duty.when))
    if isinstance(duty.each, str):
        yield "each", duty.each
    for key, party in (("owner", duty.owner), ("jointly", duty.jointly)):
        if isinstance(party, Party):
            yield from ((key, name) for name in party.names if name not in roles)
    if duty.ends is not None:  # its acts count for nothing
        return
    forms = {form.code: form.fields for form in policy.forms}
    for key, asks in (("asks", duty.asks), ("form", forms.get(duty.form or "", ()))):
        for ask in asks:
            yield from ((key, name) for name in ask.names)
            yield from ((key, name) for name in (names(ask.when) if ask.when else ()))


def _rings(needs: Mapping[str, set[str]], places: Mapping[tuple[str, str], Path]) -> list[Finding]:
    """Depth first, each name entered once; a need that is still open closes a ring."""
    found: dict[Path, Finding] = {}
    finished: set[str] = set()
    for start in needs:
        trail: list[str] = []
        waiting: list[tuple[str, bool]] = [(start, True)]
        while waiting:
            name, enters = waiting.pop()
            if not enters:
                finished.add(trail.pop())
                continue
            if name in trail:
                ring = [*trail[trail.index(name) :], name]
                pairs = pairwise(ring)
                place = next((places[pair] for pair in pairs if pair in places), None)
                if place is not None and place not in found:
                    message = f"this needs its own answer: {' -> '.join(ring)}"
                    found[place] = Finding(place, message)
                continue
            if name in finished:
                continue
            trail.append(name)
            waiting.append((name, False))
            waiting.extend((below, True) for below in sorted(needs.get(name, ())))
    return list(found.values())
