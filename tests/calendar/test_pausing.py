"""Projections under pauses, shares, leads and lags: examples that a person can check."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.limits import Elapsed, Limit
from complaintflow.calendar.outcome import Left
from complaintflow.calendar.pauses import merged
from complaintflow.calendar.pausing import lag, lead, point_at_share, project
from complaintflow.calendar.working import WorkingCalendar
from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros, instant, to_micros

HOUR = 3_600_000_000


def us(text: str) -> int:
    return to_micros(instant(text, "Asia/Shanghai"))


def show(calendar: WorkingCalendar, at: int | None) -> str:
    assert at is not None
    return f"{from_micros(at, calendar.tz):%a %m-%d %H:%M:%S}"


def projected(
    calendar: WorkingCalendar,
    limit: str,
    *pauses: tuple[str, str],
    start: str = "2026-03-09 10:00",
    conventions: Conventions | None = None,
) -> str:
    stops = [(us(begin), us(end)) for begin, end in pauses]
    found = project(calendar, Limit.parse(limit), conventions, us(start), stops)
    return show(calendar, found.due_us)


# 2026-03-09 is a Monday
@pytest.mark.parametrize(
    ("limit", "pauses", "expected"),
    [
        ("24 h", [("2026-03-09 12:00", "2026-03-09 15:00")], "Tue 03-10 13:00:00"),
        ("24 h", [("2026-03-09 08:00", "2026-03-09 11:00")], "Tue 03-10 11:00:00"),
        ("24 h", [("2026-03-10 10:00", "2026-03-10 11:00")], "Tue 03-10 11:00:00"),
        ("24 h", [("2026-03-10 10:00:01", "2026-03-10 11:00")], "Tue 03-10 10:00:00"),
        ("4 working hours", [("2026-03-09 11:00", "2026-03-09 14:00")], "Mon 03-09 17:00:00"),
        ("4 working hours", [("2026-03-09 12:00", "2026-03-09 13:00")], "Mon 03-09 15:00:00"),
        ("4 working hours", [("2026-03-09 14:00", "2026-03-14 09:00")], "Mon 03-16 09:00:00"),
        # a day is skipped when the clock is paused at its close of business
        ("3 working days", [("2026-03-10 09:00", "2026-03-10 16:59:59")], "Thu 03-12 17:00:00"),
        ("3 working days", [("2026-03-10 16:59:59", "2026-03-10 17:00")], "Thu 03-12 17:00:00"),
        ("3 working days", [("2026-03-10 17:00", "2026-03-10 17:00:01")], "Fri 03-13 17:00:00"),
        ("3 working days", [("2026-03-10 09:00", "2026-03-12 09:00")], "Mon 03-16 17:00:00"),
        # never day 0
        ("3 working days", [("2026-03-09 11:00", "2026-03-09 23:00")], "Thu 03-12 17:00:00"),
        # a weekend is not countable
        ("5 working days", [("2026-03-13 18:00", "2026-03-16 07:00")], "Mon 03-16 17:00:00"),
        # exactly at the due instant
        ("3 working days", [("2026-03-12 17:00", "2026-03-12 18:00")], "Fri 03-13 17:00:00"),
        ("3 working days", [("2026-03-12 17:00:01", "2026-03-13 18:00")], "Thu 03-12 17:00:00"),
        # calendar days end at 24:00, and weekends count
        ("3 calendar days", [("2026-03-10 18:00", "2026-03-11 00:00")], "Thu 03-12 23:59:59"),
        ("3 calendar days", [("2026-03-10 18:00", "2026-03-11 00:00:01")], "Fri 03-13 23:59:59"),
        ("1 month", [("2026-03-20 09:00", "2026-03-23 09:00")], "Sun 04-12 23:59:59"),
        # half a day is working time after the whole ones
        ("1.5 working days", [("2026-03-11 09:00", "2026-03-11 10:00")], "Wed 03-11 14:00:00"),
        # no pause moves these
        ("same day", [("2026-03-09 11:00", "2026-03-20 11:00")], "Mon 03-09 23:59:59"),
        ("09:00 on the next working day", [("2026-03-09 11:00", "2026-03-20 11:00")],
         "Tue 03-10 09:00:00"),
    ],
)  # fmt: skip
def test_pauses(
    factory: WorkingCalendar, limit: str, pauses: list[tuple[str, str]], expected: str
) -> None:
    assert projected(factory, limit, *pauses) == expected


def test_a_due_time_inside_a_pause_becomes_the_same_point_of_the_next_countable_day(
    factory: WorkingCalendar,
) -> None:
    chosen = Conventions(end="same time of day")
    # at 17:00 the clock runs again, so Tuesday counts, but 10:00 lies inside the pause
    pause = ("2026-03-10 09:00", "2026-03-10 16:00")
    assert projected(factory, "1 working day", pause, conventions=chosen) == "Wed 03-11 10:00:00"
    # and Tuesday is given back only once if a second pause covers its close of business
    second = ("2026-03-10 16:30", "2026-03-10 18:00")
    assert (
        projected(factory, "1 working day", pause, second, conventions=chosen)
        == "Wed 03-11 10:00:00"
    )


def test_a_pause_of_years_is_not_walked_through(factory: WorkingCalendar) -> None:
    pause = ("2026-03-10 09:00", "2126-03-10 09:00")
    assert projected(factory, "3 working days", pause) == "Wed 03-13 17:00:00"


def test_a_long_pause_over_the_point_alone(factory: WorkingCalendar) -> None:
    # it begins after the last day's close of business, so no counted day is skipped
    pause = ("2026-03-10 20:00", "2026-04-20 20:00")
    chosen = Conventions(end="end of day")
    assert projected(factory, "1 working day", pause, conventions=chosen) == "Mon 04-20 23:59:59"


def test_until_is_what_is_known_so_far(factory: WorkingCalendar) -> None:
    limit, start = Limit.parse("3 working days"), us("2026-03-09 10:00")
    stops = [(us("2026-03-10 09:00"), us("2026-03-12 09:00"))]
    before = project(factory, limit, None, start, stops, until=us("2026-03-10 08:59:59"))
    during = project(factory, limit, None, start, stops, until=us("2026-03-10 09:00"))
    after = project(factory, limit, None, start, stops, until=us("2026-03-12 09:00"))
    assert (show(factory, before.due_us), before.paused) == ("Thu 03-12 17:00:00", False)
    assert (during.due_us, during.paused, during.left) == (None, True, Left(days=3))
    assert (show(factory, after.due_us), after.paused) == ("Mon 03-16 17:00:00", False)


def test_what_is_left_of_each_unit(factory: WorkingCalendar) -> None:
    start, stop = us("2026-03-09 10:00"), [(us("2026-03-11 18:00"), None)]
    left = {
        limit: project(factory, Limit.parse(limit), None, start, stop).left
        for limit in ("72 h", "24 working hours", "3 working days", "3 calendar days", "1 month")
    }
    assert left == {
        "72 h": Left(micros=16 * HOUR),
        "24 working hours": Left(micros=2 * HOUR),
        "3 working days": Left(days=1),
        "3 calendar days": Left(days=2),
        "1 month": Left(days=30),
    }


def test_a_projection_beyond_the_coverage_is_provisional(factory: WorkingCalendar) -> None:
    found = project(factory, Limit.parse("3 working days"), None, us("2026-12-30 10:00"))
    assert found.provisional is not None
    assert found.provisional.date == dt.date(2027, 1, 4)
    # pulled back into the coverage from a day that nobody knows yet
    chosen = Conventions(last_day_off="preceding")
    back = project(factory, Limit.parse("3 calendar days"), chosen, us("2026-12-30 10:00"))
    assert show(factory, back.due_us) == "Fri 01-01 23:59:59"
    near = project(factory, Limit.parse("3 calendar days"), chosen, us("2026-12-29 10:00"))
    assert near.provisional is not None
    friday = WorkingCalendar(
        "Asia/Shanghai",
        {"mon-fri": ["08:00-17:00"]},
        coverage=(dt.date(2026, 1, 1), dt.date(2026, 3, 13)),
    )
    pulled = project(friday, Limit.parse("2 calendar days"), chosen, us("2026-03-12 10:00"))
    assert show(friday, pulled.due_us) == "Fri 03-13 23:59:59"
    assert pulled.provisional is not None
    assert pulled.provisional.date == dt.date(2026, 3, 14)


def test_pauses_are_put_in_order_and_joined() -> None:
    second = 1_000_000
    assert merged([(9 * second, None), (5 * second, 7 * second), (7 * second, 8 * second)]) == (
        (5 * second, 8 * second),
        (9 * second, None),
    )
    assert merged([(5 * second, None), (6 * second, 7 * second)]) == ((5 * second, None),)
    assert merged([(5 * second, 5 * second + 999_999)]) == ()
    assert merged([(0, 9 * second), (2 * second, 3 * second)]) == ((0, 9 * second),)
    with pytest.raises(InvalidValueError, match="before it begins"):
        merged([(5, 4)])


@pytest.mark.parametrize(
    ("limit", "share", "expected"),
    [
        ("24 h", Fraction(1, 2), "Mon 03-09 22:00:00"),
        ("24 h", Fraction(0), "Mon 03-09 10:00:00"),
        ("10 working hours", Fraction(1, 2), "Mon 03-09 16:00:00"),
        # until Thursday 17:00 there are 6 + 3 x 8 = 30 working hours
        ("3 working days", Fraction(7, 15), "Tue 03-10 17:00:00"),
        ("3 working days", Fraction(4, 5), "Thu 03-12 10:00:00"),
        ("3 working days", Fraction(1), "Thu 03-12 17:00:00"),
        ("1 calendar day", Fraction(1, 2), "Tue 03-10 04:59:59"),
    ],
)
def test_a_share_of_the_limit(
    factory: WorkingCalendar, limit: str, share: Fraction, expected: str
) -> None:
    read = Limit.parse(limit)
    found = project(factory, read, None, us("2026-03-09 10:00"))
    assert found.due_us is not None
    at = point_at_share(factory, read, found.effective_us, found.due_us, share)
    assert show(factory, at) == expected


def test_a_share_does_not_count_a_pause(factory: WorkingCalendar) -> None:
    limit, start = Limit.parse("24 h"), us("2026-03-09 10:00")
    stops = [(us("2026-03-09 12:00"), us("2026-03-10 12:00"))]
    found = project(factory, limit, None, start, stops)
    assert found.due_us is not None
    at = point_at_share(factory, limit, start, found.due_us, Fraction(1, 2), stops)
    assert show(factory, at) == "Tue 03-10 22:00:00"


def test_a_share_of_nothing_left_is_the_due_instant(factory: WorkingCalendar) -> None:
    limit, start = Limit.parse("1 working day"), us("2026-03-07 10:00")
    due = us("2026-03-07 12:00")
    assert point_at_share(factory, limit, start, due, Fraction(1, 2)) == due


@pytest.mark.parametrize("share", [0.5, True, Fraction(3, 2), Fraction(-1, 2), "1/2"])
def test_what_is_no_share_is_refused(factory: WorkingCalendar, share: Any) -> None:
    with pytest.raises(InvalidValueError, match="share"):
        point_at_share(factory, Elapsed(60), 0, 60_000_000, share)


def test_a_share_needs_a_due_instant_after_the_start(factory: WorkingCalendar) -> None:
    with pytest.raises(InvalidValueError, match="before the start"):
        point_at_share(factory, Elapsed(60), 60_000_000, 0, Fraction(1, 2))


@pytest.mark.parametrize(
    ("due", "limit", "before", "after"),
    [
        ("2026-03-12 17:00", "2 h", "Thu 03-12 15:00:00", "Thu 03-12 19:00:00"),
        ("2026-03-12 17:00", "2 working hours", "Thu 03-12 15:00:00", "Fri 03-13 10:00:00"),
        ("2026-03-12 17:00", "1 working day", "Wed 03-11 17:00:00", "Fri 03-13 17:00:00"),
        ("2026-03-12 10:30", "1 working day", "Wed 03-11 10:30:00", "Fri 03-13 10:30:00"),
        ("2026-03-09 17:00", "1 working day", "Fri 03-06 17:00:00", "Tue 03-10 17:00:00"),
        ("2026-03-12 17:00", "1.5 working days", "Wed 03-11 13:00:00", "Mon 03-16 12:00:00"),
        ("2026-03-12 23:59:59", "1 calendar day", "Wed 03-11 23:59:59", "Fri 03-13 23:59:59"),
        ("2026-03-31 17:00", "1 month", "Sat 02-28 17:00:00", "Thu 04-30 17:00:00"),
        ("2026-03-12 23:59:59", "1 week", "Thu 03-05 23:59:59", "Thu 03-19 23:59:59"),
        ("2026-05-06 17:00", "1 working day", "Thu 04-30 17:00:00", "Thu 05-07 17:00:00"),
        # due on a Sunday: the whole of Friday is left, and Monday is the next one
        ("2026-03-08 23:59:59", "1 working day", "Thu 03-05 23:59:59", "Mon 03-09 23:59:59"),
        ("2026-03-12 17:00", "1 working day (also written: 24 h)", "Wed 03-11 17:00:00",
         "Fri 03-13 17:00:00"),
    ],
)  # fmt: skip
def test_a_lead_and_a_lag(
    factory: WorkingCalendar, due: str, limit: str, before: str, after: str
) -> None:
    read = Limit.parse(limit)
    assert show(factory, lead(factory, us(due), read)) == before
    assert show(factory, lag(factory, us(due), read)) == after


def test_a_lead_from_the_end_of_a_night_shift() -> None:
    night = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["22:00-06:00"]})
    day = Limit.parse("1 working day")
    assert show(night, lead(night, us("2026-03-11 06:00"), day)) == "Tue 03-10 06:00:00"
    assert show(night, lag(night, us("2026-03-11 06:00"), day)) == "Thu 03-12 06:00:00"


def test_a_lag_repeats(factory: WorkingCalendar) -> None:
    due = us("2026-03-12 17:00")
    half = Limit.parse("half working day")
    assert show(factory, lag(factory, due, Limit.parse("24 h"), 3)) == "Sun 03-15 17:00:00"
    assert show(factory, lag(factory, due, Limit.parse("2 working days"), 2)) == (
        "Wed 03-18 17:00:00"
    )
    assert show(factory, lag(factory, due, half, 1)) == "Fri 03-13 12:00:00"
    assert show(factory, lag(factory, due, half, 2)) == "Fri 03-13 17:00:00"
    assert show(factory, lag(factory, due, half, 3)) == "Mon 03-16 12:00:00"


def test_rungs_that_cannot_be(factory: WorkingCalendar) -> None:
    due = us("2026-03-12 17:00")
    for n in (0, -1, 1.5, True):
        with pytest.raises(InvalidValueError, match="once or more"):
            lag(factory, due, Limit.parse("24 h"), n)  # type: ignore[arg-type]
    for text in ("word: promptly", "same day", "09:00 on the next working day"):
        with pytest.raises(InvalidValueError, match="an amount before or after"):
            lead(factory, due, Limit.parse(text))
    with pytest.raises(InvalidValueError, match="1970-2200"):
        lead(factory, 0, Limit.parse("1 h"))
    with pytest.raises(InvalidValueError, match="1970-2200"):
        lag(factory, due, Limit.parse("1000000 h"), 100)


def test_a_lead_over_a_date_that_no_clock_showed() -> None:
    apia = WorkingCalendar("Pacific/Apia", {"mon-fri": ["08:00-16:00"]})
    due = to_micros(instant("2011-12-31T10:00", "Pacific/Apia"))
    assert show(apia, lead(apia, due, Limit.parse("1 calendar day"))) == "Thu 12-29 10:00:00"
    with pytest.raises(InvalidValueError, match="1970-2200"):
        lead(apia, due, Limit.parse("36525 calendar days"))


def test_a_share_of_two_units_is_that_of_the_one_that_governs(factory: WorkingCalendar) -> None:
    both = Limit.parse("10 working hours (also written: 2 weeks)")
    start = us("2026-03-09 10:00")
    due = project(factory, both, None, start).due_us
    assert due is not None
    assert show(factory, point_at_share(factory, both, start, due, Fraction(1, 2))) == (
        "Mon 03-09 16:00:00"
    )
