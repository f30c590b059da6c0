"""What a calendar refuses: dates it does not know, amounts that are none, data that contradict."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pendulum
import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.errors import (
    BeyondCoverageError,
    InvalidCalendarError,
    InvalidValueError,
    NaiveDatetimeError,
)

WEEK = {"mon-fri": ["08:00-12:00", "13:00-17:00"]}
ZONE = "Asia/Shanghai"
HOUR = dt.timedelta(hours=1)


def at(text: str, zone: str = ZONE) -> pendulum.DateTime:
    found = pendulum.parse(text, tz=zone)
    assert isinstance(found, pendulum.DateTime)
    return found


@pytest.fixture(scope="module")
def cal() -> WorkingCalendar:
    return WorkingCalendar(
        timezone=ZONE,
        week=WEEK,
        closed={dt.date(2026, 5, 1): "Labour Day"},
        special={dt.date(2026, 5, 9): "fri", dt.date(2026, 12, 31): ["08:00-12:00"]},
        coverage=(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
    )


def test_beyond_the_coverage_is_refused_unless_told(cal: WorkingCalendar) -> None:
    new_year = at("2026-12-31 11:00")
    with pytest.raises(BeyondCoverageError) as caught:
        cal.add(new_year, 2 * HOUR)
    assert caught.value.date == dt.date(2027, 1, 1)
    assert caught.value.coverage == (dt.date(2024, 1, 1), dt.date(2026, 12, 31))
    assert cal.add(new_year, 2 * HOUR, beyond="ordinary weeks") == at("2027-01-01 09:00")
    assert cal.add(new_year, HOUR) == at("2026-12-31 12:00")
    for question in (
        lambda: cal.between(new_year, at("2027-01-05 09:00")),
        lambda: cal.subtract(at("2024-01-01 09:00"), 2 * HOUR),
        lambda: cal.is_open(at("2023-12-31 09:00")),
        lambda: cal.next_opening(at("2026-12-31 12:00")),
        lambda: cal.previous_closing(at("2024-01-01 08:00")),
        lambda: cal.is_working_day(dt.date(2027, 1, 1)),
        lambda: cal.add_working_days(dt.date(2026, 12, 31), 1),
        lambda: cal.add_working_days(dt.date(2024, 1, 2), -2),
        lambda: cal.intervals(new_year, at("2027-01-05 09:00")),
        lambda: cal.add_many([new_year], 2 * HOUR),
        lambda: cal.between_many([new_year], [at("2027-01-05 09:00")]),
    ):
        with pytest.raises(BeyondCoverageError):
            question()
    with pytest.raises(InvalidValueError, match="ordinary weeks"):
        cal.add(new_year, HOUR, beyond="whatever")  # type: ignore[arg-type]


def test_the_coverage_not_given_is_the_years_named() -> None:
    assert WorkingCalendar(ZONE, WEEK).coverage is None
    some = WorkingCalendar(ZONE, WEEK, closed=[dt.date(2025, 5, 1)], special={})
    assert some.coverage == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (4, "timedelta"),
        (4.0, "timedelta"),
        (None, "timedelta"),
        (True, "timedelta"),
        ("3 working days", "add_working_days"),
        ("4 h", "4 working h"),
        ("soon", "90 working minutes"),
        ("", "90 working minutes"),
        (pendulum.duration(days=1), "days of the calendar"),
        (pendulum.duration(months=1), "days of the calendar"),
        (dt.timedelta(days=999_999_999), "1970-2200"),
        ("999999999 working hours", "longer than all"),
        (dt.timedelta(days=80_000), "1970-2200"),
    ],
)
def test_what_is_no_working_time_is_refused(cal: WorkingCalendar, amount: Any, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        cal.add(at("2026-05-06 09:00"), amount, beyond="ordinary weeks")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("90 working minutes", 1.5),
        ("1.5 working hours", 1.5),
        ("4 个工作小时", 4),
        ("60工作分钟", 1),
    ],
)
def test_amounts_as_text(cal: WorkingCalendar, text: str, hours: float) -> None:
    start = at("2026-05-06 08:00")
    assert cal.add(start, text) == start + dt.timedelta(hours=hours)
    assert cal.add(start, pendulum.duration(hours=2)) == at("2026-05-06 10:00")


def test_naive_datetimes_and_wrong_types_are_refused(cal: WorkingCalendar) -> None:
    naive: Any = dt.datetime(2026, 5, 6, 9)
    for question in (
        lambda: cal.add(naive, HOUR),
        lambda: cal.subtract(naive, HOUR),
        lambda: cal.between(naive, at("2026-05-06 10:00")),
        lambda: cal.between(at("2026-05-06 10:00"), naive),
        lambda: cal.is_open(naive),
        lambda: cal.add_many([naive], HOUR),
    ):
        with pytest.raises(NaiveDatetimeError, match="from_naive"):
            question()
    wrong: Any = "2026-05-06"
    with pytest.raises(InvalidValueError, match="aware datetime"):
        cal.add(wrong, HOUR)
    with pytest.raises(InvalidValueError, match="expected a date"):
        cal.is_working_day(wrong)
    with pytest.raises(InvalidValueError, match=r"take \.date\(\)"):
        cal.is_working_day(at("2026-05-06 10:00"))
    with pytest.raises(InvalidValueError, match="whole number"):
        cal.add_working_days(dt.date(2026, 5, 6), 1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["1969-12-31 23:59:59", "2201-01-01 00:00"])
def test_instants_outside_the_supported_years_are_refused(text: str) -> None:
    always = WorkingCalendar.always("UTC")
    with pytest.raises(InvalidValueError, match="1970-2200"):
        always.add(at(text, "UTC"), HOUR)
    with pytest.raises(InvalidValueError, match="1970-2200"):
        always.between(at(text, "UTC"), at("2026-01-01", "UTC"))
    with pytest.raises(InvalidValueError, match="1970-2200"):
        always.is_open(at(text, "UTC"))


def test_the_edges_of_the_supported_years() -> None:
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        calendar = WorkingCalendar(zone, {"mon-sun": "08:00-12:00"})
        first, last = at("1970-01-01", "UTC"), at("2200-12-31 23:59:59", "UTC")
        assert calendar.add(first, HOUR) > first
        assert calendar.subtract(last, HOUR) < last
        assert calendar.between(first, last) > dt.timedelta(days=10_000)
        with pytest.raises(InvalidValueError):
            calendar.add(last, dt.timedelta(days=2))
        with pytest.raises(InvalidValueError):
            calendar.subtract(first, dt.timedelta(days=2))


def test_every_problem_of_the_data_is_told_at_once() -> None:
    bad: Any = {
        "timezone": "Asia/Shangai",
        "week": {"mon-fry": "08:00-12:00", "sat": ["08:00-12:00", "11:00-13:00"]},
        "closed": {"2026-05-01": "Labour Day"},
        "special": {dt.date(2026, 5, 9): "sun", dt.date(2026, 5, 10): []},
        "coverage": (dt.date(2026, 12, 31), dt.date(2026, 1, 1)),
        "standard_day": 8,
        "name": 7,
    }
    with pytest.raises(InvalidCalendarError) as caught:
        WorkingCalendar(**bad)
    paths = {problem.path for problem in caught.value.problems}
    assert paths == {
        "timezone",
        "week.mon-fry",
        "week.sat",
        "closed",
        "special.2026-05-09",
        "special.2026-05-10",
        "coverage",
        "standard_day",
        "name",
    }
    assert "did you mean 'Asia/Shanghai'" in str(caught.value)


def test_a_calendar_without_hours_is_refused() -> None:
    with pytest.raises(InvalidCalendarError, match="neither"):
        WorkingCalendar(ZONE, {})
    with pytest.raises(InvalidCalendarError, match="outside the coverage"):
        WorkingCalendar(
            ZONE,
            WEEK,
            closed=[dt.date(2027, 1, 1)],
            coverage=(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        )


def test_the_standard_day_is_the_commonest_or_given() -> None:
    assert WorkingCalendar(ZONE, WEEK).standard_day == 8 * HOUR
    short = {"mon-thu": "08:00-16:00", "fri": "08:00-12:00"}
    assert WorkingCalendar(ZONE, short).standard_day == 8 * HOUR
    tied = WorkingCalendar(ZONE, {"mon": "08:00-16:00", "tue": "08:00-12:00"})
    with pytest.raises(InvalidCalendarError, match="equally common"):
        tied.standard_day  # noqa: B018
    given = WorkingCalendar(ZONE, WEEK, standard_day=dt.timedelta(hours=7.5))
    assert given.standard_day == 7.5 * HOUR
    assert WorkingCalendar.from_mapping(given.to_mapping()) == given
    changed = WorkingCalendar(ZONE, WEEK, periods={dt.date(2026, 7, 1): {"mon": "08:00-12:00"}})
    with pytest.raises(InvalidCalendarError, match="between periods"):
        changed.standard_day  # noqa: B018
