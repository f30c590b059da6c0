"""When limits fall due, for starts across a whole year on the calendar that counts them."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from functools import cached_property

import attrs

from complaintflow.calendar import WorkingCalendar, due_us
from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.limits import Limit
from complaintflow.errors import CalendarError, InvalidValueError, NoInstantError
from complaintflow.moments import from_micros
from complaintflow.policy.duty import Duty
from complaintflow.policy.policy import Policy

__all__ = ["Clock", "Sample", "clocks_of", "sample_of"]

_HOUR = 3_600_000_000
_YEAR = 2026  # where neither calendar nor policy name one: a check reads no wall clock


@attrs.frozen(slots=False)
class Sample:
    """Starts in the opening hours of a year: every full hour, and the last minute before closing.

    Args:
        calendar: The calendar of the policy.
        first: The first day.
        last: The last day.
    """

    calendar: WorkingCalendar
    first: _dt.date
    last: _dt.date

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Microseconds since 1970 UTC, in order."""
        found: list[int] = []
        for number in range((self.last - self.first).days + 1):
            day = self.first + _dt.timedelta(days=number)
            for begin, end in self.calendar.day(day).intervals:
                found += range(begin, end, _HOUR)
                found.append(end - 60_000_000)
        return tuple(dict.fromkeys(found))

    def shown(self, at: int) -> _dt.datetime:
        """An instant in the calendar's zone."""
        return from_micros(at, self.calendar.tz)


def sample_of(policy: Policy) -> Sample:
    """The last full year whose holidays are known, else as much of one as is known.

    A calendar that knows no holidays is sampled in the year in which *policy* takes effect.
    """
    cover = policy.calendar.coverage
    if cover is None:
        year = policy.effective.year if policy.effective else _YEAR
        return Sample(policy.calendar, _dt.date(year, 1, 1), _dt.date(year, 12, 31))
    first, last = cover
    year = last.year if (last.month, last.day) == (12, 31) else last.year - 1
    if first <= _dt.date(year, 1, 1):
        return Sample(policy.calendar, _dt.date(year, 1, 1), _dt.date(year, 12, 31))
    return Sample(policy.calendar, first, min(last, first + _dt.timedelta(days=365)))


@attrs.frozen(slots=False, eq=False)
class Clock:
    """One limit of one duty.

    Args:
        duty: The duty.
        answer: The answer of the deciding decision for which it holds, else empty.
        limit: The limit.
        calendar: On which it is counted.
        conventions: How.
    """

    duty: Duty
    answer: str
    limit: Limit
    calendar: WorkingCalendar
    conventions: Conventions

    @cached_property
    def _known(self) -> dict[int, int | None]:
        return {}

    def due(self, start: int) -> int | None:
        """The due instant; None where there is none."""
        if start not in self._known:
            try:
                found = due_us(self.calendar, start, self.limit, self.conventions)
            except (CalendarError, NoInstantError, InvalidValueError):
                found = None
            self._known[start] = found
        return self._known[start]

    @property
    def counted(self) -> bool:
        """Whether it has a due instant at all."""
        return self.limit.counted or self.limit.sort in ("elapsed", "working time")

    @property
    def named(self) -> str:
        """The duty, with the answer for which this limit holds."""
        return f"{self.duty.code} ({self.answer})" if self.answer else self.duty.code


def clocks_of(policy: Policy) -> tuple[Clock, ...]:
    """Every limit of every duty; those that are open items are left out."""
    found = []
    for duty in policy.duties:
        target = duty.target
        if target is None or target.date is not None:
            continue
        calendar = policy.calendars.get(target.calendar or "", policy.calendar)
        conventions = target.conventions or policy.conventions
        within = target.within if isinstance(target.within, Mapping) else {"": target.within}
        found += [
            Clock(duty, answer, limit, calendar, conventions)
            for answer, limit in within.items()
            if isinstance(limit, Limit)
        ]
    return tuple(found)
