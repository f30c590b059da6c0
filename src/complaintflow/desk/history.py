"""History answered from the store: how many cases are like this one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from complaintflow.domain.types import show
from complaintflow.engine.counting import key_of
from complaintflow.engine.draft import Draft
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Standing, view_of
from complaintflow.engine.view import View
from complaintflow.policy.world import Question, World
from complaintflow.store.protocol import UnitOfWork

__all__ = ["NUMBER", "PERIOD", "PERSON", "StoreHistory", "index_keys", "key_text"]

PERSON = "person"
"""The name of the index entries under which the open cases of a person are found."""
NUMBER = "number"
"""The name of the index entries under which a case is found by a number that it got later."""
PERIOD = "period"
"""The name of the index entries under which the standing cases of a policy are found."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def key_text(values: Mapping[str, Any]) -> str:
    """One text for equal values; a digest, so that an index keeps nothing personal in clear."""
    texts = {name: show(value) for name, value in values.items()}
    return hashlib.sha256(_ENCODER.encode(texts).encode()).hexdigest()


def index_keys(program: Program, standing: Standing) -> frozenset[tuple[str, str]]:
    """The entries under which a case is found.

    By the people who have it, while it is open; and by the counts of its policy.
    """
    case = standing.case
    found = set()
    if not program.is_final(case):
        found |= {(PERSON, person) for person in case.people.values() if person}
    found |= {(NUMBER, number) for number in case.numbers.values()}
    if case.period is not None:
        found.add((PERIOD, f"{program.policy.id}/{case.period.kind}"))
    if not program.counts or case.put_aside:
        return frozenset(found)
    view = view_of(program, standing)
    for code, fact in program.counts.items():
        same = key_of(view, fact.count) if fact.count is not None else None
        if same is not None:
            found.add((f"{program.policy.id}/{code}", key_text(same)))
    return frozenset(found)


class StoreHistory:
    """The history of one policy's cases within one unit of work.

    Args:
        work: The unit of work in which the decision is made.
        program: Whose policy asks: cases of other procedures are not counted.
        load: Gives program and standing of a case, through the same unit of work.
        now: What another case has missed by now counts, whether or not a sweep has seen it;
            microseconds since 1970 UTC.
    """

    def __init__(
        self,
        work: UnitOfWork,
        program: Program,
        load: Callable[[str], tuple[Program, Standing]],
        now: int,
    ) -> None:
        self._work = work
        self._program = program
        self._load = load
        self._now = now

    def similar(self, question: Question) -> tuple[str, ...]:
        """Numbers of the cases that fit, in the order of receipt."""
        return tuple(case_id for case_id, _ in self._fitting(question))

    def values(self, question: Question, fact: str) -> tuple[tuple[str, Any], ...]:
        """The same cases, each with what is known of *fact* in it; None where it is unknown."""
        return tuple((case_id, view[fact]) for case_id, view in self._fitting(question))

    def _fitting(self, question: Question) -> Iterator[tuple[str, View]]:
        candidates = self._work.find(
            f"{self._program.policy.id}/{question.fact}",
            key_text(question.same),
            since=question.since,
            before=question.received + 1,
            exclude=question.case,
        )
        holds = self._program.wheres[question.fact]
        for case_id in candidates:
            program, standing = self._load(case_id)
            received = standing.case.received
            if (received, case_id) > (question.received, question.case):
                continue
            view = view_of(program, self._present(program, standing))
            if holds is None or holds(view) is True:
                yield case_id, view

    def _present(self, program: Program, standing: Standing) -> Standing:
        if standing.attention is None or standing.attention > self._now:
            return standing
        draft = Draft(program, standing, World(), self._now, "")
        draft.sweep()
        return draft.standing
