"""What clocks show: gaps, folds, and that no change of the clocks is overlooked."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.calendar.offsets import localise, offset_at, regimes, transitions
from complaintflow.moments import from_micros, zone
from complaintflow.testing.calendars import MOMENTS
from complaintflow.testing.oracles import SteppingCalendar

DAY = 86_400_000_000


def wall(text: str) -> int:
    delta = dt.datetime.fromisoformat(text) - dt.datetime.fromisoformat("1970-01-01")
    return delta // dt.timedelta(microseconds=1)


def shown(name: str, at: int) -> str:
    return from_micros(at, zone(name)).isoformat()


@pytest.mark.parametrize(
    ("name", "text", "opening", "closing"),
    [
        # an hour skipped: both become the end of the gap
        ("America/New_York", "2024-03-10T02:30", "2024-03-10T03:00:00-04:00", None),
        # an hour repeated: an opening takes the first pass, a closing the second
        (
            "America/New_York",
            "2024-11-03T01:30",
            "2024-11-03T01:30:00-04:00",
            "2024-11-03T01:30:00-05:00",
        ),
        ("America/New_York", "2024-11-03T02:00", "2024-11-03T02:00:00-05:00", None),
        (
            "Australia/Lord_Howe",
            "2024-04-07T01:45",
            "2024-04-07T01:45:00+11:00",
            "2024-04-07T01:45:00+10:30",
        ),
        ("Australia/Lord_Howe", "2024-10-06T02:10", "2024-10-06T02:30:00+11:00", None),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-31T00:00:00+14:00", None),
        ("Pacific/Kwajalein", "1993-08-21T12:00", "1993-08-22T00:00:00+12:00", None),
        ("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T01:00:00-02:00", None),
        ("Asia/Shanghai", "2026-05-01T08:00", "2026-05-01T08:00:00+08:00", None),
    ],
)
def test_wall_times(name: str, text: str, opening: str, closing: str | None) -> None:
    year = int(text[:4])
    assert shown(name, localise(name, year, wall(text), opening=True)) == opening
    assert shown(name, localise(name, year, wall(text), opening=False)) == (closing or opening)


@given(st.data(), st.booleans())
def test_wall_times_as_the_oracle_says(data: st.DataObject, opening: bool) -> None:
    name = data.draw(st.sampled_from(sorted(MOMENTS)))
    date = dt.date.fromisoformat(data.draw(st.sampled_from(MOMENTS[name])))
    minutes = data.draw(st.integers(-36 * 60, 48 * 60))
    at = dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minutes)
    oracle = SteppingCalendar({"timezone": name}, 30_000_000)
    found = localise(name, date.year, wall(at.isoformat()), opening=opening)
    assert found == oracle.reached(at, opening=opening)


@given(st.data())
def test_a_regime_has_one_offset(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(MOMENTS)))
    year = int(data.draw(st.sampled_from(MOMENTS[name]))[:4])
    walls, offsets = regimes(name, year, year + 1)
    assert walls == sorted(walls)
    assert len(walls) == len(offsets)
    at = wall(f"{year}-01-01") + data.draw(st.integers(0, 700 * DAY))
    offset = [off for start, off in zip(walls, offsets, strict=True) if start <= at][-1]
    if offset is not None:
        assert localise(name, year + (at >= wall(f"{year + 1}-01-01")), at, opening=True) == (
            localise(name, year + (at >= wall(f"{year + 1}-01-01")), at, opening=False)
        )
        assert offset_at(name, (at - offset) // 1_000_000) == offset


def test_no_two_changes_lie_within_five_days() -> None:
    """Sampling every five days finds every change that sampling every day finds."""
    zones = sorted(zoneinfo.available_timezones())
    for name in zones[:: max(1, len(zones) // 40)]:
        for year in (1972, 1994, 2010, 2014, 2024):
            first = (dt.date(year, 1, 1) - dt.date(1970, 1, 1)).days * 86_400
            days = [offset_at(name, first + day * 86_400) for day in range(367)]
            changes = sum(a != b for a, b in pairwise(days))
            found = [at for at, _, _ in transitions(name, year)[1]]
            inside = [at for at in found if first < at // 1_000_000 <= first + 366 * 86_400]
            assert len(inside) == changes, (name, year)
