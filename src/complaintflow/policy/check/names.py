"""Findings about names: facts nobody asks for, names that are lacking, clauses nobody cites."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.domain.types import OneOf, SomeOf
from complaintflow.policy.check.finding import Finding
from complaintflow.policy.check.places import clauses_of, joined
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation import mentions

__all__ = ["check_names"]


def check_names(policy: Policy) -> Iterator[Finding]:
    """CF101 to CF103. What is undeclared or unused is an error of the loader already."""
    unasked = _unasked(policy)
    if unasked:
        yield Finding("CF101", ("facts",), {"facts": joined(unasked)})
    if policy.names:  # a policy without names has chosen to do without
        codes = _codes(policy)
        for language, word in (("en", "@English"), ("zh", "@Chinese")):
            lacking = [
                code
                for code in codes
                if code not in policy.names or not getattr(policy.names[code], language)
            ]
            if lacking:
                values = {"language": word, "codes": joined(lacking)}
                yield Finding("CF102", ("names",), values)
    uncited = _uncited(policy)
    if uncited:
        yield Finding("CF103", ("clauses",), {"clauses": joined(uncited)}, clauses=tuple(uncited))


def _unasked(policy: Policy) -> list[str]:
    asked: set[str] = set()
    asks = [ask for step in policy.steps for ask in step.asks]
    asks += [ask for duty in policy.duties for ask in duty.asks]
    asks += [ask for form in policy.forms for ask in form.fields]  # or a guard wants it filled
    asked.update(name for ask in asks for name in ask.names)
    for step in policy.steps:
        asked.update(step.sets)
    asked.update(approval.asks for approval in policy.approvals if approval.asks)
    for link in policy.links:  # its closing tells some here, its opening some there
        asked.update((*link.gives, *((link.member,) if link.member else ())))
    return [fact.code for fact in policy.facts if fact.given and fact.code not in asked]


def _codes(policy: Policy) -> tuple[str, ...]:
    """Everything that people read: what is declared, states, answers and members."""
    found: dict[str, None] = {}
    for section, code in (key for key in clauses_of(policy) if key[0] != "choices"):
        if section != "records":
            found[code] = None
    for decision in policy.decisions:
        if decision.pick != "flag":
            found.update(dict.fromkeys(decision.answers))
    found.update(dict.fromkeys(policy.states))
    for fact in policy.facts:
        if isinstance(fact.type, (OneOf, SomeOf)):
            found.update(dict.fromkeys(fact.type.members))
    for action in policy.actions:
        found.update(dict.fromkeys(action.kinds))
    for duty in policy.duties:
        if isinstance(duty.each, tuple):
            found.update(dict.fromkeys(duty.each))
    return tuple(found)


def _uncited(policy: Policy) -> list[str]:
    cited = {
        part.strip()
        for _, clauses in mentions.clauses_of(policy)
        for clause in clauses
        for part in clause.split(",")
    }
    return [  # C2 counts as cited where C2.1 is
        clause
        for clause in policy.clauses
        if not any(one == clause or one.startswith(f"{clause}.") for one in cited)
    ]
