"""Rings: a decision or formula that needs its own answer."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from complaintflow.policy.expression import names
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Finding, Path

__all__ = ["rings_in"]


def rings_in(policy: Policy) -> list[Finding]:
    """Every decision, answer or formula that is reached again from itself.

    ``grade.B`` needs only B's criteria, ``grade`` needs those of every answer. What a counted
    fact asks of other cases is no need of this one.
    """
    needs: dict[str, set[str]] = {}
    places: dict[tuple[str, str], Path] = {}
    for fact in policy.facts:
        if fact.formula is not None:
            needs[fact.code] = set(names(fact.formula))
            places.update({(fact.code, n): ("facts", fact.code, "is") for n in needs[fact.code]})
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
    return _rings(needs, places)


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
