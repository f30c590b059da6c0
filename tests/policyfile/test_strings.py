"""TOML strings say what tomllib says, and each character has its position."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.policyfile.strings import ANY_STRING, offsets, unquote

CASES = [
    '"plain"',
    "'literal \\n'",
    '"tab\\t quote\\" back\\\\ e\\u00e9 \\U0001F600"',
    '"""\nfirst line is dropped"""',
    '"""two ""quotes"""',
    '"""ends in two"""""',
    "'''ends in one''''",
    '"""joined \\\n\n     lines"""',
    '""',
    "''''''",
]


@pytest.mark.parametrize("raw", CASES)
def test_a_literal(raw: str) -> None:
    said = tomllib.loads(f"a = {raw}")["a"]
    match = ANY_STRING.match(raw)
    assert match is not None
    assert match[0] == raw
    assert unquote(raw) == said
    assert len(offsets(raw)) == len(said)


def test_text_without_quotes_is_itself() -> None:
    assert unquote("bare") == "bare"
    assert offsets("bare") == (0, 1, 2, 3)


@pytest.mark.parametrize("raw", ['"\\uZZZZ"', '"\\q"', '"\\U99999999"'])
def test_a_bad_escape_is_no_crash(raw: str) -> None:
    """What tomllib refuses is reported elsewhere; here it only must not fail."""
    assert len(offsets(raw)) == len(unquote(raw))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20))
def test_any_text(said: str) -> None:
    escaped = "".join(
        f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 or c in '"\\' else c for c in said
    )
    raw = f'"{escaped}"'
    assert tomllib.loads(f"a = {raw}")["a"] == unquote(raw) == said
    for index, at in enumerate(offsets(raw)):
        assert raw[at] in (said[index], "\\")
