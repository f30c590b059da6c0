"""Actions: duties that a person raises in a case, of a kind, verified by another."""

from __future__ import annotations

import attrs

from complaintflow.policy.party import Party

__all__ = ["Action"]


@attrs.frozen
class Action:
    """A kind of measure that people may raise in a case.

    Args:
        code: Its name; as a condition it means "all closed, and at least one raised".
        kinds: ``emergency``, ``corrective`` ... of which each action is one.
        by: Who may raise one.
        owner: Who carries it out unless the raiser names another.
        followed_by: Who follows it up.
        verified_by: Who verifies it; never the person who carried it out.
    """

    code: str
    kinds: tuple[str, ...]
    by: Party
    owner: Party
    clauses: tuple[str, ...] = ()
    followed_by: Party | None = None
    verified_by: Party | None = None
