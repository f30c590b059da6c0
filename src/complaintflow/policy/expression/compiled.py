"""Resolved expressions as closures over a view of the facts; nothing is ever executed as code.

A view is a mapping from names to values in which None means unknown; a name that is computed
on demand is the business of its ``__missing__``. Conditions are three-valued (Kleene): true,
false, or None for "not evaluated".
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from complaintflow.domain.types import FactType, MoneyOf, OneOf
from complaintflow.domain.values import Money
from complaintflow.errors import InvalidValueError
from complaintflow.moments import to_micros
from complaintflow.policy.expression.arithmetic import (
    CALCULATE,
    by_quantity,
    calculate_quantities,
    negative,
)
from complaintflow.policy.expression.kinds import INSTANT, QUANTITY, RATIO, kind_of
from complaintflow.policy.expression.kleene import (
    Compiled,
    View,
    both,
    either,
    folded,
    inverted,
)
from complaintflow.policy.expression.nodes import (
    MIRRORED,
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
from complaintflow.policy.expression.text import text

__all__ = ["Compiled", "View", "compile"]

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def compile(expression: Expression) -> Compiled:  # noqa: A001, C901 -- one case a node
    """The function that evaluates *expression* on a view.

    Conditions give True, False or None; formulas give a value of their type or None.

    Raises:
        InvalidValueError: *expression* did not go through `resolve`.
    """
    match expression:
        case Literal(value):
            return lambda view: value
        case Name(path, kind):
            if kind is None:
                raise _unresolved(expression)
            return operator.itemgetter(path)
        case Member(code):
            return lambda view: code
        case Choice():
            return _unknown
        case And(parts):
            return folded(both, map(compile, parts))
        case Or(parts):
            return folded(either, map(compile, parts))
        case Not(operand):
            return inverted(compile(operand))
        case Is(left, right, negated):
            return _compared(left, "!=" if negated else "==", right)
        case Compare(operands, operators):
            return _chained(operands, operators)
        case In(item, options, negated):
            inside = _inside(item, options)
            return inverted(inside) if negated else inside
        case Call():
            return _called(expression)
        case Arith() | Minus():
            return _calculated(expression)
        case Listing(items):
            return _gathered(tuple(compile(item) for item in items))


def _unresolved(expression: Expression) -> InvalidValueError:
    return InvalidValueError(
        f"{text(expression)!r} was not resolved; compile what resolve(expression, scope) returns"
    )


def _unknown(view: View) -> None:
    return None


# -- comparisons ---------------------------------------------------------------------------


def _unwrapped(kind: FactType | None) -> Callable[[Any], Any] | None:
    """From a value to what is compared in its place; None if that is the value itself."""
    match kind:
        case MoneyOf():
            return operator.attrgetter("amount")
        case _ if kind == RATIO:
            return operator.attrgetter("share")
        case _ if kind == INSTANT:
            return to_micros
        case _:
            return None


def _raw(expression: Expression) -> Compiled:
    """*expression*, giving amounts, shares and microseconds instead of their wrappers."""
    match expression:
        case Arith() | Minus():
            return _calculated_raw(expression)
        case Literal(value):
            unwrap = _unwrapped(kind_of(expression))
            constant = unwrap(value) if unwrap else value
            return lambda view: constant
    inner, unwrap = compile(expression), _unwrapped(kind_of(expression))
    if unwrap is None:
        return inner

    def raw(view: View) -> Any:
        value = inner(view)
        return None if value is None else unwrap(value)

    return raw


def _comparison(sign: str, *sides: Expression) -> Callable[[Any, Any], bool | None]:
    """The function of two known raw values that *sign* stands for."""
    kinds = [kind for side in sides if (kind := kind_of(side)) is not None]
    plain = _OPERATORS[sign]
    if QUANTITY in kinds:
        return by_quantity(plain)
    if sign not in ("==", "!=") and kinds and isinstance(kinds[0], OneOf):
        ranks = {code: -place for place, code in enumerate(kinds[0].members)}
        return lambda left, right: plain(ranks[left], ranks[right])
    return plain


def _compared(left: Expression, sign: str, right: Expression) -> Compiled:
    if isinstance(left, (Literal, Member)):
        left, sign, right = right, MIRRORED[sign], left
    compare = _comparison(sign, left, right)
    if isinstance(right, (Literal, Member)):
        return _against(left, compare, sign, _raw(right)({}))
    first, second = _raw(left), _raw(right)

    def compared(view: View) -> bool | None:
        one = first(view)
        if one is None:
            return None
        other = second(view)
        return None if other is None else compare(one, other)

    return compared


def _against(
    left: Expression, compare: Callable[[Any, Any], bool | None], sign: str, constant: Any
) -> Compiled:
    """A comparison with a constant; the two kinds that policies are full of go straight."""
    kind = kind_of(left)
    if isinstance(left, Name) and isinstance(kind, MoneyOf):
        name = left.path

        def money(view: View) -> bool | None:
            value = view[name]
            return None if value is None else compare(value.amount, constant)

        return money
    if isinstance(left, Name) and isinstance(constant, str) and sign == "==":
        name = left.path

        def code(view: View) -> bool | None:
            value = view[name]
            return None if value is None else value == constant

        return code
    first = _raw(left)

    def against(view: View) -> bool | None:
        value = first(view)
        return None if value is None else compare(value, constant)

    return against


def _chained(operands: tuple[Expression, ...], operators: tuple[str, ...]) -> Compiled:
    if len(operators) == 1:
        return _compared(operands[0], operators[0], operands[1])
    match operands:
        case (Literal() as low, Name() as name, Literal() as high) if len(operators) == 2:
            return _between(low, operators, name, high)
    compared = [
        _compared(left, sign, right)
        for left, sign, right in zip(operands, operators, operands[1:], strict=False)
    ]
    return folded(both, compared)


def _between(low: Literal, operators: tuple[str, ...], name: Name, high: Literal) -> Compiled:
    first = _comparison(operators[0], low, name)
    second = _comparison(operators[1], name, high)
    bottom, middle, top = _raw(low)({}), _raw(name), _raw(high)({})

    def between(view: View) -> bool | None:
        value = middle(view)
        if value is None:
            return None
        above = first(bottom, value)
        return second(value, top) if above else above

    return between


def _inside(item: Expression, options: Expression) -> Compiled:
    if not isinstance(options, Listing):
        several = compile(options)
        if isinstance(item, Member):
            code = item.code

            def has(view: View) -> bool | None:
                codes = several(view)
                return None if codes is None else code in codes

            return has
        one = compile(item)

        def belongs(view: View) -> bool | None:
            value, codes = one(view), several(view)
            return None if value is None or codes is None else value in codes

        return belongs
    plain = all(isinstance(part, (Literal, Member)) for part in options.items)
    if plain and kind_of(item) != QUANTITY:
        constants = frozenset(_raw(part)({}) for part in options.items)
        value_of = _raw(item)

        def among(view: View) -> bool | None:
            value = value_of(view)
            return None if value is None else value in constants

        return among
    compared = [_compared(item, "==", part) for part in options.items]
    return folded(either, compared)


def _gathered(items: tuple[Compiled, ...]) -> Compiled:
    """A list of codes where a 'some of' is expected."""

    def gathered(view: View) -> frozenset[str] | None:
        found = [item(view) for item in items]
        return None if None in found else frozenset(found)

    return gathered


# -- calls and arithmetic ------------------------------------------------------------------


def _called(call: Call) -> Compiled:
    match call:
        case Call("known", (Name(path),)):
            return lambda view: view[path] is not None
        case Call("filled", (Name(form),)):
            return operator.itemgetter(f"filled({form})")
        case Call("max" | "min", arguments) if call.body is None:
            return _extreme(call.function, arguments)
        case Call(_, arguments, body) if body is not None:
            function, inputs = body.call, [compile(part) for part in arguments]

            def called(view: View) -> Any:
                values = [part(view) for part in inputs]
                return None if any(value is None for value in values) else function(*values)

            return called
    raise _unresolved(call)


def _extreme(function: str, arguments: tuple[Expression, ...]) -> Compiled:
    """The largest or smallest; of equal ones the first."""
    values = [compile(part) for part in arguments]
    kinds = [kind for part in arguments if (kind := kind_of(part)) is not None]
    unwrap = (_unwrapped(kinds[0]) if kinds else None) or (lambda value: value)
    better = _comparison(">" if function == "max" else "<", *arguments)

    def extreme(view: View) -> Any:
        best = values[0](view)
        for value_of in values[1:]:
            value = value_of(view)
            if value is None or best is None:
                return None
            wins = better(unwrap(value), unwrap(best))
            if wins is None:
                return None
            best = value if wins else best
        return best

    return extreme


def _calculated(expression: Arith | Minus) -> Compiled:
    raw, kind = _calculated_raw(expression), kind_of(expression)
    if not isinstance(kind, MoneyOf):
        return raw
    currency = kind.currency

    def calculated(view: View) -> Money | None:
        amount = raw(view)
        return None if amount is None else Money(amount, currency)

    return calculated


def _calculated_raw(expression: Arith | Minus) -> Compiled:
    if isinstance(expression, Minus):
        inner = _raw(expression.operand)

        def minus(view: View) -> Any:
            value = inner(view)
            return None if value is None else negative(value)

        return minus
    sign, left, right = expression.operator, expression.left, expression.right
    calculate = CALCULATE[sign]
    if QUANTITY in (kind_of(left), kind_of(right)):
        calculate = lambda one, other: calculate_quantities(sign, one, other)  # type: ignore[assignment, return-value]  # noqa: E731
    first, second = _raw(left), _raw(right)

    def calculated(view: View) -> Any:
        one = first(view)
        if one is None:
            return None
        other = second(view)
        return None if other is None else calculate(one, other)

    return calculated
