"""Questions about instants: adding, measuring, openings and closings."""

from __future__ import annotations

import datetime as _dt
from bisect import bisect_left, bisect_right

from pendulum import DateTime

from complaintflow.calendar.amounts import WorkingTimeLike, working_micros
from complaintflow.calendar.base import Beyond, CalendarBase
from complaintflow.moments import EPOCH, MAX_MICROS, MIN_MICROS, from_micros, to_micros

__all__ = ["InstantQuestions"]

_timedelta = _dt.timedelta
_fromtimestamp = _dt.datetime.fromtimestamp
# Not `value - EPOCH`: pendulum's own subtraction costs fifteen times as much.
_subtract = _dt.datetime.__sub__


class InstantQuestions(CalendarBase):
    """What `WorkingCalendar` answers about instants."""

    __slots__ = ()

    def add(
        self, start: _dt.datetime, amount: WorkingTimeLike, *, beyond: Beyond = None
    ) -> DateTime:
        """*start* plus working time; used up exactly at a closing gives that closing.

        Zero at a closed instant gives the next opening; a negative amount goes back.

        Args:
            start: Any aware datetime.
            amount: A timedelta of working time, or text such as ``"90 working minutes"``.
            beyond: ``"ordinary weeks"`` to count on where holidays are not known.

        Raises:
            BeyondCoverageError: the span leaves the coverage.
            NeverOpenError: there are not so many openings left.
            InvalidValueError: the amount is no working time, the start is naive, or either leads
                outside 1970-2200.
        """
        micros = (
            (amount.days * 86_400 + amount.seconds) * 1_000_000 + amount.microseconds
            if type(amount) is _timedelta
            else working_micros(amount)
        )
        window = self._window
        try:
            if start.tzinfo is self._tz:
                # Both show one clock, so the difference asks nobody for an offset.
                delta = _subtract(start, self._base)
                at = (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds
                offset = window.offsets[bisect_right(window.walls, at) - 1]
                at = -1 if offset is None else at - offset
            else:
                delta = _subtract(start, EPOCH)
                at = (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds
        except (TypeError, AttributeError):
            to_micros(start, "start")
            raise
        found = -1
        if micros > 0 and window.lo <= at < window.hi:
            i = bisect_right(window.opens, at) - 1
            close = window.closes[i]
            target = (at if at < close else close) - window.shift[i] + micros  # noqa: FURB136
            before = window.before
            if target <= before[-1]:
                found = target + window.shift[bisect_left(before, target) - 1]
        if not 0 <= found <= window.hi:
            at = to_micros(start, "start")
            found = self._add_us(at, micros)
        if beyond is not None or at < self._known_lo or found > self._known_hi or micros <= 0:
            self._check(beyond, at, found)
        local = _fromtimestamp(found // 1_000_000, self._tz)
        if local.fold:
            return from_micros(found, self._tz)
        return DateTime(
            local.year,
            local.month,
            local.day,
            local.hour,
            local.minute,
            local.second,
            found % 1_000_000,
            self._tz,
        )

    def subtract(
        self, start: _dt.datetime, amount: WorkingTimeLike, *, beyond: Beyond = None
    ) -> DateTime:
        """*start* minus working time, the mirror of `add`: used up exactly at an opening gives it.

        Zero at a closed instant gives the last closing. Arguments and errors as for `add`.
        """
        micros = working_micros(amount)
        at = to_micros(start, "start")
        found = self._subtract_us(at, micros)
        self._check(beyond, at, found)
        return from_micros(found, self._tz)

    def between(
        self, start: _dt.datetime, end: _dt.datetime, *, beyond: Beyond = None
    ) -> _dt.timedelta:
        """Working time from *start* to *end*, negative if *end* is earlier.

        Raises:
            BeyondCoverageError: the span leaves the coverage.
            InvalidValueError: an argument is naive or outside 1970-2200.
        """
        window, tz = self._window, self._tz
        try:
            base = self._base if start.tzinfo is tz and end.tzinfo is tz else EPOCH
            first, second = _subtract(start, base), _subtract(end, base)
        except (TypeError, AttributeError):
            to_micros(start, "start")
            to_micros(end, "end")
            raise
        a = (first.days * 86_400 + first.seconds) * 1_000_000 + first.microseconds
        b = (second.days * 86_400 + second.seconds) * 1_000_000 + second.microseconds
        if base is not EPOCH:
            # Both show the calendar's clock: look the offsets up instead of asking the zone.
            walls, offsets = window.walls, window.offsets
            from_offset = offsets[bisect_right(walls, a) - 1]
            to_offset = offsets[bisect_right(walls, b) - 1]
            if from_offset is None or to_offset is None:
                a = -1
            else:
                a, b = a - from_offset, b - to_offset
            if not (window.lo <= a < window.hi and window.lo <= b < window.hi):
                a, b = to_micros(start, "start"), to_micros(end, "end")
        low, high = (a, b) if a <= b else (b, a)
        if beyond is not None or low < self._known_lo or high > self._known_hi:
            self._check(beyond, low, high)
        if low < window.lo or high >= window.hi:
            window = self._cover(low, high)
        opens, closes, shift = window.opens, window.closes, window.shift
        i, j = bisect_right(opens, a) - 1, bisect_right(opens, b) - 1
        if a > closes[i]:
            a = closes[i]
        if b > closes[j]:
            b = closes[j]
        return _timedelta(0, 0, b - shift[j] - a + shift[i])

    def is_open(self, at: _dt.datetime, *, beyond: Beyond = None) -> bool:
        """Whether *at* lies in an interval [opening, closing)."""
        micros = to_micros(at, "at")
        self._check(beyond, micros, micros)
        return self._open_us(micros)

    def next_opening(self, at: _dt.datetime, *, beyond: Beyond = None) -> DateTime | None:
        """The first opening at or after *at*; None if it is open for ever.

        Raises:
            NeverOpenError: there is no opening left.
            BeyondCoverageError: it lies, or may lie, beyond the coverage.
        """
        return self._next(at, beyond, opening=True)

    def next_closing(self, at: _dt.datetime, *, beyond: Beyond = None) -> DateTime | None:
        """The first closing at or after *at*; None if it is open for ever; errors as before."""
        return self._next(at, beyond, opening=False)

    def previous_opening(self, at: _dt.datetime, *, beyond: Beyond = None) -> DateTime | None:
        """The last opening before *at*; None if there is none since 1970.

        Raises:
            BeyondCoverageError: it lies, or may lie, beyond the coverage.
        """
        return self._previous(at, beyond, opening=True)

    def previous_closing(self, at: _dt.datetime, *, beyond: Beyond = None) -> DateTime | None:
        """The last closing before *at*; None if there is none since 1970; errors as before."""
        return self._previous(at, beyond, opening=False)

    def _next(self, at: _dt.datetime, beyond: Beyond, *, opening: bool) -> DateTime | None:
        micros = to_micros(at, "at")
        self._check(beyond, micros, micros)
        found = self._next_us(micros, opening=opening)
        if found < 0:
            self._check(beyond, micros, MAX_MICROS)
            return None
        self._check(beyond, micros, found)
        return from_micros(found, self._tz)

    def _previous(self, at: _dt.datetime, beyond: Beyond, *, opening: bool) -> DateTime | None:
        micros = to_micros(at, "at")
        self._check(beyond, micros, micros)
        found = self._previous_us(micros, opening=opening)
        self._check(beyond, MIN_MICROS if found is None else found, micros)
        return None if found is None else from_micros(found, self._tz)

    def intervals(
        self, start: _dt.datetime, end: _dt.datetime, *, beyond: Beyond = None
    ) -> list[tuple[DateTime, DateTime]]:
        """The open intervals between *start* and *end*, cut at both; none if *end* is earlier."""
        low, high = to_micros(start, "start"), to_micros(end, "end")
        self._check(beyond, low, high)
        return [
            (from_micros(a, self._tz), from_micros(b, self._tz))
            for a, b in self._intervals_us(low, high)
        ]
