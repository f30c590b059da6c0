"""What is written differently and means the same is one text; the meaning stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from complaintflow.policy.diff.canonical import canonical, same
from complaintflow.policy.expression import Expression, compile, parse, resolve  # noqa: A004
from complaintflow.testing.expressions import FORMS, FUNCTIONS, ROLES, SCOPE, conditions, views


def resolved(expression: Expression) -> Expression:
    return resolve(expression, SCOPE, functions=FUNCTIONS, forms=FORMS, roles=ROLES)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a and b", "b and a"),
        ("a and (b and c)", "c and a and b"),
        ("a or a", "a"),
        ("not (a and b)", "not b or not a"),
        ("not not a", "a"),
        ("loss >= 5 CNY", "5 CNY <= loss"),
        ("not loss < 5 CNY", "loss >= 5 CNY"),
        ("1 CNY < loss <= 5 CNY", "loss <= 5 CNY and loss > 1 CNY"),
        ("x == y", "y == x"),
        ("x in (p, q)", "x in (q, p)"),
        ("x in (p,)", "x is p"),
        ("x not in (p, q)", "not x in (q, p)"),
        ("max(a, b) > 1", "1 < max(b, a)"),
        ("a + b > 1", "b + a > 1"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert same(parse(one), parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a and b", "a or b"),
        ("loss >= 5 CNY", "loss > 5 CNY"),
        ("a - b > 1", "b - a > 1"),
        ("x is p", "x is not p"),
        ("a", "not a"),
    ],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert not same(parse(one), parse(other))


def test_nothing_is_only_the_same_as_nothing() -> None:
    assert same(None, None)
    assert not same(None, parse("a"))


@given(conditions(), views())
def test_the_meaning_stays(expression: Expression, view: dict[str, Any]) -> None:
    before = resolved(expression)
    after = resolved(parse(canonical(before)))
    assert compile(after)(view) is compile(before)(view)


@given(conditions())
def test_it_is_a_normal_form(expression: Expression) -> None:
    once = canonical(resolved(expression))
    assert canonical(resolved(parse(once))) == once
