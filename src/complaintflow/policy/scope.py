"""What expressions of a policy may name, and the type of each."""

from __future__ import annotations

from collections.abc import Mapping

from complaintflow.domain.types import FactType, OneOf, Simple
from complaintflow.policy.approval import Approval
from complaintflow.policy.keys import KEY
from complaintflow.policy.life import REJECTIONS
from complaintflow.policy.policy import Policy

__all__ = ["CASE", "HANDED_OVER", "PERIODS", "RESERVED", "scope_of"]

CASE = "case"
"""What happens to the case itself is a member of this name."""
RESERVED: Mapping[str, str] = {
    "state": "the state that the case is in",
    CASE: "the case itself, in expressions",
}
"""Names that stand for the case itself, with what each means; nothing else may be called so."""
HANDED_OVER = f"{CASE}.handed_over"
"""Whether it was handed over from one person to another; as a moment: each time."""
PERIODS = ("week", "month", "quarter", "year")
"""Calendar periods: ``case.month`` is true in the standing case of a month, from its beginning."""
_YES_NO = Simple("yes/no")
_ASKED = ("none", "pending")


def scope_of(policy: Policy) -> Mapping[str, FactType]:
    """Every name that an expression of *policy* may use, with its type.

    Facts and decisions have their own types, ``grade.B`` asks whether B's criteria matched.
    Steps, duties, actions and links are ``yes/no``; duties and actions have ``.missed``. A duty
    that several owe has ``.key``, its part of the same key; one that can be rejected has
    ``.rejection``, one of `REJECTIONS`; one that can be waived has ``.waived``, one that can be
    extended ``.extended``: how often it was in this round. An approval is one of its states, and
    ``approval.party`` the answer of one party. ``state`` is where the case is; only steps write it.
    ``case.handed_over`` and ``case.month`` are about the case itself.
    """
    scope: dict[str, FactType] = {fact.code: fact.type for fact in policy.facts}
    for decision in policy.decisions:
        scope[decision.code] = decision.type
        if decision.pick != "flag":
            scope.update({f"{decision.code}.{answer}": _YES_NO for answer in decision.answers})
    happened = [*(step.code for step in policy.steps), *(link.code for link in policy.links)]
    owed = [*(duty.code for duty in policy.duties), *(action.code for action in policy.actions)]
    happened += [HANDED_OVER, *(f"{CASE}.{period}" for period in PERIODS)]
    scope.update(dict.fromkeys([*happened, *owed, *(f"{code}.missed" for code in owed)], _YES_NO))
    for duty in policy.duties:
        if duty.each:
            scope[f"{duty.code}{KEY}"] = _YES_NO
        if duty.life.ruled_by is not None:
            scope[f"{duty.code}.rejection"] = OneOf(REJECTIONS)
        if duty.life.waived_by is not None:
            scope[f"{duty.code}.waived"] = _YES_NO
    extended = [d.code for d in policy.duties if d.target is not None and d.target.extended]
    scope.update(dict.fromkeys((f"{code}.extended" for code in extended), Simple("number")))
    for approval in policy.approvals:
        scope.update(_answers(approval, scope))
    if policy.states:
        scope["state"] = OneOf(policy.states)
    return scope


def _answers(approval: Approval, scope: Mapping[str, FactType]) -> dict[str, FactType]:
    """The approval and its parties: yes or no, or the values of the fact that it asks for."""
    asked = scope.get(approval.asks) if approval.asks else None
    if asked is None:
        whole: FactType = OneOf((*_ASKED, "yes", "no"))
        part = whole
    else:
        whole = OneOf((*_ASKED, "agreed", "split"))
        part = asked
    return {approval.code: whole, **{f"{approval.code}.{n}": part for n in approval.by.names}}
