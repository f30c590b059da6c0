"""The ledger's rows, asked from cases: what the desk knows becomes the report's plain data."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from pendulum import DateTime

from complaintflow.audit.events import RungReached
from complaintflow.desk.view import CaseView
from complaintflow.domain.types import show
from complaintflow.engine.clocks import clock_of
from complaintflow.engine.duties import keys_of, rounds_of, state_of
from complaintflow.engine.grading import evaluate
from complaintflow.engine.standing import view_of
from complaintflow.moments import from_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.policy import Policy
from complaintflow.report.ledger import LedgerRow, Outcome, TargetOutcome
from complaintflow.simulation.register.mapping import Shown

__all__ = ["grading", "ledger_row"]


def grading(policy: Policy, shown: Shown) -> str | None:
    """The decision that is the grade: the one that is named, else the first ordered one."""
    if shown.grade is not None:
        return shown.grade
    return next((decision.code for decision in policy.decisions if decision.order), None)


def ledger_row(case: CaseView, shown: Shown) -> LedgerRow:
    """One case as a row of the ledger, at the moment at which *case* was asked for."""
    policy = case.program.policy
    record = case.standing.case
    facts = case.facts
    owed = () if case.is_final else case.owed
    first = owed[0] if owed else None
    grade, reason = _grade(case, grading(policy, shown))
    return LedgerRow(
        number=case.number,
        received=_at(policy, record.received),
        customer=_text(facts.get(shown.customer or "customer")),
        product=" ".join(_text(facts[name]) for name in _product(policy, shown) if name in facts),
        grade=grade,
        reason=reason,
        departments=_departments(case, shown),
        owner=first.roles if first else _may_act(case),
        state=case.state,
        open=not case.is_final,
        next_duty=first.duty if first else "",
        next_due=first.due if first else None,
        overdue_by=(first.overdue or None) if first else None,
        escalated_to=_escalated(case),
        targets=tuple(_targets(case)),
    )


def _at(policy: Policy, micros: int) -> DateTime:
    return from_micros(micros, policy.calendar.tz)


def _text(value: object) -> str:
    return "" if value is None else show(value)


def _product(policy: Policy, shown: Shown) -> tuple[str, ...]:
    return shown.product or ("product", "model")


def _grade(case: CaseView, code: str | None) -> tuple[str | None, str]:
    """The grade and why: the clauses that speak for it, or that a person said so.

    An undetermined grade has the clauses that could not be evaluated yet.
    """
    if code is None:
        return None, ""
    answer = case.answers[code]
    overruled = case.standing.case.overruled.get(code)
    if overruled is not None:
        return _one(answer), overruled.reason
    compiled = case.program.decisions[code]
    found = evaluate(compiled, view_of(case.program, case.standing))
    if answer is None:
        return None, ", ".join(found.unknown)
    speaking = [
        clause
        for criterion, value in found.results
        if value is True and answer in criterion.answers
        for clause in criterion.clauses
    ]
    return _one(answer), ", ".join(dict.fromkeys(speaking))


def _one(answer: object) -> str | None:
    return answer if isinstance(answer, str) else None


def _departments(case: CaseView, shown: Shown) -> tuple[str, ...]:
    if shown.department is None:
        owed = case.owed
        return owed[0].roles if owed else ()
    answers = case.answers
    value = answers.get(shown.department, case.facts.get(shown.department))
    match value:
        case None:
            return ()
        case frozenset():
            return tuple(sorted(value))
        case tuple():
            return tuple(_text(each) for each in value)
        case _:
            return (_text(value),)


def _may_act(case: CaseView) -> tuple[str, ...]:
    """Whose move it is where nothing is owed: who may take the next step."""
    if case.is_final:
        return ()
    view = view_of(case.program, case.standing)
    roles: dict[str, None] = {}
    for code in case.possible:
        party = case.program.steps[code].step.by
        if party is not None and not isinstance(party, Open):
            roles.update(dict.fromkeys(party.members(view.roles)))
    return tuple(roles)


def _escalated(case: CaseView) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for event in case.events:
        if isinstance(event.body, RungReached):
            told.update(dict.fromkeys(event.body.to))
    return tuple(told)


def _targets(case: CaseView) -> Iterator[TargetOutcome]:
    """Every round of every duty with a due instant that was owed, in the order of the policy."""
    if case.standing.case.voided is not None:
        return
    view = view_of(case.program, case.standing)
    policy = case.program.policy
    for duty in case.program.timed.values():
        keys = keys_of(view, duty) or ()
        rounds = [(turn.number, key, turn) for key in keys for turn in rounds_of(view, duty, key)]
        for _, key, turn in sorted(rounds, key=itemgetter(0)):
            state = state_of(view, duty, key, turn)
            if state.progress not in ("owed", "done"):
                continue
            clock = clock_of(view, state)
            if clock.due is None and not clock.paused:
                continue
            outcome: Outcome
            in_time = clock.paused or clock.in_time(case.now)
            if state.is_owed:
                outcome = "running" if in_time else "overdue"
            else:
                outcome = "on time" if in_time else "late"
            yield TargetOutcome(
                duty.code,
                outcome,
                None if clock.due is None else _at(policy, clock.due),
                None if state.done_at is None else _at(policy, state.done_at),
                key,
                state.round,
            )
