"""One entry of a policy book: a policy, for which cases, and from when until when."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Collection, Iterable, Mapping

import attrs

from complaintflow.moments import from_naive, to_micros
from complaintflow.policy.policy import Policy

__all__ = ["BEGINNING", "NEVER", "BookEntry", "Span", "spans_of"]

BEGINNING, NEVER = -1, 2**62
"""Before and after every instant that there is."""
Span = tuple[int, int]
"""From an instant until before another, in microseconds since 1970 UTC."""
_ONE_DAY = _dt.timedelta(days=1)


def _texts(when: Mapping[str, str | Collection[str]]) -> dict[str, frozenset[str]]:
    return {
        key: frozenset([values] if isinstance(values, str) else values)
        for key, values in when.items()
    }


@attrs.frozen
class BookEntry:
    """A policy, for which cases it is, and from when until when.

    Args:
        policy: A checked policy.
        when: What must be said of a new case, such as ``{"site": "wuhan"}`` or
            ``{"site": ["wuhan", "chengdu"], "kind": "oral"}``; nothing is asked by default.
        since: The first day on which it holds, in the zone of the policy's calendar; by default
            the policy's own ``effective``. None is from the beginning.
        until: The last day on which it holds; None is until an entry for the same cases takes
            over, or without end.
    """

    policy: Policy
    when: Mapping[str, frozenset[str]] = attrs.field(factory=dict, converter=_texts)
    since: _dt.date | None = attrs.field(
        default=attrs.Factory(lambda entry: entry.policy.effective, takes_self=True), kw_only=True
    )
    until: _dt.date | None = attrs.field(default=None, kw_only=True)

    def within(self, other: BookEntry) -> bool:
        """Whether every case that this one is for is also one of *other*, whatever the time."""
        return all(key in self.when and self.when[key] <= other.when[key] for key in other.when)

    def common(self, other: BookEntry) -> dict[str, frozenset[str]] | None:
        """The ``when`` of the cases that both are for, whatever the time; None if there is none."""
        both = {
            key: self.when.get(key, other.when.get(key, frozenset()))
            & other.when.get(key, self.when.get(key, frozenset()))
            for key in {**self.when, **other.when}
        }
        return both if all(both.values()) else None

    def fits(self, keys: Mapping[str, str]) -> bool:
        """Whether nothing in *keys* speaks against it; keys that are not given do not."""
        return all(keys[key] in self.when[key] for key in self.when.keys() & keys.keys())

    def __str__(self) -> str:
        asked = ", ".join(
            f"{key}={' or '.join(sorted(values))}" for key, values in sorted(self.when.items())
        )
        since = f" from {self.since}" if self.since else ""
        until = f" until {self.until}" if self.until else ""
        return f"{asked or 'every case'}: {self.policy.id} {self.policy.version}{since}{until}"


def spans_of(entries: Iterable[BookEntry]) -> tuple[Span, ...]:
    """When each of *entries* holds.

    One without a last day ends where the next one for the same cases begins. Days begin and end
    in the zone of each policy's own calendar.
    """
    listed = tuple(entries)
    begins = [_midnight(one, one.since, BEGINNING) for one in listed]
    spans = []
    for one, begin in zip(listed, begins, strict=True):
        if one.until is not None:
            spans.append((begin, _midnight(one, one.until + _ONE_DAY, NEVER)))
            continue
        next_ones = (
            start
            for other, start in zip(listed, begins, strict=True)
            if other.when == one.when and start > begin
        )
        spans.append((begin, min(next_ones, default=NEVER)))
    return tuple(spans)


def _midnight(one: BookEntry, day: _dt.date | None, otherwise: int) -> int:
    if day is None:
        return otherwise
    midnight = _dt.datetime.combine(day, _dt.time())
    return to_micros(from_naive(midnight, one.policy.calendar.timezone, ambiguous="first"))
