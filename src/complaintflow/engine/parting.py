"""Saying that a case is a duplicate, that it is several, or that somebody else has it now."""

from __future__ import annotations

from complaintflow.audit.events import HandedOver, Related
from complaintflow.engine.commands import Command, HandOver, Merge, Split
from complaintflow.engine.draft import Draft
from complaintflow.engine.reasons import BadValue, CaseClosed, NotTheirs, Reason

__all__ = ["hand_over", "merge", "split"]


def merge(draft: Draft, command: Command, what: Merge) -> list[Reason]:
    """Record that the case is a duplicate of another; what that one says of it was asked before."""
    reasons = _against(draft, what.reason, "a case is merged with a reason")
    if not reasons:
        body = Related("duplicate_of", what.into, what.reason)
        draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return reasons


def split(draft: Draft, command: Command, what: Split) -> list[Reason]:
    """Record the parts of the case by their numbers; each is opened in the same unit of work."""
    reasons = _against(draft, what.reason, "a case is split with a reason")
    if not what.parts:
        reasons.append(BadValue("parts", "say the facts of each part"))
    if reasons:
        return reasons
    case = draft.case
    before = sum(1 for related in case.related if related.kind == "has_part")
    for count in range(before + 1, before + len(what.parts) + 1):
        body = Related("has_part", f"{case.id}/{count}", what.reason)
        draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return []


def hand_over(draft: Draft, command: Command, what: HandOver) -> list[Reason]:
    """Let the successor have what the leaving person has in the case."""
    reasons = _against(draft, what.reason, "a case is handed over with a reason")
    case = draft.standing.case
    if not what.successor.strip() or what.successor == what.leaving:
        reasons.append(BadValue("successor", "name another person"))
    if not case.roles_of(what.leaving):
        people = tuple(dict.fromkeys(case.people.values()))
        reasons.append(NotTheirs(case.id, what.leaving, people))
    if not reasons:
        body = HandedOver(what.leaving, what.successor, what.reason)
        draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return reasons


def _against(draft: Draft, reason: str, needed: str) -> list[Reason]:
    case = draft.case
    reasons: list[Reason] = [] if reason.strip() else [BadValue("reason", needed)]
    if draft.program.is_final(case):
        reasons.append(CaseClosed(case.state))
    return reasons
