"""Texts that parse, and how those that do not are refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from complaintflow.domain.values import Money, Quantity, Ratio
from complaintflow.errors import TextError
from complaintflow.policy.expression import (
    MAX_DEPTH,
    MAX_LENGTH,
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
    Minus,
    Name,
    Not,
    Or,
    Place,
    parse,
    text,
)

A, B, C = Name("a"), Name("b"), Name("c")
ONE = Literal(1)


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("a", A),
        ("grade.B", Name("grade.B")),
        ("return", Name("return")),
        ("raise and from", And((Name("raise"), Name("from")))),
        ("a or b and not c", Or((A, And((B, Not(C)))))),
        ("(a or b) and c", And((Or((A, B)), C))),
        ("a or b or c", Or((A, B, C))),
        ("(a or b) or c", Or((Or((A, B)), C))),
        ("not not a", Not(Not(A))),
        ("not a is b", Not(Is(A, B))),
        ("a is not b", Is(A, B, negated=True)),
        ("a in (b, c)", In(A, Listing((B, C)))),
        ("a in (b)", In(A, Listing((B,)))),
        ("a in (b, c,)", In(A, Listing((B, C)))),
        ("a not in b", In(A, B, negated=True)),
        ("a in $b", In(A, Choice("b"))),
        ("(b, c)", Listing((B, C))),
        ("(b,)", Listing((B,))),
        (
            "0 CNY < claim <= 5000 CNY",
            Compare(
                (Literal(Money(0, "CNY")), Name("claim"), Literal(Money(5000, "CNY"))), ("<", "<=")
            ),
        ),
        ("a + b * c", Arith("+", A, Arith("*", B, C))),
        ("a - b - c", Arith("-", Arith("-", A, B), C)),
        ("a - (b - c)", Arith("-", A, Arith("-", B, C))),
        ("a-1", Arith("-", A, ONE)),
        ("-1", Literal(-1)),
        ("-(1)", Minus(ONE)),
        ("--1", Minus(Literal(-1))),
        ("-a", Minus(A)),
        ("-5 CNY", Literal(Money(-5, "CNY"))),
        ("-2.5 %", Minus(Literal(Ratio("0.025")))),
        ("true", Literal(True)),
        ("false", Literal(False)),
        ("12.50", Literal(Decimal("12.5"))),
        ("2.5 %", Literal(Ratio("0.025"))),
        ("100%", Literal(Ratio(1))),
        ("12 pcs", Literal(Quantity(12))),
        ("12件", Literal(Quantity(12))),
        ("12 KGM", Literal(Quantity(12, "kg"))),
        ("5000元", Literal(Money(5000, "CNY"))),
        ("2026-03-10", Literal(dt.date(2026, 3, 10))),
        (
            "2026-03-10T09:20Z",
            Literal(dt.datetime(2026, 3, 10, 9, 20, tzinfo=dt.UTC)),
        ),
        ("'it''s'", Literal("it's")),
        ('"say ""no"""', Literal('say "no"')),
        ("'and\nor'", Literal("and\nor")),
        ("known(a)", Call("known", (A,))),
        ("now()", Call("now", ())),
        ("max(0, a - 1)", Call("max", (Literal(0), Arith("-", A, ONE)))),
        ("\ta\u3000or\n b ", Or((A, B))),
        ("$life_years", Choice("life_years")),
        ("$and and $not", And((Choice("and"), Choice("not")))),
    ],
)
def test_parses(written: str, tree: Expression) -> None:
    assert parse(written) == tree


