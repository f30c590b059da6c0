"""Every expression of a policy: where it stands, what it must give, and its resolved form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from complaintflow.domain.types import FactType
from complaintflow.errors import ExpressionError, InvalidValueError
from complaintflow.policy.choice import Open
from complaintflow.policy.decision import Decision
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.expression import Choice, Expected, Expression, Function, resolve
from complaintflow.policy.fact import Ask, Fact
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import Need, Step
from complaintflow.policy.validation.finding import Finding, Path

__all__ = ["Visit", "resolved", "rewrite"]

Visit = Callable[[Path, Expression, Expected], Expression]
"""Gets the place of an expression and what it must give; gives what shall stand there."""


def resolved(
    policy: Policy,
    scope: Mapping[str, FactType],
    functions: Mapping[str, Function],
    findings: list[Finding],
) -> Policy:
    """*policy* with types in its expressions; what does not fit is added to *findings*."""
    forms = tuple(form.code for form in policy.forms)
    roles = tuple(role.code for role in policy.roles)

    def check(path: Path, expression: Expression, expect: Expected) -> Expression:
        try:
            found, _ = resolve(
                expression, scope, functions=functions, forms=forms, roles=roles, expect=expect
            )
        except ExpressionError as error:
            for problem in error.problems:
                start = (problem.column or 1) - 1
                findings.append(
                    Finding(
                        path,
                        problem.message,
                        _word(error.text[start:]),
                        problem.column,
                        problem.suggestion,
                    )
                )
            return expression
        except InvalidValueError as error:
            findings.append(Finding(path, error.message))
            return expression
        return found

    return rewrite(policy, check)


def _word(text: str) -> str:
    """The name at the beginning of *text*."""
    for index, character in enumerate(text):
        if not (character.isalnum() or character in "_.$"):
            return text[:index]
    return text


def rewrite(policy: Policy, visit: Visit) -> Policy:
    """*policy* with what *visit* gives in place of each of its expressions."""

    def one(
        value: Expression | None, path: Path, expect: Expected = "condition"
    ) -> Expression | None:
        return None if value is None else visit(path, value, expect)

    return attrs.evolve(
        policy,
        facts=tuple(_fact(fact, visit) for fact in policy.facts),
        forms=tuple(
            attrs.evolve(form, fields=_asks(form.fields, ("form", form.code, "asks"), visit))
            for form in policy.forms
        ),
        decisions=tuple(_decision(decision, visit) for decision in policy.decisions),
        steps=tuple(_step(step, visit) for step in policy.steps),
        duties=tuple(_duty(duty, visit) for duty in policy.duties),
        approvals=tuple(
            attrs.evolve(
                approval,
                starts=visit(("approval", approval.code, "starts"), approval.starts, "moment"),
                resets=one(approval.resets, ("approval", approval.code, "resets"), "moment"),
            )
            for approval in policy.approvals
        ),
        tells=tuple(
            attrs.evolve(tell, on=visit(("tell", tell.code, "on"), tell.on, "moment"))
            for tell in policy.tells
        ),
        links=tuple(
            attrs.evolve(
                link,
                starts=visit(("link", link.code, "starts"), link.starts, "moment"),
                when=one(link.when, ("link", link.code, "if")),
            )
            for link in policy.links
        ),
        records=tuple(
            attrs.evolve(
                record,
                where=one(record.where, ("records", record.code, "where")),
                numbered=one(record.numbered, ("records", record.code, "numbered"), "moment"),
            )
            for record in policy.records
        ),
    )


def _asks(asks: tuple[Ask, ...], path: Path, visit: Visit) -> tuple[Ask, ...]:
    return tuple(
        ask
        if ask.when is None
        else attrs.evolve(ask, when=visit((*path, index), ask.when, "condition"))
        for index, ask in enumerate(asks)
    )


def _fact(fact: Fact, visit: Visit) -> Fact:
    path = ("facts", fact.code)
    if fact.formula is not None:
        return attrs.evolve(fact, formula=visit((*path, "is"), fact.formula, fact.type))
    if fact.count is not None and fact.count.where is not None:
        where = visit((*path, "where"), fact.count.where, "condition")
        return attrs.evolve(fact, count=attrs.evolve(fact.count, where=where))
    return fact


def _decision(decision: Decision, visit: Visit) -> Decision:
    path = ("decide", decision.code, "rules")
    return attrs.evolve(
        decision,
        criteria=tuple(
            attrs.evolve(rule, when=visit((*path, index, "when"), rule.when, "condition"))
            for index, rule in enumerate(decision.criteria)
        ),
    )


def _needs(needs: tuple[Need, ...], path: Path, visit: Visit) -> tuple[Need, ...]:
    return tuple(
        attrs.evolve(need, condition=visit((*path, index, "when"), need.condition, "condition"))
        for index, need in enumerate(needs)
    )


def _step(step: Step, visit: Visit) -> Step:
    path = ("step", step.code)
    return attrs.evolve(
        step,
        asks=_asks(step.asks, (*path, "asks"), visit),
        needs=_needs(step.needs, (*path, "needs"), visit),
        should=_needs(step.should, (*path, "should"), visit),
        to=tuple(
            branch
            if branch.when is None
            else attrs.evolve(
                branch, when=visit((*path, "to", index, "when"), branch.when, "condition")
            )
            for index, branch in enumerate(step.to)
        ),
    )


def _duty(duty: Duty, visit: Visit) -> Duty:
    path = ("duty", duty.code)
    return attrs.evolve(
        duty,
        asks=_asks(duty.asks, (*path, "asks"), visit),
        starts=_moment((*path, "starts"), duty.starts, visit),
        when=None if duty.when is None else visit((*path, "if"), duty.when, "condition"),
        ends=None if duty.ends is None else visit((*path, "ends"), duty.ends, "moment"),
        target=None if duty.target is None else _target(duty.target, path, visit),
    )


def _moment(path: Path, starts: Expression | Open, visit: Visit) -> Expression | Open:
    """A choice that stands alone is an open value, however it was written."""
    if isinstance(starts, Open):
        return starts
    found = visit(path, starts, "moment")
    return Open(found.name) if isinstance(found, Choice) else found


def _target(target: Target, path: Path, visit: Visit) -> Target:
    if target.pauses is not None:
        target = attrs.evolve(target, pauses=visit((*path, "pauses"), target.pauses, "condition"))
    extended = target.extended
    if extended is not None:
        path = (*path, "extended")
        on = visit((*path, "on"), extended.on, "moment")
        start = extended.start
        start = None if start is None else visit((*path, "from"), start, "moment")
        target = attrs.evolve(target, extended=attrs.evolve(extended, on=on, start=start))
    return target
