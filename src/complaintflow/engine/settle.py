"""Settling: what follows by itself from a command: counts, answers, notices.

Settling twice adds nothing: an event is added only where the record differs from what the
facts say now.
"""

from __future__ import annotations

from complaintflow.audit.events import Decided, Told
from complaintflow.engine.counting import settle_counts
from complaintflow.engine.draft import SYSTEM, Draft
from complaintflow.engine.grading import evaluate
from complaintflow.engine.linking import settle_links

__all__ = ["settle"]


def settle(draft: Draft, occurred: int) -> None:
    """Add what follows by itself from the events since the draft was settled last."""
    settle_counts(draft, occurred)
    _decide(draft, occurred)
    settle_links(draft, occurred)
    _tell(draft, occurred)
    draft.settled = len(draft.events)


def _decide(draft: Draft, occurred: int) -> None:
    view = draft.view
    case = draft.case
    program = draft.program
    touched = {code for name in draft.changed for code in program.decided_by.get(name, ())}
    for code, compiled in program.decisions.items():
        if code not in touched or code in case.overruled:
            continue
        grading = evaluate(compiled, view)
        before = case.decided.get(code)
        if before is None and not grading.answer and not grading.matched:
            continue
        if before is not None and (before.answer, before.matched) == (
            grading.answer,
            grading.matched,
        ):
            continue
        body = Decided(code, grading.answer, grading.matched, grading.unknown)
        draft.add(body, by=SYSTEM, role="", occurred=occurred)


def _tell(draft: Draft, occurred: int) -> None:
    program = draft.program
    told: dict[str, int] = {}
    for code, _ in draft.case.told:
        told[code] = told.get(code, 0) + 1
    turned = draft.view.track.turns
    for code, tell in program.tells.items():
        turns = turned.get(program.hears[code], ())
        before = draft.standing.track.heard.get(code, 0)
        for _ in turns[told.get(code, 0) + before :]:
            to, people = draft.people(tell.to, draft.view)
            draft.add(Told(code, to, people), by=SYSTEM, role="", occurred=occurred)
