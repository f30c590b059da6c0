"""New editions of a calendar, and what differs between two."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from complaintflow.calendar.base import plain_date
from complaintflow.calendar.data import Closed, SpecialLike, WeekLike
from complaintflow.calendar.day import Day
from complaintflow.calendar.leaf import Leaf
from complaintflow.errors import InvalidCalendarError

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["changes", "edition"]


def edition(
    calendar: WorkingCalendar,
    closed: Closed,
    special: Mapping[_dt.date, SpecialLike] | None,
    coverage: tuple[_dt.date, _dt.date] | None,
    periods: Mapping[_dt.date, WeekLike] | None,
    name: str | None,
) -> WorkingCalendar:
    """See `WorkingCalendar.edition`."""
    from complaintflow.calendar.tomlform import to_mapping
    from complaintflow.calendar.working import WorkingCalendar

    source = calendar._source
    if not isinstance(source, Leaf):
        raise InvalidCalendarError(
            "a combination has no editions of its own: publish to its operands and combine again"
        )
    old = source.data
    written = to_mapping(calendar)
    shut: Any = closed
    if not callable(closed):
        shut = dict(closed) if isinstance(closed, Mapping) else dict.fromkeys(closed, "")
    if coverage is None and not callable(shut):
        coverage = _widened(old.coverage, [*shut, *(special or {})])
    if callable(shut):
        span = coverage or old.coverage
        if span is None:
            raise InvalidCalendarError("a callable is asked for every date of a coverage: give one")
        days = (span[0] + _dt.timedelta(days=i) for i in range((span[1] - span[0]).days + 1))
        answers = {day: shut(day) for day in days}
        shut = {day: text if isinstance(text, str) else "" for day, text in answers.items() if text}
    kept = {_dt.date.fromisoformat(k): v for k, v in written.get("special", {}).items()}
    spans = {_dt.date.fromisoformat(k): v for k, v in written.get("periods", {}).items()}
    return WorkingCalendar(
        old.timezone,
        written["week"],
        closed=dict(old.closed) | shut,
        special=kept | dict(special or {}),
        coverage=coverage,
        periods=spans | dict(periods or {}),
        standard_day=None
        if old.standard_day is None
        else _dt.timedelta(microseconds=old.standard_day),
        name=old.name if name is None else name,
    )


def _widened(
    old: tuple[_dt.date, _dt.date] | None, named: Iterable[Any]
) -> tuple[_dt.date, _dt.date] | None:
    years = [day.year for day in named if isinstance(day, _dt.date)]
    if old is None or not years:
        return old
    return (
        min(old[0], _dt.date(min(years), 1, 1)),
        max(old[1], _dt.date(max(years), 12, 31)),
    )


def changes(
    here: WorkingCalendar, there: WorkingCalendar, first: _dt.date, last: _dt.date
) -> list[tuple[Day, Day]]:
    """The dates from *first* to *last* that the two see differently, in order.

    A difference is in the hours or the reason; whether a date is known counts as well, since a
    provisional answer becomes a firm one.
    """
    day, found = plain_date(first), []
    while day <= last:
        a, b = here.day(day), there.day(day)
        if a != b:
            found.append((a, b))
        day += _dt.timedelta(days=1)
    return found
