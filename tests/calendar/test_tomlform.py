"""Calendars as plain data: TOML in and out, every problem with its path."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given

from complaintflow.calendar import WorkingCalendar
from complaintflow.errors import ComplaintFlowError, InvalidCalendarError
from complaintflow.testing.calendars import Scene, scenes

TOML = """
timezone = "Asia/Shanghai"
name = "factory"
coverage = [2026-01-01, 2026-12-31]
standard_day = "7 h 30 min"

[week]
mon-fri = ["08:00-12:00", "13:00-17:00"]

[closed]
2026-05-01 = "Labour Day"

[special]
2026-05-09 = "fri"
2026-12-31 = { hours = ["08:00-12:00"], name = "stock-taking" }

[periods.2026-07-01]
mon-fri = "07:00-15:00"
"""


def test_a_calendar_from_toml() -> None:
    calendar = WorkingCalendar.from_mapping(tomllib.loads(TOML))
    assert calendar.name == "factory"
    assert calendar.standard_day == dt.timedelta(hours=7.5)
    assert calendar.day(dt.date(2026, 12, 31)).reason == "stock-taking"
    assert calendar.day(dt.date(2026, 7, 1)).micros == 8 * 3_600_000_000
    assert WorkingCalendar.from_mapping(calendar.to_mapping()) == calendar


@given(scenes(combined=True))
def test_toml_and_back(scene: Scene) -> None:
    text = tomli_w.dumps(scene.calendar.to_mapping())
    assert WorkingCalendar.from_mapping(tomllib.loads(text)) == scene.calendar


def test_a_list_of_closed_days_needs_no_names() -> None:
    table = {"timezone": "UTC", "week": {"mon": "08:00-12:00"}, "closed": ["2026-05-04"]}
    calendar = WorkingCalendar.from_mapping(table)
    assert calendar.day(dt.date(2026, 5, 4)).reason == "closed"


def test_announced_lists_by_name() -> None:
    week = {"mon-fri": "08:00-17:00"}
    chinese = WorkingCalendar.from_mapping(
        {"week": week, "china": [2026, 2026], "closed": {"2026-08-03": "plant holiday"}}
    )
    assert chinese.timezone == "Asia/Shanghai"
    assert chinese.is_working_day(dt.date(2026, 5, 9))
    assert not chinese.is_working_day(dt.date(2026, 8, 3))
    assert chinese.coverage == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    pytest.importorskip("holidays")
    german = WorkingCalendar.from_mapping(
        {
            "timezone": "Europe/Berlin",
            "week": week,
            "holidays": {"country": "DE", "subdivision": "BY", "years": [2026, 2026]},
        }
    )
    assert not german.is_working_day(dt.date(2026, 1, 6))


@pytest.mark.parametrize(
    ("table", "paths"),
    [
        ([], {""}),
        ({}, {"timezone", "week"}),
        ({"timezone": "UTC", "wek": {"mon": "08:00-12:00"}}, {"wek", "week"}),
        (
            {
                "timezone": "Asia/Shangai",
                "week": {"mon": ["8-12"]},
                "closed": {"2026-13-01": "x"},
                "special": 3,
                "coverage": ["2026-01-01"],
                "standard_day": "soon",
            },
            {"timezone", "week.mon", "closed.2026-13-01", "special", "coverage", "standard_day"},
        ),
        ({"timezone": "UTC", "union": [], "intersection": []}, {""}),
        ({"timezone": "UTC", "union": [{}]}, {"union"}),
        ({"timezone": "UTC", "union": [{}, 3]}, {"union[0].timezone", "union[0].week", "union[1]"}),
        ({"timezone": "UTC", "week": {"mon": "08:00-12:00"}, "china": 3}, {"china"}),
        ({"timezone": "UTC", "week": {"mon": "08:00-12:00"}, "china": [1, 2]}, {"china"}),
        ({"timezone": "UTC", "week": {"mon": "08:00-12:00"}, "holidays": {}}, {"holidays"}),
        ({"timezone": "UTC", "week": {"mon": "08:00-12:00"}, "holidays": 3}, {"holidays"}),
    ],
)
def test_every_problem_has_its_path(table: Any, paths: set[str]) -> None:
    with pytest.raises(InvalidCalendarError) as caught:
        WorkingCalendar.from_mapping(table)
    assert {problem.path for problem in caught.value.problems} == paths


def test_a_mistyped_key_is_suggested() -> None:
    with pytest.raises(InvalidCalendarError, match="did you mean 'week'"):
        WorkingCalendar.from_mapping({"timezone": "UTC", "weke": {}})


def test_combinations_that_are_too_large_are_refused() -> None:
    table: dict[str, Any] = {"timezone": "UTC", "week": {"mon": "08:00-12:00"}}
    for _ in range(100):
        table = {"timezone": "UTC", "union": [table, table]}
    with pytest.raises(ComplaintFlowError):
        WorkingCalendar.from_mapping(table)
