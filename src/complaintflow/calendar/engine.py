"""The integers behind a calendar: microseconds since 1970 UTC, and ordinals of dates.

Nothing here converts or checks what users pass; `WorkingCalendar` does. Years compile when a
question first needs them, and a stretch grows to at least twice its length, so that no
sequence of questions costs more than a constant factor over compiling each year once.
"""

from __future__ import annotations

import datetime as _dt
from bisect import bisect_left, bisect_right
from typing import NoReturn

from complaintflow.calendar.algebra import Source
from complaintflow.calendar.compiled import Window
from complaintflow.calendar.hours import DAY
from complaintflow.calendar.offsets import regimes
from complaintflow.errors import InvalidValueError, NeverOpenError
from complaintflow.moments import EPOCH, MAX_MICROS, MIN_MICROS

__all__ = ["FIRST_ORDINAL", "FIRST_YEAR", "LAST_ORDINAL", "LAST_YEAR", "Engine"]

FIRST_YEAR, LAST_YEAR = 1969, 2201  # one more each way: local dates at the edge of UTC years
_date = _dt.date
FIRST_ORDINAL = _date(1970, 1, 1).toordinal()
LAST_ORDINAL = _date(2200, 12, 31).toordinal()


def _year(micros: int) -> int:
    return (EPOCH + _dt.timedelta(microseconds=micros)).year


