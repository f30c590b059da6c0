"""Times as registers write them, read strictly: which day, which hour, in which zone."""

from __future__ import annotations

import datetime as _dt
import re
import unicodedata
from typing import Literal

import attrs
from pendulum import DateTime

from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros, from_naive, to_micros, zone
from complaintflow.simulation.register.reason import CellError, reason

__all__ = ["Stamp", "Times", "read_stamp"]

_STAMP = re.compile(
    r"(?P<y>\d{4})(?:[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日)"
    r"(?:(?:\s+|T)(?P<H>\d{1,2})(?::(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.(?P<f>\d{1,6}))?)?"
    r"|时(?:(?P<M2>\d{1,2})分)?)"
    r"\s*(?P<z>Z|[+-]\d{2}(?::?\d{2})?)?)?\Z"
)


@attrs.frozen
class Times:
    """What the times of a file mean.

    Args:
        zone: The zone in which times without offset are read; None refuses them.
        false_offset: The offsets in the file are no offsets: the times are wall time in
            *zone*, whatever stands behind them.
        ambiguous: Which pass of a repeated hour is meant where nothing else says so.
        second_pass: Numbers of complaints whose repeated hour is the second pass.
    """

    zone: str | None = None
    false_offset: bool = False
    ambiguous: Literal["first", "second", "raise"] = "raise"
    second_pass: frozenset[str] = frozenset()

    @property
    def shown_in(self) -> str:
        """The zone in which instants of this file are shown."""
        return self.zone or "UTC"


@attrs.frozen
class Stamp:
    """How one column writes its times.

    Args:
        column: Its heading.
        at: The time of day of a date without one; None refuses such a date.
        format: A ``strptime`` format, where the year does not stand first.
    """

    column: str
    at: _dt.time | None = None
    format: str | None = None


def read_stamp(text: str, stamp: Stamp, times: Times, number: str = "") -> DateTime:
    """The instant that *text* means in a column.

    ``2026-03-10 09:20``, ``2026/3/10 9:20:05``, ``2026年3月10日 9:20``, with or without an
    offset, or what the column's own format says.

    Args:
        text: The cell.
        stamp: How its column writes times.
        times: What the times of the file mean.
        number: The complaint that it is about, for hours that were repeated.

    Raises:
        CellError: it is none, or has no time of day, no zone, or two meanings.
    """
    column = stamp.column
    text = unicodedata.normalize("NFKC", text).strip()
    if text.startswith(("=", "+", "@")):
        raise CellError(reason("formula", column=column, value=repr(text)))
    value, has_time = _parse(text, stamp)
    if not has_time:
        if stamp.at is None:
            raise CellError(reason("no_time", column=column, value=text))
        value = _dt.datetime.combine(value.date(), stamp.at)
    if times.false_offset:
        value = value.replace(tzinfo=None)
    try:
        if value.tzinfo is not None:
            return from_micros(to_micros(value), zone(times.shown_in))
        if times.zone is None:
            raise CellError(reason("no_zone", column=column, value=text))
        pass_: Literal["first", "second", "raise"]
        pass_ = "second" if number in times.second_pass else times.ambiguous
        return from_naive(value, times.zone, ambiguous=pass_)
    except InvalidValueError:
        if not 1970 <= value.year <= 2200 or value.tzinfo is not None:
            raise CellError(reason("range", column=column, value=text)) from None
        twice = reason("twice_an_hour", column=column, value=text, zone=times.zone)
        raise CellError(twice) from None


def _parse(text: str, stamp: Stamp) -> tuple[_dt.datetime, bool]:
    """The wall time, with its offset if it has one, and whether it has a time of day."""
    wrong = CellError(reason("stamp", column=stamp.column, value=repr(text)))
    if stamp.format is not None:
        try:
            value = _dt.datetime.strptime(text, stamp.format)  # noqa: DTZ007 - zone comes later
        except ValueError:
            raise wrong from None
        return value, any(code in stamp.format for code in ("%H", "%I", "%X", "%c"))
    match = _STAMP.match(text)
    if match is None:
        raise wrong
    part = match.groupdict()
    try:
        value = _dt.datetime(
            int(part["y"]),
            int(part["m"] or part["m2"]),
            int(part["d"] or part["d2"]),
            int(part["H"] or 0),
            int(part["M"] or part["M2"] or 0),
            int(part["S"] or 0),
            int((part["f"] or "").ljust(6, "0")),
            tzinfo=_offset(part["z"]),
        )
    except ValueError:
        raise wrong from None
    return value, part["H"] is not None


def _offset(text: str | None) -> _dt.timezone | None:
    if text is None:
        return None
    if text == "Z":
        return _dt.UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return _dt.timezone(_dt.timedelta(minutes=-minutes if text[0] == "-" else minutes))
