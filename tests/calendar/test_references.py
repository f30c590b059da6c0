"""Answers beside independent libraries, where theirs are defined."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from complaintflow.calendar import WorkingCalendar

ZONE = "Asia/Shanghai"
WEEK = {"mon-fri": ["08:00-12:00", "13:00-17:00"]}
FIRST, LAST = dt.date(2020, 1, 1), dt.date(2027, 12, 31)


def holidays() -> list[dt.date]:
    rng = random.Random(3)
    return sorted({FIRST + dt.timedelta(days=rng.randrange(2_900)) for _ in range(160)})


@pytest.fixture(scope="module")
def cal() -> WorkingCalendar:
    return WorkingCalendar(ZONE, WEEK, closed=holidays(), coverage=(FIRST, LAST))


def dates() -> list[dt.date]:
    return [dt.date(2022, 1, 1) + dt.timedelta(days=i) for i in range(1_200)]


def test_numpy_counts_the_same_days(cal: WorkingCalendar) -> None:
    np = pytest.importorskip("numpy")
    days = np.busdaycalendar(holidays=np.array(holidays(), "datetime64[D]"))
    for n in (-7, -1, 1, 2, 10, 63):
        for day in dates():
            # "preceding": from a closed day both ways count as from the working day before it.
            found = np.busday_offset(day, n, roll="preceding", busdaycal=days).astype(object)
            assert cal.add_working_days(day, n) == found, (day, n)
    start = dt.date(2023, 5, 6)
    for day in dates():
        if cal.is_working_day(day) and day > start:
            # numpy counts [start, end), we count (start, end]
            count = int(np.busday_count(start, day, busdaycal=days))
            assert cal.working_days_between(start, day) == count + 1


def test_bizdays_counts_the_same_days(cal: WorkingCalendar) -> None:
    bizdays = pytest.importorskip("bizdays")
    biz = bizdays.Calendar(
        holidays(),
        ["Saturday", "Sunday"],
        startdate=FIRST.isoformat(),
        enddate=LAST.isoformat(),
        name="reference",
    )
    for day in dates():
        assert cal.is_working_day(day) == biz.isbizday(day)
        for n in (1, 10):
            assert cal.add_working_days(day, n) == biz.offset(day, n)
        if cal.is_working_day(day):  # back from a closed day bizdays counts otherwise
            assert cal.add_working_days(day, -5) == biz.offset(day, -5)


def test_pandas_reaches_the_same_working_position(cal: WorkingCalendar) -> None:
    """pandas goes on to the next opening where time is used up at a closing; else it is equal."""
    pd = pytest.importorskip("pandas")
    rng = random.Random(5)
    compared = 0
    for hours in (1, 4, 40):
        offset: Any = pd.offsets.CustomBusinessHour(
            hours, start=["08:00", "13:00"], end=["12:00", "17:00"], holidays=holidays()
        )
        for _ in range(150):
            start = pd.Timestamp(2024, 1, 1) + pd.Timedelta(seconds=rng.randrange(700 * 86_400))
            theirs = (start + offset).tz_localize(ZONE).to_pydatetime()
            ours = cal.add(start.tz_localize(ZONE).to_pydatetime(), dt.timedelta(hours=hours))
            if ours != theirs:
                assert cal.next_closing(ours) == ours
                assert cal.next_opening(ours) == theirs
            compared += 1
    assert compared == 450


def test_pandas_timestamps_are_datetimes_like_any(cal: WorkingCalendar) -> None:
    pd = pytest.importorskip("pandas")
    series = pd.Series(pd.date_range("2026-05-04 09:00", periods=3, freq="D", tz=ZONE))
    found = cal.add_many(series, dt.timedelta(hours=1))
    assert [at.hour for at in found] == [10, 10, 10]
