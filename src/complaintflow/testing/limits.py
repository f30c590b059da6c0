"""Hypothesis strategies for limits, conventions and pauses."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

from complaintflow.calendar import limits as _l
from complaintflow.calendar.conventions import (
    Conventions,
    End,
    FirstDay,
    LastDayOff,
    Placement,
)

__all__ = [
    "SORTS",
    "amounts",
    "calendar_days",
    "conventions",
    "counted_limits",
    "disagreeing",
    "elapsed",
    "fixed_points",
    "fractions",
    "large_amounts",
    "limits",
    "months",
    "pauses",
    "recurring",
    "register",
    "same_day",
    "timed_limits",
    "wordings",
    "working_days",
    "working_time",
]

_SECOND = 1_000_000
_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "),
    min_size=1,
    max_size=30,
).filter(lambda text: text == text.strip() and text.isprintable() and bool(text))


def elapsed(max_hours: int = 100) -> st.SearchStrategy[_l.Limit]:
    """Elapsed time, up to *max_hours*."""
    return _seconds(max_hours).map(_l.Elapsed)


def working_time(max_hours: int = 100) -> st.SearchStrategy[_l.Limit]:
    """Working time, up to *max_hours*."""
    return _seconds(max_hours).map(_l.WorkingTime)


def _seconds(max_hours: int) -> st.SearchStrategy[int]:
    return st.one_of(
        st.integers(1, max_hours).map(lambda hours: hours * 3_600),
        st.integers(1, max_hours * 60).map(lambda minutes: minutes * 60),
        st.integers(1, max_hours * 3_600),
    )


def working_days(max_days: int = 12) -> st.SearchStrategy[_l.Limit]:
    """Whole working days."""
    return st.integers(1, max_days).map(_l.WorkingDays)


def fractions(max_days: int = 12) -> st.SearchStrategy[_l.Limit]:
    """Working days with a part of a day."""
    halves = st.integers(0, max_days).map(lambda n: _l.WorkingDays(Decimal(2 * n + 1) / 2))
    tenths = st.integers(0, 10 * max_days).map(lambda n: _l.WorkingDays(Decimal(n) / 10 + 1))
    return halves | tenths.filter(lambda limit: bool(limit.fraction))


def calendar_days(max_days: int = 12) -> st.SearchStrategy[_l.Limit]:
    """Days and weeks of the civil calendar."""
    weeks = st.integers(1, max(1, max_days // 7)).map(lambda n: _l.CalendarDays(weeks=n))
    return st.integers(1, max_days).map(_l.CalendarDays) | weeks


def months(most: int = 12) -> st.SearchStrategy[_l.Limit]:
    """Months and years."""
    return st.integers(1, most).map(_l.Months) | st.just(_l.Months(years=1))


def same_day() -> st.SearchStrategy[_l.Limit]:
    """The same day, with either end."""
    return st.sampled_from([_l.SameDay(), _l.SameDay("close of business")])


def fixed_points(max_days: int = 12) -> st.SearchStrategy[_l.Limit]:
    """Wall times on counted days, days of a month, half days."""
    times = st.none() | st.builds(_dt.time, st.integers(0, 23), st.integers(0, 59))
    kinds: Any = st.sampled_from(["working day", "calendar day"])
    day_of_month: Any = st.just("day of month")
    half_day: Any = st.just("half day")
    return st.one_of(
        st.builds(_l.FixedPoint, kinds, st.integers(1, max_days), st.just(0), times),
        st.builds(_l.FixedPoint, day_of_month, st.integers(1, 31), st.integers(0, 1), times),
        st.builds(_l.FixedPoint, half_day, st.integers(1, max_days)),
    )


SORTS: dict[str, Callable[[], st.SearchStrategy[_l.Limit]]] = {
    "elapsed": elapsed,
    "working time": working_time,
    "working days": working_days,
    "fractions": fractions,
    "calendar days": calendar_days,
    "months": months,
    "same day": same_day,
    "fixed points": fixed_points,
}
"""The strategies of limits that have an instant, so that a law can be tried on each."""


def timed_limits(max_hours: int = 100) -> st.SearchStrategy[_l.Limit]:
    """Elapsed and working time, up to *max_hours*."""
    return elapsed(max_hours) | working_time(max_hours)


def counted_limits(max_days: int = 12) -> st.SearchStrategy[_l.Limit]:
    """Limits counted in days, up to *max_days* or as many months."""
    return st.one_of(
        working_days(max_days),
        fractions(max_days),
        calendar_days(max_days),
        months(max_days),
        same_day(),
        fixed_points(max_days),
    )


def amounts(max_days: int = 12) -> st.SearchStrategy[_l.Limit]:
    """Limits that have an instant."""
    return st.one_of(timed_limits(max_days * 8), counted_limits(max_days))


def recurring() -> st.SearchStrategy[_l.Limit]:
    """Periods of the calendar and rolling ones."""
    every: Any = st.sampled_from(["week", "month", "quarter", "year"])
    week: Any = st.just("week")
    month: Any = st.just("month")
    year: Any = st.just("year")
    days = st.integers(1, 31)
    return st.one_of(
        st.builds(_l.Recurring, every, st.integers(1, 100), rolling=st.just(True)),
        st.builds(_l.Recurring, every),
        st.builds(_l.Recurring, week, by=st.integers(1, 7)),
        st.builds(_l.Recurring, month, by=days),
        st.builds(_l.Recurring, year, by=days, month=st.integers(1, 12)),
    )


def wordings() -> st.SearchStrategy[_l.Limit]:
    """Limits that are no amount of time."""
    some = st.just("") | _WORDS
    return st.one_of(
        _WORDS.map(_l.WordOnly),
        _WORDS.map(_l.EventOrder),
        _WORDS.map(_l.Referenced),
        some.map(_l.Unset),
        some.map(_l.Promise),
        some.map(_l.CustomersDate),
    )


def large_amounts() -> st.SearchStrategy[_l.Limit]:
    """Amounts over their whole range."""
    return st.one_of(
        st.integers(1, 3_600_000_000).map(_l.Elapsed),
        st.integers(1, 3_600_000_000).map(_l.WorkingTime),
        st.integers(1, 36_525_000).map(lambda n: _l.WorkingDays(Decimal(n) / 1_000)),
        st.builds(_l.CalendarDays, st.integers(1, 999), st.integers(0, 999)),
        st.builds(_l.Months, st.integers(0, 11), st.integers(1, 99)),
    )


def disagreeing() -> st.SearchStrategy[_l.Limit]:
    """Two amounts that are not the same."""
    pairs = st.tuples(large_amounts(), large_amounts()).filter(lambda pair: pair[0] != pair[1])
    return pairs.map(lambda pair: _l.Disagreeing(*pair))


def limits() -> st.SearchStrategy[_l.Limit]:
    """Every sort of limit over its whole range."""
    return st.one_of(amounts(), large_amounts(), recurring(), wordings(), disagreeing())


def conventions() -> st.SearchStrategy[Conventions]:
    """Every combination of choices; a start that is kept comes up more often than not."""

    def choice(alias: object) -> st.SearchStrategy[Any]:
        return st.sampled_from(get_args(alias))

    placement = st.just("kept") | choice(Placement)
    return st.builds(
        Conventions,
        on_closed_day=placement,
        before_opening=placement,
        in_break=placement,
        after_closing=placement,
        cut_off=st.none() | st.builds(_dt.time, st.integers(0, 23), st.sampled_from([0, 30])),
        first_day=choice(FirstDay),
        end=choice(End),
        last_day_off=choice(LastDayOff),
        least_working_days=st.just(0) | st.integers(0, 3),
    )


@st.composite
def pauses(
    draw: st.DrawFn, start_us: int, *, days: int = 12, most: int = 4, lasting: bool = True
) -> list[tuple[int, int | None]]:
    """Pauses after *start_us*: sorted, disjoint, not touching, whole seconds.

    Args:
        draw: Given by Hypothesis.
        start_us: The start of the clock, microseconds since 1970 UTC.
        days: How far they reach.
        most: How many at most.
        lasting: Whether the last may have no end yet.
    """
    steps = st.integers(1, days * 24 * 4).map(lambda quarters: quarters * 900)
    edges = draw(st.lists(steps | st.integers(1, days * 86_400), max_size=2 * most, unique=True))
    edges.sort()
    at = start_us - start_us % _SECOND
    found: list[tuple[int, int | None]] = [
        (at + low * _SECOND, at + high * _SECOND)
        for low, high in zip(edges[::2], edges[1::2], strict=False)
    ]
    if lasting and len(edges) % 2 and draw(st.booleans()):
        found.append((at + edges[-1] * _SECOND, None))
    return found


def register() -> None:
    """Let ``st.from_type`` draw limits and conventions."""
    st.register_type_strategy(_l.Limit, limits())
    st.register_type_strategy(Conventions, conventions())
