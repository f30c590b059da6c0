"""Hypothesis strategies for limits, conventions and pauses."""

from __future__ import annotations

import datetime as _dt
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

__all__ = ["amounts", "conventions", "counted_limits", "limits", "pauses", "timed_limits"]

_SECOND = 1_000_000
_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "),
    min_size=1,
    max_size=30,
).filter(lambda text: text == text.strip() and text.isprintable() and bool(text))


def timed_limits(max_hours: int = 100) -> st.SearchStrategy[_l.Limit]:
    """Elapsed and working time, up to *max_hours*."""
    seconds = st.one_of(
        st.integers(1, max_hours).map(lambda hours: hours * 3_600),
        st.integers(1, max_hours * 60).map(lambda minutes: minutes * 60),
        st.integers(1, max_hours * 3_600),
    )
    return st.one_of(seconds.map(_l.Elapsed), seconds.map(_l.WorkingTime))


def counted_limits(max_days: int = 12) -> st.SearchStrategy[_l.Limit]:
    """Limits counted in days, up to *max_days* or as many months."""
    half = st.integers(1, 2 * max_days).map(lambda n: _l.WorkingDays(Decimal(n) / 2))
    part = st.integers(1, 10 * max_days).map(lambda n: _l.WorkingDays(Decimal(n) / 10))
    times = st.none() | st.builds(_dt.time, st.integers(0, 23), st.integers(0, 59))
    points = st.one_of(
        st.builds(
            _l.FixedPoint,
            st.sampled_from(["working day", "calendar day"]),
            st.integers(1, max_days),
            st.just(0),
            times,
        ),
        st.builds(
            _l.FixedPoint, st.just("day of month"), st.integers(1, 31), st.integers(0, 1), times
        ),
        st.builds(_l.FixedPoint, st.just("half day"), st.integers(1, max_days)),
    )
    return st.one_of(
        st.integers(1, max_days).map(_l.WorkingDays),
        half,
        part,
        st.integers(1, max_days).map(_l.CalendarDays),
        st.integers(1, max(1, max_days // 7)).map(lambda weeks: _l.CalendarDays(weeks=weeks)),
        st.integers(1, max_days).map(_l.Months),
        st.sampled_from([_l.SameDay(), _l.SameDay("close of business")]),
        points,
    )


def amounts(max_days: int = 12) -> st.SearchStrategy[_l.Limit]:
    """Limits that have an instant."""
    return st.one_of(timed_limits(max_days * 8), counted_limits(max_days))


def _recurring() -> st.SearchStrategy[_l.Limit]:
    every: Any = st.sampled_from(["week", "month", "quarter", "year"])
    return st.one_of(
        st.builds(_l.Recurring, every, st.integers(1, 100), rolling=st.just(True)),
        st.builds(_l.Recurring, every),
        st.builds(_l.Recurring, st.just("week"), by=st.integers(1, 7)),
        st.builds(_l.Recurring, st.just("month"), by=st.integers(1, 31)),
        st.builds(_l.Recurring, st.just("year"), by=st.integers(1, 31), month=st.integers(1, 12)),
    )


def limits() -> st.SearchStrategy[_l.Limit]:
    """Every sort of limit over its whole range."""
    long = st.one_of(
        st.integers(1, 3_600_000_000).map(_l.Elapsed),
        st.integers(1, 3_600_000_000).map(_l.WorkingTime),
        st.integers(1, 36_525_000).map(lambda n: _l.WorkingDays(Decimal(n) / 1_000)),
        st.builds(_l.CalendarDays, st.integers(1, 999), st.integers(0, 999)),
        st.builds(_l.Months, st.integers(0, 11), st.integers(1, 99)),
    )
    return st.one_of(
        amounts(),
        long,
        _recurring(),
        _WORDS.map(_l.WordOnly),
        _WORDS.map(_l.EventOrder),
        _WORDS.map(_l.Referenced),
        (st.just("") | _WORDS).map(_l.Unset),
        (st.just("") | _WORDS).map(_l.Promise),
        (st.just("") | _WORDS).map(_l.CustomersDate),
        st.tuples(long, long)
        .filter(lambda pair: pair[0] != pair[1])
        .map(lambda pair: _l.Disagreeing(*pair)),
    )


def conventions() -> st.SearchStrategy[Conventions]:
    """Every combination of choices; the defaults come up often."""

    def choice(alias: object) -> st.SearchStrategy[Any]:
        known = get_args(alias)
        return st.just(known[0]) | st.sampled_from(known)

    return st.builds(
        Conventions,
        on_closed_day=choice(Placement),
        before_opening=choice(Placement),
        in_break=choice(Placement),
        after_closing=choice(Placement),
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
