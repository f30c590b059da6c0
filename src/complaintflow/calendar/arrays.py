"""Bulk questions over NumPy arrays. The only module that imports NumPy (the extra ``numpy``)."""

from __future__ import annotations

import datetime as _dt
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from complaintflow.calendar.amounts import working_micros
from complaintflow.calendar.compiled import Window
from complaintflow.errors import InvalidValueError
from complaintflow.moments import to_micros

if TYPE_CHECKING:
    from complaintflow.calendar.base import Beyond
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["add_array", "between_array"]

_Ints: TypeAlias = NDArray[np.int64]
_Compiled: TypeAlias = tuple[_Ints, _Ints, _Ints, _Ints]


def add_array(calendar: WorkingCalendar, starts: Any, amount: Any, beyond: Beyond) -> Any:
    """See `WorkingCalendar.add_many`."""
    at, dated = _instants(starts, "starts")
    each = _amounts(amount)
    if isinstance(each, np.ndarray):
        at, each = _matched(at, each)
    if at.size == 0:
        return _result(at.copy(), dated=dated)
    low, high = int(at.min()), int(at.max())
    calendar._cover(low, high)
    least, most = (each, each) if isinstance(each, int) else (int(each.min()), int(each.max()))
    # Adding is monotone in both, so the extremes decide how far to compile.
    calendar._add_us(low, least)
    calendar._add_us(high, most)
    if least <= 0:
        amounts = [each] * at.size if isinstance(each, int) else each.ravel().tolist()
        pairs = zip(at.ravel().tolist(), amounts, strict=True)
        found = np.array([calendar._add_us(*pair) for pair in pairs], np.int64).reshape(at.shape)
    else:
        opens, closes, before, shift = _compiled(calendar._window)
        i = np.searchsorted(opens, at, "right")
        i -= 1
        target = np.minimum(at, closes[i])
        target -= shift[i]
        target += each
        i = np.searchsorted(before, target, "left")
        i -= 1
        found = shift[i]
        found += target
    calendar._check(beyond, min(low, int(found.min())), max(high, int(found.max())))
    return _result(found, dated=dated)


def between_array(calendar: WorkingCalendar, starts: Any, ends: Any, beyond: Beyond) -> Any:
    """See `WorkingCalendar.between_many`."""
    a, dated = _instants(starts, "starts")
    b, also = _instants(ends, "ends")
    if dated != also and a.ndim and b.ndim:
        raise InvalidValueError("starts and ends are int64 both, or datetime64 both")
    a, b = _matched(a, b)
    if a.size == 0:
        return _span(np.zeros(a.shape, np.int64), dated=dated)
    low, high = min(int(a.min()), int(b.min())), max(int(a.max()), int(b.max()))
    calendar._check(beyond, low, high)
    compiled = _compiled(calendar._cover(low, high))
    found = _position(compiled, b)
    found -= _position(compiled, a)
    return _span(found, dated=dated)


def _position(compiled: _Compiled, at: _Ints) -> _Ints:
    opens, closes, _, shift = compiled
    i = np.searchsorted(opens, at, "right")
    i -= 1
    found: _Ints = np.minimum(at, closes[i])
    found -= shift[i]
    return found


def _compiled(window: Window) -> _Compiled:
    if window.arrays is None:
        window.arrays = tuple(
            np.array(part, np.int64)
            for part in (window.opens, window.closes, window.before, window.shift)
        )
    arrays: Any = window.arrays
    found: _Compiled = arrays
    return found


def _instants(values: Any, argument: str) -> tuple[_Ints, bool]:
    """int64 microseconds, and whether they came as datetime64."""
    if isinstance(values, _dt.datetime):
        return np.array(to_micros(values, argument), np.int64), True
    if type(values) is int:
        return np.array(values, np.int64), False
    kind = getattr(values, "dtype", None)
    if kind is not None and kind.kind == "M":
        if np.isnat(values).any():
            raise InvalidValueError(f"{argument} contain NaT, which is no instant")
        return values.astype("datetime64[us]").view(np.int64), True
    if kind == np.int64:
        return np.asarray(values), False
    raise InvalidValueError(
        f"{argument} are an array of int64 (microseconds since 1970 UTC) or datetime64 (UTC), "
        f"got {kind or type(values).__name__}"
    )


def _amounts(amount: Any) -> int | _Ints:
    kind = getattr(amount, "dtype", None)
    if kind is None:
        return working_micros(amount)
    if kind.kind == "m":
        if np.isnat(amount).any():
            raise InvalidValueError("the amounts contain NaT, which is no working time")
        micros: _Ints = amount.astype("timedelta64[us]").view(np.int64)
        return micros
    if kind == np.int64:
        return np.asarray(amount)
    raise InvalidValueError(
        f"amounts are an array of int64 (microseconds) or timedelta64, got {kind}"
    )


def _matched(a: _Ints, b: _Ints) -> tuple[_Ints, _Ints]:
    if a.shape != b.shape and a.ndim and b.ndim:
        raise InvalidValueError(
            f"the arrays have the shapes {a.shape} and {b.shape}; give one shape"
        )
    first, second = np.broadcast_arrays(a, b)
    return first, second


def _result(found: _Ints, *, dated: bool) -> Any:
    return found.view("datetime64[us]") if dated else found


def _span(found: _Ints, *, dated: bool) -> Any:
    return found.view("timedelta64[us]") if dated else found
