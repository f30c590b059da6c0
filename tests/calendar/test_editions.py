"""New editions: what is added, and what differs."""

from __future__ import annotations

import datetime as dt

import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.errors import InvalidCalendarError

WEEK = {"mon-fri": ["08:00-12:00", "13:00-17:00"]}
MAY_DAY = dt.date(2027, 5, 3)


@pytest.fixture
def old() -> WorkingCalendar:
    return WorkingCalendar.china(WEEK, years=(2025, 2026), name="plant")


def test_an_edition_is_a_new_value(old: WorkingCalendar) -> None:
    new = old.edition(closed={MAY_DAY: "Labour Day"}, special={dt.date(2027, 5, 8): "mon"})
    assert new != old
    assert new.name == "plant"
    assert new.coverage == (dt.date(2025, 1, 1), dt.date(2027, 12, 31))
    assert not new.is_working_day(MAY_DAY)
    assert new.is_working_day(dt.date(2027, 5, 8))
    assert old.coverage == (dt.date(2025, 1, 1), dt.date(2026, 12, 31))
    assert new.day(dt.date(2026, 5, 1)) == old.day(dt.date(2026, 5, 1))


def test_changes_name_what_moved(old: WorkingCalendar) -> None:
    new = old.edition(closed={MAY_DAY: "Labour Day"}, special={dt.date(2027, 5, 8): "mon"})
    found = old.changes(new, dt.date(2026, 1, 1), dt.date(2027, 12, 31))
    hours = [(a.date, b.reason) for a, b in found if a.intervals != b.intervals]
    assert hours == [(MAY_DAY, "Labour Day"), (dt.date(2027, 5, 8), "make-up day for mon")]
    assert len(found) == 365  # a year that was unknown is known
    assert old.changes(old, dt.date(2026, 1, 1), dt.date(2026, 12, 31)) == []


def test_a_callable_and_periods(old: WorkingCalendar) -> None:
    new = old.edition(
        closed=lambda day: "first of the month" if day.day == 1 else None,
        periods={dt.date(2026, 7, 1): {"mon-fri": "07:00-15:00"}},
        name="plant, summer",
    )
    assert new.day(dt.date(2026, 6, 1)).reason == "first of the month"
    assert new.day(dt.date(2026, 7, 2)).micros == 8 * 3_600_000_000
    assert new.name == "plant, summer"
    with pytest.raises(InvalidCalendarError, match="coverage"):
        WorkingCalendar("UTC", WEEK).edition(closed=lambda day: day.day == 1)


def test_a_combination_has_no_editions(old: WorkingCalendar) -> None:
    with pytest.raises(InvalidCalendarError, match="operands"):
        (old | old).edition(closed=[MAY_DAY])
