"""What a calendar is made of, checked: zone, weeks, closed and special days, coverage."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import attrs

from complaintflow.calendar.hours import Hours, Week, parse_hours, parse_week, weekday
from complaintflow.errors import ComplaintFlowError, InvalidCalendarError, Problem
from complaintflow.moments import zone

__all__ = [
    "FIRST_DATE",
    "LAST_DATE",
    "CalendarData",
    "Closed",
    "HoursLike",
    "Special",
    "SpecialLike",
    "WeekLike",
    "check",
]

FIRST_DATE = _dt.date(1970, 1, 1)
LAST_DATE = _dt.date(2200, 12, 31)

HoursLike: TypeAlias = str | Iterable[str]
WeekLike: TypeAlias = Mapping[str, HoursLike]
SpecialLike: TypeAlias = str | Iterable[str] | Mapping[str, Any]
Closed: TypeAlias = (
    Mapping[_dt.date, str] | Iterable[_dt.date] | Callable[[_dt.date], str | bool | None]
)


@attrs.frozen(slots=True)
class Special:
    """A special day: the *hours* of its own, or the hours of *weekday* (0 is Monday)."""

    hours: Hours = ()
    weekday: int | None = None
    name: str = ""


@attrs.frozen(slots=True)
class CalendarData:
    """The whole value behind a calendar that is no combination; sorted, so that equal is equal.

    Args:
        timezone: IANA name.
        weeks: (valid from, hours of Monday to Sunday); the first is valid from `date.min`.
        closed: (date, name), the name possibly empty.
        special: (date, `Special`).
        coverage: First and last date for which holidays are known; None is every date.
        standard_day: Microseconds of one standard day, or None for the commonest of the week.
        name: What people call the calendar.
    """

    timezone: str
    weeks: tuple[tuple[_dt.date, Week], ...]
    closed: tuple[tuple[_dt.date, str], ...] = ()
    special: tuple[tuple[_dt.date, Special], ...] = ()
    coverage: tuple[_dt.date, _dt.date] | None = None
    standard_day: int | None = None
    name: str = ""


def check(
    timezone: Any,
    week: Any,
    closed: Any,
    special: Any,
    coverage: Any,
    periods: Any,
    standard_day: Any,
    name: Any,
) -> CalendarData:
    """The checked data of a calendar.

    Raises:
        InvalidCalendarError: with every problem, each with its place.
    """
    return _Checker().run(timezone, week, closed, special, coverage, periods, standard_day, name)


class _Checker:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, path: str, message: str) -> None:
        self.problems.append(Problem(message, path=path))

    def run(
        self,
        timezone: Any,
        week: Any,
        closed: Any,
        special: Any,
        coverage: Any,
        periods: Any,
        standard_day: Any,
        name: Any,
    ) -> CalendarData:
        tz = self.zone(timezone)
        weeks = self.weeks(week, periods)
        span = self.coverage(coverage)
        shut = self.closed(closed, span)
        extra = self.special(special, weeks)
        if span is None and (shut or extra):
            years = [day.year for day in (*shut, *extra)]
            span = _dt.date(min(years), 1, 1), _dt.date(max(years), 12, 31)
        elif span is not None:
            for kind, days in (("closed", shut), ("special", extra)):
                for day in days:
                    if not span[0] <= day <= span[1]:
                        self.wrong(f"{kind}.{day}", f"lies outside the coverage {_show(span)}")
        hopeless = any(problem.path.startswith(("week", "special")) for problem in self.problems)
        if not hopeless and not extra and not any(hours for _, days in weeks for hours in days):
            self.wrong("week", "a calendar needs opening hours or special days; it has neither")
        standard = self.standard(standard_day)
        if not isinstance(name, str):
            self.wrong("name", f"a name is text, got {name!r:.60}")
        if self.problems:
            what = "; ".join(map(str, self.problems[:5]))
            more = f" and {len(self.problems) - 5} more" if len(self.problems) > 5 else ""
            raise InvalidCalendarError(
                f"the calendar cannot be used: {what}{more}", tuple(self.problems)
            )
        return CalendarData(
            tz,
            weeks,
            tuple(sorted(shut.items())),
            tuple(sorted(extra.items(), key=lambda item: item[0])),
            span,
            standard,
            name,
        )

    def zone(self, timezone: Any) -> str:
        try:
            if not isinstance(timezone, str):
                raise TypeError
            zone(timezone)
        except TypeError:
            self.wrong("timezone", f"expected a name such as 'Asia/Shanghai', got {timezone!r:.60}")
        except ComplaintFlowError as error:
            self.wrong("timezone", error.message)
        return str(timezone)

    def weeks(self, week: Any, periods: Any) -> tuple[tuple[_dt.date, Week], ...]:
        found = [(_dt.date.min, self.week("week", week))]
        if not isinstance(periods, Mapping):
            self.wrong("periods", f"expected a mapping from dates to weeks, got {periods!r:.60}")
            return tuple(found)
        for start, hours in periods.items():
            day = self.date("periods", start)
            if day is not None:
                found.append((day, self.week(f"periods.{day}", hours)))
        return tuple(sorted(found, key=lambda item: item[0]))

    def week(self, path: str, week: Any) -> Week:
        empty: Week = ((),) * 7
        if not isinstance(week, Mapping):
            self.wrong(path, f"expected hours by weekday, {{'mon-fri': [...]}}, got {week!r:.60}")
            return empty
        try:
            return parse_week(week)
        except ComplaintFlowError:
            pass
        good: dict[str, HoursLike] = {}
        for key, value in week.items():  # one by one, so that every problem is told
            try:
                parse_week({key: value})
                parse_week({**good, key: value})
                good[key] = value
            except ComplaintFlowError as error:
                self.wrong(f"{path}.{key}", error.message)
        return empty

    def date(self, path: str, value: Any) -> _dt.date | None:
        if isinstance(value, _dt.datetime) or not isinstance(value, _dt.date):
            self.wrong(path, f"expected a date, got {type(value).__name__} {value!r:.60}")
            return None
        day = _dt.date(value.year, value.month, value.day)
        if not FIRST_DATE <= day <= LAST_DATE:
            self.wrong(path, f"{day} lies outside the supported years 1970-2200")
            return None
        return day

    def coverage(self, value: Any) -> tuple[_dt.date, _dt.date] | None:
        if value is None:
            return None
        if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
            self.wrong("coverage", f"expected (first date, last date), got {value!r:.60}")
            return None
        days = list(value)
        if len(days) != 2:
            self.wrong("coverage", f"expected two dates, first and last, got {len(days)}")
            return None
        first, last = self.date("coverage", days[0]), self.date("coverage", days[1])
        if first is None or last is None:
            return None
        if first > last:
            self.wrong("coverage", f"ends on {last} before it starts on {first}")
            return None
        return first, last

    def closed(self, value: Any, span: tuple[_dt.date, _dt.date] | None) -> dict[_dt.date, str]:
        found: dict[_dt.date, str] = {}
        if callable(value) and not isinstance(value, (Mapping, Iterable)):
            if span is None:
                self.wrong("closed", "a callable is asked for every date of the coverage: give one")
                return found
            day = span[0]
            while day <= span[1]:
                answer = value(day)
                if answer:
                    found[day] = answer if isinstance(answer, str) else ""
                day += _dt.timedelta(days=1)
            return found
        if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
            self.wrong(
                "closed", f"expected dates, or a mapping of dates to names, got {value!r:.60}"
            )
            return found
        pairs = value.items() if isinstance(value, Mapping) else ((day, "") for day in value)
        for item, name in pairs:
            checked = self.date("closed", item)
            if checked is None:
                continue
            if name is not None and not isinstance(name, str):
                self.wrong(f"closed.{checked}", f"a name is text, got {name!r:.60}")
                continue
            found[checked] = name or ""
        return found

    def special(
        self, value: Any, weeks: tuple[tuple[_dt.date, Week], ...]
    ) -> dict[_dt.date, Special]:
        found: dict[_dt.date, Special] = {}
        if not isinstance(value, Mapping):
            self.wrong("special", f"expected a mapping of dates to hours, got {value!r:.60}")
            return found
        for key, what in value.items():
            day = self.date("special", key)
            if day is None:
                continue
            try:
                found[day] = special = _special(what)
            except ComplaintFlowError as error:
                self.wrong(f"special.{day}", error.message)
                continue
            if special.weekday is not None:
                week = [hours for start, hours in weeks if start <= day][-1]
                if not week[special.weekday]:
                    self.wrong(f"special.{day}", f"{what!r:.60} has no hours in the week to take")
        return found

    def standard(self, value: Any) -> int | None:
        if value is None:
            return None
        if not isinstance(value, _dt.timedelta):
            self.wrong("standard_day", f"expected a timedelta, got {value!r:.60}")
            return None
        micros = (value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds
        if not 0 < micros <= 86_400_000_000:
            self.wrong("standard_day", f"expected more than 0 and at most 24 hours, got {value}")
        return micros


def _special(value: Any) -> Special:
    name = ""
    if isinstance(value, Mapping):
        unknown = sorted(map(str, set(value) - {"hours", "name"}))
        if unknown or "hours" not in value:
            raise InvalidCalendarError(
                "a special day has 'hours' and may have a 'name'"
                + (f", not {', '.join(unknown)[:60]}" if unknown else "")
            )
        name, value = value.get("name", ""), value["hours"]
        if not isinstance(name, str):
            raise InvalidCalendarError(f"a name is text, got {name!r:.60}")
    if isinstance(value, str) and not any(letter.isdigit() for letter in value):
        return Special(weekday=weekday(value), name=name)
    hours = parse_hours(value)
    if not hours:
        raise InvalidCalendarError("a special day needs hours; a day without any is a closed day")
    return Special(hours=hours, name=name)


def _show(span: tuple[_dt.date, _dt.date]) -> str:
    return f"{span[0]} to {span[1]}"
