"""Settling: what follows by itself from a command: counts, answers, notices.

Settling twice adds nothing: an event is added only where the record differs from what the
facts say now.
"""

from __future__ import annotations

from typing import Any

from complaintflow.audit.events import Counted, Decided, StepTaken, Told
from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.limits import Limit
from complaintflow.engine.draft import SYSTEM, Draft
from complaintflow.engine.grading import evaluate
from complaintflow.engine.linking import settle_links
from complaintflow.engine.window import back
from complaintflow.policy.choice import Open
from complaintflow.policy.fact import Count
from complaintflow.policy.world import Question

__all__ = ["key_of", "settle"]


def settle(draft: Draft, occurred: int) -> None:
    """Add what follows by itself from the events since the draft was settled last."""
    _count(draft, occurred)
    _decide(draft, occurred)
    settle_links(draft, occurred)
    _tell(draft, occurred)
    draft.settled = len(draft.events)


def key_of(draft_view: Any, count: Count) -> dict[str, Any] | None:
    """The values of the facts that a count compares, None while one is unknown."""
    if isinstance(count.same, Open):
        return None
    values = {name: draft_view[name] for name in count.same}
    return None if any(value is None for value in values.values()) else values


def _count(draft: Draft, occurred: int) -> None:
    program, case = draft.program, draft.case
    stepped = any(isinstance(event.body, StepTaken) for event in draft.unsettled)
    changed = draft.changed
    for code, fact in program.counts.items():
        count = fact.count
        if count is None or isinstance(count.same, Open) or isinstance(count.within, Open):
            continue
        if not stepped and changed.isdisjoint(count.same):
            continue  # history is asked anew at each step and when the key changes
        same = key_of(draft.view, count)
        if same is None:
            continue
        since = _since(program.policy.calendar, case.received, count.within)
        found = draft.world.history.similar(
            Question(code, same, count.where, since, case.received, case.id)
        )
        value = len(found) + (1 if count.this_one else 0)
        if case.value(code) != value:
            draft.add(Counted(code, value, same, found), by="history", role="", occurred=occurred)


def _since(calendar: WorkingCalendar, received: int, within: Limit | None) -> int | None:
    return None if within is None else back(calendar, received, within)


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
