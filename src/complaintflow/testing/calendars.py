"""Hypothesis strategies for calendars, and for instants where clocks do strange things.

`register` is called through Hypothesis' entry point, so that ``st.from_type(WorkingCalendar)``
works wherever this package is installed.
"""

from __future__ import annotations

import datetime as _dt
from typing import Any

import attrs
from hypothesis import strategies as st

from complaintflow.calendar.working import WorkingCalendar

__all__ = [
    "MOMENTS",
    "Scene",
    "calendars",
    "dates_near",
    "instants_near",
    "register",
    "scenes",
    "weeks",
    "working_times",
]

_MINUTE = 60_000_000
_DAY = 86_400_000_000

MOMENTS: dict[str, tuple[str, ...]] = {
    "UTC": ("2024-02-29", "2023-12-31", "1999-12-31"),
    "Asia/Shanghai": ("2026-05-01", "1988-04-17", "1991-09-15", "2025-12-31"),
    "Asia/Kolkata": ("2024-02-29",),
    "America/New_York": ("2024-03-10", "2024-11-03", "2026-12-31"),
    "Europe/London": ("2024-03-31", "2024-10-27"),
    "Australia/Lord_Howe": ("2024-04-07", "2024-10-06"),  # half an hour
    "America/St_Johns": ("2006-04-02", "2006-10-29"),  # at 00:01, back into the day before
    "America/Sao_Paulo": ("2018-02-18", "2018-11-04"),  # at midnight
    "Asia/Beirut": ("2024-03-31", "2024-10-27"),  # at midnight
    "Africa/Casablanca": ("2024-03-10", "2024-04-14"),  # out of and into daylight saving, a month
    "Asia/Pyongyang": ("2015-08-15", "2018-05-05"),  # half an hour, for ever
    "Africa/Monrovia": ("1972-01-07",),  # 44 min 30 s
    "Pacific/Apia": ("2011-12-30", "2011-09-24", "2012-04-01"),  # a whole day skipped
    "Pacific/Kwajalein": ("1993-08-21",),  # a whole day skipped
    "Asia/Kathmandu": ("1986-01-01",),
}
"""Zones, each with dates on which something happens in it."""


@attrs.frozen
class Scene:
    """A calendar and a date near which something happens in it.

    Args:
        calendar: The calendar.
        date: The date.
        at: Its beginning in UTC, microseconds since 1970.
    """

    calendar: WorkingCalendar
    date: _dt.date
    at: int


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def _hours(draw: st.DrawFn, grid: int) -> list[str]:
    """One day's hours: up to three intervals, of which the last may run past midnight."""
    common = draw(st.integers(0, 9))
    if common < 3:
        return [["08:00-12:00", "13:00-17:00"], ["22:00-06:00"], ["00:00-24:00"]][common]
    ticks = 1440 // grid
    count = draw(st.integers(1, 3))
    cuts = sorted(
        draw(st.lists(st.integers(0, ticks), min_size=2 * count, max_size=2 * count, unique=True))
    )
    pairs = [(cuts[i] * grid, cuts[i + 1] * grid) for i in range(0, 2 * count, 2)]
    texts = [f"{_clock(start)}-{_clock(end)}" for start, end in pairs]
    start = pairs[-1][0]
    if draw(st.booleans()) and start > 0:
        texts[-1] = f"{_clock(start)}-{_clock(draw(st.integers(0, start // grid - 1)) * grid)}"
    return texts


@st.composite
def weeks(draw: st.DrawFn, grid: int = 15) -> dict[str, list[str]]:
    """Weekly opening hours on a grid of minutes, at least one day with hours."""
    ordinary = draw(_hours(grid))
    shape = draw(st.sampled_from(["mon-fri", "mon-sat", "mon-sun", "fri-mon", "each"]))
    if shape != "each":
        return {shape: ordinary}
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=7, unique=True))
    return {name: draw(_hours(grid)) for name in chosen}


