"""Working time as users give it: a `timedelta`, or text such as ``"90 working minutes"``."""

from __future__ import annotations

import datetime as _dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from complaintflow.errors import InvalidValueError, TextError

__all__ = ["WorkingTimeLike", "working_micros"]

WorkingTimeLike = _dt.timedelta | str
"""An amount of working time: a timedelta (24 h of it for ``days=1``) or text."""

_UNIT = {
    "second": 1_000_000, "seconds": 1_000_000, "s": 1_000_000,
    "minute": 60_000_000, "minutes": 60_000_000, "min": 60_000_000, "mins": 60_000_000,
    "hour": 3_600_000_000, "hours": 3_600_000_000, "h": 3_600_000_000,
    "\u79d2": 1_000_000, "\u5206\u949f": 60_000_000,
    "\u5c0f\u65f6": 3_600_000_000, "\u65f6": 3_600_000_000,
}  # fmt: skip
_TEXT = re.compile(
    r"\s{0,9}(?P<number>[+-]?\d{1,9}(?:\.\d{1,9})?)\s{0,9}\u4e2a?\s{0,9}"
    r"(?P<working>working\s{1,9}|\u5de5\u4f5c)?(?P<unit>[a-z]{1,9}|[\u4e00-\u9fff]{1,3})\s{0,9}",
    re.IGNORECASE,
)
_LIMIT = 232 * 366 * 86_400_000_000  # no supported span is longer


def working_micros(amount: Any, argument: str = "amount") -> int:
    """*amount* of working time in microseconds.

    Raises:
        InvalidValueError: it is no working time (a number, days, a calendar duration), or longer
            than all supported years.
        TextError: the text does not parse; points at the character.
    """
    if type(amount) is _dt.timedelta:
        micros = (amount.days * 86_400 + amount.seconds) * 1_000_000 + amount.microseconds
    elif isinstance(amount, str):
        micros = _parse(amount[:200])
    elif isinstance(amount, _dt.timedelta):
        micros = _duration(amount, argument)
    else:
        raise InvalidValueError(
            f"{argument} is working time: timedelta(hours=4) or '4 working hours', "
            f"got {type(amount).__name__} {amount!r:.60}; for days use add_working_days or due"
        )
    if not -_LIMIT <= micros <= _LIMIT:
        raise InvalidValueError(f"{argument} is longer than all supported years: {amount!s:.60}")
    return micros


def _duration(amount: Any, argument: str) -> int:
    """A subclass of timedelta: pendulum's, whose days may mean days of the calendar."""
    plain = _dt.timedelta(0, 0, 0) + _dt.timedelta.__add__(_dt.timedelta(0), amount)
    if abs(plain) >= _dt.timedelta(days=1) or any(
        getattr(amount, part, 0) for part in ("years", "months")
    ):
        raise InvalidValueError(
            f"{argument} has days, and a {type(amount).__name__} does not say whether they are "
            "days of the calendar: give a timedelta (working time) or use add_working_days or due"
        )
    return (plain.days * 86_400 + plain.seconds) * 1_000_000 + plain.microseconds


@lru_cache(maxsize=1_024)
def _parse(text: str) -> int:
    match = _TEXT.fullmatch(text)
    if match is None:
        start = re.match(r"\s*[+-]?[\d.]*", text)
        raise TextError(
            "expected working time such as '90 working minutes' or '4 working hours'",
            text,
            (start.end() if start else 0) + 1,
        )
    factor = _UNIT.get(match["unit"].casefold())
    if factor is None:
        raise TextError(
            "working time has hours, minutes or seconds; "
            "days, weeks and months are counted by add_working_days and due",
            text,
            match.start("unit") + 1,
        )
    if not match["working"]:
        raise TextError(
            "elapsed time is no working time: add it to the instant itself, or write "
            f"'{match['number']} working {match['unit']}'",
            text,
            match.start("unit") + 1,
        )
    micros = Decimal(match["number"]) * factor
    if micros != micros.to_integral_value():
        raise TextError("finer than a microsecond", text, match.start("number") + 1)
    return int(micros)
