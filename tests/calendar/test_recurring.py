"""Recurring duties: which period is next and when it is due."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.limits import Elapsed, Limit, Recurring
from complaintflow.calendar.recurring import Period, next_period, period_due_us
from complaintflow.calendar.working import WorkingCalendar
from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros


def recurring(text: str) -> Recurring:
    return cast("Recurring", Limit.parse(text))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("limit", "after", "start", "end", "by"),
    [
        ("every month by the 5th", "2026-03-04", "2026-03-01", "2026-03-31", "2026-03-05"),
        ("every month by the 5th", "2026-03-05", "2026-04-01", "2026-04-30", "2026-04-05"),
        ("every month by the 31st", "2026-02-01", "2026-02-01", "2026-02-28", "2026-02-28"),
        ("every calendar month", "2026-12-31", "2027-01-01", "2027-01-31", "2027-01-31"),
        ("every calendar quarter", "2026-05-15", "2026-04-01", "2026-06-30", "2026-06-30"),
        ("every year by 31 March", "2026-04-01", "2027-01-01", "2027-12-31", "2027-03-31"),
        ("every year by 29 February", "2026-01-01", "2026-01-01", "2026-12-31", "2026-02-28"),
        ("every week by Friday", "2026-03-13", "2026-03-16", "2026-03-22", "2026-03-20"),
        # s003h: the last analysis on 2025-06-30 and on 2024-02-29, read both ways
        ("every rolling year", "2025-06-30", "2025-07-01", "2026-06-30", "2026-06-30"),
        ("every calendar year", "2026-06-30", "2026-01-01", "2026-12-31", "2026-12-31"),
        ("every rolling year", "2024-02-29", "2024-03-01", "2025-02-28", "2025-02-28"),
        ("every 6 rolling months", "2026-08-31", "2026-09-01", "2027-02-28", "2027-02-28"),
        ("every 2 rolling weeks", "2026-03-13", "2026-03-14", "2026-03-27", "2026-03-27"),
    ],
)
def test_the_next_period(limit: str, after: str, start: str, end: str, by: str) -> None:
    found = next_period(recurring(limit), day(after))
    assert found == Period(day(start), day(end), day(by))


@given(
    st.sampled_from(
        ["every month by the 30th", "every calendar week", "every year by 29 February",
         "every calendar quarter", "every week by Sunday"]
    ),
    st.dates(day("1971-01-01"), day("2150-01-01")),
)  # fmt: skip
def test_periods_follow_each_other_without_a_gap(limit: str, after: dt.date) -> None:
    first = next_period(recurring(limit), after)
    second = next_period(recurring(limit), first.by)
    assert first.start <= first.by <= first.end
    assert after < first.by
    assert second.start == first.end + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("conventions", "expected"),
    [
        (None, "2026-04-05 23:59:59"),  # a Sunday
        (Conventions(last_day_off="following"), "2026-04-06 23:59:59"),
        (Conventions(last_day_off="preceding", end="close of business"), "2026-04-03 17:00:00"),
        (Conventions(end="same time of day"), "2026-04-05 23:59:59"),
    ],
)
def test_when_a_period_is_due(
    factory: WorkingCalendar, conventions: Conventions | None, expected: str
) -> None:
    period = next_period(recurring("every month by the 5th"), day("2026-03-05"))
    at = from_micros(period_due_us(factory, period, conventions), factory.tz)
    assert f"{at:%Y-%m-%d %H:%M:%S}" == expected


def test_what_does_not_recur_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="recurs"):
        next_period(Elapsed(60), day("2026-03-05"))  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="1970-2200"):
        next_period(recurring("every 100 rolling years"), day("2150-01-01"))
    with pytest.raises(InvalidValueError, match="1970-2200"):
        next_period(recurring("every 9 rolling weeks"), day("2200-12-31"))
