"""Due instants: answers, coverage, and what is refused."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import Any

import pytest

from complaintflow.calendar.conventions import PRC_CIVIL_CODE, Conventions
from complaintflow.calendar.due import due, due_many, due_us
from complaintflow.calendar.limits import Limit
from complaintflow.calendar.steps import (
    BeyondCoverage,
)
from complaintflow.calendar.working import WorkingCalendar
from complaintflow.errors import (
    BeyondCoverageError,
    InvalidValueError,
    NaiveDatetimeError,
    NeverOpenError,
    NoInstantError,
    TextError,
)
from complaintflow.moments import instant, to_micros


def t(text: str) -> dt.datetime:
    return instant(text, "Asia/Shanghai")


def us(text: str) -> int:
    return to_micros(t(text))


def show(found: dt.datetime | None) -> str:
    return "none" if found is None else f"{found:%a %m-%d %H:%M:%S}"


def test_the_answer_is_in_the_calendars_zone_and_has_whole_seconds(
    factory: WorkingCalendar,
) -> None:
    start = dt.datetime(2026, 3, 9, 1, 20, 30, 999_999, tzinfo=dt.UTC)
    found = due(factory, start, "24 h")
    assert found.at is not None
    assert found.at.isoformat() == "2026-03-10T09:20:30+08:00"
    assert found.start.isoformat() == "2026-03-09T09:20:30+08:00"
    assert found.us == to_micros(found.at)
    assert found.sort == "elapsed"
    assert not found.provisional
    assert not found.paused


def test_the_calendar_has_it_as_a_question(factory: WorkingCalendar) -> None:
    start = t("2026-04-30 16:30")
    assert factory.due(start, "3 working days") == due(factory, start, "3 working days")
    pauses = [(t("2026-05-06 09:00"), t("2026-05-07 09:00"))]
    found = factory.due(start, Limit.parse("3 working days"), pauses=pauses)
    assert show(found.at) == "Sat 05-09 17:00:00"


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-03-06 16:00", "4 working hours", "Mon 03-09 11:00:00"),
        ("2026-03-06 08:00", "4 working hours", "Fri 03-06 12:00:00"),  # not 13:00
        ("2026-03-06 10:00", "half working day", "Fri 03-06 15:00:00"),
        ("2026-03-06 10:00", "1.5 working days", "Tue 03-10 12:00:00"),
        ("2026-01-31 10:00", "1 month", "Sat 02-28 23:59:59"),
        ("2028-02-29 10:00", "1 year", "Wed 02-28 23:59:59"),
        ("2026-03-06 10:00", "2 weeks", "Fri 03-20 23:59:59"),
        ("2026-03-06 10:00", "same day", "Fri 03-06 23:59:59"),
        ("2026-03-06 10:00", "same day by close of business", "Fri 03-06 17:00:00"),
        ("2026-03-07 10:00", "same day by close of business", "Mon 03-09 17:00:00"),
        ("2026-03-06 10:00", "09:00 on the next working day", "Mon 03-09 09:00:00"),
        ("2026-03-06 10:00", "the next working day", "Mon 03-09 17:00:00"),
        ("2026-03-06 10:00", "the 5th of next month", "Sun 04-05 23:59:59"),
        ("2026-03-06 10:00", "the 31st of next month", "Thu 04-30 17:00:00"),
        ("2026-03-06 10:00", "the 5th of this month", "Sun 04-05 23:59:59"),
        ("2026-03-06 10:00", "17:00 on the 6th of this month", "Fri 03-06 17:00:00"),
        ("2026-03-06 10:00", "end of the next half day", "Fri 03-06 17:00:00"),
        ("2026-03-06 12:30", "end of the next half day", "Fri 03-06 17:00:00"),
        ("2026-03-06 13:00", "end of the next half day", "Mon 03-09 12:00:00"),
        ("2026-03-06 10:00", "end of the 2nd half day", "Mon 03-09 12:00:00"),
        ("2026-04-30 09:00", "10 working days (also written: 2 weeks)", "Mon 05-18 17:00:00"),
    ],
)
def test_every_unit(factory: WorkingCalendar, start: str, limit: str, expected: str) -> None:
    assert show(due(factory, t(start), limit).at) == expected


@pytest.mark.parametrize(
    ("limit", "sort"),
    [
        ("promise", "promise"),
        ("customer's date", "customer's date"),
        ("before: commitment", "event order"),
        ("word: promptly", "word only"),
        ("every month by the 5th", "recurring"),
    ],
)
def test_what_is_no_amount_has_no_instant(factory: WorkingCalendar, limit: str, sort: str) -> None:
    found = due(factory, t("2026-03-06 10:00"), limit)
    assert (found.at, found.us, found.sort, found.steps) == (None, None, sort, ())
    assert due_us(factory, us("2026-03-06 10:00"), Limit.parse(limit)) is None
    for lang in ("en", "zh"):
        assert found.explain(lang).startswith(found.limit.text(lang))


@pytest.mark.parametrize("limit", ["unset", "unset: [X1]", "referenced: the bank's own rules"])
def test_what_nobody_has_said_is_refused(factory: WorkingCalendar, limit: str) -> None:
    with pytest.raises(NoInstantError) as caught:
        due(factory, t("2026-03-06 10:00"), limit)
    assert caught.value.limit == limit
    with pytest.raises(NoInstantError):
        due_us(factory, us("2026-03-06 10:00"), Limit.parse(limit))


def test_beyond_the_coverage_it_is_provisional(factory: WorkingCalendar) -> None:
    found = due(factory, t("2026-12-30 10:00"), "3 working days")
    assert show(found.at) == "Mon 01-04 17:00:00"
    assert found.provisional
    first, last = dt.date(2024, 1, 1), dt.date(2026, 12, 31)
    assert found.reasons == (BeyondCoverage(dt.date(2027, 1, 4), first, last),)
    assert "Provisional: Mon 2027-01-04" in found.explain()
    assert "暂定" in found.explain("zh")
    with pytest.raises(BeyondCoverageError) as caught:
        factory.due(t("2026-12-30 10:00"), "3 working days", strict=True)
    assert caught.value.date == dt.date(2027, 1, 4)


@pytest.mark.parametrize(
    ("limit", "conventions", "provisional"),
    [
        ("48 h", None, False),
        ("3 calendar days", None, False),
        ("1 month", None, False),
        ("same day", None, False),
        ("09:00 on the 5th of next month", None, False),
        ("the 5th of next month", None, True),
        ("17:00 on the next working day", None, False),
        ("17:00 on the 2nd working day", None, True),
        ("3 calendar days", PRC_CIVIL_CODE, True),
        ("1 calendar day", PRC_CIVIL_CODE, False),
        ("4 working hours", None, False),
        ("3 working days", None, True),
        ("3.5 working days", None, True),
    ],
)
def test_only_what_asked_the_calendar_is_provisional(
    factory: WorkingCalendar, limit: str, conventions: Conventions | None, provisional: bool
) -> None:
    found = due(factory, t("2026-12-30 10:00"), limit, conventions)
    assert found.provisional == provisional


def test_a_due_is_a_value(factory: WorkingCalendar) -> None:
    found = due(factory, t("2026-03-09 10:00"), "3 working days")
    again = pickle.loads(pickle.dumps(found))
    assert again == found == copy.deepcopy(found)
    assert hash(again) == hash(found)
    assert again.at == found.at
    assert found != due(factory, t("2026-03-09 10:00"), "4 working days")


def test_a_due_instant_in_a_repeated_hour_is_the_second_pass_and_survives_pickling() -> None:
    cal = WorkingCalendar("America/New_York", {"mon-sun": ["00:00-24:00"]})
    found = due(
        cal, instant("2026-10-31 01:30", "America/New_York"), "01:30 on the next calendar day"
    )
    assert found.at is not None
    assert found.at.isoformat() == "2026-11-01T01:30:00-05:00"
    again = pickle.loads(pickle.dumps(found))
    assert again.at.isoformat() == found.at.isoformat()


def test_a_skipped_wall_time_becomes_the_end_of_the_gap() -> None:
    cal = WorkingCalendar("America/New_York", {"mon-sun": ["00:00-24:00"]})
    start = instant("2026-03-07 02:30", "America/New_York")
    found = due(cal, start, "1 calendar day", Conventions(end="same time of day"))
    assert found.at is not None
    assert found.at.isoformat() == "2026-03-08T03:00:00-04:00"


def test_a_date_that_no_clock_showed_is_no_day() -> None:
    apia = WorkingCalendar("Pacific/Apia", {"mon-fri": ["08:00-16:00"]})
    start = instant("2011-12-29 10:00", "Pacific/Apia")
    assert show(due(apia, start, "1 calendar day").at) == "Sat 12-31 23:59:59"
    assert show(due(apia, start, "1 working day").at) == "Mon 01-02 16:00:00"
    month = instant("2011-11-30 10:00", "Pacific/Apia")
    assert show(due(apia, month, "1 month").at) == "Sat 12-31 23:59:59"


def test_what_is_refused(factory: WorkingCalendar) -> None:
    start = t("2026-03-06 10:00")
    with pytest.raises(NaiveDatetimeError, match="start"):
        due(factory, dt.datetime(2026, 3, 6, 10), "24 h")
    with pytest.raises(NaiveDatetimeError, match="pause"):
        due(factory, start, "24 h", pauses=[(dt.datetime(2026, 3, 6, 11), None)])
    with pytest.raises(InvalidValueError, match="ends before it begins"):
        due(factory, start, "24 h", pauses=[(start, t("2026-03-05 10:00"))])
    with pytest.raises(TextError):
        due(factory, start, "24 hurs")
    wrong: Any = 24
    with pytest.raises(InvalidValueError, match="limit must be"):
        due(factory, start, wrong)
    with pytest.raises(InvalidValueError, match="conventions must be"):
        due(factory, start, "24 h", wrong)
    with pytest.raises(InvalidValueError, match="1970-2200"):
        due(factory, start, "1000000 h", None, [(start, t("2190-01-01 00:00"))])
    with pytest.raises(InvalidValueError, match="1970-2200"):
        due(factory, t("2200-01-01 10:00"), "20 years")
    with pytest.raises(InvalidValueError, match="'en' and 'zh'"):
        due(factory, start, "24 h").explain("de")  # type: ignore[arg-type]
    for starts in ("2026", 3, [1.5], [start, 3]):
        with pytest.raises(InvalidValueError, match="starts must"):
            due_many(factory, starts, "24 h")
    with pytest.raises(InvalidValueError, match="ordinary weeks"):
        due_many(factory, [start], "24 h", beyond=wrong)


def test_a_calendar_that_never_opens_again() -> None:
    once = WorkingCalendar("UTC", special={dt.date(2026, 3, 9): ["08:00-12:00", "13:00-17:00"]})
    start = instant("2026-03-09 09:00", "UTC")
    assert show(due(once, start, "end of the next half day").at) == "Mon 03-09 17:00:00"
    for limit in ("1 working day", "8 working hours", "end of the 2nd half day"):
        with pytest.raises(NeverOpenError):
            due(once, start, limit)


def test_a_month_from_its_first_included_day_skips_back_over_a_date_nobody_had() -> None:
    apia = WorkingCalendar("Pacific/Apia", {"mon-fri": ["08:00-16:00"]})
    # from 30 November included a month ends the day before 31 December: the 29th, not the 30th
    start = instant("2011-12-01 10:00", "Pacific/Apia")
    included = Conventions(first_day="included")
    assert show(due(apia, start, "1 month", included).at) == "Sat 12-31 23:59:59"
    later = instant("2011-12-31 10:00", "Pacific/Apia")
    assert show(due(apia, later, "1 calendar day", included).at) == "Sat 12-31 23:59:59"
