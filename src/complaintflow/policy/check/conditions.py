"""Findings about guards, conditions and moments, by proof."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.policy.check.finding import Example, Finding
from complaintflow.policy.check.places import Spot, clauses_of, dotted, expressions, joined
from complaintflow.policy.check.prover import GaveUpError, Prover
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import Call, Choice, Expression, Literal, names
from complaintflow.policy.expression.kinds import is_condition, kind_of
from complaintflow.policy.expression.walk import walk
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import Step

__all__ = ["check_conditions", "check_guards", "check_keys"]

_GUARDS = ("needs", "should", "to")  # looked at by `check_guards` and `check_branches`


def check_guards(policy: Policy, prover: Prover) -> Iterator[Finding]:
    """CF321 and CF322."""
    for step in policy.steps:
        try:
            yield from _guards(step, policy, prover)
        except GaveUpError:
            yield Finding("CF002", ("step", step.code, "needs"), {"what": step.code})


def _guards(step: Step, policy: Policy, prover: Prover) -> Iterator[Finding]:
    encoder, logic = prover.encoder, prover.encoder.logic
    values = {"step": step.code}
    barred = False
    for key, needs in (("needs", step.needs), ("should", step.should)):
        for index, need in enumerate(needs):
            place = ("step", step.code, key, index, "when")
            truth = encoder.truth(need.condition)
            if not prover.possible(truth.yes):
                barred = barred or key == "needs"
                code = "CF321" if key == "needs" else "CF323"
                what = {"what": f"{step.code} ({need.clause})"}
                yield Finding(code, place, values if key == "needs" else what, (need.clause,))
            elif not _beyond_proof(need.condition, policy) and not prover.possible(
                logic.no(truth.yes)
            ):
                yield Finding("CF322", place, values, (need.clause,))
    if not barred and len(step.needs) > 1:
        together = encoder.all_of(need.condition for need in step.needs)
        if not prover.possible(together):
            clauses = tuple(dict.fromkeys(need.clause for need in step.needs))
            yield Finding("CF321", ("step", step.code, "needs"), values, clauses)


def _beyond_proof(condition: Expression, policy: Policy) -> bool:
    """Whether that *condition* always holds would prove nothing.

    A proof takes the facts behind an answer as known; ``known(grade)`` asks whether they are.
    """
    decisions = {decision.code for decision in policy.decisions}
    return isinstance(condition, Literal) or any(
        isinstance(node, Call)
        and node.function == "known"
        and not decisions.isdisjoint(names(node))
        for node in walk(condition)
    )


def check_conditions(policy: Policy, prover: Prover) -> Iterator[Finding]:
    """CF323, and CF501, CF505, CF506 where a moment can never come."""
    clauses = clauses_of(policy)
    for spot in expressions(policy):
        section, code, *rest = map(str, spot.path)
        if section == "decide" or (rest and rest[0] in _GUARDS and section == "step"):
            continue
        if not _askable(spot):
            continue
        cited = clauses.get((section, code), ())
        try:
            if prover.possible(prover.encoder.truth(spot.expression).yes):
                continue
        except GaveUpError:
            yield Finding("CF002", spot.path, {"what": dotted(spot.path)}, cited)
            continue
        yield _never(spot, code, cited)


def _askable(spot: Spot) -> bool:
    """Whether it makes sense to ask if *spot* can ever be true."""
    if isinstance(spot.expression, (Choice, Literal)) or spot.expected not in (
        "condition",
        "moment",
    ):
        return False
    return is_condition(kind_of(spot.expression))


def _never(spot: Spot, code: str, clauses: tuple[str, ...]) -> Finding:
    match spot.path[0], spot.path[-1]:
        case "duty", "starts":
            return Finding("CF501", spot.path, {"duty": code}, clauses)
        case "approval", "starts":
            return Finding("CF505", spot.path, {"approval": code}, clauses)
        case "tell", "on":
            return Finding("CF506", spot.path, {"tell": code, "why": "@never told"}, clauses)
    return Finding("CF323", spot.path, {"what": dotted(spot.path)}, clauses)


def check_keys(policy: Policy, prover: Prover) -> Iterator[Finding]:
    """CF502: duties that each of a decision's answers owes, where there may be none.

    Duties that one and the same complaint leaves without anybody are one finding.
    """
    decisions = {decision.code: decision for decision in policy.decisions}
    found: dict[tuple[str, str], tuple[list[Duty], Example]] = {}
    for duty in policy.duties:
        decision = decisions.get(duty.each) if isinstance(duty.each, str) else None
        if decision is None or decision.pick != "all" or decision.residual is not None:
            continue
        answers = prover.encoder.answers(decision.code)
        if answers is None:
            continue
        asked = [] if duty.when is None else [prover.encoder.truth(duty.when).yes]
        try:
            facts = prover.example(*(rule.no for rule in answers.rules), *asked)
        except GaveUpError:
            yield Finding("CF002", ("duty", duty.code, "each"), {"what": duty.code}, duty.clauses)
            continue
        if facts is not None:
            example = Example(facts, brief=True)
            found.setdefault((decision.code, example.text()), ([], example))[0].append(duty)
    for (code, _), (duties, example) in found.items():
        values = {"duty": joined(duty.code for duty in duties), "each": code}
        clauses = tuple(dict.fromkeys(clause for duty in duties for clause in duty.clauses))
        yield Finding("CF502", ("duty", duties[0].code, "each"), values, clauses, example)
