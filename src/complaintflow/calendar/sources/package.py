"""Calendars from the package ``holidays`` (the extra ``holidays``)."""

from __future__ import annotations

import datetime as _dt
import re
from typing import TYPE_CHECKING, Any

from complaintflow.calendar.data import HoursLike, WeekLike
from complaintflow.calendar.hours import WEEKDAYS, parse_week
from complaintflow.errors import InvalidValueError, MissingExtraError, did_you_mean

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["from_holidays"]

# Where the package guesses a year that is not announced yet, without saying so.
_ANNOUNCED = {"CN"}


def from_holidays(
    country: str,
    subdivision: str | None = None,
    *,
    week: WeekLike,
    years: tuple[int, int],
    timezone: str,
    language: str | None = None,
    make_up: str | HoursLike | None = None,
    categories: tuple[str, ...] | None = None,
    name: str = "",
    standard_day: _dt.timedelta | None = None,
) -> WorkingCalendar:
    """A calendar with the public holidays of a country, see `WorkingCalendar.from_holidays`."""
    from complaintflow.calendar.working import WorkingCalendar

    first, last = _years(years)
    listed = _listed(country, subdivision, first, last, language, categories)
    make_ups = set(getattr(listed, "weekend_workdays", ()))
    if country.upper() in _ANNOUNCED:
        announced = {day.year for day in make_ups}
        while last >= first and last not in announced:
            last -= 1
        if last < first:
            raise InvalidValueError(
                f"the holidays package has no announced list for {country} in {years[0]}-{years[1]}"
            )
    span = _dt.date(first, 1, 1), _dt.date(last, 12, 31)
    closed = {
        _dt.date(day.year, day.month, day.day): str(label)
        for day, label in listed.items()
        if span[0] <= day <= span[1]
    }
    hours = parse_week(week)
    swapped = _swapped(listed)
    special: dict[_dt.date, Any] = {}
    for day in sorted(make_ups):
        if not span[0] <= day <= span[1]:
            continue
        stands_for = swapped.get(day)
        if make_up is not None:
            special[day] = make_up
        elif stands_for is not None and hours[stands_for]:
            special[day] = WEEKDAYS[stands_for]
        elif stands_for is None:
            usual = next((i for i in (4, 3, 2, 1, 0) if hours[i]), None)
            if usual is not None:
                special[day] = WEEKDAYS[usual]
    return WorkingCalendar(
        timezone,
        week,
        closed=closed,
        special=special,
        coverage=span,
        standard_day=standard_day,
        name=name,
    )


def _years(years: Any) -> tuple[int, int]:
    if (
        not isinstance(years, tuple)
        or len(years) != 2
        or any(type(year) is not int for year in years)
        or not 1970 <= years[0] <= years[1] <= 2200
    ):
        raise InvalidValueError(f"years are (first, last) within 1970-2200, got {years!r:.60}")
    return years[0], years[1]


def _listed(
    country: str,
    subdivision: str | None,
    first: int,
    last: int,
    language: str | None,
    categories: tuple[str, ...] | None,
) -> Any:
    try:
        import holidays
    except ImportError:
        raise MissingExtraError(
            "from_holidays needs the package holidays: pip install 'complaintflow[holidays]'",
            extra="holidays",
        ) from None
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        meant = did_you_mean(str(country), known)
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise InvalidValueError(
            f"the holidays package has no country {country!r:.60}{hint} "
            "Expected a code such as 'CN'"
        )
    extra: dict[str, Any] = {} if categories is None else {"categories": categories}
    try:
        return holidays.country_holidays(
            country,
            subdiv=subdivision,
            # One more each way: a make-up day may fall in the year before its holiday.
            years=range(first, last + 2),
            language=language,
            expand=False,  # or asking for a date adds its whole year
            **extra,
        )
    except (NotImplementedError, ValueError) as error:
        raise InvalidValueError(f"the holidays package refuses: {error}") from None


def _swapped(listed: Any) -> dict[_dt.date, int]:
    """Make-up day -> weekday of the day off it makes up for, where the package tells."""
    written = getattr(listed, "substituted_date_format", None)
    if not written:
        return {}
    written = listed.tr(written)
    by_text = {day.strftime(written): day for day in listed.weekend_workdays}
    found: dict[_dt.date, int] = {}
    for off, label in listed.items():
        for text in re.findall(r"[\d./-]{6,}", str(label)):
            day = by_text.get(text.strip("."), by_text.get(text))
            if day is not None:
                found[day] = off.weekday()
    return found
