"""Reasons: data, and words in two languages."""

from __future__ import annotations

from complaintflow.simulation.register.reason import Rejection, reason


def test_a_reason_says_itself_in_two_languages() -> None:
    why = reason("missing", column="客户")
    assert (why.text("en"), why.text("zh")) == ("客户 is empty", "客户 为空")


def test_a_datum_may_have_words_for_each_language() -> None:
    why = reason("refused", detail={"en": "too late", "zh": "太迟"})
    assert (why.text("en"), why.text("zh")) == ("refused: too late", "被制度拒绝：太迟")


def test_a_rejection_says_all_its_reasons() -> None:
    row = Rejection(7, (reason("missing", column="a"), reason("missing", column="b")))
    assert row.text("en") == "a is empty; b is empty"
    assert row.text("zh") == "a 为空；b 为空"


def test_braces_in_a_cell_are_no_placeholders() -> None:
    assert "{column}" in reason("value", column="a", detail="{column}").text("en")
