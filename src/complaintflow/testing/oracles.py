"""A slow calendar that is obviously right: it looks at one minute after the other.

It reads the plain data of a calendar (`WorkingCalendar.to_mapping`), asks the standard
library's ``zoneinfo`` what the clocks show, and shares no code with the calendar it judges.
Hours and instants must lie on its grid; use it on short spans.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

__all__ = ["SteppingCalendar"]

_UTC = _dt.UTC
_EPOCH = _dt.datetime(1970, 1, 1, tzinfo=_UTC)
_WALL_EPOCH = _EPOCH.replace(tzinfo=None)
_MICRO = _dt.timedelta(microseconds=1)
_DAY = _dt.timedelta(days=1)
_NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_GIVE_UP = 400 * 86_400_000_000


class SteppingCalendar:
    """The answers of a calendar, by stepping.

    Args:
        mapping: What `WorkingCalendar.to_mapping` gives.
        step: The grid in microseconds; every hour, offset and instant must be a multiple.
    """

    def __init__(self, mapping: Mapping[str, Any], step: int = 60_000_000) -> None:
        self.step = step
        self.mapping = mapping
        self.zone = ZoneInfo(mapping["timezone"])
        self._parts: list[SteppingCalendar] = []
        self._operation = ""
        self._hours: dict[_dt.date, list[tuple[int, int]]] = {}
        for operation in ("union", "intersection", "difference"):
            if operation in mapping:
                self._operation = operation
                self._parts = [SteppingCalendar(part, step) for part in mapping[operation]]

    # What the clocks show

    def wall(self, at: int) -> _dt.datetime:
        """The local clock at an instant, without a zone."""
        return (_EPOCH + at * _MICRO).astimezone(self.zone).replace(tzinfo=None)

    def date(self, at: int) -> _dt.date:
        """The local date of an instant."""
        return self.wall(at).date()

    def reached(self, wall: _dt.datetime, *, opening: bool) -> int:
        """The first instant that shows *wall*, for an opening, or the last, for a closing.

        They differ where the clocks show a time twice, the first minute of the repeated hour
        included. Where no instant shows it, both are the end of the gap.
        """
        middle = (wall - _WALL_EPOCH) // _MICRO
        low, high = middle - 27 * 3_600_000_000, middle + 27 * 3_600_000_000
        low -= low % self.step
        if self.wall(high) - self.wall(low) == (high - low) * _MICRO:  # the clocks did not change
            return low + (wall - self.wall(low)) // _MICRO
        if opening:
            at = low
            while self.wall(at) < wall:
                at += self.step
            return at
        at = high - high % self.step
        while self.wall(at) > wall:
            at -= self.step
        return at if self.wall(at) == wall else at + self.step

    # What the data say

    def week_on(self, date: _dt.date) -> Mapping[str, list[str]]:
        """The weekly hours in force on *date*."""
        week: Mapping[str, list[str]] = self.mapping["week"]
        for start in sorted(self.mapping.get("periods", {})):
            if _dt.date.fromisoformat(start) <= date:
                week = self.mapping["periods"][start]
        return week

    def weekly(self, date: _dt.date, weekday: int) -> list[str]:
        """The texts of the hours of one weekday in the week in force on *date*."""
        for names, hours in self.week_on(date).items():
            for part in names.replace(" ", "").split(","):
                first, _, last = part.partition("-")
                if _NAMES.index(first) <= weekday <= _NAMES.index(last or first):
                    return hours
        return []

    def texts(self, date: _dt.date) -> list[str]:
        """The texts of the hours of *date*: special beats closed, closed beats the week."""
        special = self.mapping.get("special", {}).get(date.isoformat())
        if isinstance(special, Mapping):
            special = special["hours"]
        if isinstance(special, str):
            return self.weekly(date, _NAMES.index(special))
        if special is not None:
            return list(special)
        if date.isoformat() in self.mapping.get("closed", {}):
            return []
        return self.weekly(date, date.weekday())

    def hours(self, date: _dt.date) -> list[tuple[int, int]]:
        """The hours that start on *date* as instants; empty ones are left out."""
        if date not in self._hours:
            found = []
            midnight = _dt.datetime.combine(date, _dt.time(0))
            for text in self.texts(date):
                start, end = (
                    _dt.timedelta(hours=int(part[:2]), minutes=int(part[3:5]))
                    for part in text.split("-")
                )
                if end < start:
                    end += _DAY
                pair = (
                    self.reached(midnight + start, opening=True),
                    self.reached(midnight + end, opening=False),
                )
                if pair[0] < pair[1]:
                    found.append(pair)
            self._hours[date] = found
        return self._hours[date]

    # Questions

    def is_open(self, at: int) -> bool:
        """Whether *at* lies in any hours."""
        if self._parts:
            opens = [part.is_open(at) for part in self._parts]
            if self._operation == "union":
                return any(opens)
            if self._operation == "intersection":
                return all(opens)
            return opens[0] and not any(opens[1:])
        date = self.date(at)
        near = (date - 2 * _DAY, date - _DAY, date, date + _DAY)
        return any(start <= at < end for day in near for start, end in self.hours(day))

    def between(self, start: int, end: int) -> int:
        """Open microseconds from *start* to *end*."""
        if end < start:
            return -self.between(end, start)
        return sum(self.step for at in range(start, end, self.step) if self.is_open(at))

    def add(self, start: int, amount: int) -> int:
        """*start* plus *amount* > 0 of open time."""
        return self._walk(start, amount, 1)

    def subtract(self, start: int, amount: int) -> int:
        """*start* minus *amount* > 0 of open time."""
        return self._walk(start, amount, -1)

    def _walk(self, start: int, amount: int, direction: int) -> int:
        at = start
        while amount > 0:
            if abs(at - start) > _GIVE_UP:
                raise LookupError("no opening within 400 days")
            if self.is_open(at if direction > 0 else at - self.step):
                amount -= self.step
            at += direction * self.step
        return at

    def next_opening(self, at: int) -> int:
        """The first instant at or after *at* that is open, after one that is not."""
        return self._edge(at, lambda t: self.is_open(t) and not self.is_open(t - self.step), 1)

    def next_closing(self, at: int) -> int:
        """The first instant at or after *at* that is not open, after one that is."""
        return self._edge(at, lambda t: not self.is_open(t) and self.is_open(t - self.step), 1)

    def previous_opening(self, at: int) -> int:
        """The last opening before *at*."""
        return self._edge(
            at - self.step, lambda t: self.is_open(t) and not self.is_open(t - self.step), -1
        )

    def previous_closing(self, at: int) -> int:
        """The last closing before *at*."""
        return self._edge(
            at - self.step, lambda t: not self.is_open(t) and self.is_open(t - self.step), -1
        )

    def _edge(self, at: int, found: Callable[[int], bool], direction: int) -> int:
        start = at
        while not found(at):
            at += direction * self.step
            if abs(at - start) > _GIVE_UP:
                raise LookupError("no such boundary within 400 days")
        return at

    def is_working_day(self, date: _dt.date) -> bool:
        """Whether any hours start on *date*."""
        return bool(self.hours(date))

    def add_working_days(self, date: _dt.date, n: int) -> _dt.date:
        """The working day e with n working days in (date, e], or in (e, date] for n < 0."""
        direction, left, at = (1, n, date) if n > 0 else (-1, -n, date)
        while left > 0:
            if direction > 0:
                at += _DAY
            if self.is_working_day(at):
                left -= 1
            if direction < 0:
                at -= _DAY
        while direction < 0 and not self.is_working_day(at):
            at -= _DAY
        return at

    def working_days_between(self, start: _dt.date, end: _dt.date) -> int:
        """The working days in (start, end]."""
        if end < start:
            return -self.working_days_between(end, start)
        count, at = 0, start
        while at < end:
            at += _DAY
            count += self.is_working_day(at)
        return count
