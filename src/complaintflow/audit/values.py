"""Fact values as JSON that says what it is: ``{"money": ["5000.00", "CNY"]}``.

Texts, flags, whole numbers and "unknown" (null) are themselves; everything else is an object
with one key, its tag. No JSON number with a fraction is ever written or read.
"""

from __future__ import annotations

import datetime as _dt
import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, cast

from pendulum.tz.timezone import Timezone

from complaintflow.audit.vault import Erased
from complaintflow.domain.values import Evidence, Money, Quantity, Ratio
from complaintflow.errors import InvalidValueError, did_you_mean
from complaintflow.moments import EPOCH, from_micros, to_micros, zone

__all__ = ["instant_text", "pack", "read_instant", "unpack"]

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{64}")
_LONGEST = 200  # digits: far beyond any amount, and no bomb
_MICRO = _dt.timedelta(microseconds=1)


def instant_text(micros: int) -> str:
    """Microseconds since 1970 UTC as ``2026-03-10T01:20:00Z``; a fraction only if there is one."""
    return (EPOCH + micros * _MICRO).replace(tzinfo=None).isoformat() + "Z"


def read_instant(raw: object) -> int:
    """The inverse of `instant_text`, strictly. Raises InvalidValueError."""
    if isinstance(raw, str) and _UTC.fullmatch(raw):
        try:
            return to_micros(_dt.datetime.fromisoformat(raw), "instant")
        except ValueError:
            pass
    raise InvalidValueError(f"expected an instant such as '2026-03-10T01:20:00Z', got {raw!r}")


def pack(value: object) -> Any:
    """A fact's value as JSON.

    Raises:
        InvalidValueError: no fact has such a value; floats and naive datetimes among them.
    """
    if isinstance(value, Enum):
        value = value.value
    match value:
        case None | str() | bool() | int():
            return value
        case Decimal():
            return {"number": _digits(value)}
        case Money():
            return {"money": [_digits(value.amount), value.currency]}
        case Quantity():
            return {"quantity": [_digits(value.amount), value.unit]}
        case Ratio():
            return {"ratio": _digits(value.share)}
        case _dt.date():  # a datetime is one too
            return _pack_time(value)
        case Erased():
            return {"personal": value.digest}
        case frozenset() | tuple():
            return _pack_many(value)
    raise _no_fact(value)


def unpack(raw: object) -> Any:
    """The inverse of `pack`, strictly.

    Raises:
        InvalidValueError: *raw* was never written by `pack`; says what was expected.
    """
    if raw is None or isinstance(raw, (str, bool, int)):
        return raw
    if not isinstance(raw, dict) or len(raw) != 1:
        raise InvalidValueError(f"expected text, a flag, or an object with one tag, got {raw!r}")
    ((tag, content),) = raw.items()
    reader = _READERS.get(tag)
    if reader is None:
        meant = did_you_mean(tag, _READERS)
        hint = f", did you mean {meant!r}?" if meant else f"; known: {', '.join(_READERS)}"
        raise InvalidValueError(f"unknown kind of value {tag!r}{hint}")
    return reader(content)


def _pack_time(value: _dt.date) -> dict[str, Any]:
    if isinstance(value, _dt.datetime):
        return {"instant": [instant_text(to_micros(value)), _zone_name(value)]}
    return {"date": value.isoformat()}


def _pack_many(value: frozenset[object] | tuple[object, ...]) -> dict[str, Any]:
    parts = [part.value if isinstance(part, Enum) else part for part in value]
    if isinstance(value, tuple) and all(isinstance(part, Evidence) for part in parts):
        return {"files": [_file(part) for part in parts if isinstance(part, Evidence)]}
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) < len(parts):
        raise _no_fact(value)
    return {"set": sorted(texts)} if isinstance(value, frozenset) else {"texts": texts}


def _no_fact(value: object) -> InvalidValueError:
    hint = "; write Decimal('...') instead of a float" if isinstance(value, float) else ""
    return InvalidValueError(
        f"no fact has the value {value!r} of type {type(value).__name__}{hint}; expected text, a "
        "flag, a number, Money, Quantity, Ratio, a date, an aware datetime, a frozenset of texts, "
        "or a tuple of Evidence"
    )


