"""Settling: what follows by itself from a command: counts, answers, assignments, notices.

Settling twice adds nothing: an event is added only where the record differs from what the
facts say now.
"""

from __future__ import annotations

from complaintflow.audit.events import Decided, Numbered, Told
from complaintflow.engine.assigning import route
from complaintflow.engine.counting import settle_counts
from complaintflow.engine.draft import SYSTEM, Draft
from complaintflow.engine.grading import evaluate
from complaintflow.engine.linking import settle_links

__all__ = ["settle"]


def settle(draft: Draft, occurred: int) -> None:
    """Add what follows by itself from the events since the draft was settled last."""
    program = draft.program
    if program.counts:
        settle_counts(draft, occurred)
    touched = {code for name in draft.changed for code in program.decided_by.get(name, ())}
    if touched:
        _decide(draft, occurred, touched)
    if program.opens:
        settle_links(draft, occurred)
    if program.numbering:
        _number(draft, occurred)
    if program.routes:
        route(draft, occurred)
    _tell(draft, occurred)
    draft.settled = len(draft.events)


def _decide(draft: Draft, occurred: int, touched: set[str]) -> None:
    view, case, program = draft.view, draft.case, draft.program
    for code, compiled in program.decisions.items():
        if code not in touched or code in case.overruled:
            continue
        grading = evaluate(compiled, view)
        view[code] = grading.answer
        before, matched = case.decided.get(code), grading.matched
        if before is None and not grading.answer and not matched:
            continue
        if before is not None and (before.answer, before.matched) == (grading.answer, matched):
            continue
        body = Decided(code, grading.answer, matched, grading.unknown)
        draft.add(body, by=SYSTEM, role="", occurred=occurred)


def _number(draft: Draft, occurred: int) -> None:
    """Give the numbers that a case gets later than at its opening, each once."""
    serials = draft.world.serials
    for code, (pattern, moment) in draft.program.numbering.items():
        known = code in draft.standing.case.numbers
        if known or serials is None or draft.standing.track.last(moment) is None:
            continue
        number = serials.next(pattern, occurred)
        draft.add(Numbered(code, number), by=SYSTEM, role="", occurred=occurred)


def _tell(draft: Draft, occurred: int) -> None:
    program, case, track = draft.program, draft.case, draft.view.track
    since = case.version - len(draft.unsettled)
    for code, tell in program.tells.items():
        last = track.last(program.hears[code])
        if last is None or last.position <= since:
            continue  # every turn before was told when it was settled
        told = sum(1 for notice, _ in case.told if notice == code) + track.heard.get(code, 0)
        for _ in track.turns[program.hears[code]][told:]:
            hears = draft.recipients(tell.to, draft.view, occurred)
            body = Told(code, hears.roles, hears.people, hears.climbed)
            draft.add(body, by=SYSTEM, role="", occurred=occurred)
