"""Findings about who must not be the same person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from complaintflow.policy.apart import Act
from complaintflow.policy.check.finding import Finding
from complaintflow.policy.check.places import joined
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy

__all__ = ["check_apart"]


def check_apart(policy: Policy) -> Iterator[Finding]:
    """CF507: acts that are kept apart and all of them for the same single role."""
    facts = {fact.code for fact in policy.facts}
    roles = {role.code for role in policy.roles}
    for rule in policy.apart:
        acts = [act for act in rule.acts if act.code not in facts]
        who = {name for act in acts for name in _who(policy, act)}
        if len(acts) > 1 and len(who) == 1 and who <= roles:
            values = {
                "rule": rule.code,
                "acts": joined(map(str, acts)),
                "role": who.pop(),
                "count": str(len(acts)),
            }
            yield Finding("CF507", ("apart", rule.code), values, rule.clauses)


def _who(policy: Policy, act: Act) -> tuple[str, ...]:
    """The roles and decisions by which an act is done."""
    if act.party:
        return (act.party,)
    parts: tuple[tuple[Iterable[Any], str], ...] = (
        (policy.steps, "signed" if act.verb else "by"),
        (policy.duties, "jointly" if act.verb else "owner"),
        (policy.approvals, "by"),
        (policy.actions, {"raise": "by", "verify": "verified_by"}.get(act.verb, "owner")),
    )
    (party,) = (
        getattr(one, attribute) for part, attribute in parts for one in part if one.code == act.code
    )
    return party.names if isinstance(party, Party) else ()
