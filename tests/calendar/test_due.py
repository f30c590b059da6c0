"""Due instants: answers, explanations, coverage, what moves, and what is refused."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import Any

import pytest

from complaintflow.calendar.conventions import PRC_CIVIL_CODE, Conventions
from complaintflow.calendar.due import due, due_many, due_us, reproject
from complaintflow.calendar.limits import Limit
from complaintflow.calendar.outcome import Left
from complaintflow.calendar.steps import (
    BeyondCoverage,
    Capped,
    CountedDay,
    CountedInterval,
    DayEnd,
    LastDayMoved,
    NextCountedDay,
    OtherReading,
    PausedDay,
    PausedTime,
    SkippedDay,
    StartMoved,
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


def test_a_published_year_moves_what_was_provisional(factory: WorkingCalendar) -> None:
    new = WorkingCalendar(
        "Asia/Shanghai",
        {"mon-fri": ["08:00-12:00", "13:00-17:00"]},
        closed={dt.date(2027, 1, 1): "New Year's Day"},
        coverage=(dt.date(2024, 1, 1), dt.date(2027, 12, 31)),
    )
    starts = ["2026-12-30 10:00", "2026-12-31 10:00", "2026-12-21 10:00"]
    old = [due(factory, t(start), "3 working days") for start in starts]
    report = reproject(old, new)
    assert [show(one.at) for one in report.dues] == [
        "Tue 01-05 17:00:00",
        "Wed 01-06 17:00:00",
        "Thu 12-24 17:00:00",
    ]
    assert [moved.before for moved in report.moved] == old[:2]
    assert report.settled == report.dues[:2]
    assert report.text().splitlines() == [
        "Counted again: 3; moved: 2; no longer provisional: 2.",
        (
            "3 working days from Wed 2026-12-30 10:00: Mon 2027-01-04 17:00 becomes "
            "Tue 2027-01-05 17:00."
        ),
        (
            "3 working days from Thu 2026-12-31 10:00: Tue 2027-01-05 17:00 becomes "
            "Wed 2027-01-06 17:00."
        ),
    ]
    assert report.text("zh").startswith("重新计算：3；变动：2")
    assert reproject(old, factory).moved == ()


def test_explanation_of_working_days(factory: WorkingCalendar) -> None:
    found = due(factory, t("2026-05-06 16:30"), "3 working days")
    assert found.steps == (
        CountedDay(dt.date(2026, 5, 7), 1),
        CountedDay(dt.date(2026, 5, 8), 2),
        CountedDay(dt.date(2026, 5, 9), 3, None, "make-up", "fri"),
        DayEnd(dt.date(2026, 5, 9), "close of business"),
    )
    assert found.explain().splitlines() == [
        "3 working days from Wed 2026-05-06 16:30 (Asia/Shanghai): due Sat 2026-05-09 17:00.",
        "Wed 2026-05-06 is the day of the start and does not count.",
        (
            "Counted: Thu 2026-05-07 (day 1), Fri 2026-05-08 (day 2), "
            "Sat 2026-05-09 (day 3, make-up day for Fri)."
        ),
        "It ends at close of business on Sat 2026-05-09.",
    ]
    assert found.explain("zh").splitlines() == [
        "3 个工作日，自 2026-05-06（周三）16:30 起算（Asia/Shanghai）：2026-05-09（周六）17:00 到期。",
        "2026-05-06（周三） 为起算当日，不计入。",
        (
            "计入：2026-05-07（周四）（第 1 日）、2026-05-08（周五）（第 2 日）、"
            "2026-05-09（周六）（第 3 日，调休补班，按周五上班）。"
        ),
        "截止于 2026-05-09（周六） 下班时。",
    ]
    assert str(found) == found.explain().splitlines()[0]


def test_explanation_of_working_time(factory: WorkingCalendar) -> None:
    found = due(factory, t("2026-04-30 16:30"), "4 working hours")
    assert found.steps == (
        CountedInterval(us("2026-04-30 16:30"), us("2026-04-30 17:00")),
        *(SkippedDay(dt.date(2026, 5, day), "Labour Day", "holiday") for day in range(1, 6)),
        CountedInterval(us("2026-05-06 08:00"), us("2026-05-06 11:30")),
    )
    assert "Not counted: Fri 2026-05-01 to Tue 2026-05-05 (Labour Day)." in found.explain()


def test_explanation_of_moves(factory: WorkingCalendar) -> None:
    chosen = Conventions(on_closed_day="next_opening", last_day_off="following")
    found = due(factory, t("2026-05-02 10:00"), "3 calendar days", chosen)
    assert found.steps[0] == StartMoved(
        "on_closed_day", "next_opening", us("2026-05-02 10:00"), us("2026-05-06 08:00")
    )
    assert "Sat 2026-05-02 10:00 is a day without work (Labour Day)" in found.explain()
    april = due(factory, t("2026-04-27 10:00"), "1 week", chosen)
    move = LastDayMoved("last_day_off", "following", dt.date(2026, 5, 4), dt.date(2026, 5, 6))
    assert move in april.steps
    assert [step.number for step in april.steps if isinstance(step, CountedDay)] == [*range(1, 8)]


def test_explanation_of_the_next_counted_day(factory: WorkingCalendar) -> None:
    found = due(factory, t("2026-03-09 18:00"), "same day by close of business")
    moved = NextCountedDay(us("2026-03-09 17:00"), us("2026-03-10 17:00"))
    assert moved in found.steps
    assert "not after the start" in found.explain()


def test_explanation_of_two_units_that_disagree(factory: WorkingCalendar) -> None:
    found = due(factory, t("2026-04-24 10:00"), "10 working days (also written: 2 weeks)")
    other = OtherReading(Limit.parse("2 weeks"), us("2026-05-08 23:59:59"))
    assert found.steps[-1] == other
    assert "The other unit, 2 weeks, would give Fri 2026-05-08 23:59:59." in found.explain()


def test_a_fraction_is_never_later_than_one_whole_day_more() -> None:
    short = WorkingCalendar(
        "Asia/Shanghai",
        {"mon-fri": ["08:00-12:00", "13:00-17:00"]},
        special={dt.date(2026, 3, 10): ["10:00-12:00"]},
    )
    found = due(short, t("2026-03-09 16:00"), "0.9 working days")
    assert show(found.at) == "Tue 03-10 12:00:00"
    assert any(isinstance(step, Capped) for step in found.steps)
    # [T11] as it was first written: with another end than close of business the cap may
    # lie outside the opening hours, and the law gives way
    late = due(
        short, t("2026-03-09 20:00"), "0.9 working days", Conventions(end="same time of day")
    )
    assert show(late.at) == "Tue 03-10 20:00:00"


def test_explanation_of_pauses(factory: WorkingCalendar) -> None:
    stop = [(t("2026-03-03 16:00"), t("2026-03-05 09:00"))]
    days = due(factory, t("2026-03-02 10:00"), "3 working days", pauses=stop)
    assert show(days.at) == "Mon 03-09 17:00:00"
    assert [step.date.day for step in days.steps if isinstance(step, PausedDay)] == [3, 4]
    time = due(factory, t("2026-03-02 10:00"), "15 working hours", pauses=stop)
    assert show(time.at) == "Thu 03-05 11:00:00"
    assert PausedTime(us("2026-03-03 16:00"), us("2026-03-05 09:00")) in time.steps
    assert "Paused, so not counted" in days.explain()
    assert "暂停期间" in time.explain("zh")


def test_a_paused_clock_has_no_due_instant_only_what_is_left(factory: WorkingCalendar) -> None:
    stop = [(t("2026-03-03 16:00"), None)]
    days = due(factory, t("2026-03-02 10:00"), "3 working days", pauses=stop)
    assert (days.at, days.paused, days.left) == (None, True, Left(days=3))
    time = due(factory, t("2026-03-02 10:00"), "15 working hours", pauses=stop)
    assert time.left == Left(micros=2 * 3_600_000_000)
    both = due(factory, t("2026-03-02 10:00"), "3.5 working days", pauses=stop)
    assert both.left == Left(3, 4 * 3_600_000_000)
    assert "the clock is paused, 3 days and 4 h left" in both.explain()
    assert "剩余 2 小时" in time.explain("zh")


def test_a_long_explanation_is_told_in_part(factory: WorkingCalendar) -> None:
    found = due(factory, t("2026-01-05 09:30"), "60 working days")
    counted = found.explain().splitlines()[2]
    assert "53 more" in counted
    assert counted.endswith("(day 60).")
    assert "24 days (weekend)" in found.explain()


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


def test_many_at_once(factory: WorkingCalendar) -> None:
    starts = [t("2026-03-06 10:00"), t("2026-03-07 10:00")]
    found = due_many(factory, starts, "1 working day")
    assert found == [due(factory, start, "1 working day") for start in starts]
    micros = [to_micros(start) for start in starts]
    assert due_many(factory, micros, "1 working day") == [one.us for one in found]
    assert due_many(factory, micros, "word: promptly") == [None, None]
    assert due_many(factory, [], "24 h") == []
    with pytest.raises(BeyondCoverageError):
        due_many(factory, [us("2026-12-31 10:00")], "1 working day")
    with pytest.raises(BeyondCoverageError):
        due_many(factory, [t("2026-12-31 10:00")], "1 working day")
    free = due_many(factory, [us("2026-12-31 10:00")], "1 working day", beyond="ordinary weeks")
    assert free == [us("2027-01-01 17:00")]


def test_many_in_an_array(factory: WorkingCalendar) -> None:
    np = pytest.importorskip("numpy")
    micros = [us("2026-03-06 10:00"), us("2026-03-07 10:00")]
    expected = due_many(factory, micros, "1 working day")
    integers = np.array(micros, dtype="int64")
    assert due_many(factory, integers, "1 working day").tolist() == expected
    moments = integers.astype("datetime64[us]")
    found = due_many(factory, moments, "1 working day")
    assert found.dtype == moments.dtype
    assert found.astype("int64").tolist() == expected
    hours = [due_us(factory, start + 999_999, Limit.parse("4 working hours")) for start in micros]
    assert due_many(factory, integers + 999_999, "4 working hours").tolist() == hours
    assert factory.due_many(moments, "4 working hours").astype("int64").tolist() == hours
    with pytest.raises(BeyondCoverageError):
        due_many(factory, np.array([us("2026-12-31 16:00")]), "4 working hours")
    with pytest.raises(InvalidValueError, match="no instant"):
        due_many(factory, integers, "word: promptly")
    with pytest.raises(InvalidValueError, match="NaT"):
        due_many(factory, np.array(["NaT"], dtype="datetime64[us]"), "24 h")
    with pytest.raises(InvalidValueError, match="float64"):
        due_many(factory, np.array([1.0]), "24 h")


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


def test_what_moved_is_told_for_every_state(factory: WorkingCalendar) -> None:
    stop = [(t("2026-03-03 16:00"), None)]
    paused = due(factory, t("2026-03-02 10:00"), "15 working hours", pauses=stop)
    longer = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["08:00-12:00", "13:00-18:00"]})
    report = reproject([paused, due(factory, t("2026-03-02 10:00"), "word: promptly")], longer)
    assert len(report.moved) == 1
    assert report.moved[0].text() == (
        "15 working hours from Mon 2026-03-02 10:00: 2 h becomes 1 h."
    )
    assert report.moved[0].text("zh").endswith("由 2 小时 改为 1 小时。")


def test_a_count_of_least_working_days_and_a_closed_last_day_are_told(
    factory: WorkingCalendar,
) -> None:
    from complaintflow.calendar.conventions import EU_1182_71

    found = due(factory, t("2026-03-13 10:00"), "2 calendar days", EU_1182_71)
    assert "Until Sun 2026-03-15 there are fewer than 2 working days" in found.explain()
    closed = due(factory, t("2026-03-13 10:00"), "the 4th of next month")
    assert "there is no close of business on a day without hours" in closed.explain()
    assert "没有下班时间" in closed.explain("zh")


def test_special_hours_and_weekly_closing_are_told() -> None:
    shop = WorkingCalendar(
        "Asia/Shanghai",
        {"tue-sun": ["10:00-18:00"]},
        special={dt.date(2026, 3, 11): ["10:00-12:00"]},
    )
    shown = due(shop, t("2026-03-08 10:00"), "2 working days").explain()
    assert "Not counted: Mon 2026-03-09 (closed every Mon)." in shown
    assert "Wed 2026-03-11 (day 2, special hours)" in shown
    assert "each paused" not in shown
    still = due(shop, t("2026-03-08 10:00:30"), "30 s", pauses=[(t("2026-03-08 10:00:40"), None)])
    assert "20 s left" in still.explain()
    assert "since Sun 2026-03-08 10:00:40" in still.explain()
