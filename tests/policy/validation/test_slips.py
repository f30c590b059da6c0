"""What one slip of the pen makes of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.policy.validation.slips import a_slip_apart

WORDS = st.text("abc", max_size=12)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("close", "cloes", True),
        ("close", "clse", True),
        ("close", "closse", True),
        ("close", "clode", True),
        ("close", "close", True),
        ("A", "Ax", True),
        ("close", "los", False),
        ("close", "closing", False),
        ("plan", "palnt", False),
        ("preliminary_report", "prelimiary_reprot", True),
        ("preliminary_report", "rectification_report", False),
        ("", "ab", False),
    ],
)
def test_words(one: str, other: str, apart: bool) -> None:
    assert a_slip_apart(one, other) is apart


@given(WORDS, WORDS)
def test_it_does_not_matter_which_comes_first(one: str, other: str) -> None:
    assert a_slip_apart(one, other) is a_slip_apart(other, one)


@given(st.data(), st.text("abcde", min_size=1, max_size=12))
def test_every_slip_is_one(data: st.DataObject, word: str) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdef"))
    for slipped in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ):
        assert a_slip_apart(word, slipped)
