"""Approvals: one question put to several parties beside the flow."""

from __future__ import annotations

import attrs

from complaintflow.policy.expression import Expression
from complaintflow.policy.party import Party

__all__ = ["APPROVAL_STATES", "Approval"]

APPROVAL_STATES = ("none", "pending", "yes", "no", "agreed", "split")


@attrs.frozen
class Approval:
    """A question with an answer: none, pending, yes, no, agreed or split.

    Args:
        code: Its name in expressions; ``code.party`` is one party's answer.
        by: Who answers, and how their answers belong together.
        starts: The moment at which it is asked; each time begins it anew.
        asks: A fact that every party answers, instead of yes or no: *agreed* when all gave
            the same value, *split* when they did not.
        resets: A moment that throws the answers away (a regrade).
        meaning: What an answer means as a signature; with it each answer is one.
    """

    code: str
    by: Party
    starts: Expression
    clauses: tuple[str, ...] = ()
    asks: str | None = None
    resets: Expression | None = None
    meaning: str | None = None
