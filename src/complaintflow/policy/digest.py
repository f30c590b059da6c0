"""The digest of a policy: SHA-256 over a canonical form of all its values."""

from __future__ import annotations

import datetime as _dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.limits import Limit
from complaintflow.moments import to_micros
from complaintflow.policy.expression import Expression, text

__all__ = ["digest"]


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """64 hexadecimal digits; values that are equal have equal digests."""
    return hashlib.sha256(_ENCODER.encode(_plain(value)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str or value is None or kind is bool or kind is int:
        return value
    if kind is dict:
        return {str(key): _plain(item) for key, item in value.items()}
    if kind is tuple or kind is list:
        return [_plain(item) for item in value]
    return _other(value)


def _other(value: Any) -> Any:
    match value:
        case bool() | int() | str():
            return value
        case WorkingCalendar():
            return {"calendar": value.digest}
        case Limit():
            return {"limit": str(value)}
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case set() | frozenset():
            return sorted(_plain(item) for item in value)
        case Decimal():
            return {"number": format(value.normalize(), "f")}
        case _dt.datetime():
            return {"instant": to_micros(value)}  # equal instants may be written in two zones
        case Fraction() | _dt.date() | _dt.time():
            return {type(value).__name__: str(value)}
        case _ if isinstance(value, Expression):
            return {"expression": text(value)}
        case _ if attrs.has(type(value)):
            fields = attrs.fields(type(value))
            return {
                "kind": type(value).__name__,
                **{f.name: _plain(getattr(value, f.name)) for f in fields},
            }
    raise TypeError(f"{type(value).__name__} cannot be part of a policy")
