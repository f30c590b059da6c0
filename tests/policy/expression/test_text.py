"""The canonical text: one spelling for one meaning."""

from __future__ import annotations

import pytest

from complaintflow.errors import InvalidValueError
from complaintflow.policy.expression import Expression, Name, Not, parse, text


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("((a))  or(b)", "a or b"),
        ("(a and b) or c", "a and b or c"),
        ("a and (b or c)", "a and (b or c)"),
        ("(a and b) and c", "(a and b) and c"),
        ("not (a is b)", "not a is b"),
        ("not (a and b)", "not (a and b)"),
        ("(not a) is b", "(not a) is b"),
        ("possible_loss>=5000.00 CNY", "possible_loss >= 5000 CNY"),
        ("5000 元 < a", "5000 CNY < a"),
        ("a > 12件", "a > 12 pcs"),
        ("a > 1.50%", "a > 1.5 %"),
        ('a is "it\'s"', "a is 'it''s'"),
        ("a in (b,)", "a in (b)"),
        ("(b,)", "(b,)"),
        ("(a * b) + c", "a * b + c"),
        ("a * (b + c)", "a * (b + c)"),
        ("a / (b / c)", "a / (b / c)"),
        ("- a * b", "-a * b"),
        ("-(a * b)", "-(a * b)"),
        ("-(5)", "-(5)"),
        ("-(5 CNY)", "-(5 CNY)"),
        ("-(5 pcs)", "-5 pcs"),
        ("a > -0", "a > 0"),
        ("a == 2026-03-10T09:20+08:00", "a == 2026-03-10T09:20:00+08:00"),
        ("a == 0999-01-01", "a == 0999-01-01"),
        ("(a < b) is c", "(a < b) is c"),
        ("max( a,b )", "max(a, b)"),
    ],
)
def test_writes(written: str, canonical: str) -> None:
    assert text(parse(written)) == canonical
    assert parse(canonical) == parse(written)


def test_a_tree_beyond_writing_is_refused_in_words() -> None:
    tree: Expression = Name("a")
    for _ in range(5_000):
        tree = Not(tree)
    with pytest.raises(InvalidValueError, match="nests too deeply"):
        text(tree)
