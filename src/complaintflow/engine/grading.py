"""Grading: from criteria to an answer, with every criterion accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from complaintflow.audit.events import Answer
from complaintflow.policy.decision import Criterion, Decision

__all__ = ["CompiledDecision", "Grading", "evaluate"]

Condition = Callable[[Mapping[str, Any]], Any]


@attrs.frozen
class CompiledDecision:
    """A decision with its criteria as closures, in the order of the policy."""

    decision: Decision
    tests: tuple[tuple[Criterion, Condition], ...]

    def matches(self, answer: str, view: Mapping[str, Any]) -> bool | None:
        """Whether the criteria of *answer* matched; None when it cannot be told."""
        found: bool | None = False
        for criterion, test in self.tests:
            if answer in criterion.answers:
                value = test(view)
                if value is True:
                    return True
                if value is None:
                    found = None
        return found


@attrs.frozen
class Grading:
    """How a decision was answered by its criteria.

    Args:
        answer: What came out; None while it is undetermined (for ``all``: nothing matched and
            something is unknown).
        results: Every criterion with True (matched), False, or None (not evaluated).
        why: ``matched``, ``residual``, ``strict side``, ``nothing fits``, ``unknown facts`` or
            ``answers differ``.
    """

    decision: str
    answer: Answer
    results: tuple[tuple[Criterion, bool | None], ...]
    why: str

    @property
    def matched(self) -> tuple[str, ...]:
        """Clauses of the criteria that matched."""
        return _clauses(self.results, True)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Clauses of the criteria that could not be evaluated."""
        return _clauses(self.results, None)


def _clauses(
    results: tuple[tuple[Criterion, bool | None], ...], wanted: bool | None
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for criterion, value in results:
        if value is wanted:
            for clause in criterion.clauses:
                found[clause] = None
    return tuple(found)


def evaluate(compiled: CompiledDecision, view: Mapping[str, Any]) -> Grading:
    """Answer a decision by its criteria alone; a person's answer is laid over it elsewhere.

    An unknown fact never counts as false: a criterion that could change the answer and cannot
    be evaluated leaves it undetermined, unless the policy names the strict side.
    """
    decision = compiled.decision
    results = tuple([(criterion, test(view)) for criterion, test in compiled.tests])
    answer, why = _PICKS[decision.pick](decision, results)
    if why == "unknown facts" and decision.undetermined is not None:
        answer, why = decision.undetermined, "strict side"
    return Grading(decision.code, answer, results, why)


_Results = tuple[tuple[Criterion, bool | None], ...]


def _residual(decision: Decision, results: _Results) -> tuple[Answer, str]:
    if any(value is None for _, value in results):
        return None, "unknown facts"
    if decision.residual is not None:
        return decision.residual, "residual"
    return None, "nothing fits"


def _highest(decision: Decision, results: _Results) -> tuple[Answer, str]:
    open_above = False
    for answer in decision.order:
        values = [value for criterion, value in results if answer in criterion.answers]
        if True in values:
            return (None, "unknown facts") if open_above else (answer, "matched")
        open_above = open_above or None in values
    return _residual(decision, results)


def _first(decision: Decision, results: _Results) -> tuple[Answer, str]:
    for criterion, value in results:
        if value is None:
            return None, "unknown facts"
        if value:
            return criterion.answers[0], "matched"
    return _residual(decision, results)


def _unique(decision: Decision, results: _Results) -> tuple[Answer, str]:
    found = dict.fromkeys(a for c, value in results if value is True for a in c.answers)
    if len(found) > 1:
        return None, "answers differ"
    if any(value is None for _, value in results):
        return None, "unknown facts"
    if found:
        return next(iter(found)), "matched"
    return _residual(decision, results)


def _all(decision: Decision, results: _Results) -> tuple[Answer, str]:
    found = dict.fromkeys(a for c, value in results if value is True for a in c.answers)
    if found:
        return tuple(found), "matched"
    if any(value is None for _, value in results):
        return None, "unknown facts"
    return (decision.residual,) if decision.residual else (), "residual"


def _flag(decision: Decision, results: _Results) -> tuple[Answer, str]:
    values = [value for _, value in results]
    if True in values:
        return True, "matched"
    if None in values:
        return None, "unknown facts"
    return False, "nothing fits"


_PICKS = {"highest": _highest, "first": _first, "unique": _unique, "all": _all, "flag": _flag}
