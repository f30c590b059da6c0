"""A stretch of a calendar as sorted integers: every question is one or two bisections.

A `Window` holds the openings and closings of some years in microseconds since 1970 UTC and
the working time before each of them. It answers exactly between *lo* and *hi*; who asks
beyond gets a wider window from `WorkingCalendar`.
"""

from __future__ import annotations

import datetime as _dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import sub

__all__ = ["Window", "merge", "year_start"]

_ORDINAL_1970 = _dt.date(1970, 1, 1).toordinal()
_DAY = 86_400_000_000


def year_start(year: int) -> int:
    """Microseconds from 1970 to the beginning of *year*, UTC."""
    return (_dt.date(year, 1, 1).toordinal() - _ORDINAL_1970) * _DAY


class Window:
    """Intervals and prefix sums, with an empty interval at *lo* so that indices never underflow.

    Attributes:
        first, last: The years compiled.
        lo, hi: The instants between which every answer is exact.
        opens, closes: Sorted, disjoint, never touching.
        before: Working time before each opening; one longer, the last is the total.
        shift: ``opens[i] - before[i]``: what turns an instant into a working position.
        walls, offsets: Wall times and the zone's offset from each on, see `offsets.regimes`.
    """

    __slots__ = (
        "arrays",
        "before",
        "closes",
        "first",
        "hi",
        "last",
        "lo",
        "offsets",
        "opens",
        "shift",
        "walls",
    )

    def __init__(
        self, first: int, last: int, lo: int, hi: int, opens: list[int], closes: list[int]
    ) -> None:
        self.first, self.last, self.lo, self.hi = first, last, lo, hi
        floor = min(lo, opens[0]) - 1 if opens else lo - 1
        self.opens: list[int] = [floor, *opens]
        self.closes: list[int] = [floor, *closes]
        self.before: list[int] = list(accumulate(map(sub, self.closes, self.opens), initial=0))
        self.shift: list[int] = list(map(sub, self.opens, self.before))
        self.arrays: object = None
        self.walls: list[int] = [0]
        self.offsets: list[int | None] = [None]

    def position(self, at: int) -> int:
        """Working microseconds from the window's beginning to *at*."""
        i = bisect_right(self.opens, at) - 1
        close = self.closes[i]
        return (at if at < close else close) - self.shift[i]  # noqa: FURB136

    def forward(self, position: int) -> int:
        """The earliest instant at which *position* > 0 is reached: at most a closing."""
        return position + self.shift[bisect_left(self.before, position) - 1]

    def backward(self, position: int) -> int:
        """The latest instant that still has *position*: at least an opening."""
        return position + self.shift[bisect_right(self.before, position, 0, len(self.shift)) - 1]


def merge(pairs: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Sorted pairs as openings and closings; empty ones go, touching and overlapping ones join."""
    opens: list[int] = []
    closes: list[int] = []
    for start, end in pairs:
        if start >= end:
            continue
        if closes and start <= closes[-1]:
            if end > closes[-1]:
                closes[-1] = end
        else:
            opens.append(start)
            closes.append(end)
    return opens, closes
