"""Why two values cannot be compared or calculated, and what could be written instead."""

from __future__ import annotations

from complaintflow.domain.types import FactType, MoneyOf, OneOf, Simple, SomeOf
from complaintflow.domain.values import Ratio
from complaintflow.policy.expression.kinds import (
    DATE,
    INSTANT,
    NUMBER,
    QUANTITY,
    RATIO,
    TEXT,
    YES_NO,
    is_condition,
    orderable,
)
from complaintflow.policy.expression.nodes import Arith, Expression, Literal, Member
from complaintflow.policy.expression.text import text

__all__ = ["calculation_problem", "condition_problem", "equality_problem", "order_problem"]

Complaint = tuple[str, str | None]
"""A message, and what was probably meant."""


def condition_problem(written: str, kind: FactType) -> str:
    """Why a value of *kind* is no condition."""
    match kind:
        case MoneyOf(currency):
            hint = f"{written} > 0 {currency}"
        case OneOf(members):
            hint = f"{written} is {members[0]}"
        case SomeOf(members):
            hint = f"{members[0]} in {written}"
        case Simple("number"):
            hint = f"{written} >= 1"
        case _:
            hint = f"known({written})"
    return f"expected a condition, {written} is {kind}; compare it, as in '{hint}'"


def calculation_problem(operator: str, left: FactType, right: FactType) -> str:
    """Why ``left operator right`` has no value."""
    if isinstance(left, MoneyOf) and isinstance(right, MoneyOf) and left != right:
        return f"{left} and {right} cannot be calculated; the currencies differ"
    word = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}[operator]
    return f"{left} {word} {right} has no value"


def equality_problem(
    left: Expression, one: FactType, right: Expression, other: FactType
) -> Complaint | None:
    """Why *left* can never be asked to equal *right*; None if it can."""
    if is_condition(one) and is_condition(other):
        return _conditions(left, right)
    match one, other:
        case (SomeOf(), _) | (_, SomeOf()):
            return "a 'some of' is asked with 'in', as in 'loss in types'", None
        case OneOf(first), OneOf(second):
            if set(first) & set(second):
                return None
            return f"{text(left)} and {text(right)} have no member in common", None
        case (OneOf(), Simple("text")) | (Simple("text"), OneOf()):
            literal = right if other == TEXT else left
            if isinstance(literal, Literal):
                return "a code is written without quotes", str(literal.value)
    if "files" in (str(one), str(other)) or "limit" in (str(one), str(other)):
        return f"{one} and {other} cannot be compared; only 'known' can be asked of them", None
    return _mismatch(left, one, right, other)


def order_problem(
    left: Expression, one: FactType, right: Expression, other: FactType
) -> Complaint | None:
    """Why *left* and *right* have no order; None if they have one."""
    if is_condition(one) or is_condition(other):
        return f"{one} and {other} have no order; write the condition itself", None
    match one, other:
        case OneOf(first), OneOf(second):
            if not (one.ordered and other.ordered):
                owner = right if isinstance(left, Member) else left
                return f"the members of {text(owner)} have no order; ask with 'is' or 'in'", None
            if first != second:
                return f"{text(left)} and {text(right)} are put in order differently", None
            return None
        case (OneOf(), Simple("text")) | (Simple("text"), OneOf()):
            return equality_problem(left, one, right, other)
    found = _mismatch(left, one, right, other)
    if found is None and not orderable(one):
        return f"{one} has no order; ask with 'is' or 'in'", None
    return found


def _conditions(left: Expression, right: Expression) -> Complaint:
    if isinstance(left, Literal):
        left, right = right, left
    meant = text(left)
    if isinstance(right, Literal):
        meant = meant if right.value else f"not {meant}"
        return "a yes/no is a condition by itself", meant
    return "two conditions are not compared; join them with 'and', 'or' and 'not'", None


def _mismatch(
    left: Expression, one: FactType, right: Expression, other: FactType
) -> Complaint | None:
    if one == other:
        return None
    if isinstance(one, MoneyOf) and isinstance(other, MoneyOf):
        return f"{one} cannot be compared with {other}; the currencies differ", None
    if _percent_of_computed(left, one, right) or _percent_of_computed(right, other, left):
        return None
    meant = None
    for node, kind, against in ((right, other, one), (left, one, other)):
        if isinstance(node, Literal) and kind == NUMBER:
            meant = _with_unit(text(node), against)
    message = f"{one} cannot be compared with {other}"
    if {one, other} == {DATE, INSTANT}:
        message += "; an instant is written as 2026-03-10T09:20+08:00, a date as 2026-03-10"
    elif YES_NO in (one, other):
        message += "; a yes/no is a condition by itself"
    return message, meant


def _percent_of_computed(node: Expression, kind: FactType, percent: Expression) -> bool:
    """``defective / shipped >= 2.5 %``: the number was calculated, the percent is written."""
    return (
        isinstance(node, Arith)
        and kind == NUMBER
        and isinstance(percent, Literal)
        and isinstance(percent.value, Ratio)
    )


def _with_unit(number: str, kind: FactType) -> str | None:
    match kind:
        case MoneyOf(currency):
            return f"{number} {currency}"
        case Simple() if kind == QUANTITY:
            return f"{number} pcs"
        case Simple() if kind == RATIO:
            return f"{number} %"
        case _:
            return None
