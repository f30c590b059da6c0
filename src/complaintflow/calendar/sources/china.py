"""China's official calendar, built in: holidays and make-up workdays of the announced years."""

from __future__ import annotations

import datetime as _dt
from typing import TYPE_CHECKING, Any, Literal

from complaintflow.calendar.data import HoursLike, WeekLike
from complaintflow.calendar.hours import parse_week, weekday
from complaintflow.calendar.sources.china_days import FESTIVALS, GAZETTE, YEARS
from complaintflow.errors import InvalidCalendarError, InvalidValueError

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["china", "china_days_off", "china_make_up_days", "china_sources", "china_years"]

_MAKE_UP = {"en": "make-up workday for {}", "zh": "{}调休补班"}


def china_years() -> tuple[int, int]:
    """The first and the last year that are built in."""
    return min(YEARS), max(YEARS)


def china_sources(year: int) -> tuple[str, ...]:
    """Addresses of the notices in the Gazette of the State Council for *year*."""
    return tuple(GAZETTE + part for part in _row(year)[2])


def china_days_off(year: int, language: Literal["en", "zh"] = "en") -> dict[_dt.date, str]:
    """The announced days off of *year* with their names, weekends inside a holiday included.

    Raises:
        InvalidValueError: the year is not built in.
    """
    found: dict[_dt.date, str] = {}
    for item in _row(year)[0].split():
        festival, _, span = item.partition(":")
        first, _, last = span.partition("-")
        day, end = _date(year, first), _date(year, last or first)
        while day <= end:
            found[day] = FESTIVALS[festival][_language(language)]
            day += _dt.timedelta(days=1)
    return found


def china_make_up_days(
    year: int, language: Literal["en", "zh"] = "en"
) -> dict[_dt.date, tuple[str, str]]:
    """The make-up workdays of *year*: the weekday whose work is done on them, and a name.

    Raises:
        InvalidValueError: the year is not built in.
    """
    found: dict[_dt.date, tuple[str, str]] = {}
    for item in _row(year)[1].split():
        festival, _, rest = item.partition(":")
        day, _, stands_for = rest.partition("=")
        name = FESTIVALS[festival][_language(language)]
        found[_date(year, day)] = stands_for, _MAKE_UP[language].format(name)
    return found


def china(
    week: WeekLike,
    *,
    years: tuple[int, int] | None = None,
    timezone: str = "Asia/Shanghai",
    language: Literal["en", "zh"] = "en",
    make_up: str | HoursLike | None = None,
    name: str = "",
    standard_day: _dt.timedelta | None = None,
) -> WorkingCalendar:
    """China's official calendar on *week*, see `WorkingCalendar.china`."""
    from complaintflow.calendar.working import WorkingCalendar

    first, last = china_years() if years is None else years
    if not (min(YEARS) <= first <= last <= max(YEARS)):
        raise InvalidValueError(
            f"years {first} to {last} are not all built in; {min(YEARS)} to {max(YEARS)} are. "
            "For others give the announced list yourself, or use from_holidays"
        )
    hours = parse_week(week)
    closed: dict[_dt.date, str] = {}
    special: dict[_dt.date, Any] = {}
    for year in range(first, last + 1):
        closed |= china_days_off(year, language)
        for day, (stands_for, label) in china_make_up_days(year, language).items():
            if make_up is not None:
                special[day] = {"hours": make_up, "name": label}
            elif hours[weekday(stands_for)]:
                special[day] = {"hours": stands_for, "name": label}
            else:  # the week does not work on that day, so nothing is made up
                continue
    if not closed:
        raise InvalidCalendarError("no year was asked for")
    return WorkingCalendar(
        timezone,
        week,
        closed=closed,
        special=special,
        coverage=(_dt.date(first, 1, 1), _dt.date(last, 12, 31)),
        standard_day=standard_day,
        name=name,
    )


def _row(year: int) -> tuple[str, str, tuple[str, ...]]:
    found = YEARS.get(year)
    if found is None:
        raise InvalidValueError(f"{year} is not built in; {min(YEARS)} to {max(YEARS)} are")
    return found


def _date(year: int, text: str) -> _dt.date:
    return _dt.date(year, int(text[:2]), int(text[2:]))


def _language(language: str) -> str:
    if language not in ("en", "zh"):
        raise InvalidValueError(f"names are in 'en' or 'zh', not {language!r:.60}")
    return language
