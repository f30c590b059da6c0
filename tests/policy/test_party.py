"""Party expressions: who may act, who owes, who must be there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.errors import TextError
from complaintflow.policy.party import Party, parse_party, parse_recipients

ROLES = ("sales", "quality", "plant", "technical")


def itself(name: str) -> Sequence[str] | None:
    return {"units": ("plant", "technical"), "nobody": None}.get(name, (name,))


@pytest.mark.parametrize(
    ("text", "acted", "lacking"),
    [
        ("sales", [], ("sales",)),
        ("sales", ["sales"], ()),
        ("sales or quality", ["quality"], ()),
        ("sales or quality", ["plant"], ("sales", "quality")),
        ("sales and quality", ["quality"], ("sales",)),
        ("sales and quality", ["quality", "sales"], ()),
        ("sales then quality", ["sales"], ("quality",)),
        ("2 of sales, quality, plant", ["sales"], ("quality", "plant")),
        ("2 of sales, quality, plant", ["sales", "plant"], ()),
        ("units", ["plant"], ("technical",)),
        ("units", ["plant", "technical"], ()),
        ("sales and units", ["sales", "plant"], ("technical",)),
        ("nobody", ["sales"], ("nobody",)),
    ],
)
def test_who_still_has_to_act(text: str, acted: list[str], lacking: tuple[str, ...]) -> None:
    """A decision counts as all the roles that it answers; an undetermined one as lacking."""
    assert parse_party(text).lacking(acted, itself) == lacking


def test_its_members() -> None:
    assert parse_party("sales or units").members(itself) == ("sales", "plant", "technical")
    assert parse_party("nobody").members(itself) == ()


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("", 1, "expected who"),
        ("sales, quality", 6, "not by a comma"),
        ("sales nad quality", 7, "expected 'or'"),
        ("sales or quality and plant", 18, "cannot stand in one party"),
        ("sales or", 7, "expected a role after"),
        ("sales or sales", 10, "named twice"),
        ("2 sales, quality", 1, "expected 'of'"),
        ("3 of sales, quality", 1, "expected 1 to 2"),
        ("0 of sales, quality", 1, "expected 1 to 2"),
        ("1 of sales quality", 12, "expected a comma"),
        ("sales or qu-ality", 10, "code of a role"),
        ("1 of sales, sales", 13, "named twice"),
    ],
)
def test_what_is_no_party(text: str, column: int, said: str) -> None:
    with pytest.raises(TextError, match=said) as caught:
        parse_party(text)
    assert caught.value.column == column


@given(
    st.lists(st.sampled_from(ROLES), min_size=1, max_size=4, unique=True),
    st.sampled_from(["or", "and", "then", "of"]),
    st.data(),
)
def test_its_text_is_read_back(names: list[str], how: str, data: st.DataObject) -> None:
    enough = data.draw(st.integers(1, len(names))) if how == "of" else 1
    kind = how if how == "of" or len(names) > 1 else "one"
    party = Party(kind, tuple(names), enough)
    assert parse_party(str(party)) == party


@given(st.text(max_size=40))
def test_any_text_is_a_party_or_points_at_the_place(text: str) -> None:
    try:
        parse_party(text)
    except TextError as error:
        assert 1 <= error.column <= len(text) + 1


class TestRecipients:
    """Names separated by commas."""

    def test_in_order(self) -> None:
        assert parse_recipients("sales, quality,plant") == ("sales", "quality", "plant")

    @pytest.mark.parametrize(
        ("text", "column"), [("sales,, plant", 7), ("sales, pl ant", 8), ("sales, sales", 8)]
    )
    def test_what_is_none(self, text: str, column: int) -> None:
        with pytest.raises(TextError) as caught:
            parse_recipients(text)
        assert caught.value.column == column
