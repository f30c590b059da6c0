"""The integers behind a calendar: signs, edges and what has run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pendulum
import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.engine import FIRST_YEAR, LAST_YEAR
from complaintflow.errors import InvalidValueError, NeverOpenError
from complaintflow.moments import MAX_MICROS

HOUR = 3_600_000_000
OFFICE = WorkingCalendar("UTC", {"mon-fri": ["08:00-12:00", "13:00-17:00"]})
MONDAY = int(pendulum.datetime(2026, 5, 4, 9).timestamp()) * 1_000_000


def test_negative_amounts_mirror() -> None:
    assert OFFICE._add_us(MONDAY, -HOUR) == OFFICE._subtract_us(MONDAY, HOUR) == MONDAY - HOUR
    assert OFFICE._subtract_us(MONDAY, -HOUR) == OFFICE._add_us(MONDAY, HOUR) == MONDAY + HOUR
    assert OFFICE._between_us(MONDAY + HOUR, MONDAY) == -HOUR


def test_days_beyond_the_supported_years() -> None:
    assert OFFICE.day(dt.date(1969, 12, 31)).working
    assert OFFICE.day(dt.date(2201, 1, 1)).working
    for date in (dt.date(1968, 12, 31), dt.date(2202, 1, 1)):
        with pytest.raises(InvalidValueError, match="1970-2200"):
            OFFICE.day(date)
    with pytest.raises(InvalidValueError, match="1970-2200"):
        OFFICE.add_working_days(dt.date(1970, 1, 5), -10)
    with pytest.raises(InvalidValueError, match="1970-2200"):
        OFFICE.add_working_days(dt.date(2200, 12, 25), 10)
    with pytest.raises(InvalidValueError, match="1970-2200"):
        OFFICE.add_working_days(dt.date(2026, 5, 4), 10**12)
    with pytest.raises(InvalidValueError, match="1970-2200"):
        OFFICE.working_days_between(dt.date(1, 1, 1), dt.date(2026, 5, 4))
    assert (FIRST_YEAR, LAST_YEAR) == (1969, 2201)


def test_what_has_run_out() -> None:
    once = WorkingCalendar(
        "UTC",
        special={dt.date(2026, 5, 4): "09:00-10:00"},
        coverage=(dt.date(1970, 1, 1), dt.date(2200, 12, 31)),
    )
    assert once._add_us(MONDAY, HOUR) == MONDAY + HOUR
    questions: list[Callable[[], object]] = [
        lambda: once._add_us(MONDAY, HOUR + 1),
        lambda: once._add_us(MONDAY + HOUR, 0),
        lambda: once._subtract_us(MONDAY, 1),
        lambda: once._subtract_us(MONDAY - HOUR, 0),
        lambda: once._nth_working(dt.date(2026, 5, 4).toordinal(), 1),
        lambda: once._nth_working(dt.date(2026, 5, 4).toordinal(), -1),
    ]
    for question in questions:
        with pytest.raises(NeverOpenError):
            question()
    start = pendulum.datetime(2026, 5, 4, 10)
    assert once.next_closing(start) == start
    with pytest.raises(NeverOpenError):
        once.next_closing(start.add(seconds=1))
    assert once.previous_opening(pendulum.datetime(2026, 5, 4, 9)) is None
    assert once.subtract(start.add(hours=1), dt.timedelta(0)) == start


def test_the_last_supported_instant() -> None:
    always = WorkingCalendar.always("Pacific/Kiritimati")
    assert always._add_us(MAX_MICROS - 1, 1) == MAX_MICROS
    with pytest.raises(InvalidValueError):
        always._add_us(MAX_MICROS, 1)
    with pytest.raises(InvalidValueError):
        always._subtract_us(0, 1)
    assert always.next_opening(pendulum.datetime(2200, 12, 31, 12)) is None
    weekly = WorkingCalendar("UTC", {"mon": "08:00-09:00"})
    assert weekly.next_opening(pendulum.datetime(2200, 12, 30)) is None


def test_walls_and_days() -> None:
    new_york = WorkingCalendar("America/New_York", {"mon-sun": "08:00-12:00"})
    spring, autumn = dt.date(2024, 3, 10), dt.date(2024, 11, 3)

    def shown(at: int) -> str:
        return str(pendulum.from_timestamp(at // 1_000_000, tz="America/New_York"))

    gap = dt.time(2, 30)
    assert new_york.wall(spring, gap, opening=True) == new_york.wall(spring, gap, opening=False)
    assert shown(new_york.wall(spring, gap, opening=True)) == "2024-03-10 03:00:00-04:00"
    twice = dt.timedelta(hours=1, minutes=30)
    assert shown(new_york.wall(autumn, twice, opening=True)) == "2024-11-03 01:30:00-04:00"
    assert shown(new_york.wall(autumn, twice, opening=False)) == "2024-11-03 01:30:00-05:00"
    assert shown(new_york.end_of_day(spring)) == "2024-03-10 23:59:59-04:00"
    midnight = new_york.wall(spring, dt.timedelta(days=1), opening=False)
    assert midnight == new_york.end_of_day(spring) + 1_000_000
    assert new_york.day(spring).open == new_york.wall(spring, dt.time(8), opening=True)
    assert new_york.day(spring).close == new_york.wall(spring, dt.time(12), opening=False)
    assert new_york.nth_working_day(spring, 2) == dt.date(2024, 3, 12)
    closed = OFFICE.day(dt.date(2026, 5, 9))
    assert (closed.open, closed.close, closed.micros) == (None, None, 0)