def _digits(number: Decimal) -> str:
    text = format(number, "f") if number.is_finite() else ""
    if not text or len(text) > _LONGEST:
        raise InvalidValueError(f"a number has at most {_LONGEST} digits and is finite: {number}")
    return text


def _zone_name(value: _dt.datetime) -> str:
    """The IANA name of the value's zone, ``UTC``, or its offset where the zone has no name."""
    name = getattr(value.tzinfo, "key", None)
    if isinstance(name, str):
        return name
    offset = value.utcoffset()
    assert offset is not None  # to_micros has refused it
    if value.tzinfo is _dt.UTC:
        return "UTC"
    minutes, seconds = divmod(abs(offset) // _dt.timedelta(seconds=1), 60)
    sign = "-" if offset < _dt.timedelta(0) else "+"
    tail = f":{seconds:02}" if seconds else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}{tail}"


def _file(part: Evidence) -> dict[str, Any]:
    return {"name": part.name, "uri": part.uri, "size": part.size, "sha256": part.sha256}


def _number(raw: object) -> Decimal:
    if not isinstance(raw, str) or len(raw) > _LONGEST or not _NUMBER.fullmatch(raw):
        raise InvalidValueError(f"expected a decimal number in text such as '12.50', got {raw!r}")
    return Decimal(raw)


def _two_texts(raw: object, example: str) -> tuple[str, str]:
    match raw:
        case [str(first), str(second)]:
            return first, second
    raise InvalidValueError(f"expected {example}, got {raw!r}")


def _money(raw: object) -> Money:
    amount, currency = _two_texts(raw, "['5000.00', 'CNY']")
    return Money(_number(amount), currency)


def _quantity(raw: object) -> Quantity:
    amount, unit = _two_texts(raw, "['12', 'H87']")
    return Quantity(_number(amount), unit)


def _date(raw: object) -> _dt.date:
    try:
        if isinstance(raw, str) and len(raw) == len("2026-03-10"):
            return _dt.date.fromisoformat(raw)
    except ValueError:
        pass
    raise InvalidValueError(f"expected a date such as '2026-03-10', got {raw!r}")


def _instant(raw: object) -> _dt.datetime:
    text, name = _two_texts(raw, "['2026-03-10T01:20:00Z', 'Asia/Shanghai']")
    micros = read_instant(text)
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        return from_micros(micros, zone(name))
    sign, hours, minutes, seconds = offset.groups()
    shift = _dt.timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    if shift >= _dt.timedelta(days=1):
        raise InvalidValueError(f"expected an offset below 24 hours, got {name!r}")
    fixed = _dt.timezone(-shift if sign == "-" else shift)
    return from_micros(micros, cast(Timezone, fixed))  # any tzinfo does; none is looked up


def _texts(raw: object) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(part, str) for part in raw):
        raise InvalidValueError(f"expected a list of texts, got {raw!r}")
    return raw


def _files(raw: object) -> tuple[Evidence, ...]:
    if not isinstance(raw, list):
        raise InvalidValueError(f"expected a list of files, got {raw!r}")
    return tuple(read_file(part) for part in raw)


def read_file(raw: object) -> Evidence:
    """One file's evidence, strictly. Raises InvalidValueError."""
    match raw:
        case {
            "name": str(name),
            "uri": str(uri),
            "size": int(size),
            "sha256": str(sha256),
            **rest,
        } if not rest and not isinstance(size, bool):
            try:
                return Evidence(name, uri, size, sha256)
            except ValueError as error:
                raise InvalidValueError(f"expected a file's evidence: {error.args[0]}") from error
    raise InvalidValueError(f"expected a file with name, uri, size and sha256, got {raw!r}")


def _erased(raw: object) -> Erased:
    if not isinstance(raw, str) or not _HEX.fullmatch(raw):
        raise InvalidValueError(f"expected 64 hexadecimal digits, got {raw!r}")
    return Erased(raw)


_READERS: dict[str, Callable[[object], Any]] = {
    "number": _number,
    "money": _money,
    "quantity": _quantity,
    "ratio": lambda raw: Ratio(_number(raw)),
    "instant": _instant,
    "date": _date,
    "personal": _erased,
    "set": lambda raw: frozenset(_texts(raw)),
    "files": _files,
    "texts": lambda raw: tuple(_texts(raw)),
}
