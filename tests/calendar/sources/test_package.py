"""Calendars from the holidays package."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.errors import InvalidValueError, MissingExtraError

WEEK = {"mon-fri": "09:00-17:00"}


@pytest.fixture(autouse=True)
def package() -> Any:
    return pytest.importorskip("holidays")


def make(country: str, *subdivision: str, **more: Any) -> WorkingCalendar:
    options: dict[str, Any] = {"week": WEEK, "years": (2026, 2026), "timezone": "UTC"} | more
    return WorkingCalendar.from_holidays(country, *subdivision, **options)


def test_a_subdivision_and_a_language() -> None:
    bavaria = make("DE", "BY", timezone="Europe/Berlin", language="en_US")
    assert bavaria.day(dt.date(2026, 1, 6)).reason == "Epiphany"
    assert make("DE", "BE", timezone="Europe/Berlin").is_working_day(dt.date(2026, 1, 6))
    assert bavaria.coverage == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_a_year_that_is_only_guessed_is_not_covered() -> None:
    china = make("CN", years=(2025, 2030), timezone="Asia/Shanghai")
    assert china.coverage == (dt.date(2025, 1, 1), dt.date(2026, 12, 31))
    with pytest.raises(InvalidValueError, match="no announced list"):
        make("CN", years=(2028, 2030))


def test_make_up_days_of_another_country() -> None:
    hungary = make("HU", years=(2024, 2024), timezone="Europe/Budapest")
    day = hungary.day(dt.date(2024, 8, 3))
    assert day.working
    assert (day.kind, day.stands_for) == ("make-up", "mon")


def test_make_up_hours_may_be_given() -> None:
    china = make("CN", timezone="Asia/Shanghai", make_up=["09:00-12:00"])
    assert china.day(dt.date(2026, 5, 9)).micros == 3 * 3_600_000_000


@pytest.mark.parametrize(
    ("country", "more", "words"),
    [
        ("XX", {}, "no country"),
        ("china", {}, "Expected a code"),
        ("DE", {"years": (2026,)}, "first, last"),
        ("DE", {"years": (2027, 2026)}, "first, last"),
        ("DE", {"years": (1900, 1901)}, "1970-2200"),
        ("DE", {"categories": ("nonsense",)}, "refuses"),
    ],
)
def test_what_the_package_does_not_know(country: str, more: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        make(country, **more)
    with pytest.raises(InvalidValueError, match="refuses"):
        make("DE", "nowhere")


def test_without_the_extra_the_error_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(MissingExtraError, match=r"complaintflow\[holidays\]"):
        make("DE")
