"""Exact values: what they are, what they print, what they refuse."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.domain.values import UNITS, Evidence, Money, Quantity, Ratio, exact, unit_code
from complaintflow.errors import InvalidValueError


@pytest.mark.parametrize(
    "value", [1.5, True, None, "1e5", "x", "", Decimal("NaN"), Decimal("Infinity"), "1,5"]
)
def test_what_is_not_exact(value: Any) -> None:
    with pytest.raises(InvalidValueError, match="must be"):
        exact(value, "it")


def test_what_is_out_of_range() -> None:
    with pytest.raises(InvalidValueError, match="out of range"):
        exact(Decimal("1e999"), "it")


@given(st.decimals(-(10**9), 10**9, places=4))
def test_money_is_its_amount_in_its_currency(amount: Decimal) -> None:
    money = Money(amount, "CNY")
    assert Money(str(money.amount), "CNY") == money
    assert str(money).endswith(" CNY")


def test_money_of_two_scales_is_the_same_money() -> None:
    assert Money("5000", "CNY") == Money("5000.00", "CNY")
    assert hash(Money("5000", "CNY")) == hash(Money("5000.00", "CNY"))
    assert Money("5000", "CNY") != Money("5000", "USD")


@pytest.mark.parametrize("currency", ["cny", "C", "CNYY", "元", 3])
def test_what_is_no_currency(currency: Any) -> None:
    with pytest.raises(InvalidValueError, match="three capital letters"):
        Money(1, currency)


def test_quantities() -> None:
    assert Quantity("12", "件") == Quantity(12, "pcs") == Quantity(12)
    assert str(Quantity("2.5", "kg")) == "2.5 kg"
    with pytest.raises(InvalidValueError, match="zero or more"):
        Quantity(-1)
    with pytest.raises(InvalidValueError, match="did you mean 'pieces'"):
        Quantity(1, "pices")


@pytest.mark.parametrize("code", UNITS)
def test_every_word_for_a_unit_is_its_code(code: str) -> None:
    for word in (*UNITS[code], code, code.lower()):
        assert unit_code(word) == code


def test_ratios() -> None:
    assert str(Ratio("0.025")) == "2.5 %"
    for wrong in ("-0.1", "1.01"):
        with pytest.raises(InvalidValueError, match="between 0 and 1"):
            Ratio(wrong)


def test_evidence_says_what_it_is() -> None:
    assert str(Evidence("photo", "file:///x", 3, "0" * 64)) == "photo"
    for wrong in ({"size": -1}, {"sha256": "xyz"}):
        with pytest.raises(ValueError):  # noqa: PT011 -- attrs' own words
            Evidence("photo", **wrong)
