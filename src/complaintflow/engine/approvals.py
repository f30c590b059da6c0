"""Approvals: one question to several parties, answered beside the flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from complaintflow.audit.case import Given
from complaintflow.audit.vault import Erased
from complaintflow.policy.approval import Approval

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["ApprovalState", "approval_state", "party_answer"]


@attrs.frozen
class ApprovalState:
    """How an approval stands.

    Args:
        answer: ``none``, ``pending``, ``yes``, ``no``, ``agreed`` or ``split``; None where an
            answer was erased, so that nobody can tell any more.
        round: How often it was asked.
        given: The answers that count: the last of each role since it was asked or reset.
        turn: Roles that may answer now.
    """

    answer: str | None
    round: int
    given: tuple[Given, ...]
    turn: tuple[str, ...]


def approval_state(view: View, approval: Approval) -> ApprovalState:
    """Derive an approval from the answers on record."""
    asked = view.track.last(view.program.asked[approval.code])
    if asked is None:
        return ApprovalState("none", 0, (), ())
    since = asked.position
    reset = view.program.resets.get(approval.code)
    if reset is not None and (again := view.track.last(reset)) is not None:
        since = max(since, again.position)
    latest: dict[str, Given] = {}
    for given in view.case.given.get(approval.code, ()):
        if given.position > since:
            latest[given.role] = given
    answer = _joined(view, approval, latest)
    turn = _turn(view, approval, latest) if answer == "pending" else ()
    return ApprovalState(answer, asked.number, tuple(latest.values()), turn)


def party_answer(view: View, approval: Approval, party: str) -> Any:
    """What one party said: ``none`` before it is asked, ``pending``, ``yes``, ``no``, a value."""
    state = approval_state(view, approval)
    if state.round == 0:
        return None if approval.asks else "none"
    roles = view.roles(party) or ()
    found = [given for given in state.given if given.role in roles]
    if not found:
        return None if approval.asks else "pending"
    answer = found[-1].answer
    if isinstance(answer, Erased):
        return None
    return answer if approval.asks else "yes" if answer is True else "no"


def _joined(view: View, approval: Approval, latest: dict[str, Given]) -> str | None:
    if approval.asks:
        if any(isinstance(given.answer, Erased) for given in latest.values()):
            return None
        values = {repr(given.answer) for given in latest.values()}
        if len(values) > 1:
            return "split"
        return "agreed" if not approval.by.lacking(latest, view.roles) else "pending"
    consents = [role for role, given in latest.items() if given.answer is True]
    if not approval.by.lacking(consents, view.roles):
        return "yes"
    refused = {role for role, given in latest.items() if given.answer is not True}
    willing = [role for role in approval.by.members(view.roles) if role not in refused]
    return "no" if refused and approval.by.lacking(willing, view.roles) else "pending"


def _turn(view: View, approval: Approval, latest: dict[str, Given]) -> tuple[str, ...]:
    if approval.by.how != "then":
        return tuple(r for r in approval.by.members(view.roles) if r not in latest)
    for name in approval.by.names:
        waiting = tuple(role for role in view.roles(name) or () if role not in latest)
        if waiting:
            return waiting
    return ()
