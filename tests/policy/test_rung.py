"""Points of a ladder, as policies write them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.calendar.limits import Limit
from complaintflow.errors import TextError
from complaintflow.policy.rung import Point, parse_point


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("due", Point("due")),
        ("50 %", Point("share", share=Fraction(1, 2))),
        ("33.3 %", Point("share", share=Fraction(333, 1000))),
        ("100%", Point("share", share=Fraction(1))),
        ("2 h before", Point("lead", amount=Limit.parse("2 h"))),
        ("1 working day before", Point("lead", amount=Limit.parse("1 working day"))),
        ("24 h after", Point("lag", amount=Limit.parse("24 h"))),
        ("every 24 h after, 3 times", Point("lag", amount=Limit.parse("24 h"), times=3)),
    ],
)
def test_read(text: str, point: Point) -> None:
    assert parse_point(text) == point
    assert parse_point(str(point)) == point


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("due", "到期"),
        ("33.3 %", "33.3 %"),
        ("2 h before", "到期前 2 小时"),
        ("24 h after", "逾期 24 小时"),
        ("every 24 h after, 3 times", "逾期后每 24 小时，共 3 次"),
    ],
)
def test_in_chinese(text: str, chinese: str) -> None:
    assert parse_point(text).text("zh") == chinese


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("0 %", 1, "above 0 %"),
        ("101 %", 1, "at most at 100 %"),
        ("every 24 h after", 16, "say how often"),
        ("2 hurs before", 3, "hour"),
        ("same day after", 1, "no length of time"),
        ("soon", 1, "expected a point"),
        ("", 1, "expected a point"),
    ],
)
def test_what_is_no_point(text: str, column: int, said: str) -> None:
    with pytest.raises(TextError, match=said) as caught:
        parse_point(text)
    assert caught.value.column == column


@given(st.text(max_size=40))
def test_any_text_is_a_point_or_points_at_the_place(text: str) -> None:
    try:
        parse_point(text)
    except TextError as error:
        assert 1 <= error.column <= len(text) + 1
