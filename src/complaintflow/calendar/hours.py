"""Opening hours as text: ``"08:00-12:00"``, ``"22:00-06:00"``, ``"mon-fri"``.

Inside, a day's hours are a sorted tuple of pairs of microseconds after local midnight;
a pair may end beyond 24 h, and then belongs to the day it starts on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from complaintflow.errors import InvalidValueError, TextError, did_you_mean

__all__ = [
    "DAY",
    "WEEKDAYS",
    "Hours",
    "Week",
    "days_text",
    "hours_text",
    "length",
    "parse_days",
    "parse_hours",
    "parse_week",
    "weekday",
]

Hours: TypeAlias = tuple[tuple[int, int], ...]
"""Sorted, disjoint pairs (open, close) of microseconds after local midnight."""

Week: TypeAlias = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
"""The hours of Monday to Sunday."""

DAY = 86_400_000_000
_MINUTE = 60_000_000
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_INDEX = {name: i for names in (WEEKDAYS, _FULL) for i, name in enumerate(names)}
_SPAN = re.compile(
    r"\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*[-\u2013]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*"
)
_LONGEST = 2_000  # characters of one text: far above any real list of hours


def weekday(name: str) -> int:
    """0 for ``"mon"`` or ``"Monday"`` up to 6 for ``"sun"``.

    Raises:
        InvalidValueError: no weekday is called so; says which was probably meant.
    """
    found = _INDEX.get(name.strip().casefold())
    if found is None:
        wrong = name.strip().casefold()[:40]
        meant = did_you_mean(wrong, WEEKDAYS) or did_you_mean(wrong, _FULL)
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise InvalidValueError(
            f"no day is called {name[:60]!r}{hint} Days are {', '.join(WEEKDAYS)}"
        )
    return found


def parse_days(text: str) -> tuple[int, ...]:
    """The weekdays of ``"mon-fri"``, ``"sat"``, ``"mon, wed"`` or ``"fri-mon"`` (wraps).

    Raises:
        InvalidValueError: a name is no weekday, or a weekday is named twice.
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise InvalidValueError(f"weekdays are text such as 'mon-fri' or 'sat', got {text!r:.60}")
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        start = weekday(first)
        end = weekday(last) if dash else start
        found += [(start + i) % 7 for i in range((end - start) % 7 + 1)]
    if len(set(found)) < len(found):
        raise InvalidValueError(f"a day is named twice in {text!r}")
    return tuple(found)


def _clock(hour: str, minute: str, second: str | None, text: str, column: int) -> int:
    h, m, s = int(hour), int(minute), int(second or 0)
    if m > 59 or s > 59 or h > 24 or (h == 24 and (m or s)):
        raise TextError("a time of day lies between 00:00 and 24:00", text, column)
    return (h * 60 + m) * _MINUTE + s * 1_000_000


def _span(text: str) -> tuple[int, int]:
    match = _SPAN.fullmatch(text) if len(text) < _LONGEST else None
    if match is None:
        raise TextError(
            "expected opening hours such as '08:00-12:00' or '22:00-06:00'", text[:60], 1
        )
    start = _clock(match[1], match[2], match[3], text, match.start(1) + 1)
    end = _clock(match[4], match[5], match[6], text, match.start(4) + 1)
    if start >= DAY:
        raise TextError("hours cannot start at 24:00; write 00:00 of the next day", text, 1)
    if start == end:
        raise TextError("hours cannot end when they start; the whole day is '00:00-24:00'", text, 1)
    return start, end if end > start else end + DAY


def parse_hours(value: str | Iterable[str]) -> Hours:
    """The hours of one day, from a list of texts or one text with commas.

    Touching hours join; hours whose end is before their start end on the next day.

    Raises:
        TextError: a text is not of the form ``HH:MM-HH:MM``; points at the character.
        InvalidValueError: two of the hours overlap, or it is no list of texts.
    """
    if isinstance(value, str):
        parts = value.split(",") if len(value) < _LONGEST else [value]
    elif isinstance(value, Iterable) and not isinstance(value, (bytes, Mapping)):
        parts = list(value)
    else:
        raise InvalidValueError(f"hours are a list such as ['08:00-12:00'], got {value!r:.60}")
    if any(not isinstance(part, str) for part in parts):
        raise InvalidValueError(f"hours are texts such as '08:00-12:00', got {value!r:.60}")
    spans = sorted(_span(part) for part in parts)
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            first, second = hours_text((joined[-1], (start, end)))
            raise InvalidValueError(f"hours overlap: {first} and {second}")
        if joined and start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def parse_week(week: Mapping[str, str | Iterable[str]]) -> Week:
    """The seven days of ``{"mon-fri": ["08:00-12:00"], "sat": [...]}``; days not named are closed.

    Raises:
        InvalidValueError: a key names no weekday, a weekday is given twice, hours overlap.
    """
    days: list[Hours | None] = [None] * 7
    for key, value in week.items():
        for index in parse_days(key):
            if days[index] is not None:
                raise InvalidValueError(
                    f"{WEEKDAYS[index]} is given twice, the second time in {key!r}"
                )
            days[index] = parse_hours(value)
    a, b, c, d, e, f, g = (hours or () for hours in days)
    return a, b, c, d, e, f, g


def length(hours: Hours) -> int:
    """Microseconds on the wall clock that *hours* are open."""
    return sum(close - start for start, close in hours)


def _time_text(micros: int) -> str:
    seconds = micros // 1_000_000
    hour, rest = divmod(seconds, 3600)
    minute, second = divmod(rest, 60)
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")


def hours_text(hours: Hours) -> list[str]:
    """The canonical texts, which `parse_hours` reads back."""
    return [
        f"{_time_text(start)}-{_time_text(end if end <= DAY else end - DAY)}"
        for start, end in hours
    ]


def days_text(days: Iterable[int]) -> str:
    """``"mon-fri"``, ``"mon, wed"``: the canonical key for weekdays, which `parse_days` reads."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    texts: list[str] = []
    for run in runs:
        if len(run) > 2:
            texts.append(f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}")
        else:
            texts += [WEEKDAYS[day] for day in run]
    return ", ".join(texts)
