"""Tokens: what a word is, and where."""

from __future__ import annotations

import pytest

from complaintflow.policy.expression.tokens import Kind, tokens


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("loss>=5000 CNY", "WORD SIGN NUMBER WORD"),
        ("a.b.c", "WORD"),
        ("12件", "NUMBER WORD"),
        ("2026-03-10", "DATE"),
        ("2026-03-10T09:20+08:00", "INSTANT"),
        ("2026-3-1", "NUMBER SIGN NUMBER SIGN NUMBER"),
        ("$a 'b' \"c\"", "CHOICE STRING STRING"),
        ("a-1", "WORD SIGN NUMBER"),
        ("x<=y", "WORD SIGN WORD"),
    ],
)
def test_kinds(written: str, kinds: str) -> None:
    found = tokens(written, written)
    assert " ".join(token.kind.name for token in found) == f"{kinds} END"


def test_columns_count_characters_from_one_and_glue_is_noticed() -> None:
    found = tokens("a  (b)", "a  (b)")
    assert [(token.text, token.column, token.glued) for token in found] == [
        ("a", 1, False),
        ("(", 4, False),
        ("b", 5, True),
        (")", 6, True),
        ("", 7, True),
    ]
    assert found[-1].kind is Kind.END