@pytest.mark.parametrize(
    ("written", "column", "meant"),
    [
        ("a andd b", 3, "and"),
        ("a orr b", 3, "or"),
        ("a AND b", 3, "and"),
        ("nott a", 1, "not"),
        ("nott (a)", 1, "not"),
        ("Not oral", 1, "not"),
        ("a and nott b", 7, "not"),
        ("a iss b", 3, "is"),
        ("a isnot b", 3, "is not"),
        ("a notin (b, c)", 3, "not in"),
        ("a inn (b, c)", 3, "in"),
        ("a equals b", 3, "=="),
        ("a > 5 andd b", 7, "and"),
        ("a = b", 3, "=="),
        ("a <> b", 3, "!="),
        ("a => b", 3, ">="),
        ("a && b", 3, "and"),
        ("a | b", 3, "or"),
        ("!a", 1, "not"),
        ("a ≥ 3", 3, ">="),
        ("known（a）", 6, "("),
        ("a in (b，c)", 8, ","),
        ("a > 5000 cny", 10, "CNY"),
        ("a > 5 pcss", 7, "pcs"),
        ("(a", 3, ")"),
        ("a not b", 7, None),
        ("a)", 2, None),
        ("a <", 4, None),
        ("", 1, None),
        ("a < b > c", 7, None),
        ("a != b != c", 8, None),
        ("a is b is c", 8, None),
        ("a < b is c", 7, None),
        ("a in b + c", 8, None),
        ("a in 5", 6, None),
        ("a > .5", 5, None),
        ("a > 1.5.2", 5, None),
        ("a > 007", 5, None),
        ("a is 'b", 6, None),
        ("损失 > 5", 1, None),
        ("a > $", 5, None),
        ("a._b", 1, None),
        ("_a", 1, None),
        ("grade . B", 7, None),
        ("a (b)", 3, None),
        ("a.b(c)", 1, None),
        ("a > 2026-13-01", 5, None),
        ("a > 2026-03-10T09:20", 5, None),
        ("a > 150 %", 5, None),
        ("a > " + "9" * 31, 5, None),
        ("a not and b", 7, None),
        ("and b", 1, None),
        ("a in", 5, None),
        ("1_0 > a", 2, None),
    ],
)
def test_refuses_with_the_place_and_what_was_meant(
    written: str, column: int, meant: str | None
) -> None:
    with pytest.raises(TextError) as caught:
        parse(written)
    error = caught.value
    assert (error.column, error.suggestion) == (column, meant)
    assert error.text == written
    assert str(error).endswith(f"\n  {' ' * (column - 1)}^")


def test_the_caret_stands_under_the_place_also_in_several_lines() -> None:
    with pytest.raises(TextError) as caught:
        parse("a\nandd\tb")
    assert str(caught.value).splitlines()[1:] == ["  a andd b", "    ^"]


def test_length_is_limited() -> None:
    assert parse("a" * MAX_LENGTH) == Name("a" * MAX_LENGTH)
    with pytest.raises(TextError, match="at most 2000 characters, this one 2001"):
        parse("a" * (MAX_LENGTH + 1))


@pytest.mark.parametrize(
    ("fine", "too_deep"),
    [
        ("(" * 40 + "a" + ")" * 40, "(" * 41 + "a" + ")" * 41),
        ("not " * 39 + "a", "not " * 40 + "a"),
        ("-" * 39 + "a", "-" * 40 + "a"),
        (" + ".join(["a"] * 40), " + ".join(["a"] * 41)),
        (" or ".join(["a"] * 400), "not (" * 39 + "a or b" + ")" * 39),
        ("max(" * 39 + "a" + ")" * 39, "max(" * 40 + "a" + ")" * 40),
    ],
)
def test_depth_is_limited(fine: str, too_deep: str) -> None:
    assert text(parse(fine))
    with pytest.raises(TextError, match=f"at most {MAX_DEPTH} levels"):
        parse(too_deep)


def test_only_text_is_parsed() -> None:
    with pytest.raises(TextError, match="an expression is text, got int"):
        parse(5)  # type: ignore[arg-type]


def test_every_node_knows_its_place() -> None:
    tree = parse("a or loss >= 5 CNY")
    assert isinstance(tree, Or)
    comparison = tree.parts[1]
    assert isinstance(comparison, Compare)
    assert comparison.at == Place("a or loss >= 5 CNY", 6)
    assert comparison.operands[1].at == Place("a or loss >= 5 CNY", 14)
