"""Conventions: each choice, the bundles, and their form in a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from complaintflow.calendar.conventions import (
    BUNDLES,
    DEFAULT,
    EU_1182_71,
    PRC_CIVIL_CODE,
    Conventions,
)
from complaintflow.calendar.due import due
from complaintflow.calendar.working import WorkingCalendar
from complaintflow.errors import InvalidCalendarError, InvalidValueError
from complaintflow.moments import instant


def at(
    calendar: WorkingCalendar, start: str, limit: str, conventions: Conventions | None = None
) -> str:
    found = due(calendar, instant(start, calendar.timezone), limit, conventions).at
    assert found is not None
    return f"{found:%a %m-%d %H:%M:%S}"


SATURDAY, EARLY, LUNCH, LATE = (
    "2026-03-07 10:30",
    "2026-03-09 07:15",
    "2026-03-09 12:30",
    ("2026-03-09 18:20"),
)


@pytest.mark.parametrize(
    ("start", "field", "choice", "expected"),
    [
        (SATURDAY, "on_closed_day", "kept", "Sat 03-07 10:30:00"),
        (SATURDAY, "on_closed_day", "same_time_next_working_day", "Mon 03-09 10:30:00"),
        (SATURDAY, "on_closed_day", "next_opening", "Mon 03-09 08:00:00"),
        (EARLY, "before_opening", "kept", "Mon 03-09 07:15:00"),
        (EARLY, "before_opening", "same_time_next_working_day", "Tue 03-10 07:15:00"),
        (EARLY, "before_opening", "next_opening", "Mon 03-09 08:00:00"),
        (LUNCH, "in_break", "kept", "Mon 03-09 12:30:00"),
        (LUNCH, "in_break", "same_time_next_working_day", "Tue 03-10 12:30:00"),
        (LUNCH, "in_break", "next_opening", "Mon 03-09 13:00:00"),
        (LATE, "after_closing", "kept", "Mon 03-09 18:20:00"),
        (LATE, "after_closing", "same_time_next_working_day", "Tue 03-10 18:20:00"),
        (LATE, "after_closing", "next_opening", "Tue 03-10 08:00:00"),
    ],
)
def test_where_the_start_falls(
    factory: WorkingCalendar, start: str, field: str, choice: str, expected: str
) -> None:
    chosen: dict[str, Any] = {field: choice}
    found = due(factory, instant(start, "Asia/Shanghai"), "1 working day", Conventions(**chosen))
    assert f"{found.effective_start:%a %m-%d %H:%M:%S}" == expected


def test_the_choices_apply_in_their_order(factory: WorkingCalendar) -> None:
    chosen = Conventions(on_closed_day="same_time_next_working_day", after_closing="next_opening")
    found = due(factory, instant("2026-03-07 18:20", "Asia/Shanghai"), "1 working day", chosen)
    assert f"{found.effective_start:%a %H:%M}" == "Tue 08:00"


def test_a_cut_off_is_an_earlier_hour_for_after_closing(factory: WorkingCalendar) -> None:
    chosen = Conventions(after_closing="next_opening", cut_off=dt.time(15))
    assert at(factory, "2026-03-09 14:59:59", "1 working day", chosen) == "Tue 03-10 17:00:00"
    assert at(factory, "2026-03-09 15:00:00", "1 working day", chosen) == "Wed 03-11 17:00:00"
    late = Conventions(after_closing="next_opening", cut_off=dt.time(20))
    assert at(factory, "2026-03-09 17:00:00", "1 working day", late) == "Wed 03-11 17:00:00"


def test_a_cut_off_in_the_small_hours_of_a_night_shift() -> None:
    night = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["22:00-06:00"]})
    chosen = Conventions(after_closing="next_opening", cut_off=dt.time(3))
    assert at(night, "2026-03-10 02:59", "1 working day", chosen) == "Wed 03-11 06:00:00"
    assert at(night, "2026-03-10 03:00", "1 working day", chosen) == "Thu 03-12 06:00:00"


def test_an_instant_in_a_night_shift_belongs_to_the_day_it_began_on() -> None:
    night = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["22:00-06:00"]})
    assert at(night, "2026-03-10 03:00", "1 working day") == "Wed 03-11 06:00:00"
    assert at(night, "2026-03-10 06:00", "1 working day") == "Thu 03-12 06:00:00"
    assert at(night, "2026-03-10 03:00", "same day") == "Tue 03-10 23:59:59"


@pytest.mark.parametrize(
    ("limit", "first_day", "expected"),
    [
        ("3 working days", "excluded", "Thu 03-12 17:00:00"),
        ("3 working days", "included", "Wed 03-11 17:00:00"),
        ("3 calendar days", "excluded", "Thu 03-12 23:59:59"),
        ("3 calendar days", "included", "Wed 03-11 23:59:59"),
        ("1 month", "excluded", "Thu 04-09 23:59:59"),
        ("1 month", "included", "Wed 04-08 23:59:59"),
    ],
)
def test_the_first_day(factory: WorkingCalendar, limit: str, first_day: Any, expected: str) -> None:
    assert at(factory, "2026-03-09 10:00", limit, Conventions(first_day=first_day)) == expected


def test_a_first_day_that_is_over_gives_way_to_the_next_counted_day(
    factory: WorkingCalendar,
) -> None:
    chosen = Conventions(first_day="included")
    assert at(factory, "2026-03-09 17:00", "1 working day", chosen) == "Tue 03-10 17:00:00"
    assert at(factory, "2026-03-09 16:59:59", "1 working day", chosen) == "Mon 03-09 17:00:00"


@pytest.mark.parametrize(
    ("limit", "end", "expected"),
    [
        ("2 working days", "by unit", "Wed 03-11 17:00:00"),
        ("2 working days", "end of day", "Wed 03-11 23:59:59"),
        ("2 working days", "same time of day", "Wed 03-11 10:00:00"),
        ("2 calendar days", "by unit", "Wed 03-11 23:59:59"),
        ("2 calendar days", "close of business", "Wed 03-11 17:00:00"),
        ("5 calendar days", "close of business", "Sat 03-14 23:59:59"),
        ("2 calendar days", "same time of day", "Wed 03-11 10:00:00"),
    ],
)
def test_the_end(factory: WorkingCalendar, limit: str, end: Any, expected: str) -> None:
    assert at(factory, "2026-03-09 10:00", limit, Conventions(end=end)) == expected


@pytest.mark.parametrize(
    ("limit", "rule", "expected"),
    [
        ("5 calendar days", "unadjusted", "Sat 03-14 23:59:59"),
        ("5 calendar days", "following", "Mon 03-16 23:59:59"),
        ("5 calendar days", "preceding", "Fri 03-13 23:59:59"),
        ("5 calendar days", "modified following", "Mon 03-16 23:59:59"),
        ("19 calendar days", "modified following", "Mon 03-30 23:59:59"),
        ("52 calendar days", "following", "Thu 04-30 23:59:59"),
        ("53 calendar days", "following", "Wed 05-06 23:59:59"),
        ("53 calendar days", "preceding", "Thu 04-30 23:59:59"),
    ],
)
def test_a_last_day_off(factory: WorkingCalendar, limit: str, rule: Any, expected: str) -> None:
    assert at(factory, "2026-03-09 10:00", limit, Conventions(last_day_off=rule)) == expected


def test_modified_following_does_not_leave_the_month(factory: WorkingCalendar) -> None:
    chosen = Conventions(last_day_off="modified following")
    # 31 January 2026 is a Saturday, and the following working day is in February
    assert at(factory, "2026-01-12 10:00", "19 calendar days", chosen) == "Fri 01-30 23:59:59"


def test_preceding_never_goes_before_the_date_of_the_start(factory: WorkingCalendar) -> None:
    chosen = Conventions(last_day_off="preceding")
    assert at(factory, "2026-03-14 10:00", "1 calendar day", chosen) == "Sat 03-14 23:59:59"
    # Saturday's last second: the day itself is used up, so the convention does not hold
    assert at(factory, "2026-03-14 23:59:59", "1 calendar day", chosen) == "Sun 03-15 23:59:59"


def test_prc_civil_code(factory: WorkingCalendar) -> None:
    # s003p, May Day: a week from Monday 27 April ends in the holiday and moves behind it
    assert at(factory, "2026-04-27 10:00", "1 week", PRC_CIVIL_CODE) == "Wed 05-06 17:00:00"
    # Art. 202: no 31st of April, and the last day of the month is a working day
    assert at(factory, "2026-03-31 10:00", "1 month", PRC_CIVIL_CODE) == "Thu 04-30 17:00:00"


def test_eu_1182_71(factory: WorkingCalendar) -> None:
    # Art. 3(4): ends on a Saturday, moves to Monday
    assert at(factory, "2026-03-09 10:00", "5 calendar days", EU_1182_71) == "Mon 03-16 23:59:59"
    # Art. 3(5): two days from Friday would end on Sunday, moved to Monday: one working day only
    assert at(factory, "2026-03-13 10:00", "2 calendar days", EU_1182_71) == "Tue 03-17 23:59:59"
    # one day is not "two days or more"
    assert at(factory, "2026-03-13 10:00", "1 calendar day", EU_1182_71) == "Mon 03-16 23:59:59"


CITY = {"mon-fri": ["08:30-17:00"]}
OLD_RULE = Conventions(
    on_closed_day="same_time_next_working_day",
    after_closing="next_opening",
    end="same time of day",
)
NEW_RULE = Conventions(
    on_closed_day="next_opening",
    before_opening="next_opening",
    after_closing="next_opening",
    end="same time of day",
)


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2025-11-19 10:15", "2 working days", "Fri 11-21 10:15:00"),  # Wednesday
        ("2025-11-21 16:59", "1 working day", "Mon 11-24 16:59:00"),
        ("2025-11-21 17:00", "1 working day", "Tue 11-25 08:30:00"),  # Monday 08:30, then one
        ("2025-11-22 10:15", "1 working day", "Tue 11-25 10:15:00"),  # Saturday: Monday 10:15
        ("2025-11-22 18:00", "1 working day", "Wed 11-26 08:30:00"),  # Monday 18:00: Tuesday
        ("2025-11-19 06:40", "1 working day", "Thu 11-20 06:40:00"),  # before 08:30 is kept
        ("2025-11-26 10:15", "1 working day", "Thu 11-27 10:15:00"),  # Thanksgiving counts
    ],
)
def test_a_citys_rule_without_holidays(start: str, limit: str, expected: str) -> None:
    assert at(WorkingCalendar("America/New_York", CITY), start, limit, OLD_RULE) == expected


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2025-11-19 06:40", "1 working day", "Thu 11-20 08:30:00"),
        ("2025-11-21 17:00", "1 working day", "Tue 11-25 08:30:00"),
        ("2025-11-22 10:15", "1 working day", "Tue 11-25 08:30:00"),
        ("2025-11-26 10:15", "1 working day", "Fri 11-28 10:15:00"),  # not on Thanksgiving
        ("2025-11-27 09:00", "1 working day", "Mon 12-01 08:30:00"),
    ],
)
def test_the_citys_next_rule_with_holidays_and_clamped_openings(
    start: str, limit: str, expected: str
) -> None:
    calendar = WorkingCalendar(
        "America/New_York",
        CITY,
        closed={dt.date(2025, 11, 27): "Thanksgiving Day", dt.date(2025, 12, 25): "Christmas Day"},
    )
    assert at(calendar, start, limit, NEW_RULE) == expected


def test_the_form_in_a_file_is_the_shortest() -> None:
    assert DEFAULT.to_mapping() == {}
    assert PRC_CIVIL_CODE.to_mapping() == {"like": "PRC Civil Code"}
    assert NEW_RULE.to_mapping() == {
        "on_closed_day": "next_opening",
        "before_opening": "next_opening",
        "after_closing": "next_opening",
        "end": "same time of day",
    }
    with_cut_off = Conventions(after_closing="next_opening", cut_off=dt.time(17))
    assert with_cut_off.to_mapping()["cut_off"] == "17:00:00"
    for bundle in BUNDLES.values():
        assert Conventions.from_mapping(bundle.to_mapping()) == bundle


def test_a_file_may_start_from_a_bundle() -> None:
    found = Conventions.from_mapping({"like": "PRC Civil Code", "end": "end of day"})
    assert found == Conventions(last_day_off="following", end="end of day")
    toml_time = Conventions.from_mapping({"cut_off": dt.time(16, 30)})
    assert toml_time == Conventions.from_mapping({"cut_off": "16:30"})


def test_all_problems_of_a_file_come_at_once() -> None:
    with pytest.raises(InvalidCalendarError) as caught:
        Conventions.from_mapping(
            {
                "like": "PRC Civil Cod",
                "on_closed_day": "next_openning",
                "frist_day": "included",
                "cut_off": "five",
                "least_working_days": 2.5,
            }
        )
    found = {problem.path: problem for problem in caught.value.problems}
    assert set(found) == {"like", "on_closed_day", "frist_day", "cut_off", "least_working_days"}
    assert found["like"].suggestion == "PRC Civil Code"
    assert found["frist_day"].suggestion == "first_day"
    assert "did you mean 'next_opening'" in found["on_closed_day"].message


@pytest.mark.parametrize(
    "chosen",
    [
        {"end": "midnight"},
        {"on_closed_day": None},
        {"cut_off": "17:00"},
        {"cut_off": dt.time(17, tzinfo=dt.UTC)},
        {"least_working_days": True},
        {"least_working_days": -1},
    ],
)
def test_choices_that_do_not_exist_are_refused(chosen: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match=next(iter(chosen))):
        Conventions(**chosen)
