"""The types of facts: their texts, and how raw values become values of them."""

from __future__ import annotations

import datetime as _dt
from decimal import Decimal
from typing import Any

import pytest

from complaintflow.domain.types import MoneyOf, OneOf, Simple, SomeOf, parse_type, read, show
from complaintflow.domain.values import Evidence, Money, Quantity, Ratio
from complaintflow.errors import InvalidValueError, TextError

UTC = _dt.UTC


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("yes/no", Simple("yes/no")),
        ("money CNY", MoneyOf("CNY")),
        ("one of: a, b", OneOf(("a", "b"))),
        ("some of: a", SomeOf(("a",))),
    ],
)
def test_texts(text: str, kind: Any) -> None:
    assert parse_type(text) == kind
    assert str(kind) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tekst", "did you mean 'text'"),
        ("money cny", "a currency"),
        ("money", "a currency"),
        ("one of: a, b-c", "expected codes"),
        ("one of: a, a", "listed twice"),
        ("one of:", "expected codes"),
    ],
)
def test_what_is_no_type(text: str, said: str) -> None:
    with pytest.raises(TextError, match=said):
        parse_type(text)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "x", "x"),
        ("yes/no", "是", True),
        ("yes/no", "No", False),
        ("judgement", True, True),
        ("number", "12.50", Decimal("12.5")),
        ("number", 3, Decimal(3)),
        ("quantity", "12 pcs", Quantity(12)),
        ("quantity", "12", Quantity(12)),
        ("quantity", 12, Quantity(12)),
        ("ratio", "2.5 %", Ratio("0.025")),
        ("ratio", "0.5", Ratio("0.5")),
        ("date", "2026-03-10", _dt.date(2026, 3, 10)),
        ("date", "2026/03/10", _dt.date(2026, 3, 10)),
        ("instant", "2026-03-10T09:20+08:00", _dt.datetime(2026, 3, 10, 1, 20, tzinfo=UTC)),
        ("role", " sales ", "sales"),
        ("files", "a.jpg, b.jpg", (Evidence("a.jpg"), Evidence("b.jpg"))),
        ("files", ["a.jpg"], (Evidence("a.jpg"),)),
        ("files", Evidence("a.jpg"), (Evidence("a.jpg"),)),
        ("money CNY", "5,000.50", Money("5000.5", "CNY")),
        ("money CNY", "5000元", Money(5000, "CNY")),
        ("money CNY", 5000, Money(5000, "CNY")),
        ("one of: a, b", " b ", "b"),
        ("some of: a, b", "a、b", frozenset({"a", "b"})),
        ("some of: a, b", [], frozenset()),
    ],
)
def test_read(kind: str, raw: Any, value: Any) -> None:
    assert read(parse_type(kind), raw) == value
    assert read(parse_type(kind), value) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("text", 3),
        ("yes/no", 1),
        ("yes/no", "maybe"),
        ("number", 1.5),
        ("number", True),
        ("quantity", "-3 pcs"),
        ("quantity", "many"),
        ("ratio", "120 %"),
        ("date", "2026-02-30"),
        ("date", _dt.datetime(2026, 3, 10, tzinfo=UTC)),
        ("instant", "2026-03-10T09:20"),
        ("instant", "yesterday"),
        ("instant", 3),
        ("role", "sales dept"),
        ("files", 3),
        ("money CNY", "5000 USD"),
        ("money CNY", "lots"),
        ("money CNY", 5.5),
        ("one of: a, b", "A"),
        ("one of: a, b", 1),
        ("some of: a, b", "a, c"),
        ("some of: a, b", 3),
    ],
)
def test_what_is_refused(kind: str, raw: Any) -> None:
    with pytest.raises(InvalidValueError):
        read(parse_type(kind), raw)


def test_a_naive_instant_is_read_in_a_zone_that_is_named() -> None:
    read_in = read(parse_type("instant"), "2026-03-10 09:20", zone="Asia/Shanghai")
    assert read_in == _dt.datetime(2026, 3, 10, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (None, "unknown", "未知"),
        (True, "yes", "是"),
        (False, "no", "否"),
        (Decimal("1.50"), "1.50", "1.50"),
        (frozenset({"b", "a"}), "a, b", "a, b"),
        ((Evidence("x"),), "x", "x"),
        (Money("5", "CNY"), "5 CNY", "5 CNY"),
        (_dt.date(2026, 3, 10), "2026-03-10", "2026-03-10"),
    ],
)
def test_show(value: Any, english: str, chinese: str) -> None:
    assert (show(value), show(value, "zh")) == (english, chinese)
