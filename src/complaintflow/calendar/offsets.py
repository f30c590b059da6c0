"""What the clocks of a zone show: offsets, transitions, and wall times that do not exist.

Everything here is a pure function of the time zone database, remembered per zone and year.
Wall times are microseconds since 1970-01-01 00:00 of the local clock.
"""

from __future__ import annotations

import datetime as _dt
from functools import lru_cache
from typing import TypeAlias

from complaintflow.moments import EPOCH, zone

__all__ = ["Transition", "localise", "offset_at", "regimes", "transitions"]

Transition: TypeAlias = tuple[int, int, int]
"""(instant, offset before, offset after), all in microseconds."""

_SECOND = 1_000_000
_ORDINAL_1970 = _dt.date(1970, 1, 1).toordinal()
# No zone has ever changed its clocks twice within five days (a test looks at all of them).
_STEP = 5 * 86_400


@lru_cache(maxsize=65_536)
def offset_at(name: str, second: int) -> int:
    """Microseconds east of UTC at *second* (since 1970 UTC) in the zone *name*."""
    # Not fromtimestamp, which refuses instants before 1970 on some systems.
    offset = (EPOCH + _dt.timedelta(0, second)).astimezone(zone(name)).utcoffset()
    assert offset is not None
    return (offset.days * 86_400 + offset.seconds) * _SECOND + offset.microseconds


@lru_cache(maxsize=8_192)
def transitions(name: str, year: int) -> tuple[int, tuple[Transition, ...]]:
    """The changes of the clocks of zone *name* that can touch the dates of *year*.

    Returns:
        The offset at the beginning, and the transitions from two days before the UTC year
        to two days after it, in order.
    """
    first = (_dt.date(year, 1, 1).toordinal() - _ORDINAL_1970 - 2) * 86_400
    last = (_dt.date(year + 1, 1, 1).toordinal() - _ORDINAL_1970 + 2) * 86_400
    tz = zone(name)

    def offset(second: int) -> int:
        found = (EPOCH + _dt.timedelta(0, second)).astimezone(tz).utcoffset()
        assert found is not None
        return (found.days * 86_400 + found.seconds) * _SECOND + found.microseconds

    low, changes = first, list[Transition]()
    initial = before = offset(first)
    while low < last:
        high = min(low + _STEP, last)
        after = offset(high)
        if after != before:
            left, right = low, high
            while right - left > 1:
                middle = (left + right) // 2
                if offset(middle) == before:
                    left = middle
                else:
                    right = middle
            changes.append((right * _SECOND, before, after))
            before = after
        low = high
    return initial, tuple(changes)


def regimes(name: str, first: int, last: int) -> tuple[list[int], list[int | None]]:
    """Where wall times of the years *first* to *last* have one offset, and which.

    Returns:
        Wall times in order, and the offset from each of them on; None where the clocks show a
        time twice, or not at all.
    """
    offset, _ = transitions(name, first)
    walls, offsets = [-(1 << 62)], list[int | None]([offset])
    seen = -(1 << 62)
    for year in range(first, last + 1):
        for at, before, after in transitions(name, year)[1]:
            if at > seen:
                seen = at
                walls += [at + min(before, after), at + max(before, after)]
                offsets += [None, after]
    return walls, offsets


def localise(name: str, year: int, wall: int, *, opening: bool) -> int:
    """The instant of a wall time that falls in *year* (or a day beside it).

    A wall time that is skipped becomes the end of the gap; of one that is repeated an
    *opening* takes the first pass, everything else the second.
    """
    offset, changes = transitions(name, year)
    for at, before, after in changes:
        if after > before:
            if wall < at + before:
                return wall - before
            if wall < at + after:
                return at
        elif wall < at + after or (opening and wall < at + before):
            return wall - before
        offset = after
    return wall - offset
