"""Which types meet: what may be compared, put in order, calculated, and what comes out.

None stands for a type that nobody can tell: an open choice, or a part that is wrong already.
"""

from __future__ import annotations

import datetime as _dt
from decimal import Decimal

from complaintflow.domain.types import FactType, MoneyOf, OneOf, Simple, SomeOf
from complaintflow.domain.values import Money, Quantity, Ratio
from complaintflow.policy.expression.nodes import (
    And,
    Arith,
    Call,
    Choice,
    Compare,
    Expression,
    In,
    Is,
    Listing,
    Literal,
    Member,
    Minus,
    Name,
    Not,
    Or,
    Value,
)

__all__ = [
    "DATE",
    "INSTANT",
    "NUMBER",
    "QUANTITY",
    "RATIO",
    "ROLE",
    "TEXT",
    "YES_NO",
    "arith_kind",
    "fits",
    "is_condition",
    "kind_of",
    "literal_kind",
    "minus_kind",
    "orderable",
]

YES_NO = Simple("yes/no")
NUMBER = Simple("number")
QUANTITY = Simple("quantity")
RATIO = Simple("ratio")
DATE = Simple("date")
INSTANT = Simple("instant")
TEXT = Simple("text")
ROLE = Simple("role")
_JUDGEMENT = Simple("judgement")
_SCALARS = (NUMBER, QUANTITY, RATIO, DATE, INSTANT)


def is_condition(kind: FactType | None) -> bool:
    """Whether a value of *kind* is true, false or unknown."""
    return kind in (YES_NO, _JUDGEMENT)


def orderable(kind: FactType) -> bool:
    """Whether values of *kind* have an order: ``<`` and ``max`` are allowed."""
    match kind:
        case MoneyOf():
            return True
        case OneOf():
            return kind.ordered
        case _:
            return kind in _SCALARS


def literal_kind(value: Value) -> FactType:
    """The type of a value that is written out."""
    match value:
        case bool():
            return YES_NO
        case Decimal():
            return NUMBER
        case Money():
            return MoneyOf(value.currency)
        case Quantity():
            return QUANTITY
        case Ratio():
            return RATIO
        case _dt.datetime():
            return INSTANT
        case _dt.date():
            return DATE
        case _:
            return TEXT


def fits(kind: FactType, wanted: FactType) -> bool:
    """Whether a value of *kind* can stand where *wanted* is expected."""
    match kind, wanted:
        case (OneOf(members), OneOf(allowed)) | (SomeOf(members), SomeOf(allowed)):
            return set(members) <= set(allowed)
        case _:
            return kind == wanted or (is_condition(kind) and is_condition(wanted))


def minus_kind(kind: FactType | None) -> FactType | None:
    """The type of ``-x``; None if there is none."""
    return kind if kind == NUMBER or isinstance(kind, MoneyOf) else None


def arith_kind(operator: str, left: FactType, right: FactType) -> FactType | None:
    """The type of ``left operator right``; None if they cannot be calculated.

    Money and quantities add to their like, are multiplied and divided by a number, multiplied
    by a ratio, and divided by their like, which gives a number. A date minus a date is a number
    of days.
    """
    measure = isinstance(left, MoneyOf) or left == QUANTITY
    if operator in "+-":
        if operator == "-" and left == right == DATE:
            return NUMBER
        return left if left == right and (measure or left == NUMBER) else None
    if operator == "*":
        for one, other in ((left, right), (right, left)):
            if one in (NUMBER, RATIO) and (other == QUANTITY or isinstance(other, MoneyOf)):
                return other
        return NUMBER if NUMBER in (left, right) and {left, right} <= {NUMBER, RATIO} else None
    if left == right and (measure or left in (NUMBER, RATIO)):
        return NUMBER
    if right == NUMBER and measure:
        return left
    return NUMBER if (left, right) == (RATIO, NUMBER) else None


def kind_of(expression: Expression) -> FactType | None:
    """The type of a resolved expression; None if an open choice hides it."""
    match expression:
        case Literal(value):
            return literal_kind(value)
        case Name(_, kind) | Member(_, kind):
            return kind
        case Compare() | Is() | In() | And() | Or() | Not():
            return YES_NO
        case Call("known" | "filled"):
            return YES_NO
        case Call(_, arguments, body):
            if body is not None:
                return body.gives
            kinds = [kind for part in arguments if (kind := kind_of(part)) is not None]
            return kinds[0] if kinds else None
        case Minus(operand):
            return minus_kind(kind_of(operand))
        case Arith(operator, left, right):
            return guess_arith(operator, kind_of(left), kind_of(right))
        case Listing(items):
            return SomeOf(tuple(item.code for item in items if isinstance(item, Member)))
        case Choice():
            return None


def guess_arith(operator: str, left: FactType | None, right: FactType | None) -> FactType | None:
    """`arith_kind` where an open choice may hide a side."""
    if left is not None and right is not None:
        return arith_kind(operator, left, right)
    known = left or right
    if operator in "+-":
        return known if known != DATE else None
    if operator == "*" and known is not None:
        return known if known == QUANTITY or isinstance(known, MoneyOf) else None
    return None
