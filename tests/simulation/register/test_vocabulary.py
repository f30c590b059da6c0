"""The words of a policy: codes, and the names that people gave them."""

from __future__ import annotations

import attrs
import pytest

from complaintflow.policy.policy import Name, Policy
from complaintflow.simulation.register.vocabulary import hint, vocabulary


def test_codes_and_names_in_both_languages(shop: Policy) -> None:
    words = vocabulary(shop)
    assert words.roles == {
        "clerk": "clerk", "Clerk": "clerk", "店员": "clerk",
        "chief": "chief", "Chief": "chief", "店长": "chief",
    }  # fmt: skip
    assert [words.what[word] for word in ("fix", "Fix", "修好", "答复", "维修")] == [
        "fix",
        "fix",
        "fix",
        "answer",
        "repair",
    ]
    assert words.kinds == {"repair": ("quick", "thorough")}


def test_only_facts_that_people_give(shop: Policy) -> None:
    words = vocabulary(shop)
    assert "customer" in words.facts
    assert "level" not in words.facts


def test_a_name_of_two_codes_names_neither(shop: Policy) -> None:
    names = {**shop.names, "close": Name("Fix", "修好")}
    words = vocabulary(attrs.evolve(shop, names=names))
    assert "Fix" not in words.what
    assert words.what["close"] == "close"


@pytest.mark.parametrize(
    ("word", "member"), [("红", "red"), ("red", "red"), ("Green", "green"), ("pink", "pink")]
)
def test_members(shop: Policy, word: str, member: str) -> None:
    assert vocabulary(shop).member(word, ("red", "green")) == member


def test_a_code_goes_before_a_name(shop: Policy) -> None:
    names = {**shop.names, "green": Name("red", "")}
    words = vocabulary(attrs.evolve(shop, names=names))
    assert words.member("red", ("red", "green")) == "red"


def test_hints() -> None:
    assert hint("gren", ["green"])["en"] == "; did you mean 'green'?"
    assert hint("xyz", ["green"]) == {"en": "", "zh": ""}
