"""Exact arithmetic and order for values, independent of the host's decimal context.

Results have 34 digits (IEEE decimal128) and at most 30 decimals, so that each can be written
and read again. What has no answer (a division by zero, pieces against kilograms, a result
beyond 30 digits) is None: not evaluated, never an error.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from complaintflow.domain.values import Quantity
from complaintflow.policy.expression.nodes import shifted

__all__ = ["CALCULATE", "by_quantity", "calculate_quantities", "in_unit", "negative"]

_CONTEXT = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[], flags=[]
)
_GRAMS = {"GRM": 0, "KGM": 3, "TNE": 6}  # as powers of ten
_DIGITS = 30  # before and after the point, as `values.exact` reads them in text
_SMALLEST = Decimal((0, (1,), -_DIGITS))


def _bounded(number: Decimal) -> Decimal | None:
    if not number.is_finite() or (number and number.adjusted() >= _DIGITS):
        return None
    decimals = number.as_tuple().exponent
    assert isinstance(decimals, int)
    return number if decimals >= -_DIGITS else _CONTEXT.quantize(number, _SMALLEST)


def _divided(left: Decimal, right: Decimal) -> Decimal | None:
    return _bounded(_CONTEXT.divide(left, right)) if right else None


def _subtracted(left: Any, right: Any) -> Decimal | None:
    if isinstance(left, _dt.date):
        return Decimal((left - right).days)
    return _bounded(_CONTEXT.subtract(left, right))


CALCULATE: dict[str, Callable[[Any, Any], Decimal | None]] = {
    "+": lambda left, right: _bounded(_CONTEXT.add(left, right)),
    "-": _subtracted,
    "*": lambda left, right: _bounded(_CONTEXT.multiply(left, right)),
    "/": _divided,
}
"""Amounts, numbers, shares and (only ``-``) dates, both known."""


def negative(number: Decimal) -> Decimal:
    """``-number``, never minus zero."""
    return number.copy_negate() if number else number


def in_unit(quantity: Quantity, unit: str) -> Decimal | None:
    """The amount of *quantity* in *unit*; None if the units measure different things."""
    if quantity.unit == unit:
        return quantity.amount
    have, want = _GRAMS.get(quantity.unit), _GRAMS.get(unit)
    if have is None or want is None:
        return None
    return shifted(quantity.amount, have - want)


def by_quantity(
    compare: Callable[[Any, Any], bool],
) -> Callable[[Quantity, Quantity], bool | None]:
    """*compare* for two quantities; None if their units measure different things."""

    def compared(left: Quantity, right: Quantity) -> bool | None:
        other = in_unit(right, left.unit)
        return None if other is None else compare(left.amount, other)

    return compared


def calculate_quantities(operator: str, left: Any, right: Any) -> Quantity | Decimal | None:
    """*left* and *right*, at least one a quantity, the other one a number or a share."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        other = in_unit(right, left.unit)
        amount = None if other is None else CALCULATE[operator](left.amount, other)
        unit = left.unit
        if operator == "/":
            return amount
    elif isinstance(left, Quantity):
        amount, unit = CALCULATE[operator](left.amount, right), left.unit
    else:
        amount, unit = CALCULATE[operator](left, right.amount), right.unit
    return None if amount is None or amount < 0 else Quantity(amount, unit)
