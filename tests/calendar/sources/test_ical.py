"""Calendars from iCalendar files."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.errors import InvalidCalendarError, MissingExtraError

WEEK = {"mon-fri": "09:00-17:00"}
SPAN = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture(autouse=True)
def package() -> None:
    pytest.importorskip("recurring_ical_events")


def text(*events: str) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", *event.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def make(source: Any, **more: Any) -> WorkingCalendar:
    options: dict[str, Any] = {"week": WEEK, "timezone": "UTC", "coverage": SPAN} | more
    return WorkingCalendar.from_ical(source, **options)


MAY = "SUMMARY:Labour Day\nDTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260503"


def test_the_end_is_not_included(tmp_path: Path) -> None:
    calendar = make(text(MAY))
    assert calendar.day(dt.date(2026, 5, 1)).reason == "Labour Day"
    assert calendar.day(dt.date(2026, 5, 2)).kind == "holiday"
    assert calendar.is_working_day(dt.date(2026, 5, 4))
    path = tmp_path / "list.ics"
    path.write_text(text(MAY))
    assert make(path) == make(str(path)) == make(text(MAY).encode()) == calendar


def test_recurring_cancelled_and_without_an_end() -> None:
    calendar = make(
        text(
            "SUMMARY:Founders\nDTSTART;VALUE=DATE:20200310\nRRULE:FREQ=YEARLY",
            "SUMMARY:Off\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20260311",
            "SUMMARY:Gone\nDTSTART;VALUE=DATE:20240311",
        )
    )
    assert calendar.day(dt.date(2026, 3, 10)).reason == "Founders"
    assert calendar.is_working_day(dt.date(2026, 3, 11))
    assert calendar.coverage == SPAN


def test_whole_days_given_as_times() -> None:
    event = "SUMMARY:Fair\nDTSTART:20260504T000000\nDTEND:20260506T000000"
    calendar = make(text(event))
    assert not calendar.is_working_day(dt.date(2026, 5, 4))
    assert not calendar.is_working_day(dt.date(2026, 5, 5))
    assert calendar.is_working_day(dt.date(2026, 5, 6))


def test_make_up_days_are_known_by_a_word() -> None:
    event = "SUMMARY:劳动节 补班\nDTSTART;VALUE=DATE:20260509"
    calendar = make(text(MAY, event), make_up={"补班": "fri"})
    day = calendar.day(dt.date(2026, 5, 9))
    assert (day.kind, day.reason) == ("make-up", "劳动节 补班")


def test_two_names_on_one_day_are_both_kept() -> None:
    again = "SUMMARY:Fair\nDTSTART;VALUE=DATE:20260501"
    assert make(text(MAY, again)).day(dt.date(2026, 5, 1)).reason in (
        "Labour Day / Fair",
        "Fair / Labour Day",
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (text("SUMMARY:Meeting\nDTSTART:20260504T100000Z\nDTEND:20260504T110000Z"), "whole days"),
        (text("SUMMARY:Meeting\nDTSTART:20260504T100000Z"), "whole days"),
        (b"nothing", "no iCalendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "no iCalendar"),
        (b"", "no iCalendar"),
    ],
)
def test_files_that_cannot_be_used(source: Any, words: str) -> None:
    with pytest.raises(InvalidCalendarError, match=words):
        make(source)


def test_without_the_extra_the_error_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "recurring_ical_events", None)
    with pytest.raises(MissingExtraError, match=r"complaintflow\[holidays\]"):
        make(text(MAY))
