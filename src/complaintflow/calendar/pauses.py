"""Pauses of a clock as sorted, disjoint, half-open stretches of whole seconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from complaintflow.errors import InvalidValueError

__all__ = ["Pause", "Pauses", "merged", "whole_second"]

_SECOND = 1_000_000

Pause: TypeAlias = tuple[int, int | None]
"""(from, to) in microseconds since 1970 UTC, half open; None means it still lasts."""
Pauses: TypeAlias = tuple[Pause, ...]


def whole_second(micros: int) -> int:
    """The instant truncated to the second: what a clock sees."""
    return micros - micros % _SECOND


def merged(pauses: Iterable[Pause], until: int | None = None) -> Pauses:
    """The pauses in order; those that meet or overlap joined, empty ones dropped.

    Args:
        pauses: In any order.
        until: What is not known yet does not count: a pause that begins after *until* is
            left out, one that ends after it still lasts.

    Raises:
        InvalidValueError: a pause ends before it begins.
    """
    pauses = tuple(pauses)
    if not pauses:
        return ()
    found: list[Pause] = []
    for begin, end in sorted(pauses, key=lambda pause: pause[0]):
        if end is not None and end < begin:
            raise InvalidValueError(f"a pause ends before it begins: {begin} to {end} microseconds")
        if until is not None and begin > until:
            continue
        if end is not None and until is not None and end > until:
            end = None
        begin = whole_second(begin)
        end = None if end is None else whole_second(end)
        if begin == end:
            continue
        if found and (found[-1][1] is None or begin <= found[-1][1]):
            last = found[-1][1]
            if last is not None and (end is None or end > last):
                found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return tuple(found)