@st.composite
def scenes(
    draw: st.DrawFn,
    zones: st.SearchStrategy[str] | None = None,
    *,
    grid: int = 15,
    covered: bool = False,
    combined: bool = False,
) -> Scene:
    """A calendar and a date near which its clocks, its holidays or the year change.

    Args:
        draw: Given by Hypothesis.
        zones: Names of zones out of `MOMENTS`.
        grid: Minutes on which hours begin and end.
        covered: Whether the calendar may have a coverage.
        combined: Whether it may be a combination of two.
    """
    zone = draw(st.sampled_from(sorted(MOMENTS)) if zones is None else zones)
    date = _dt.date.fromisoformat(draw(st.sampled_from(MOMENTS[zone])))
    date += _dt.timedelta(days=draw(st.integers(-2, 2)))
    calendar = draw(_near(zone, date, grid, covered=covered))
    if combined and draw(st.booleans()):
        other = draw(_near(zone, date, grid, covered=covered))
        operation = draw(st.sampled_from(["union", "intersection", "difference"]))
        calendar = getattr(calendar, operation)(other)
    at = (date - _dt.date(1970, 1, 1)).days * _DAY
    return Scene(calendar, date, at)


@st.composite
def _near(
    draw: st.DrawFn, zone: str, date: _dt.date, grid: int, *, covered: bool
) -> WorkingCalendar:
    week = draw(weeks(grid))
    near = st.integers(-6, 9).map(lambda days: date + _dt.timedelta(days=days))
    closed = draw(st.dictionaries(near, st.sampled_from(["", "holiday"]), max_size=4))
    open_days = [key for key in week if "-" not in key] or ["fri"]
    special: dict[_dt.date, Any] = draw(
        st.dictionaries(near, st.one_of(_hours(grid), st.sampled_from(open_days)), max_size=2)
    )
    periods = {}
    if draw(st.integers(0, 4)) == 0:
        start = draw(near)
        periods[start] = draw(weeks(grid))
        special = {day: hours for day, hours in special.items() if not isinstance(hours, str)}
    if not covered:
        span = (_dt.date(1970, 1, 1), _dt.date(2200, 12, 31))
    else:
        first = date - _dt.timedelta(days=draw(st.integers(10, 40)))
        span = (first, date + _dt.timedelta(days=draw(st.integers(10, 60))))
    return WorkingCalendar(
        zone, week, closed=closed, special=special, periods=periods, coverage=span
    )


def calendars(
    zones: st.SearchStrategy[str] | None = None,
    *,
    grid: int = 15,
    covered: bool = False,
    combined: bool = False,
) -> st.SearchStrategy[WorkingCalendar]:
    """Calendars as in `scenes`, without the date."""
    return scenes(zones, grid=grid, covered=covered, combined=combined).map(
        lambda scene: scene.calendar
    )


def instants_near(at: int, days: int = 4, grid: int = 1) -> st.SearchStrategy[int]:
    """Microseconds since 1970 within *days* of *at*, on a grid of microseconds."""
    reach = days * _DAY // grid
    return st.integers(-reach, reach).map(lambda steps: (at // grid + steps) * grid)


def dates_near(date: _dt.date, days: int = 15) -> st.SearchStrategy[_dt.date]:
    """Dates within *days* of *date*."""
    return st.integers(-days, days).map(lambda n: date + _dt.timedelta(days=n))


def working_times(hours: int = 60, grid: int = 1) -> st.SearchStrategy[_dt.timedelta]:
    """Positive amounts of working time up to so many hours, on a grid of microseconds."""
    return st.integers(1, hours * 60 * _MINUTE // grid).map(
        lambda steps: _dt.timedelta(microseconds=steps * grid)
    )


def register() -> None:
    """Tell Hypothesis how to make a `WorkingCalendar`."""
    st.register_type_strategy(WorkingCalendar, calendars(combined=True))
