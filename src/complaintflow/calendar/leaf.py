"""From the data of one calendar to instants, a year at a time."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterator

from complaintflow.calendar.compiled import Window, merge, year_start
from complaintflow.calendar.data import CalendarData
from complaintflow.calendar.day import Day, DayKind
from complaintflow.calendar.hours import DAY, WEEKDAYS, Hours, Week
from complaintflow.calendar.offsets import localise, transitions

__all__ = ["Leaf"]

_ORDINAL_1970 = _dt.date(1970, 1, 1).toordinal()
_MARGIN = 3 * DAY

_Block = tuple[list[int], list[int], list[int]]


class Leaf:
    """A calendar that is no combination: compiles its years when they are first needed."""

    __slots__ = (
        "_blocks",
        "_closed",
        "_days",
        "_exceptions",
        "_special",
        "_weeks",
        "coverage",
        "data",
        "timezone",
    )

    def __init__(self, data: CalendarData) -> None:
        self.data = data
        self.timezone = data.timezone
        self.coverage = data.coverage
        self._blocks: dict[int, _Block] = {}
        self._days: dict[int, Day] = {}
        self._closed = {day.toordinal(): name for day, name in data.closed}
        self._special = {day.toordinal(): special for day, special in data.special}
        self._weeks = [(start.toordinal(), week) for start, week in data.weeks]
        self._exceptions = self._closed.keys() | self._special.keys()

    def week_on(self, ordinal: int) -> Week:
        """The weekly hours in force on a date."""
        found = self._weeks[0][1]
        for start, week in self._weeks:
            if start > ordinal:
                break
            found = week
        return found

    def plan(self, ordinal: int) -> tuple[Hours, DayKind, str, int | None]:
        """The wall-clock hours of a date, its kind, name, and the weekday it stands for."""
        special = self._special.get(ordinal)
        if special is not None:
            if special.weekday is None:
                return special.hours, "special", special.name, None
            hours = self.week_on(ordinal)[special.weekday]
            return hours, "make-up", special.name, special.weekday
        name = self._closed.get(ordinal)
        if name is not None:
            return (), "holiday", name, None
        hours = self.week_on(ordinal)[(ordinal + 6) % 7]
        return hours, "ordinary" if hours else "weekly", "", None

    def day(self, ordinal: int) -> Day:
        """One date with its instants."""
        found = self._days.get(ordinal)
        if found is not None:
            return found
        date = _dt.date.fromordinal(ordinal)
        hours, kind, name, stands_for = self.plan(ordinal)
        pairs = tuple(zip(*merge(self._localised(date.year, ordinal, hours)), strict=True))
        if hours and not pairs:
            kind = "skipped"
        weekday = None if stands_for is None else WEEKDAYS[stands_for]
        known = self.coverage is None or self.coverage[0] <= date <= self.coverage[1]
        found = Day(date, pairs, kind, name or None, weekday, known)
        self._days[ordinal] = found
        return found

    def _localised(self, year: int, ordinal: int, hours: Hours) -> list[tuple[int, int]]:
        midnight = (ordinal - _ORDINAL_1970) * DAY
        zone = self.timezone
        return [
            (
                localise(zone, year, midnight + start, opening=True),
                localise(zone, year, midnight + end, opening=False),
            )
            for start, end in hours
        ]

    def _block(self, year: int) -> _Block:
        """Openings, closings and working dates (ordinals) of the local dates of *year*."""
        found = self._blocks.get(year)
        if found is not None:
            return found
        opens: list[int] = []
        closes: list[int] = []
        working: list[int] = []
        for ordinal, hours, base in self._planned(year):
            if base is None:
                pairs = self._localised(year, ordinal, hours)
                if not any(start < stop for start, stop in pairs):
                    continue
            else:
                pairs = [(base + start, base + stop) for start, stop in hours]
            working.append(ordinal)
            for start, stop in pairs:
                if closes and start <= closes[-1]:
                    if stop > closes[-1]:
                        closes[-1] = stop
                elif start < stop:
                    opens.append(start)
                    closes.append(stop)
        self._blocks[year] = found = opens, closes, working
        return found

    def _planned(self, year: int) -> Iterator[tuple[int, Hours, int | None]]:
        """(ordinal, hours, midnight as an instant) of the dates of *year* that have hours.

        The midnight is None where a change of the clocks can touch the hours, so that each
        wall time must be looked up.
        """
        first, last = _dt.date(year, 1, 1).toordinal(), _dt.date(year, 12, 31).toordinal()
        offset, changes = transitions(self.timezone, year)
        rough = {
            (at + shift) // DAY + _ORDINAL_1970 + near
            for at, *both in changes
            for shift in both
            for near in (-1, 0, 1)
        }
        upcoming = list(changes)
        midnight = (first - _ORDINAL_1970) * DAY
        exceptions, week = self._exceptions, self.week_on(first)
        starts = {start: hours for start, hours in self._weeks if first < start <= last}
        for ordinal in range(first, last + 1):
            week = starts.get(ordinal, week)
            hours = self.plan(ordinal)[0] if ordinal in exceptions else week[(ordinal + 6) % 7]
            if hours:
                while upcoming and midnight > upcoming[0][0]:
                    offset = upcoming.pop(0)[2]
                yield ordinal, hours, None if ordinal in rough else midnight - offset
            midnight += DAY

    def working(self, year: int) -> list[int]:
        """The ordinals of the working dates of *year*."""
        return self._block(year)[2]

    def window(self, first: int, last: int) -> Window:
        """The years *first* to *last*, joined at the seams."""
        opens: list[int] = []
        closes: list[int] = []
        for year in range(first, last + 1):
            more_opens, more_closes, _ = self._block(year)
            if closes and more_opens and more_opens[0] <= closes[-1]:
                joined_opens, joined_closes = merge(
                    sorted(
                        [
                            *zip(opens[-2:], closes[-2:], strict=True),
                            *zip(more_opens, more_closes, strict=True),
                        ]
                    )
                )
                del opens[-2:], closes[-2:]
                opens += joined_opens
                closes += joined_closes
            else:
                opens += more_opens
                closes += more_closes
        lo, hi = year_start(first) + _MARGIN, year_start(last + 1) - DAY
        return Window(first, last, lo, hi, opens, closes)
