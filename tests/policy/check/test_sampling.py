"""Which starts are tried, and that they lie where the holidays are known."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.gallery import load_pack
from complaintflow.policy.check.sampling import clocks_of, sample_of

DAY = dt.date


@pytest.mark.parametrize(
    ("coverage", "first", "last"),
    [
        ((DAY(2024, 1, 1), DAY(2026, 12, 31)), DAY(2026, 1, 1), DAY(2026, 12, 31)),
        ((DAY(2024, 1, 1), DAY(2026, 6, 30)), DAY(2025, 1, 1), DAY(2025, 12, 31)),
        ((DAY(2026, 3, 1), DAY(2026, 5, 31)), DAY(2026, 3, 1), DAY(2026, 5, 31)),
        ((DAY(2026, 3, 1), DAY(2027, 11, 30)), DAY(2026, 3, 1), DAY(2027, 3, 1)),
    ],
)
def test_only_days_whose_holidays_are_known(
    coverage: tuple[dt.date, dt.date], first: dt.date, last: dt.date
) -> None:
    calendar = WorkingCalendar(
        "Asia/Shanghai", {"mon-fri": ["09:00-12:00"]}, closed=[coverage[0]], coverage=coverage
    )
    sample = sample_of(attrs.evolve(load_pack("oem_supplier"), calendar=calendar))
    assert (sample.first, sample.last) == (first, last)
    days = {sample.shown(start).date() for start in sample.starts}
    assert first <= min(days) <= max(days) <= last


@pytest.mark.parametrize(("effective", "year"), [(None, 2026), (DAY(2031, 7, 1), 2031)])
def test_a_calendar_without_holidays(effective: dt.date | None, year: int) -> None:
    calendar = WorkingCalendar("UTC", {"mon": ["09:00-11:00"]})
    policy = attrs.evolve(load_pack("oem_supplier"), calendar=calendar, effective=effective)
    sample = sample_of(policy)
    assert (sample.first.year, sample.last.year) == (year, year)
    hours = {f"{sample.shown(start):%a %H:%M}" for start in sample.starts}
    assert hours == {"Mon 09:00", "Mon 10:00", "Mon 10:59"}


def test_open_items_and_dates_have_no_clock_here() -> None:
    policy = load_pack("oem_supplier")
    timed = {duty.code for duty in policy.duties if duty.target is not None}
    assert {clock.duty.code for clock in clocks_of(policy)} == timed
