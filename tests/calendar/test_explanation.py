"""Explanations: the typed steps, the text in both languages, and what a new calendar moves."""

from __future__ import annotations

import datetime as dt

from complaintflow.calendar.conventions import EU_1182_71, Conventions
from complaintflow.calendar.due import due, reproject
from complaintflow.calendar.limits import Limit
from complaintflow.calendar.outcome import Left
from complaintflow.calendar.steps import (
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
from complaintflow.moments import instant, to_micros


def t(text: str) -> dt.datetime:
    return instant(text, "Asia/Shanghai")


def us(text: str) -> int:
    return to_micros(t(text))


def show(found: dt.datetime | None) -> str:
    return "none" if found is None else f"{found:%a %m-%d %H:%M:%S}"


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
