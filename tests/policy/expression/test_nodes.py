"""Nodes: frozen, equal by meaning, impossible ones refused."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import get_args

import attrs
import pytest

from complaintflow.domain.values import Money
from complaintflow.errors import InvalidValueError
from complaintflow.policy.expression import (
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
    Name,
    Place,
    parse,
)
from complaintflow.policy.expression.nodes import number_text

A, B = Name("a"), Name("b")
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def test_the_union_is_closed_and_its_tags_are_stable() -> None:
    assert [node.tag for node in get_args(Expression)] == [
        "literal",
        "name",
        "member",
        "choice",
        "compare",
        "is",
        "in",
        "and",
        "or",
        "not",
        "call",
        "arith",
        "minus",
        "listing",
    ]


def test_a_node_cannot_be_changed() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        A.path = "b"  # type: ignore[misc]


def test_the_place_takes_no_part_in_equality() -> None:
    assert Name("a", at=Place("a", 1)) == A
    assert hash(Name("a", at=Place("a", 1))) == hash(A)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        (False, 0),
        ("1", 1),
        (dt.date(2026, 3, 10), dt.datetime(2026, 3, 10, tzinfo=dt.UTC)),
        (NOON, NOON.astimezone(dt.timezone(dt.timedelta(hours=8)))),
        (Money(1, "CNY"), Money(1, "USD")),
    ],
)
def test_literals_of_different_texts_differ(one: object, other: object) -> None:
    assert Literal(one) != Literal(other)


def test_literals_of_one_value_are_equal() -> None:
    assert Literal(Decimal("5000.00")) == Literal(5000)
    assert Literal(Money("5000.00", "CNY")) == Literal(Money(5000, "CNY"))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Literal(1.5), "a literal is a bool, Decimal"),
        (lambda: Literal(None), "got NoneType None"),
        (lambda: Literal(dt.datetime(2026, 3, 10)), "no time zone"),
        (lambda: Literal(Decimal("NaN")), "finite"),
        (lambda: Literal(10**31), "at most 30 digits"),
        (lambda: Literal(Money(1, "KGM")), "a unit of quantity, not a currency"),
        (lambda: Name("and"), "a name is codes"),
        (lambda: Name("a..b"), "a name is codes"),
        (lambda: Name("质量"), "a name is codes"),
        (lambda: Choice("a.b"), "expected a code"),
        (lambda: Call("not", (A,)), "a code that is no keyword"),
        (lambda: Arith("**", A, B), "expected one of"),
        (lambda: Compare((A,), ()), "one operand more"),
        (lambda: Compare((A, B), ("=",)), "got '='"),
        (lambda: Compare((A, B, A), ("<", ">")), "one way"),
        (lambda: Compare((A, B, A), ("!=", "!=")), "one way"),
        (lambda: And((A,)), "at least two"),
        (lambda: Listing(()), "at least one item"),
        (lambda: In(A, Literal(1)), "got a literal"),  # type: ignore[arg-type]
    ],
)
def test_impossible_nodes_are_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        make()


def test_nodes_survive_pickling() -> None:
    tree = parse("loss >= 5000 CNY and subject in (a, b) or not known($x) and max(1, n) > 2026")
    again = pickle.loads(pickle.dumps(tree))
    assert again == tree
    assert again.at == tree.at


def test_is_is_not_its_own_opposite() -> None:
    assert Is(A, B) != Is(A, B, negated=True)


@pytest.mark.parametrize(
    ("number", "written"),
    [("5000.00", "5000"), ("-0", "0"), ("0.10", "0.1"), ("1E+3", "1000"), ("-0.0", "0")],
)
def test_numbers_have_one_text(number: str, written: str) -> None:
    assert number_text(Decimal(number)) == written
