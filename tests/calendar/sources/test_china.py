"""China's calendar, right on every day of 2007-2026."""

from __future__ import annotations

import datetime as dt

import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.sources.china import (
    china_days_off,
    china_make_up_days,
    china_sources,
    china_years,
)
from complaintflow.calendar.sources.china_days import FESTIVALS, YEARS
from complaintflow.errors import InvalidValueError

WEEK = {"mon-fri": ["08:00-12:00", "13:00-17:00"]}


def every_day() -> list[dt.date]:
    first, last = dt.date(2007, 1, 1), dt.date(2026, 12, 31)
    return [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]


def test_every_day_as_chinesecalendar_has_it() -> None:
    reference = pytest.importorskip("chinese_calendar")
    calendar = WorkingCalendar.china(WEEK)
    wrong = [
        day for day in every_day() if calendar.is_working_day(day) != reference.is_workday(day)
    ]
    assert wrong == []


def test_every_day_as_the_holidays_package_has_it() -> None:
    pytest.importorskip("holidays")
    ours = WorkingCalendar.china(WEEK)
    theirs = WorkingCalendar.from_holidays(
        "CN", week=WEEK, years=(2007, 2026), timezone="Asia/Shanghai"
    )
    for day in every_day():
        a, b = ours.day(day), theirs.day(day)
        assert (a.intervals, a.stands_for) == (b.intervals, b.stands_for), day


def test_monday_to_friday_minus_holidays_is_wrong_every_year() -> None:
    calendar = WorkingCalendar.china(WEEK)
    wrong: dict[int, int] = {}
    for day in every_day():
        simple = day.weekday() < 5 and day not in china_days_off(day.year)
        wrong[day.year] = wrong.get(day.year, 0) + (simple != calendar.is_working_day(day))
    assert set(wrong) == set(range(2007, 2027))
    assert all(4 <= days <= 12 for days in wrong.values()), wrong


def test_names_in_both_languages() -> None:
    assert set(YEARS) == set(range(2007, 2027))
    assert all(set(names) == {"en", "zh"} for names in FESTIVALS.values())
    assert china_days_off(2026)[dt.date(2026, 5, 1)] == "Labour Day"
    assert china_days_off(2026, "zh")[dt.date(2026, 5, 1)] == "劳动节"
    assert china_make_up_days(2026)[dt.date(2026, 5, 9)] == (
        "tue",
        "make-up workday for Labour Day",
    )
    assert china_make_up_days(2026, "zh")[dt.date(2026, 5, 9)][1] == "劳动节调休补班"
    assert china_years() == (2007, 2026)


def test_every_year_names_its_source() -> None:
    for year in YEARS:
        assert all(url.startswith("https://www.gov.cn/gongbao/") for url in china_sources(year))
        assert china_sources(year)


def test_make_up_days_take_the_hours_asked_for() -> None:
    short = WorkingCalendar.china(WEEK, years=(2026, 2026), make_up="09:00-12:00", language="zh")
    assert short.day(dt.date(2026, 5, 9)).micros == 3 * 3_600_000_000
    assert short.day(dt.date(2026, 5, 9)).reason == "劳动节调休补班"
    mondays = WorkingCalendar.china({"mon": "08:00-12:00"}, years=(2026, 2026))
    assert mondays.is_working_day(dt.date(2026, 2, 28))  # made up for a Monday
    assert not mondays.is_working_day(dt.date(2026, 5, 9))  # made up for a Tuesday


@pytest.mark.parametrize("years", [(2006, 2026), (2026, 2027), (2026, 2025)])
def test_other_years_are_refused(years: tuple[int, int]) -> None:
    with pytest.raises(InvalidValueError, match="2007 to 2026"):
        WorkingCalendar.china(WEEK, years=years)
    with pytest.raises(InvalidValueError, match="'en' or 'zh'"):
        china_days_off(2026, "fr")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="not built in"):
        china_sources(2027)
