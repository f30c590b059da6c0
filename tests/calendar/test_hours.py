"""Opening hours as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.calendar.hours import (
    DAY,
    days_text,
    hours_text,
    parse_days,
    parse_hours,
    parse_week,
    weekday,
)
from complaintflow.errors import InvalidValueError, TextError
from complaintflow.testing.calendars import weeks

HOUR = 3_600_000_000


def test_hours_are_sorted_pairs_after_midnight() -> None:
    assert parse_hours(["13:00-17:00", "08:00-12:00"]) == (
        (8 * HOUR, 12 * HOUR),
        (13 * HOUR, 17 * HOUR),
    )
    assert parse_hours("8:00-12:00, 13:00\u201317:00") == parse_hours(
        ["08:00-12:00", "13:00-17:00"]
    )


def test_an_end_before_the_start_is_on_the_next_day() -> None:
    assert parse_hours("22:00-06:00") == ((22 * HOUR, 30 * HOUR),)
    assert parse_hours("22:00-00:00") == parse_hours("22:00-24:00") == ((22 * HOUR, DAY),)


def test_touching_hours_join() -> None:
    assert parse_hours(["08:00-12:00", "12:00-17:00"]) == ((8 * HOUR, 17 * HOUR),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (["08:00-12:00", "11:00-13:00"], "overlap"),
        ("08:00-08:00", "00:00-24:00"),
        ("00:00-00:00", "00:00-24:00"),
        ("24:00-25:00", "between 00:00 and 24:00"),
        ("24:00-06:00", "next day"),
        ("08:60-09:00", "between"),
        ("8-12", "08:00-12:00"),
        ("", "08:00-12:00"),
        (["08:00-12:00", 3], "texts"),
        (7, "list"),
        ({"a": 1}, "list"),
    ],
)
def test_what_is_wrong_is_said(text: object, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        parse_hours(text)  # type: ignore[arg-type]


def test_the_column_points_at_the_time() -> None:
    with pytest.raises(TextError) as caught:
        parse_hours("08:00-12:75")
    assert caught.value.column == 7


def test_days_by_name_and_by_span() -> None:
    assert parse_days("mon-fri") == (0, 1, 2, 3, 4)
    assert parse_days("Saturday") == (5,)
    assert parse_days("mon, wed") == (0, 2)
    assert parse_days("fri-mon") == (4, 5, 6, 0)
    assert weekday(" Sunday ") == 6


@pytest.mark.parametrize("text", ["monn", "mon,mon", "mon-fri,fri", "", "-", "mon-", 3])
def test_days_that_are_none_are_refused(text: object) -> None:
    with pytest.raises(InvalidValueError):
        parse_days(text)  # type: ignore[arg-type]


def test_a_day_that_was_mistyped_is_suggested() -> None:
    with pytest.raises(InvalidValueError, match="did you mean 'tue'"):
        weekday("tuesdy")
    with pytest.raises(InvalidValueError, match="did you mean 'wednesday'"):
        weekday("wednesdey")


def test_a_weekday_given_twice_is_an_error() -> None:
    with pytest.raises(InvalidValueError, match="wed is given twice"):
        parse_week({"mon-fri": "08:00-12:00", "wed": "08:00-10:00"})


@given(weeks())
def test_what_is_written_reads_back(week: dict[str, list[str]]) -> None:
    for hours in parse_week(week):
        assert parse_hours(hours_text(hours)) == hours


@given(st.sets(st.integers(0, 6), min_size=1))
def test_days_written_read_back(days: set[int]) -> None:
    assert set(parse_days(days_text(days))) == days
