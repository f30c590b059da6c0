"""Differences in decisions, answer by answer: now also for, no longer for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from complaintflow.policy.decision import Criterion, Decision
from complaintflow.policy.diff.aspects import Aspect, Place, compared, listing, members, plain
from complaintflow.policy.diff.canonical import canonical
from complaintflow.policy.diff.change import Change, Said
from complaintflow.policy.naming import Naming

__all__ = ["decision_changes"]

_ASPECTS = (
    Aspect("pick", lambda decision: decision.pick, plain),
    Aspect("residual", lambda decision: decision.residual, plain),
    Aspect("undetermined", lambda decision: decision.undetermined, plain),
)
_BY = (Aspect("by", lambda decision: decision.by, Naming.party),)
_ORDER = (Aspect("answers", lambda decision: decision.order, listing),)


def decision_changes(place: Place, old: Decision, new: Decision) -> Iterator[Change]:
    """Criteria by their answers, then how they make one answer, and who decides."""
    for answer in dict.fromkeys((*new.answers, *old.answers)):
        yield from _answer(place, answer, old, new)
    if "first" in (old.pick, new.pick):
        yield from _order(place, old, new)
    yield from compared(place, _ASPECTS, old, new)
    if set(old.order) == set(new.order):
        yield from compared(place, _ORDER, old, new)
    else:
        yield from members(place, "answers", old.order, new.order, plain, "order")
    yield from compared(place, _BY, old, new)


def _rules(decision: Decision, answer: str) -> dict[str, Criterion]:
    return {canonical(c.when): c for c in decision.criteria if answer in c.answers}


def _answer(place: Place, answer: str, old: Decision, new: Decision) -> Iterator[Change]:
    before, after = _rules(old, answer), _rules(new, answer)
    come = [rule for when, rule in after.items() if when not in before]
    gone = [rule for when, rule in before.items() if when not in after]
    values: Mapping[str, Said | str] = {"answer": _named(place, answer, new)}
    for rule in come:
        instead = next((one for one in gone if one.clauses == rule.clauses), None)
        now = place.teller.is_(lambda naming, rule=rule: naming.condition(rule.when))  # type: ignore[misc]
        if instead is None:
            yield _told(place, "criterion added", rule, new, new=now, **values)
            continue
        gone.remove(instead)
        was = place.teller.was(lambda naming, one=instead: naming.condition(one.when))  # type: ignore[misc]
        yield _told(place, "criterion changed", rule, new, new=now, old=was, **values)
    for rule in gone:
        was = place.teller.was(lambda naming, rule=rule: naming.condition(rule.when))  # type: ignore[misc]
        yield _told(place, "criterion removed", rule, old, old=was, **values)
    for when, rule in after.items():
        if when in before and before[when].clauses != rule.clauses:
            now = place.teller.is_(lambda naming, rule=rule: naming.condition(rule.when))  # type: ignore[misc]
            source = ", ".join(rule.clauses) or "-"
            yield _told(place, "criterion cited", rule, new, new=now, source=source, **values)


def _named(place: Place, answer: str, decision: Decision) -> Said:
    """``Grade A``; with the decision's name where the answer's own does not say it."""
    whole, part = place.teller.name(decision.code), place.teller.name(answer)
    if decision.pick == "flag":
        return whole
    return lambda language: (
        part(language)
        if whole(language) in part(language)
        else f"{whole(language)} {part(language)}"
    )


def _told(place: Place, kind: str, rule: Criterion, decision: Decision, **values: Any) -> Change:
    teller = place.teller
    cited = f" ({', '.join(rule.clauses)})" if rule.clauses else ""
    path = (*place.path, "rules", decision.criteria.index(rule), "when")
    return teller.tell(kind, path, rule.clauses, cited=cited, **values)


def _order(place: Place, old: Decision, new: Decision) -> Iterator[Change]:
    before = [(canonical(c.when), c.answers) for c in old.criteria]
    after = [(canonical(c.when), c.answers) for c in new.criteria]
    if [rule for rule in before if rule in after] != [rule for rule in after if rule in before]:
        yield place.tell("criteria order", "rules")
