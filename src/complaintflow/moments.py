"""The one door to pendulum: aware instants in, aware instants out.

Inside the package an instant is an integer number of microseconds since 1970-01-01 UTC;
at the edge it is a `pendulum.DateTime`. Naive datetimes never pass: `from_naive` says
which zone, and which pass of a repeated hour, they were meant in.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from complaintflow.errors import InvalidValueError, NaiveDatetimeError, TextError, did_you_mean

__all__ = [
    "EPOCH",
    "MAX_MICROS",
    "MIN_MICROS",
    "Now",
    "from_micros",
    "from_naive",
    "instant",
    "system_clock",
    "to_micros",
    "zone",
]

Now = Callable[[], _dt.datetime]
"""What gives the present: any callable that returns an aware datetime."""


def system_clock() -> _dt.datetime:
    """The present as this machine sees it, in UTC."""
    return _dt.datetime.now(_dt.UTC)


EPOCH = _dt.datetime(1970, 1, 1, tzinfo=_dt.UTC)
MIN_MICROS = 0
MAX_MICROS = int((_dt.datetime(2201, 1, 1, tzinfo=_dt.UTC) - EPOCH).total_seconds()) * 1_000_000 - 1
_SECOND = 1_000_000
# Not `value - EPOCH`: pendulum's own subtraction costs fifteen times as much.
_subtract = _dt.datetime.__sub__
_ZONES: dict[str, Timezone] = {}


def zone(name: str) -> Timezone:
    """The IANA zone *name*.

    Raises:
        InvalidValueError: there is no such zone; says which was probably meant.
    """
    found = _ZONES.get(name)
    if found is not None:
        return found
    try:
        if not name or not name.isascii():
            raise ValueError(name)
        ZoneInfo(name)
        found = Timezone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, KeyError):
        import zoneinfo

        meant = did_you_mean(name, zoneinfo.available_timezones())
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise InvalidValueError(
            f"no time zone is called {name!r}{hint} Expected an IANA name such as 'Asia/Shanghai'"
        ) from None
    _ZONES[name] = found
    return found


def to_micros(value: _dt.datetime, argument: str = "instant") -> int:
    """*value* as microseconds since 1970 UTC.

    Raises:
        NaiveDatetimeError: *value* has no zone.
        InvalidValueError: *value* is no datetime, or lies outside 1970-2200.
    """
    try:
        delta = _subtract(value, EPOCH)
    except TypeError:
        if not isinstance(value, _dt.datetime):
            raise InvalidValueError(
                f"{argument} must be an aware datetime, got {type(value).__name__} {value!r}"
            ) from None
        raise NaiveDatetimeError(
            f"{argument} has no time zone: {value.isoformat()}; say what it was meant in: "
            f"from_naive({argument}, 'Asia/Shanghai')",
            argument,
        ) from None
    micros = (delta.days * 86_400 + delta.seconds) * _SECOND + delta.microseconds
    if not MIN_MICROS <= micros <= MAX_MICROS:
        raise InvalidValueError(
            f"{argument} lies outside the supported years 1970-2200: {value.isoformat()}"
        )
    return micros


def from_micros(micros: int, tz: Timezone) -> DateTime:
    """The instant as a `pendulum.DateTime` in *tz*."""
    seconds, rest = divmod(micros, _SECOND)
    at = _dt.datetime.fromtimestamp(seconds, tz)
    if at.fold:
        return DateTime(
            at.year, at.month, at.day, at.hour, at.minute, at.second, rest, tzinfo=tz, fold=1
        )
    # By position: keywords would cost as much again.
    return DateTime(at.year, at.month, at.day, at.hour, at.minute, at.second, rest, tz)


def from_naive(
    value: _dt.datetime,
    zone_name: str,
    *,
    ambiguous: Literal["first", "second", "raise"] = "raise",
) -> DateTime:
    """What a naive datetime of a host's database meant.

    A wall time that daylight saving skips becomes the end of the gap. One that it
    repeats is the *first* or the *second* pass, or an error that says so.

    Raises:
        InvalidValueError: *value* has a zone already, or is ambiguous and nobody said which.
    """
    tz = zone(zone_name)
    if value.tzinfo is not None:
        raise InvalidValueError(f"from_naive takes a datetime without a zone, got {value!r}")
    first = value.replace(tzinfo=tz, fold=0)
    second = value.replace(tzinfo=tz, fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    assert before is not None and after is not None
    if before < after:  # skipped: fold=0 reads the old offset, which lands after the gap
        transition = _gap_end(value, tz, before, after)
        return from_micros(transition, tz)
    if before > after and ambiguous == "raise":
        raise InvalidValueError(
            f"{value.isoformat()} happened twice in {zone_name}; "
            "say ambiguous='first' or ambiguous='second'"
        )
    chosen = second if before > after and ambiguous == "second" else first
    return from_micros(to_micros(chosen), tz)


def _gap_end(value: _dt.datetime, tz: Timezone, before: _dt.timedelta, after: _dt.timedelta) -> int:
    """The first instant after the gap that swallows the wall time *value*."""
    naive = (value - _dt.datetime(1970, 1, 1)) // _dt.timedelta(microseconds=1)
    one = _dt.timedelta(microseconds=1)
    low, high = naive - after // one, naive - before // one
    while high - low > 1:  # the transition lies in (low, high]
        middle = (low + high) // 2
        offset = (_dt.datetime.fromtimestamp(middle // _SECOND, tz)).utcoffset()
        low, high = (middle, high) if offset == before else (low, middle)
    return -(-high // _SECOND) * _SECOND


def instant(
    text: str,
    zone_name: str | None = None,
    *,
    ambiguous: Literal["first", "second", "raise"] = "raise",
) -> DateTime:
    """Read an ISO 8601 instant: ``2026-03-10T09:20+08:00``, or without offset in *zone_name*.

    Raises:
        TextError: *text* is no ISO 8601 date and time.
        NaiveDatetimeError: it has no offset and no zone is named.
    """
    try:
        value = _dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise TextError(
            "expected a date and time such as '2026-03-10T09:20+08:00'", text, 1
        ) from None
    if value.tzinfo is None:
        if zone_name is None:
            raise NaiveDatetimeError(
                f"{text!r} has no time zone; write an offset such as '+08:00' or name a zone",
                "text",
            )
        return from_naive(value, zone_name, ambiguous=ambiguous)
    micros = to_micros(value, "text")
    return from_micros(micros, zone(zone_name) if zone_name else zone("UTC"))
