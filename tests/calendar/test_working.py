"""What users write: the calendar's questions, its errors and its nature as a value."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintflow.calendar import WorkingCalendar
from complaintflow.errors import (
    InvalidCalendarError,
    InvalidValueError,
    NeverOpenError,
)
from complaintflow.moments import instant, to_micros
from complaintflow.testing.calendars import register

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


def test_adding_goes_round_the_break_the_holiday_and_the_weekend(cal: WorkingCalendar) -> None:
    assert cal.add(at("2026-04-30 16:00"), 4 * HOUR) == at("2026-05-04 11:00")
    assert cal.add(at("2026-05-08 16:00"), "4 working hours") == at("2026-05-09 11:00")


def test_used_up_at_a_closing_is_that_closing(cal: WorkingCalendar) -> None:
    assert cal.add(at("2026-05-06 10:00"), 2 * HOUR) == at("2026-05-06 12:00")
    assert cal.subtract(at("2026-05-06 10:00"), 2 * HOUR) == at("2026-05-06 08:00")
    assert cal.add(at("2026-05-06 10:00"), -2 * HOUR) == at("2026-05-06 08:00")


def test_zero_at_a_closed_instant(cal: WorkingCalendar) -> None:
    assert cal.add(at("2026-05-06 12:00"), 0 * HOUR) == at("2026-05-06 13:00")
    assert cal.add(at("2026-05-06 12:30"), 0 * HOUR) == at("2026-05-06 13:00")
    assert cal.subtract(at("2026-05-06 12:30"), 0 * HOUR) == at("2026-05-06 12:00")
    assert cal.subtract(at("2026-05-06 12:00"), 0 * HOUR) == at("2026-05-06 12:00")


def test_between_is_signed_time(cal: WorkingCalendar) -> None:
    assert cal.between(at("2026-04-30 16:00"), at("2026-05-04 11:00")) == 4 * HOUR
    assert cal.between(at("2026-05-04 11:00"), at("2026-04-30 16:00")) == -4 * HOUR
    assert type(cal.between(at("2026-05-04 11:00"), at("2026-05-04 11:00"))) is dt.timedelta


def test_boundaries(cal: WorkingCalendar) -> None:
    assert cal.is_open(at("2026-05-06 08:00"))
    assert not cal.is_open(at("2026-05-06 12:00"))
    assert cal.next_opening(at("2026-05-06 08:00")) == at("2026-05-06 08:00")
    assert cal.next_opening(at("2026-05-06 08:00:00.000001")) == at("2026-05-06 13:00")
    assert cal.next_closing(at("2026-05-06 12:00")) == at("2026-05-06 12:00")
    assert cal.previous_opening(at("2026-05-06 08:00")) == at("2026-05-05 13:00")
    assert cal.previous_closing(at("2026-05-06 12:00")) == at("2026-05-05 17:00")


def test_round_the_clock_has_no_boundaries() -> None:
    always = WorkingCalendar.always("UTC")
    noon = at("2026-05-06 12:00")
    assert always.is_open(noon)
    for question in ("next_opening", "next_closing", "previous_opening", "previous_closing"):
        assert getattr(always, question)(noon) is None
    assert always.add(noon, dt.timedelta(days=1)) == at("2026-05-07 12:00")


def test_dates(cal: WorkingCalendar) -> None:
    assert not cal.is_working_day(dt.date(2026, 5, 1))
    assert cal.is_working_day(dt.date(2026, 5, 9))
    assert cal.add_working_days(dt.date(2026, 5, 7), 3) == dt.date(2026, 5, 11)
    assert cal.add_working_days(dt.date(2026, 5, 10), -1) == dt.date(2026, 5, 8)
    assert cal.working_days_between(dt.date(2026, 5, 10), dt.date(2026, 5, 8)) == -1
    assert cal.working_days_between(dt.date(2026, 4, 30), dt.date(2026, 5, 9)) == 6
    assert cal.hours_of(dt.date(2026, 12, 31)) == (
        (at("2026-12-31 08:00"), at("2026-12-31 12:00")),
    )


@pytest.mark.parametrize(
    ("date", "kind", "reason"),
    [
        ("2026-05-01", "holiday", "Labour Day"),
        ("2026-05-02", "weekly", "weekend"),
        ("2026-05-06", "ordinary", None),
        ("2026-05-09", "make-up", "make-up day for fri"),
        ("2026-12-31", "special", "special hours"),
    ],
)
def test_reasons(cal: WorkingCalendar, date: str, kind: str, reason: str | None) -> None:
    day = cal.day(dt.date.fromisoformat(date))
    assert (day.kind, day.reason) == (kind, reason)
    assert day.known
    assert day.working == cal.is_working_day(day.date)
    assert not cal.day(dt.date(2027, 5, 1)).known


def test_a_date_without_any_instant_is_no_day() -> None:
    apia = WorkingCalendar("Pacific/Apia", {"mon-sun": "00:00-24:00"})
    day = apia.day(dt.date(2011, 12, 30))
    assert not day.working
    assert day.kind == "skipped"
    assert apia.add_working_days(dt.date(2011, 12, 29), 1) == dt.date(2011, 12, 31)


def test_a_night_shift_belongs_to_the_day_it_starts_on() -> None:
    nights = WorkingCalendar("UTC", {"mon": "22:00-06:00"})
    tuesday = at("2026-05-05 03:00", "UTC")
    assert nights.is_open(tuesday)
    assert nights.day_of(int(tuesday.timestamp()) * 1_000_000) == dt.date(2026, 5, 4)
    assert not nights.is_working_day(dt.date(2026, 5, 5))
    late = int(at("2026-05-05 06:00", "UTC").timestamp()) * 1_000_000
    assert nights.day_of(late) == dt.date(2026, 5, 5)


def test_lengths_are_elapsed_over_a_change_of_the_clocks() -> None:
    nights = WorkingCalendar("America/New_York", {"mon-sun": "22:00-06:00"})
    (shift,) = nights.hours_of(dt.date(2024, 3, 9))
    assert shift[1].timestamp() - shift[0].timestamp() == 7 * 3600
    (shift,) = nights.hours_of(dt.date(2024, 11, 2))
    assert shift[1].timestamp() - shift[0].timestamp() == 9 * 3600


def test_periods_hold_from_their_date(cal: WorkingCalendar) -> None:
    summer = WorkingCalendar(ZONE, WEEK, periods={dt.date(2026, 7, 1): {"mon-fri": "07:00-15:00"}})
    assert summer.next_opening(at("2026-06-30 00:00")) == at("2026-06-30 08:00")
    assert summer.next_opening(at("2026-07-01 00:00")) == at("2026-07-01 07:00")
    assert summer.standard_day == 8 * HOUR
    assert summer.coverage is None


def test_a_callable_is_asked_once_for_every_date() -> None:
    asked: list[dt.date] = []

    def closed(day: dt.date) -> str | None:
        asked.append(day)
        return "rest" if day.day == 1 else None

    span = (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    calendar = WorkingCalendar(ZONE, WEEK, closed=closed, coverage=span)
    assert asked == [dt.date(2026, 1, 1) + dt.timedelta(days=i) for i in range(90)]
    assert calendar.day(dt.date(2026, 3, 1)).reason == "rest"
    assert len(asked) == 90


# Algebra


def test_algebra_needs_one_zone_or_a_choice(cal: WorkingCalendar) -> None:
    always = WorkingCalendar.always("UTC")
    with pytest.raises(InvalidCalendarError, match="zone='Asia/Shanghai'"):
        cal | always
    both = cal.intersection(always, zone=ZONE)
    start, end = at("2026-05-04 00:00"), at("2026-05-11 00:00")
    assert both.between(start, end) == cal.between(start, end)
    assert both.day(dt.date(2026, 5, 9)).working
    assert both.coverage == cal.coverage
    with pytest.raises(InvalidValueError):
        cal.union("x")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        cal | 3


def test_the_days_of_a_combination() -> None:
    early = WorkingCalendar(ZONE, {"mon-fri": "06:00-14:00"})
    late = WorkingCalendar(ZONE, {"mon-sat": "14:00-22:00"})
    nights = WorkingCalendar(ZONE, {"mon-fri": "22:00-06:00"})
    three = early | late | nights
    monday = three.day(dt.date(2026, 5, 4))
    assert monday.micros == 24 * 3600 * 1_000_000
    assert three.standard_day == dt.timedelta(days=1)
    assert not (early & late).is_working_day(monday.date)
    assert (early & late).day(monday.date).kind == "combination"
    assert (three - early).day(monday.date).micros == 16 * 3600 * 1_000_000
    assert three.day(dt.date(2026, 5, 10)).reason == "weekend"


def test_an_empty_combination_has_no_opening() -> None:
    day = WorkingCalendar(ZONE, special={dt.date(2026, 5, 9): ["08:00-12:00"]})
    with pytest.raises(NeverOpenError):
        day.add(at("2026-05-09 09:00"), 4 * HOUR, beyond="ordinary weeks")
    with pytest.raises(NeverOpenError):
        day.add_working_days(dt.date(2026, 5, 9), 1, beyond="ordinary weeks")
    with pytest.raises(NeverOpenError):
        day.subtract(at("2026-05-09 09:00"), 4 * HOUR, beyond="ordinary weeks")


def test_many_combinations_stay_fast_enough_to_answer() -> None:
    whole = WorkingCalendar(ZONE, WEEK)
    nested = whole
    for _ in range(40):
        nested = whole & nested
    assert nested.add(at("2026-05-04 09:00"), 40 * HOUR) == whole.add(
        at("2026-05-04 09:00"), 40 * HOUR
    )
    assert nested.day(dt.date(2026, 5, 4)).working


def test_combinations_that_double_are_refused_in_time() -> None:
    calendar = WorkingCalendar(ZONE, WEEK)
    for _ in range(7):
        calendar = calendar | calendar
    with pytest.raises(InvalidCalendarError, match="at most 200"):
        calendar | calendar


# A value


def test_it_is_a_value(cal: WorkingCalendar) -> None:
    same = WorkingCalendar.from_mapping(cal.to_mapping())
    assert same == cal
    assert {same, cal} == {cal}
    assert len(cal.digest) == 64
    assert cal != cal.edition(closed={dt.date(2026, 10, 1): "National Day"})
    assert cal != "x"
    with pytest.raises(AttributeError, match="does not change"):
        cal.name = "other"  # type: ignore[misc]
    assert "Asia/Shanghai" in repr(cal)
    assert pickle.loads(pickle.dumps(cal)) == cal
    assert copy.deepcopy(cal) == cal


def test_asking_does_not_change_the_digest() -> None:
    a = WorkingCalendar(ZONE, WEEK) | WorkingCalendar(ZONE, {"sat": "08:00-16:00"})
    before = WorkingCalendar.from_mapping(a.to_mapping())
    assert a.standard_day == 8 * HOUR
    a.add(at("2026-05-04 09:00"), 40 * HOUR)
    assert a == before


def test_threads_may_share_a_calendar() -> None:
    fresh = WorkingCalendar(ZONE, WEEK) | WorkingCalendar(ZONE, {"sat": "08:00-12:00"})
    alone = WorkingCalendar.from_mapping(fresh.to_mapping())
    starts = [at(f"{1980 + 7 * i % 90}-03-03 09:00") for i in range(40)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda start: fresh.add(start, 40 * HOUR), starts))
        days = list(pool.map(lambda start: fresh.add_working_days(start.date(), 9), starts))
    assert found == [alone.add(start, 40 * HOUR) for start in starts]
    assert days == [alone.add_working_days(start.date(), 9) for start in starts]


def test_hypothesis_knows_how_to_make_one() -> None:
    register()

    @settings(max_examples=3)
    @given(st.from_type(WorkingCalendar))
    def make(calendar: WorkingCalendar) -> None:
        assert isinstance(calendar, WorkingCalendar)

    make()


def test_importing_the_calendar_imports_no_optional_part() -> None:
    code = (
        "import sys; from complaintflow.calendar import WorkingCalendar as W; "
        "W('UTC', {'mon-fri': '08:00-12:00'}).digest; "
        "print(sorted({'numpy', 'pandas', 'holidays', 'icalendar', 'cattrs', 'transitions', "
        "'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_hours_that_close_as_the_repeated_hour_begins_take_the_second_pass() -> None:
    """Shanghai, 1991-09-15: 02:00 became 01:00 again; 01:00 came twice, 60 minutes apart."""
    from complaintflow.testing.oracles import SteppingCalendar

    calendar = WorkingCalendar("Asia/Shanghai", {"sat": "01:15-01:00"})
    closing = calendar.next_closing(instant("1991-09-14T12:00+00:00"))
    assert closing is not None
    assert to_micros(closing) == 684_867_600_000_000
    oracle = SteppingCalendar(calendar.to_mapping())
    assert oracle.next_closing(684_849_600_000_000) == 684_867_600_000_000
