"""Combinations: sets of instants, and the days they have."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.algebra import combine
from complaintflow.errors import InvalidCalendarError, InvalidValueError
from complaintflow.moments import from_micros, zone
from complaintflow.testing.calendars import Scene, scenes

Operation = Literal["union", "intersection", "difference"]
OPERATIONS: list[Operation] = ["union", "intersection", "difference"]
UTC = zone("UTC")


@st.composite
def pairs(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Sorted disjoint intervals of small numbers."""
    cuts = sorted(draw(st.lists(st.integers(0, 60), max_size=12, unique=True)))
    return list(zip(cuts[0::2], cuts[1::2], strict=False))


@given(pairs(), pairs(), st.sampled_from(OPERATIONS))
def test_combining_is_combining_point_by_point(
    left: list[tuple[int, int]], right: list[tuple[int, int]], operation: Operation
) -> None:
    found = combine(operation, left, right)
    for at in range(61):
        here = any(a <= at < b for a, b in left)
        there = any(a <= at < b for a, b in right)
        expected = {
            "union": here or there,
            "intersection": here and there,
            "difference": here and not there,
        }[operation]
        assert any(a <= at < b for a, b in found) == expected, at
    assert all(a < b for a, b in found)
    assert found == sorted(found)


@given(scenes(), scenes(), st.sampled_from(OPERATIONS), st.sampled_from(["UTC", "Asia/Tokyo"]))
def test_the_days_of_a_combination_hold_all_its_time(
    scene: Scene, other: Scene, operation: Operation, where: str
) -> None:
    """Also where the operands are in other zones, every open instant is in some day's hours."""
    other = Scene(other.calendar, scene.date, scene.at)
    combined = getattr(scene.calendar, operation)(other.calendar, zone=where)
    dates = [scene.date + dt.timedelta(days=i) for i in range(-6, 7)]
    hours = sorted(pair for date in dates for pair in combined.day(date).intervals)
    first = from_micros(scene.at - 3 * 86_400_000_000, UTC)
    last = from_micros(scene.at + 4 * 86_400_000_000, UTC)
    for a, b in combined._intervals_us(
        scene.at - 3 * 86_400_000_000, scene.at + 4 * 86_400_000_000
    ):
        at = a
        for start, end in hours:
            if start <= at:
                at = max(at, end)
        assert at >= b
    for start, end in hours:
        assert combined._between_us(start, end) == end - start
    assert combined.between(first, last) >= dt.timedelta(0)


@given(scenes(), st.data())
def test_what_may_be_swapped(scene: Scene, data: st.DataObject) -> None:
    a = scene.calendar
    b = data.draw(scenes(st.just(a.timezone))).calendar
    span = scene.at - 20 * 86_400_000_000, scene.at + 20 * 86_400_000_000
    assert (a | b)._intervals_us(*span) == (b | a)._intervals_us(*span)
    assert (a & b)._intervals_us(*span) == (b & a)._intervals_us(*span)
    assert (a - b)._intervals_us(*span) == (a - (a & b))._intervals_us(*span)


def test_closed_days_keep_their_names() -> None:
    week = {"mon-fri": "08:00-16:00"}
    day = dt.date(2026, 5, 4)
    a = WorkingCalendar("UTC", week, closed={day: "stock-taking"})
    b = WorkingCalendar("UTC", week, closed={day: "fair"})
    assert (a & b).day(day).reason == "stock-taking / fair"
    assert (a | b).day(day).kind == "holiday"
    plain = WorkingCalendar("UTC", week)
    assert (a & plain).day(day).reason == "stock-taking"
    assert (a | plain).day(day).reason is None
    special = WorkingCalendar("UTC", week, special={day: ["08:00-10:00"]})
    assert (special & a.edition(special={day: ["09:00-12:00"]})).day(day).kind == "special"


def test_coverage_intersects() -> None:
    week = {"mon-fri": "08:00-16:00"}
    a = WorkingCalendar("UTC", week, coverage=(dt.date(2024, 1, 1), dt.date(2025, 6, 30)))
    b = WorkingCalendar("UTC", week, coverage=(dt.date(2025, 1, 1), dt.date(2026, 12, 31)))
    assert (a | b).coverage == (dt.date(2025, 1, 1), dt.date(2025, 6, 30))
    assert not (a | b).known(dt.date(2024, 5, 1))
    assert not (a | b).day(dt.date(2024, 5, 1)).known
    later = WorkingCalendar("UTC", week, coverage=(dt.date(2030, 1, 1), dt.date(2030, 12, 31)))
    assert not (a & later).known(dt.date(2025, 1, 1))
    assert not (a & later).known(dt.date(2030, 1, 1))


def test_a_combination_of_two_zones_has_no_standard_day() -> None:
    week = {"mon-fri": "08:00-16:00"}
    here, there = WorkingCalendar("UTC", week), WorkingCalendar("Asia/Tokyo", week)
    with pytest.raises(InvalidCalendarError, match="two zones"):
        here.union(there, zone="UTC").standard_day  # noqa: B018
    special = WorkingCalendar("UTC", special={dt.date(2026, 5, 4): "08:00-10:00"})
    with pytest.raises(InvalidCalendarError, match="no hours that could be"):
        special.standard_day  # noqa: B018
    with pytest.raises(InvalidValueError, match="no time zone"):
        here.union(there, zone="Mars")
