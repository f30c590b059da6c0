"""Conditions as sentences."""

from __future__ import annotations

import pytest

from complaintflow.errors import InvalidValueError
from complaintflow.policy.expression import parse, resolve, words
from complaintflow.testing.expressions import FORMS, FUNCTIONS, ROLES, SCOPE


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        (
            "loss >= 5000 CNY or line_stopped",
            "loss is at least 5000 CNY or line_stopped",
            "loss 不低于 5000 CNY，或 line_stopped",
        ),
        (
            "line_stopped and (grade.B or not hidden_risk)",
            "line_stopped and (grade.B or not hidden_risk)",
            "line_stopped，且（grade.B，或并非 hidden_risk）",
        ),
        (
            "not (line_stopped or grade.B)",
            "not (line_stopped or grade.B)",
            "并非（line_stopped，或 grade.B）",
        ),
        (
            "0 CNY < claim <= 5000 CNY",
            "claim is more than 0 CNY and at most 5000 CNY",
            "claim 大于 0 CNY 且不超过 5000 CNY",
        ),
        (
            "claim < loss < 5 CNY < 6 CNY",
            "claim is less than loss and loss is less than 5 CNY and 5 CNY is less than 6 CNY",
            "claim 小于 loss 且 loss 小于 5 CNY 且 5 CNY 小于 6 CNY",
        ),
        ("subject is quality", "subject is quality", "subject 为 quality"),
        ("subject is not quality", "subject is not quality", "subject 不为 quality"),
        ("quality is subject", "subject is quality", "subject 为 quality"),
        ("claim != 3 CNY", "claim is not 3 CNY", "claim 不等于 3 CNY"),
        (
            "subject in (quality, notice)",
            "subject is one of quality, notice",
            "subject 属于 quality、notice",
        ),
        ("loss in types", "types includes loss", "types 包含 loss"),
        ("loss not in types", "types does not include loss", "types 不包含 loss"),
        (
            "subject in $these",
            "subject is among the open choice $these",
            "subject 在待定项 $these 之中",
        ),
        (
            "subject not in $these",
            "subject is not among the open choice $these",
            "subject 不在待定项 $these 之中",
        ),
        ("grade >= B", "grade is B or higher", "grade 不低于 B"),
        ("grade < A", "grade is lower than A", "grade 低于 A"),
        ("made_on <= 2026-03-10", "made_on is not after 2026-03-10", "made_on 不晚于 2026-03-10"),
        ("known(reason)", "reason is known", "reason 已知"),
        ("filled(report)", "the form report is filled in", "表单 report 已填妥"),
        (
            "repeats * max(0, 1 - age / $n) > -(2)",
            "repeats × the largest of (0, 1 - (age ÷ the open choice $n)) is more than −2",
            None,
        ),
        ("longer(reason, 5)", "longer(reason, 5)", "longer（reason、5）"),
        ("customer is 'BYD'", "customer is “BYD”", "customer 为“BYD”"),
        ("true or false", "always or never", "总是，或从不"),
    ],
)
def test_says(written: str, english: str, chinese: str | None) -> None:
    found, _ = resolve(parse(written), SCOPE, functions=FUNCTIONS, forms=FORMS, roles=ROLES)
    assert words(found).replace("−", "-") == english.replace("−", "-")
    assert chinese is None or words(found, "zh") == chinese


def test_labels_are_looked_up_beside_their_owner_first() -> None:
    found, _ = resolve(parse("subject is quality and cause is quality"), SCOPE)
    labels = {"subject": "what it is about", "subject.quality": "the goods", "quality": "quality!"}
    assert words(found, labels=labels) == "what it is about is the goods and cause is quality!"


def test_what_was_not_resolved_can_be_said_too() -> None:
    assert words(parse("a is b and c in (d, e)")) == "a is b and c is one of d, e"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="did you mean 'zh'"):
        words(parse("a is b"), "zhh")
