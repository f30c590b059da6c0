"""Arithmetic: exact where it can be, None where there is no answer."""

from __future__ import annotations

import operator
from decimal import Decimal

import pytest

from complaintflow.domain.values import Quantity
from complaintflow.policy.expression.arithmetic import (
    CALCULATE,
    by_quantity,
    calculate_quantities,
    in_unit,
    negative,
)


@pytest.mark.parametrize(
    ("sign", "left", "right", "result"),
    [
        ("+", "0.1", "0.2", "0.3"),
        ("-", "0.3", "0.1", "0.2"),
        ("*", "1.5", "1.5", "2.25"),
        ("/", "1", "8", "0.125"),
        ("/", "1", "3", "0." + "3" * 30),
        ("/", "2", "3", "0." + "6" * 29 + "7"),
        ("/", "1", "0", None),
        ("/", "0", "0", None),
        ("*", "1e15", "1e14", "1e29"),
        ("*", "1e15", "1e15", None),
        ("*", "1e-20", "1e-20", "0"),
        ("/", "1e-10", "1e25", "0"),
    ],
)
def test_amounts(sign: str, left: str, right: str, result: str | None) -> None:
    found = CALCULATE[sign](Decimal(left), Decimal(right))
    assert found == (None if result is None else Decimal(result))


def test_minus_zero_is_zero() -> None:
    assert str(negative(Decimal(0))) == "0"
    assert negative(Decimal(-3)) == 3


def test_mass_converts_and_pieces_do_not() -> None:
    assert in_unit(Quantity("1.5", "t"), "KGM") == 1500
    assert in_unit(Quantity("0.5", "g"), "TNE") == Decimal("0.0000005")
    assert in_unit(Quantity(3), "H87") == 3
    assert in_unit(Quantity(3), "KGM") is None
    assert in_unit(Quantity(3, "kg"), "BX") is None


def test_quantities_compare_in_one_unit() -> None:
    less = by_quantity(operator.lt)
    assert less(Quantity(999, "g"), Quantity(1, "kg")) is True
    assert less(Quantity(1, "kg"), Quantity(1000, "g")) is False
    assert less(Quantity(1), Quantity(1, "kg")) is None


@pytest.mark.parametrize(
    ("sign", "left", "right", "result"),
    [
        ("+", Quantity(1, "kg"), Quantity(500, "g"), Quantity("1.5", "kg")),
        ("-", Quantity(2), Quantity(3), None),
        ("-", Quantity(3), Quantity(2), Quantity(1)),
        ("/", Quantity(1), Quantity(4), Decimal("0.25")),
        ("/", Quantity(1), Quantity(0), None),
        ("/", Quantity(1), Quantity(1, "kg"), None),
        ("*", Quantity(2), Decimal(3), Quantity(6)),
        ("*", Decimal(3), Quantity(2), Quantity(6)),
        ("*", Decimal(-3), Quantity(2), None),
        ("/", Quantity(3), Decimal(2), Quantity("1.5")),
    ],
)
def test_quantities(sign: str, left: object, right: object, result: object) -> None:
    assert calculate_quantities(sign, left, right) == result
