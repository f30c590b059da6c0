"""The rules of a policy, and which of them a scenario touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import attrs

from complaintflow.audit.events import (
    ApprovalGiven,
    Assigned,
    Body,
    Event,
    Linked,
    Overruled,
    PassedOn,
    Raised,
    Ruled,
    RungReached,
    StepTaken,
    Told,
    Waived,
)
from complaintflow.engine.duties import states_of
from complaintflow.engine.grading import evaluate
from complaintflow.engine.outcome import Refused
from complaintflow.engine.program import Program
from complaintflow.engine.reasons import (
    Concerned,
    NeedNotMet,
    OpenItem,
    SamePerson,
    TooLate,
    WrongRole,
)
from complaintflow.engine.standing import Standing, view_of
from complaintflow.policy.choice import Open
from complaintflow.policy.decision import Criterion, Decision
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import text
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import Branch, Step
from complaintflow.simulation.scenarios.scenario import Expectation

__all__ = [
    "Rule",
    "rules_of",
    "touched_by_case",
    "touched_by_expectation",
    "touched_by_people",
    "touched_by_refusal",
]

_TIMED = ("due", "overdue", "not_overdue", "missed", "not_missed", "in_time", "late", "rungs")
_WITHOUT_CRITERION = {"residual": "residual", "strict side": "undetermined"}
"""Why a decision has the answer that it has, and the key of the policy that gave it."""


@attrs.frozen(order=True)
class Rule:
    """One thing that a policy says and a scenario can touch.

    Args:
        kind: ``state``, ``step``, ``branch``, ``need``, ``criterion``, ``residual``,
            ``undetermined``, ``overrule``, ``duty``, ``target``, ``rung``, ``life``,
            ``approval``, ``action``, ``link``, ``tell``, ``route``, ``apart`` or ``allow``.
        code: Which one, unique among its kind.
        clauses: Where the procedure says it.
    """

    kind: str
    code: str
    clauses: tuple[str, ...] = attrs.field(default=(), eq=False, order=False)


class _Row(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def clauses(self) -> tuple[str, ...]: ...


def rules_of(policy: Policy) -> tuple[Rule, ...]:
    """Every rule of *policy*, in the order of the policy.

    A state is touched by a case in it; a step by being taken; a branch by leading there (an open
    one, and a step that has no other, by being refused); a need by refusing; a criterion by
    matching; what a decision answers without one by being its answer; who overrules it by doing
    so; an approval by an answer to it; a duty by being owed; who rules on it, passes it on or
    waives it by doing so; a target by an expectation about its time; a rung by firing; an action
    by being raised; a link by being opened; a notice by being sent; a route by choosing; what is
    kept apart or allowed by refusing. A duty whose start is an open item is no rule yet: no case
    could touch it.
    """
    return tuple(dict.fromkeys(_rules(policy)))


def _rules(policy: Policy) -> Iterator[Rule]:
    for state in policy.states:
        yield Rule("state", state)
    for step in policy.steps:
        yield from _of_step(step)
    for decision in policy.decisions:
        yield from _of_decision(decision)
    for duty in policy.duties:
        yield from _of_duty(duty)
    for approval in policy.approvals:
        yield Rule("approval", approval.code, approval.clauses)
    for action in policy.actions:
        for kind in action.kinds:
            yield Rule("action", f"{action.code} {kind}", action.clauses)
    whole: tuple[tuple[str, Iterable[_Row]], ...] = (
        ("link", policy.links),
        ("tell", policy.tells),
        ("route", policy.routes),
        ("apart", policy.apart),
        ("allow", policy.permissions),
    )
    for kind, rows in whole:
        for row in rows:
            yield Rule(kind, row.code, row.clauses)


def _of_step(step: Step) -> Iterator[Rule]:
    yield Rule("step", step.code, step.clauses)
    for branch in step.to if len(step.to) > 1 else ():
        yield Rule("branch", _branch(step.code, branch), step.clauses)
    for need in step.needs:
        yield Rule("need", _need(step.code, need.clause, text(need.condition)), (need.clause,))


def _of_decision(decision: Decision) -> Iterator[Rule]:
    for criterion in decision.criteria:
        yield Rule("criterion", _criterion(decision.code, criterion), criterion.clauses)
    for kind in ("residual", "undetermined"):
        if (answer := getattr(decision, kind)) is not None:
            yield Rule(kind, f"{decision.code} {answer}", decision.clauses)
    if isinstance(decision.by, Party):
        yield Rule("overrule", decision.code, decision.clauses)


def _of_duty(duty: Duty) -> Iterator[Rule]:
    if isinstance(duty.starts, Open):  # an open item: no case can ever come to owe it
        return
    yield Rule("duty", duty.code, duty.clauses)
    for word in ("ruled_by", "passed_on_by", "waived_by"):
        if getattr(duty.life, word) is not None:
            yield Rule("life", f"{duty.code} {word}", duty.clauses)
    if duty.target is None:
        return
    if isinstance(duty.target.within, Mapping):
        for answer in duty.target.within:
            yield Rule("target", f"{duty.code} {answer}", duty.clauses)
    else:
        yield Rule("target", duty.code, duty.clauses)
    for rung in duty.target.rungs:
        yield Rule("rung", f"{duty.code} {rung.code}", rung.clauses)


def _branch(step: str, branch: Branch) -> str:
    return f"{step} to {branch.to}"


def _need(step: str, clause: str, condition: str) -> str:
    return f"{step} {clause}: {condition}"


def _criterion(decision: str, criterion: Criterion) -> str:
    clauses = ", ".join(criterion.clauses)
    return f"{decision} {', '.join(criterion.answers)} {clauses or text(criterion.when)}"


def touched_by_case(program: Program, standing: Standing, fresh: Iterable[Event]) -> set[Rule]:
    """The rules that a case touches as it stands, and by the *fresh* events."""
    case = standing.case
    view = view_of(program, standing)
    found = {Rule("state", case.state)}
    for code, compiled in program.decisions.items():
        grading = evaluate(compiled, view)
        for criterion, value in grading.results:
            if value is True:
                found.add(Rule("criterion", _criterion(code, criterion)))
        if (kind := _WITHOUT_CRITERION.get(grading.why)) is not None:
            found.add(Rule(kind, f"{code} {getattr(compiled.decision, kind)}"))
    for code, duty in program.duties.items():
        if any(state.progress in ("owed", "done") for state in states_of(view, duty)):
            found.add(Rule("duty", code))
    for event in fresh:
        found.update(_touched_by(event.body))
    return found


def _touched_by(body: Body) -> Iterator[Rule]:
    match body:
        case StepTaken(step, _, target):
            yield Rule("step", step)
            yield Rule("branch", f"{step} to {target}")
        case RungReached(duty, _, _, rung):
            yield Rule("rung", f"{duty} {rung}")
        case Ruled(duty):
            yield Rule("life", f"{duty} ruled_by")
        case Overruled(decision):
            yield Rule("overrule", decision)
        case ApprovalGiven(approval):
            yield Rule("approval", approval)
        case PassedOn(duty):
            yield Rule("life", f"{duty} passed_on_by")
        case Waived(duty):
            yield Rule("life", f"{duty} waived_by")
        case Raised(action, _, kind):
            yield Rule("action", f"{action} {kind}")
        case Linked(link):
            yield Rule("link", link)
        case Told(tell):
            yield Rule("tell", tell)
        case Assigned(role):
            yield Rule("route", role)
        case _:
            pass


def touched_by_refusal(program: Program, step: str, refused: Refused) -> set[Rule]:
    """The needs that refused *step*, and the open branch that it would have taken."""
    found: set[Rule] = set()
    compiled = program.steps.get(step)
    if compiled is None:
        return found
    for reason in refused.reasons:
        if isinstance(reason, NeedNotMet):
            found.add(Rule("need", _need(step, reason.clause, reason.condition)))
        if isinstance(reason, OpenItem):
            for branch in compiled.step.to:
                if isinstance(branch.to, Open) and branch.to.choice == reason.choice:
                    found.add(Rule("branch", _branch(step, branch)))
                    if len(compiled.step.to) == 1:  # so far it cannot be taken at all
                        found.add(Rule("step", step))
    return found


def touched_by_people(program: Program, refused: Refused) -> set[Rule]:
    """The rules about persons that refused: who must be apart, and who may."""
    found: set[Rule] = set()
    for reason in refused.reasons:
        match reason:
            case SamePerson(rule=code) | Concerned(rule=code) if code:
                found.add(Rule("apart", code))
            case WrongRole(what=code) | TooLate(what=code) if code in program.permissions:
                found.add(Rule("allow", code))
    return found


def touched_by_expectation(
    program: Program, standing: Standing, expectation: Expectation
) -> set[Rule]:
    """The target about whose time something is expected."""
    code = expectation.name.partition(".")[0]
    duty = program.duties.get(code)
    if expectation.kind not in _TIMED or duty is None or duty.target is None:
        return set()
    if not isinstance(duty.target.within, Mapping):
        return {Rule("target", code)}
    answer = view_of(program, standing)[duty.target.per] if duty.target.per else None
    return {Rule("target", f"{code} {answer}")}
