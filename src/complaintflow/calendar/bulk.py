"""Many additions or differences at once: the same answers as one by one, without the ceremony.

Lists of ints or datetimes are answered in plain Python; NumPy arrays with NumPy, which is
imported only when one is given.
"""

from __future__ import annotations

import datetime as _dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from complaintflow.calendar.amounts import working_micros
from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros, to_micros

if TYPE_CHECKING:
    from complaintflow.calendar.base import Beyond
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["add_many", "between_many"]

_Form: TypeAlias = Literal["int", "datetime"]


def add_many(calendar: WorkingCalendar, starts: Any, amount: Any, beyond: Beyond) -> Any:
    """See `WorkingCalendar.add_many`."""
    if _is_array(starts):
        from complaintflow.calendar.arrays import add_array

        return add_array(calendar, starts, amount, beyond)
    form, micros = _micros(starts, "starts")
    if isinstance(amount, (str, _dt.timedelta)) or not isinstance(amount, Iterable):
        each = working_micros(amount)
        found = _add_same(calendar, micros, each, beyond)
    else:
        amounts = [working_micros(item, f"amount[{i}]") for i, item in enumerate(amount)]
        if len(amounts) != len(micros):
            raise InvalidValueError(
                f"{len(micros)} starts need as many amounts, or one for all; got {len(amounts)}"
            )
        found = []
        for at, each in zip(micros, amounts, strict=True):
            result = calendar._add_us(at, each)
            calendar._check(beyond, at, result)
            found.append(result)
    if form == "int":
        return found
    tz = calendar.tz
    return [from_micros(at, tz) for at in found]


def _add_same(calendar: WorkingCalendar, micros: list[int], each: int, beyond: Beyond) -> list[int]:
    if not micros:
        return []
    low, high = min(micros), max(micros)
    calendar._cover(low, high)
    # Adding is monotone, so the extremes decide about coverage and about how far to compile.
    first, last = calendar._add_us(low, each), calendar._add_us(high, each)
    calendar._check(beyond, min(low, first), max(high, last))
    if each <= 0:
        add = calendar._add_us
        return [add(at, each) for at in micros]
    window = calendar._window
    opens, closes, before, shift = window.opens, window.closes, window.before, window.shift
    # Written out: calling min() for each would double the time.
    return [
        target + shift[bisect_left(before, target) - 1]
        for at in micros
        for i in (bisect_right(opens, at) - 1,)
        for target in ((at if at < closes[i] else closes[i]) - shift[i] + each,)  # noqa: FURB136
    ]


def between_many(calendar: WorkingCalendar, starts: Any, ends: Any, beyond: Beyond) -> Any:
    """See `WorkingCalendar.between_many`."""
    if _is_array(starts) or _is_array(ends):
        from complaintflow.calendar.arrays import between_array

        return between_array(calendar, starts, ends, beyond)
    form, a = _micros(starts, "starts")
    if isinstance(ends, (int, _dt.datetime)):
        ends = [ends] * len(a)
    other, b = _micros(ends, "ends")
    if len(a) != len(b):
        raise InvalidValueError(f"{len(a)} starts need as many ends, or one for all; got {len(b)}")
    if not a:
        return []
    if form != other:
        raise InvalidValueError(f"starts are of type {form}, but ends of type {other}: mix neither")
    both = a + b
    low, high = min(both), max(both)
    calendar._check(beyond, low, high)
    window = calendar._cover(low, high)
    opens, closes, shift = window.opens, window.closes, window.shift
    found = [
        ((y if y < closes[j] else closes[j]) - shift[j])  # noqa: FURB136
        - ((x if x < closes[i] else closes[i]) - shift[i])  # noqa: FURB136
        for x, y in zip(a, b, strict=True)
        for i in (bisect_right(opens, x) - 1,)
        for j in (bisect_right(opens, y) - 1,)
    ]
    return found if form == "int" else [_dt.timedelta(0, 0, micros) for micros in found]


def _is_array(value: Any) -> bool:
    return type(value).__module__ == "numpy" and hasattr(value, "dtype")


def _micros(values: Any, argument: str) -> tuple[_Form, list[int]]:
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise InvalidValueError(
            f"{argument} are a sequence of datetimes or ints, got {values!r:.60}"
        )
    items = list(values)
    kinds = set(map(type, items))
    if kinds == {int}:
        return "int", items
    if int in kinds or bool in kinds:
        raise InvalidValueError(f"{argument} mix ints with other things; give one kind")
    return "datetime", [to_micros(item, f"{argument}[{i}]") for i, item in enumerate(items)]
