"""What the expressions of a policy compare its facts with: bounds, units, decimals, signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from complaintflow.domain.values import Quantity
from complaintflow.policy.check.variables import steps_of
from complaintflow.policy.expression import Compare, Expression, Literal, Minus, Name
from complaintflow.policy.expression.kinds import NUMBER, kind_of, literal_kind
from complaintflow.policy.expression.walk import walk

__all__ = ["Bounds", "amounts_in", "bounds_of"]


@attrs.frozen
class Bounds:
    """What is known of the numbers in a policy.

    Args:
        digits: For each type (by its text) the most decimals of its literals.
        units: For each name the unit of the quantity it is compared with.
        near: For each name the literals it is compared with, in the order of the policy.
        negative: Whether the policy speaks of numbers below zero.
    """

    digits: Mapping[str, int]
    units: Mapping[str, str]
    near: Mapping[str, tuple[Decimal, ...]]
    negative: bool


def bounds_of(expressions: Iterable[Expression]) -> Bounds:
    """The bounds in *expressions*."""
    digits: dict[str, int] = {}
    units: dict[str, str] = {}
    near: dict[str, dict[Decimal, None]] = {}
    negative = False
    for expression in expressions:
        for node in walk(expression):
            match node:
                case Literal(value):
                    amount = steps_of(value)
                    if amount is not None:
                        kind = str(literal_kind(value))
                        places = max(0, -int(amount.normalize().as_tuple().exponent))
                        digits[kind] = max(digits.get(kind, 0), places)
                        negative = negative or (literal_kind(value) == NUMBER and amount < 0)
                case Minus():
                    negative = negative or kind_of(node) == NUMBER
                case Compare(operands, _):
                    _compared(operands, units, near)
                case _:
                    pass
    return Bounds(digits, units, {name: tuple(each) for name, each in near.items()}, negative)


def _compared(
    operands: tuple[Expression, ...],
    units: dict[str, str],
    near: dict[str, dict[Decimal, None]],
) -> None:
    named = [n.path for part in operands for n in walk(part) if isinstance(n, Name)]
    for part in operands:
        for node in walk(part):
            amount = steps_of(node.value) if isinstance(node, Literal) else None
            if amount is None or not isinstance(node, Literal):
                continue
            for name in named:
                near.setdefault(name, {})[amount] = None
                if isinstance(node.value, Quantity):
                    units.setdefault(name, node.value.unit)


def amounts_in(expression: Expression) -> frozenset[tuple[str, Decimal]]:
    """The amounts that *expression* compares something with: type and amount."""
    return frozenset(
        (str(literal_kind(inner.value)), amount)
        for node in walk(expression)
        if isinstance(node, Compare)
        for part in node.operands
        for inner in walk(part)
        if isinstance(inner, Literal) and (amount := steps_of(inner.value)) is not None
    )
