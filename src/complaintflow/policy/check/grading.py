"""Findings about decisions, by proof: gaps, overlaps, criteria that never or always match."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import combinations
from typing import Any

import attrs

from complaintflow.policy.check.answers import Answers
from complaintflow.policy.check.bounds import amounts_in
from complaintflow.policy.check.finding import Example, Finding
from complaintflow.policy.check.places import joined
from complaintflow.policy.check.prover import GaveUpError, Prover
from complaintflow.policy.choice import Open
from complaintflow.policy.decision import Criterion, Decision
from complaintflow.policy.expression import Literal
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Path

__all__ = ["check_decisions", "check_order"]

_MOST_PAIRS = 6  # of criteria that one finding lists


def check_order(policy: Policy) -> Iterator[Finding]:
    """CF309: answers that no criterion gives. Needs no solver."""
    for decision in policy.decisions:
        given = {answer for criterion in decision.criteria for answer in criterion.answers}
        given |= {a for a in (decision.residual, decision.undetermined) if a}
        lacking = [answer for answer in decision.order if answer not in given]
        if lacking:
            values = {"answers": joined(lacking)}
            yield Finding("CF309", ("decide", decision.code, "order"), values, decision.clauses)


def check_decisions(policy: Policy, prover: Prover) -> Iterator[Finding]:
    """CF301 to CF308, each decision by itself."""
    for decision in policy.decisions:
        try:
            yield from _Look(decision, prover).findings()
        except GaveUpError:
            yield Finding("CF002", ("decide", decision.code), {"what": decision.code})


@attrs.frozen
class _Look:
    decision: Decision
    prover: Prover

    def findings(self) -> Iterator[Finding]:
        answers = self.prover.encoder.answers(self.decision.code)
        if answers is None or not self.decision.criteria:
            return
        never = yield from self._dead(answers)
        if self.decision.pick in ("highest", "first", "unique"):
            yield from self._gap(answers)
            yield from self._overlaps(answers)
        if self.decision.pick in ("highest", "first"):
            yield from self._shadowed(answers, never)

    def _place(self, index: int) -> Path:
        return ("decide", self.decision.code, "rules", index, "when")

    def _dead(self, answers: Answers) -> Generator[Finding, None, set[int]]:
        """CF306 and CF307; gives the places of criteria that need no other word."""
        logic = self.prover.encoder.logic
        dull: set[int] = set()
        last = len(self.decision.criteria) - 1
        for index, (criterion, rule) in enumerate(
            zip(self.decision.criteria, answers.rules, strict=True)
        ):
            values = {"clause": _cited(criterion), "answer": joined(criterion.answers)}
            if not self.prover.possible(rule.yes):
                dull.add(index)
                yield Finding("CF306", self._place(index), values, criterion.clauses)
            elif not self.prover.possible(logic.no(rule.yes)):
                catch_all = self.decision.pick == "first" and index == last
                if not (isinstance(criterion.when, Literal) or catch_all):
                    yield Finding("CF307", self._place(index), values, criterion.clauses)
        return dull

    def _gap(self, answers: Answers) -> Iterator[Finding]:
        if self.decision.residual is not None:
            return
        facts = self.prover.example(*(rule.no for rule in answers.rules))
        if facts is None:
            return
        by = self.decision.by
        example = Example(facts, (("", ()),), brief=True)
        values = {"decision": self.decision.code}
        code = "CF301"
        if by is not None and not isinstance(by, Open):
            code, values = "CF302", {**values, "by": str(by)}
        path = ("decide", self.decision.code)
        yield Finding(code, path, values, self.decision.clauses, example)

    def _overlaps(self, answers: Answers) -> Iterator[Finding]:
        rules = list(zip(self.decision.criteria, answers.rules, range(10**6), strict=False))
        for first, second in combinations(self.decision.answers, 2):
            pairs = [
                (one, other)
                for one in rules
                if first in one[0].answers
                for other in rules
                if second in other[0].answers
                and one[2] != other[2]
                and self.prover.possible(one[1].yes, other[1].yes)
            ]
            if pairs:
                yield self._overlap(first, second, pairs)

    def _overlap(self, first: str, second: str, pairs: list[Any]) -> Finding:
        """One finding for two answers, shown by the pair that most looks like a slip."""
        one, other = max(pairs, key=lambda pair: _closeness(pair[0][0], pair[1][0]))
        shown = [(one, other), *(pair for pair in pairs if pair != (one, other))]
        listed = [f"{_cited(a[0])}/{_cited(b[0])}" for a, b in shown]
        more = "" if len(listed) <= _MOST_PAIRS else ", …"
        values = {
            "first": first,
            "second": second,
            "pairs": ", ".join(listed[:_MOST_PAIRS]) + more,
            "decision": self.decision.code,
        }
        shared = amounts_in(one[0].when) & amounts_in(other[0].when)
        prefer = [amount for _, amount in sorted(shared)]
        facts = self.prover.example(one[1].yes, other[1].yes, prefer=prefer)
        outcomes = ((first, one[0].clauses), (second, other[0].clauses))
        code = {"highest": "CF303", "unique": "CF304", "first": "CF305"}[self.decision.pick]
        clauses = tuple(dict.fromkeys((*one[0].clauses, *other[0].clauses)))
        place = self._place(max(one[2], other[2]))
        return Finding(code, place, values, clauses, Example(facts or {}, outcomes))

    def _shadowed(self, answers: Answers, dull: set[int]) -> Iterator[Finding]:
        logic = self.prover.encoder.logic
        rules = list(enumerate(zip(self.decision.criteria, answers.rules, strict=True)))
        for index, (criterion, rule) in rules:
            winning = [(before, truth) for n, (before, truth) in rules if self._wins(n, index)]
            if index in dull or not winning:
                continue
            if self.prover.possible(rule.yes, *(logic.no(truth.yes) for _, truth in winning)):
                continue
            needed = next(
                (
                    [one]
                    for one in winning
                    if not self.prover.possible(rule.yes, logic.no(one[1].yes))
                ),
                winning,
            )
            named = [f"{joined(c.answers)} ({_cited(c)})" for c, _ in needed]
            values = {
                "clause": _cited(criterion),
                "answer": joined(criterion.answers),
                "winner": joined(named),
            }
            yield Finding("CF308", self._place(index), values, criterion.clauses)

    def _wins(self, one: int, other: int) -> bool:
        """Whether criterion *one* goes before criterion *other*."""
        if self.decision.pick == "first":
            return one < other
        order = self.decision.order
        first, second = (self.decision.criteria[n].answers[0] for n in (one, other))
        return first in order and second in order and order.index(first) < order.index(second)


def _cited(criterion: Criterion) -> str:
    return ", ".join(criterion.clauses) or str(criterion.answers[0])


def _closeness(one: Criterion, other: Criterion) -> tuple[int, int]:
    """Criteria that compare with the same amount look most like a slip, then any amounts."""
    first, second = amounts_in(one.when), amounts_in(other.when)
    return len(first & second), min(len(first), len(second))
