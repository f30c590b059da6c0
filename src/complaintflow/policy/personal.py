"""What of a policy says something about a person, so that the trail keeps a digest of it."""

from __future__ import annotations

from complaintflow.policy.policy import Policy

__all__ = ["personal_in"]


def personal_in(policy: Policy) -> frozenset[str]:
    """Personal facts, facts that add one up, and approvals that ask for one."""
    own = {fact.code for fact in policy.facts if fact.personal}
    added = {f.code for f in policy.facts if f.count is not None and f.count.sum in own}
    asked = {one.code for one in policy.approvals if one.asks in own}
    return frozenset(own | added | asked)