class Engine:
    """Working positions of instants and of dates, over a source that compiles by years."""

    __slots__ = ("_dates", "_source", "_window")

    _source: Source
    _window: Window
    _dates: tuple[int, int, list[int]]

    def _cover(self, low: int, high: int) -> Window:
        """A window that is exact from *low* to *high*, which are supported instants."""
        for at in (low, high):
            if not MIN_MICROS <= at <= MAX_MICROS:
                raise InvalidValueError(
                    "the instant lies outside the supported years 1970-2200: "
                    f"{at} microseconds since 1970 UTC"
                )
        window = self._window
        if window.lo <= low and high <= window.hi:
            return window
        return self._grow(_year(low - 4 * DAY), _year(high + 2 * DAY))

    def _grow(self, first: int, last: int) -> Window:
        window = self._window
        if window.first <= window.last:
            size = window.last - window.first + 1
            if first < window.first:
                first = min(first, window.first - size)
            if last > window.last:
                last = max(last, window.last + size)
            first, last = min(first, window.first), max(last, window.last)
        window = self._source.window(max(first, FIRST_YEAR), min(last, LAST_YEAR))
        window.walls, window.offsets = regimes(self._source.timezone, window.first, window.last)
        self._window = window  # one assignment: other threads see the old window or the new
        return window

    def _later(self, window: Window, what: str) -> Window:
        if window.last >= LAST_YEAR:
            self._exhausted(what, reaches=window.closes[-1] >= window.hi - 366 * DAY)
        return self._grow(window.first, window.last + 1)

    def _earlier(self, window: Window, what: str) -> Window:
        if window.first <= FIRST_YEAR:
            reaches = len(window.opens) > 1 and window.opens[1] <= window.lo + 366 * DAY
            self._exhausted(what, reaches=reaches)
        return self._grow(window.first - 1, window.last)

    def _exhausted(self, what: str, *, reaches: bool) -> NoReturn:
        if reaches:
            raise InvalidValueError(f"{what} lies outside the supported years 1970-2200")
        raise NeverOpenError(f"{what} does not exist: the calendar has no opening left there")

    def _add_us(self, at: int, amount: int) -> int:
        """*at* plus *amount* of working time; negative amounts go back; coverage is not asked."""
        if amount < 0:
            return self._subtract_us(at, -amount)
        window = self._window
        if not window.lo <= at < window.hi:
            window = self._cover(at, at)
        if amount == 0:
            return at if self._open_us(at) else self._next_us(at, opening=True, strict=True)
        while True:
            target = window.position(at) + amount
            if target <= window.before[-1]:
                found = window.forward(target)
                if found <= window.hi:
                    if found > MAX_MICROS:
                        self._exhausted("the result", reaches=True)
                    return found
            window = self._later(window, "the result")

    def _subtract_us(self, at: int, amount: int) -> int:
        """*at* minus *amount* of working time, the mirror of `_add_us`.

        Zero at a closed instant is the last closing before it (or *at*, if that is a closing).
        """
        if amount < 0:
            return self._add_us(at, -amount)
        window = self._window
        if not window.lo <= at < window.hi:
            window = self._cover(at, at)
        if amount == 0:
            if self._open_us(at):
                return at
            found = self._previous_us(min(at + 1, MAX_MICROS), opening=False)  # or *at* itself
            if found is None:
                self._exhausted("the result", reaches=False)
            return found
        while True:
            target = window.position(at) - amount
            if target >= 0 and len(window.shift) > 1:
                result = window.backward(target)
                if result >= window.lo:
                    if result < MIN_MICROS:
                        self._exhausted("the result", reaches=True)
                    return result
            window = self._earlier(window, "the result")

    def _between_us(self, start: int, end: int) -> int:
        """Working microseconds from *start* to *end*, negative if *end* is earlier."""
        window = self._window
        if not (window.lo <= start < window.hi and window.lo <= end < window.hi):
            window = self._cover(min(start, end), max(start, end))
        return window.position(end) - window.position(start)

    def _open_us(self, at: int) -> bool:
        window = self._window
        if not window.lo <= at < window.hi:
            window = self._cover(at, at)
        return at < window.closes[bisect_right(window.opens, at) - 1]

    def _next_us(self, at: int, *, opening: bool, strict: bool = False) -> int:
        """The first opening (closing) at or after *at*, -1 if it is open for ever.

        Raises:
            NeverOpenError: it is closed for ever.
        """
        window = self._cover(at, at)
        while True:
            edges = window.opens if opening else window.closes
            i = bisect_left(edges, at, 1)
            beyond = i < len(edges) and edges[i] > MAX_MICROS
            if i < len(edges) and edges[i] < window.hi and not beyond:
                return edges[i]
            if beyond or window.last >= LAST_YEAR:
                reaches = window.closes[-1] > MAX_MICROS - 366 * DAY
                if not strict and reaches:
                    return -1
                what = "the next opening" if opening else "the next closing"
                self._exhausted(what, reaches=reaches)
            window = self._grow(window.first, window.last + 1)

    def _previous_us(self, at: int, *, opening: bool) -> int | None:
        """The last opening (closing) before *at*, None if there is none since 1970."""
        window = self._cover(at, at)
        while True:
            edges = window.opens if opening else window.closes
            i = bisect_left(edges, at) - 1
            if i > 0 and edges[i] > window.lo:
                return edges[i] if edges[i] >= MIN_MICROS else None
            if window.first <= FIRST_YEAR:
                return None
            window = self._grow(window.first - 1, window.last)

    def _working_dates(self, low: int, high: int) -> tuple[int, int, list[int]]:
        """(first ordinal, last ordinal, ordinals of the working dates between), with both."""
        begin, end, working = self._dates
        if begin <= low and high <= end:
            return self._dates
        first, last = _date.fromordinal(low).year, _date.fromordinal(high).year
        if begin <= end:
            old_first, old_last = _date.fromordinal(begin).year, _date.fromordinal(end).year
            size = old_last - old_first + 1
            first = min(first, old_first - size) if first < old_first else old_first
            last = max(last, old_last + size) if last > old_last else old_last
        first, last = max(first, FIRST_YEAR), min(last, LAST_YEAR)
        working = []
        for year in range(first, last + 1):
            working += self._source.working(year)
        begin, end = _date(first, 1, 1).toordinal(), _date(last, 12, 31).toordinal()
        self._dates = begin, end, working
        return self._dates

    def _nth_working(self, ordinal: int, n: int) -> int:
        """The ordinal of the date *n* working days on; coverage is not asked.

        Raises:
            NeverOpenError: there are no *n* working days left.
            InvalidValueError: they lead outside the supported years.
        """
        if n == 0:
            return ordinal
        begin, end, working = self._working_dates(ordinal, ordinal)
        while True:
            i = bisect_right(working, ordinal) + n - 1
            if 0 <= i < len(working) and FIRST_ORDINAL <= working[i] <= LAST_ORDINAL:
                return working[i]
            if n > 0 and end > LAST_ORDINAL:
                reaches = bool(working) and working[-1] > LAST_ORDINAL - 366
            elif n < 0 and begin < FIRST_ORDINAL:
                reaches = bool(working) and working[0] < FIRST_ORDINAL + 366
            else:
                low, high = (begin, end + 1) if n > 0 else (begin - 1, end)
                begin, end, working = self._working_dates(low, high)
                continue
            if reaches:
                raise InvalidValueError(
                    f"{n} working days lead outside the supported years 1970-2200"
                )
            raise NeverOpenError(f"the calendar has no {abs(n)} working days left there")

    def _intervals_us(self, low: int, high: int) -> list[tuple[int, int]]:
        """The open intervals between two instants, cut at both."""
        if low >= high:
            return []
        window = self._cover(low, high)
        i = max(bisect_right(window.opens, low) - 1, 1)
        j = bisect_left(window.opens, high)
        return [
            (max(start, low), min(end, high))
            for start, end in zip(window.opens[i:j], window.closes[i:j], strict=True)
            if end > low
        ]
