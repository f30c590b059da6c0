"""Which types meet, and what comes out."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import pytest

from complaintflow.domain.types import FactType, MoneyOf, OneOf, Simple, SomeOf, parse_type
from complaintflow.domain.values import Money, Quantity, Ratio
from complaintflow.policy.expression import parse, resolve
from complaintflow.policy.expression.arithmetic import CALCULATE, calculate_quantities
from complaintflow.policy.expression.kinds import (
    arith_kind,
    fits,
    guess_arith,
    kind_of,
    orderable,
)

SAMPLES: dict[FactType, Any] = {
    MoneyOf("CNY"): Money(6, "CNY"),
    Simple("number"): Decimal(2),
    Simple("quantity"): Quantity(3),
    Simple("ratio"): Ratio("0.5"),
}


POSSIBLE = [
    (sign, left, right, kind)
    for sign, left, right in itertools.product("+-*/", SAMPLES, SAMPLES)
    if (kind := arith_kind(sign, left, right)) is not None
]


@pytest.mark.parametrize(("sign", "left", "right", "kind"), POSSIBLE)
def test_what_may_be_calculated_gives_the_type_that_was_promised(
    sign: str, left: FactType, right: FactType, kind: FactType
) -> None:
    def plain(value: Any) -> Any:
        return getattr(value, "amount", getattr(value, "share", value))

    one, other = SAMPLES[left], SAMPLES[right]
    if Simple("quantity") in (left, right):
        pair = [value if isinstance(value, Quantity) else plain(value) for value in (one, other)]
        found = calculate_quantities(sign, *pair)
        assert isinstance(found, Quantity) == (kind == Simple("quantity"))
    else:
        assert isinstance(CALCULATE[sign](plain(one), plain(other)), Decimal)


def test_the_table_of_calculations() -> None:
    possible = {f"{left} {sign} {right} = {kind}" for sign, left, right, kind in POSSIBLE}
    assert possible == {
        "money CNY + money CNY = money CNY",
        "money CNY - money CNY = money CNY",
        "money CNY * number = money CNY",
        "money CNY * ratio = money CNY",
        "number * money CNY = money CNY",
        "ratio * money CNY = money CNY",
        "money CNY / money CNY = number",
        "money CNY / number = money CNY",
        "number + number = number",
        "number - number = number",
        "number * number = number",
        "number / number = number",
        "number * ratio = number",
        "ratio * number = number",
        "ratio / number = number",
        "ratio / ratio = number",
        "quantity + quantity = quantity",
        "quantity - quantity = quantity",
        "quantity * number = quantity",
        "quantity * ratio = quantity",
        "number * quantity = quantity",
        "ratio * quantity = quantity",
        "quantity / quantity = number",
        "quantity / number = quantity",
    }
    assert arith_kind("-", Simple("date"), Simple("date")) == Simple("number")
    assert arith_kind("+", Simple("date"), Simple("date")) is None


@pytest.mark.parametrize(
    ("kind", "wanted", "fit"),
    [
        ("one of: a, b", "one of: a, b, c", True),
        ("one of: a, d", "one of: a, b, c", False),
        ("some of: a", "some of: a, b", True),
        ("some of: a", "one of: a", False),
        ("judgement", "yes/no", True),
        ("money CNY", "money USD", False),
        ("number", "ratio", False),
        ("date", "date", True),
    ],
)
def test_fits(kind: str, wanted: str, *, fit: bool) -> None:
    assert fits(parse_type(kind), parse_type(wanted)) is fit


def test_what_has_an_order() -> None:
    assert orderable(OneOf(("a", "b"), ordered=True))
    assert not orderable(OneOf(("a", "b")))
    assert not orderable(SomeOf(("a", "b")))
    assert not orderable(Simple("text"))
    assert orderable(Simple("instant"))


def test_beside_an_open_choice_the_type_is_guessed_only_where_it_is_sure() -> None:
    money, number, date = MoneyOf("CNY"), Simple("number"), Simple("date")
    assert guess_arith("+", money, None) == money
    assert guess_arith("*", None, money) == money
    assert guess_arith("*", None, number) is None
    assert guess_arith("/", money, None) is None
    assert guess_arith("-", date, None) is None
    assert guess_arith("+", None, None) is None


def test_the_type_of_a_tree_is_known_where_one_side_tells_it() -> None:
    scope: dict[str, FactType] = {"loss": MoneyOf("CNY"), "age": Simple("number")}

    def kind(written: str) -> FactType | None:
        return kind_of(resolve(parse(written), scope, expect="value")[0])

    assert kind("max($x, loss)") == kind("min(loss, $x)") == kind("-loss * age") == MoneyOf("CNY")
    assert kind("-age") == Simple("number")
    assert kind("max($x, $y)") is None
    assert kind("loss / $x") is None
    assert kind("$x") is None
    assert kind("not (loss > 1 CNY)") == Simple("yes/no")
