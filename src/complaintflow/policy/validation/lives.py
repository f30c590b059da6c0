"""Duties that are rejected, passed on or waived: rows that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from complaintflow.domain.types import SomeOf
from complaintflow.policy.decision import Decision
from complaintflow.policy.duty import Duty
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Finding
from complaintflow.policy.validation.ledger import Ledger

__all__ = ["lives_in"]


def lives_in(policy: Policy, ledger: Ledger) -> None:
    """What stands against the life of each duty."""
    decisions = {decision.code: decision for decision in policy.decisions}
    for duty in policy.duties:
        ledger.findings += _life(duty, decisions)


def _life(duty: Duty, decisions: Mapping[str, Decision]) -> Iterator[Finding]:
    life, path = duty.life, ("duty", duty.code)
    if life.bounces is not None and life.arbiter is None:
        message = "after so many bounces somebody decides: arbiter = 'role'"
        yield Finding((*path, "bounces"), message, "bounces", key=True)
    if life.arbiter is not None and life.bounces is None:
        message = "an arbiter decides after a number of bounces: bounces = 3"
        yield Finding((*path, "arbiter"), message, "arbiter", key=True)
    if not life.moves:
        if life.bounces is not None:
            message = "nothing bounces: say ruled_by = 'role', or passed_on_by = 'role'"
            yield Finding((*path, "bounces"), message, "bounces", key=True)
        return
    if isinstance(duty.owner, Party) and _joint(duty.owner, decisions):
        key = "ruled_by" if life.ruled_by is not None else "passed_on_by"
        message = (
            "a duty that several owe together comes to no other owner; "
            "let each owe it: each = ['a', 'b']"
        )
        yield Finding((*path, key), message, key, key=True)


def _joint(owner: Party, decisions: Mapping[str, Decision]) -> bool:
    if owner.how in ("and", "then") or (owner.how == "of" and owner.enough > 1):
        return True
    answers = [decisions[name] for name in owner.names if name in decisions]
    return any(isinstance(decision.type, SomeOf) for decision in answers)
