"""What users get from ``st.from_type`` without importing anything of ours."""

from __future__ import annotations

from importlib import metadata

from hypothesis import given
from hypothesis import strategies as st

from complaintflow import Limit, WorkingCalendar
from complaintflow.calendar.conventions import Conventions
from complaintflow.testing.strategies import register

register()


@given(st.from_type(WorkingCalendar), st.from_type(Limit), st.from_type(Conventions))
def test_values_of_each_type(
    calendar: WorkingCalendar, limit: Limit, conventions: Conventions
) -> None:
    assert WorkingCalendar.from_mapping(calendar.to_mapping()) == calendar
    assert Limit.parse(str(limit)) == limit
    assert Conventions.from_mapping(conventions.to_mapping()) == conventions


def test_hypothesis_finds_it_by_itself() -> None:
    points = metadata.entry_points(group="hypothesis")
    assert "complaintflow.testing.strategies:register" in {point.value for point in points}
