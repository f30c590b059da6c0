"""What an expression gives, found the slow and obvious way, to hold `compile` against.

It walks the tree in the plainest way; nothing in it is shared with `compile` but the types.
"""

from __future__ import annotations

import datetime as _dt
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

from complaintflow.domain.types import OneOf
from complaintflow.domain.values import Money, Quantity, Ratio
from complaintflow.policy.expression.kinds import kind_of
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
)

__all__ = ["interpret"]

_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_MASS = {"GRM": 1, "KGM": 1_000, "TNE": 1_000_000}


def interpret(node: Expression, view: Mapping[str, Any]) -> Any:  # noqa: C901 -- one case a node
    """What a resolved expression gives on *view*, the slow and obvious way."""
    match node:
        case Literal(value):
            return value
        case Member(code):
            return code
        case Choice():
            return None
        case Name(path):
            return view[path]
        case Not(operand):
            return _not(interpret(operand, view))
        case And(parts):
            return _all([interpret(part, view) for part in parts])
        case Or(parts):
            return _not(_all([_not(interpret(part, view)) for part in parts]))
        case Compare(operands, operators):
            found = [interpret(operand, view) for operand in operands]
            order = [kind for part in operands if isinstance(kind := kind_of(part), OneOf)]
            return _all(
                [
                    _test(sign, left, right, order)
                    for left, sign, right in zip(found, operators, found[1:], strict=False)
                ]
            )
        case Is(left, right, negated):
            same = _test("==", interpret(left, view), interpret(right, view), [])
            return _not(same) if negated else same
        case In(item, options, negated):
            inside = _inside(interpret(item, view), options, view)
            return _not(inside) if negated else inside
        case Call():
            return _call(node, view)
        case Minus(operand):
            value = interpret(operand, view)
            if isinstance(value, Money):
                return Money(value.amount.copy_negate(), value.currency)
            return None if value is None else value.copy_negate()
        case Arith(sign, left, right):
            one, other = interpret(left, view), interpret(right, view)
            return None if one is None or other is None else _arith(sign, one, other)
        case Listing(items):
            codes = [interpret(item, view) for item in items]
            return None if None in codes else frozenset(codes)


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: list[bool | None]) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def _test(sign: str, left: Any, right: Any, order: list[OneOf]) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(left, Quantity):
        if left.unit != right.unit and not {left.unit, right.unit} <= set(_MASS):
            return None
        left = Fraction(left.amount) * _MASS.get(left.unit, 1)
        right = Fraction(right.amount) * _MASS.get(right.unit, 1)
    elif sign in ("<", "<=", ">", ">=") and order:
        members = order[0].members  # the first is the highest
        left, right = -members.index(left), -members.index(right)
    return _TESTS[sign](_amount(left), _amount(right))


def _amount(value: Any) -> Any:
    match value:
        case Money():
            return value.amount
        case Ratio():
            return value.share
        case _dt.datetime():
            return value.astimezone(_dt.UTC)
        case _:
            return value


def _inside(item: Any, options: Expression, view: Mapping[str, Any]) -> bool | None:
    if isinstance(options, Listing):
        found = [_test("==", item, interpret(option, view), []) for option in options.items]
        return _not(_all([_not(value) for value in found]))
    codes = interpret(options, view)
    return None if item is None or codes is None else item in codes


def _call(call: Call, view: Mapping[str, Any]) -> Any:
    match call:
        case Call("known", (Name(path),)):
            return view[path] is not None
        case Call("filled", (Name(form),)):
            return view[f"filled({form})"]
    values = [interpret(part, view) for part in call.arguments]
    if any(value is None for value in values):
        return None
    if call.body is not None:
        return call.body.call(*values)
    sign = ">" if call.function == "max" else "<"
    best = values[0]
    for value in values[1:]:
        wins = _test(sign, value, best, [])
        if wins is None:
            return None
        best = value if wins else best
    return best


def _arith(sign: str, left: Any, right: Any) -> Any:
    if isinstance(left, _dt.date):
        return Decimal((left - right).days)
    wrap: Callable[[Decimal], Any] = lambda number: number  # noqa: E731
    for value, other in ((right, left), (left, right)):
        if isinstance(value, Money) and not (sign == "/" and isinstance(other, Money)):
            currency = value.currency
            wrap = lambda number: Money(number, currency)  # noqa: B023, E731
        if isinstance(value, Quantity) and not (sign == "/" and isinstance(other, Quantity)):
            unit = value.unit
            wrap = lambda number: Quantity(number, unit) if number >= 0 else None  # noqa: B023, E731
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        if left.unit != right.unit:
            if not {left.unit, right.unit} <= set(_MASS):
                return None
            factor = Decimal(_MASS[right.unit]) / Decimal(_MASS[left.unit])
            right = Quantity(right.amount * factor, left.unit)
        left, right = left.amount, right.amount
    one = left.amount if isinstance(left, Quantity) else _amount(left)
    other = right.amount if isinstance(right, Quantity) else _amount(right)
    if sign == "/" and other == 0:
        return None
    with localcontext(Context(prec=34, rounding=ROUND_HALF_EVEN)):
        calculate = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
        number = calculate[sign](one, other)
        if abs(number) >= 10**30:
            return None
        if number.as_tuple().exponent < -30:
            number = number.quantize(Decimal("1e-30"))
    return wrap(number)
