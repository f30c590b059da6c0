"""What the procedure leaves open and nobody has settled."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.policy.check.finding import Finding
from complaintflow.policy.check.places import choice_users, dotted, joined
from complaintflow.policy.policy import Policy

__all__ = ["check_open_items"]


def check_open_items(policy: Policy) -> Iterator[Finding]:
    """CF601: every open choice, with the places that need it."""
    users = choice_users(policy)
    for choice in policy.open_items:
        where = joined(dotted(path) for path in users.get(choice.code, ())) or "@nothing named"
        values = {"choice": choice.code, "why": choice.why, "users": where}
        yield Finding("CF601", ("choices", choice.code), values, choice.clauses)
