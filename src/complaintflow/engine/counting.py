"""Counted facts: how many cases are like this one, and what a fact of theirs adds up to.

The history is asked anew at each step, and when what it is asked by has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.audit.events import Counted, StepTaken, Summed
from complaintflow.domain.types import FactType
from complaintflow.engine.draft import Draft
from complaintflow.engine.summing import total
from complaintflow.engine.window import back
from complaintflow.policy.choice import Open
from complaintflow.policy.fact import Count
from complaintflow.policy.world import Question

__all__ = ["key_of", "settle_counts"]

_HISTORY = "history"


def settle_counts(draft: Draft, occurred: int) -> None:
    """Record what the history answers now, where it differs from what is on record."""
    program = draft.program
    stepped = any(isinstance(event.body, StepTaken) for event in draft.unsettled)
    changed = draft.changed
    for code, fact in program.counts.items():
        count = fact.count
        if count is None or isinstance(count.same, Open) or isinstance(count.within, Open):
            continue
        if not stepped:
            own = frozenset[str]() if count.sum is None else program.depends(count.sum)
            if changed.isdisjoint({*count.same, *own}):
                continue
        same = key_of(draft.view, count)
        if same is None:
            continue
        case = draft.case
        calendar = program.policy.calendar
        since = None if count.within is None else back(calendar, case.received, count.within)
        asked = Question(code, same, count.where, since, case.received, case.id)
        if count.sum is None:
            _counted(draft, asked, count, occurred)
        else:
            _summed(draft, asked, count, fact.type, occurred)


def key_of(view: Mapping[str, Any], count: Count) -> dict[str, Any] | None:
    """The values of the facts that a count compares, None while one is unknown."""
    if isinstance(count.same, Open):
        return None
    values = {}
    for name in count.same:
        values[name] = value = view[name]
        if value is None:
            return None
    return values


def _counted(draft: Draft, asked: Question, count: Count, occurred: int) -> None:
    found = draft.world.history.similar(asked)
    value = len(found) + (1 if count.this_one else 0)
    if draft.case.value(asked.fact) != value:
        body = Counted(asked.fact, value, asked.same, found)
        draft.add(body, by=_HISTORY, role="", occurred=occurred)


def _summed(draft: Draft, asked: Question, count: Count, kind: FactType, occurred: int) -> None:
    """Add up what is on record of all like cases by now, also of those received later."""
    asked = attrs.evolve(asked, received=draft.now + 1)
    others = draft.world.history.values(asked, count.sum or "")
    found = {case: value for case, value in others if value is not None}
    own = draft.view[count.sum or ""]
    if count.this_one and own is None:
        value = None  # what this case adds is not known yet, so nobody knows the sum
    else:
        value = total(kind, [*found.values(), *([own] if count.this_one else [])])
    if draft.case.value(asked.fact) != value:
        body = Summed(asked.fact, value, asked.same, tuple(found))
        draft.add(body, by=_HISTORY, role="", occurred=occurred)
