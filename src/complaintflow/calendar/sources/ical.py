"""Calendars from an iCalendar file (the extra ``holidays``)."""

from __future__ import annotations

import datetime as _dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from complaintflow.calendar.data import FIRST_DATE, LAST_DATE, HoursLike, WeekLike
from complaintflow.errors import InvalidCalendarError, MissingExtraError, Problem

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["from_ical"]

_LARGEST = 20_000_000  # bytes; a list of holidays has a few thousand
_MANY = 100_000


def from_ical(
    source: str | bytes | os.PathLike[str],
    *,
    week: WeekLike,
    timezone: str,
    coverage: tuple[_dt.date, _dt.date],
    make_up: Mapping[str, str | HoursLike] | None = None,
    name: str = "",
    standard_day: _dt.timedelta | None = None,
) -> WorkingCalendar:
    """A calendar closed on the all-day events of a file, see `WorkingCalendar.from_ical`."""
    from complaintflow.calendar.working import WorkingCalendar

    parsed = _parsed(_text(source))
    first, last = coverage
    closed: dict[_dt.date, str] = {}
    special: dict[_dt.date, Any] = {}
    problems: list[Problem] = []
    for event in _events(parsed, max(first, FIRST_DATE), min(last, LAST_DATE)):
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        summary = str(event.get("SUMMARY", "")).strip()
        start = event["DTSTART"].dt
        stop = event["DTEND"].dt if "DTEND" in event else None
        days = _days(start, stop)
        if days is None:
            problems.append(
                Problem(
                    f"the event {summary[:60]!r} at {start} does not take whole days; only whole "
                    "days can be closed",
                    path="DTSTART",
                )
            )
            continue
        hours = next((what for word, what in (make_up or {}).items() if word in summary), None)
        for day in days:
            if not first <= day <= last:
                continue
            if hours is not None:
                special[day] = {"hours": hours, "name": summary}
            else:
                closed[day] = f"{closed[day]} / {summary}" if closed.get(day) else summary
    if problems:
        raise InvalidCalendarError(
            "the file cannot be used: " + "; ".join(str(problem) for problem in problems[:5]),
            tuple(problems),
        )
    return WorkingCalendar(
        timezone,
        week,
        closed=closed,
        special=special,
        coverage=coverage,
        standard_day=standard_day,
        name=name,
    )


def _text(source: str | bytes | os.PathLike[str]) -> bytes:
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, str) and "BEGIN:VCALENDAR" in source:
        data = source.encode()
    else:
        data = Path(source).read_bytes()
    if len(data) > _LARGEST:
        raise InvalidCalendarError(f"the file has {len(data)} bytes; at most {_LARGEST} are read")
    return data


def _parsed(data: bytes) -> Any:
    try:
        import icalendar
        import recurring_ical_events  # noqa: F401  (asked for here, so that one message tells)
    except ImportError:
        raise MissingExtraError(
            "from_ical needs icalendar and recurring-ical-events: "
            "pip install 'complaintflow[holidays]'",
            extra="holidays",
        ) from None
    try:
        return icalendar.Calendar.from_ical(data)
    except (ValueError, IndexError, KeyError) as error:
        raise InvalidCalendarError(f"the text is no iCalendar file: {str(error)[:200]}") from None


def _events(parsed: Any, first: _dt.date, last: _dt.date) -> list[Any]:
    import recurring_ical_events

    try:
        found = list(recurring_ical_events.of(parsed).between(first, last + _dt.timedelta(days=1)))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise InvalidCalendarError(f"an event cannot be read: {str(error)[:200]}") from None
    if len(found) > _MANY:
        raise InvalidCalendarError(f"{len(found)} events are too many for a list of holidays")
    return found


def _days(start: Any, stop: Any) -> list[_dt.date] | None:
    """The whole days of an event, None if it does not take whole days. The end is not included."""
    if isinstance(start, _dt.datetime):
        if not isinstance(stop, _dt.datetime):
            return None
        wall, end = start.replace(tzinfo=None), stop.replace(tzinfo=None)
        if wall.time() != _dt.time(0) or end.time() != _dt.time(0) or wall >= end:
            return None
        start, stop = wall.date(), end.date()
    if stop is None or stop <= start:
        stop = start + _dt.timedelta(days=1)
    return [start + _dt.timedelta(days=i) for i in range((stop - start).days)]
