"""Putting amounts together: what a number and a unit make, in any language."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from complaintflow.calendar import limits as _l
from complaintflow.calendar.limit_reader import Reader

__all__ = ["Unit", "amount"]

Unit = tuple[Literal["elapsed", "working time", "working days", "calendar days", "months"], int]
"""The sort, and how many seconds, days or months one of the unit has."""


def amount(reader: Reader, parts: list[tuple[Decimal, Unit, int]]) -> _l.Limit:
    """The limit of one or more parts ``(number, unit, position)`` of one sort."""
    sort = parts[0][1][0]
    for number, (other, size), position in parts:
        if other != sort:
            reader.pos = position
            raise reader.error(f"{sort} and {other} cannot be added up")
        if sort != "working days" and number * size != int(number * size):
            reader.pos = position
            raise reader.error(
                "a part of a second cannot be counted"
                if sort in ("elapsed", "working time")
                else "only hours and working days have fractions: "
                "write '12 h' or 'half working day'"
            )
    total = sum((number * unit[1] for number, unit, _ in parts), Decimal(0))
    if sort == "elapsed":
        return _l.Elapsed(int(total))
    if sort == "working time":
        return _l.WorkingTime(int(total))
    if sort == "working days":
        return _l.WorkingDays(total)
    # half a week or half a year comes out whole only by chance: keep units as written
    for number, _, position in parts:
        if number != int(number):
            reader.pos = position
            raise reader.error("only hours and working days have fractions")
    small = sum(int(number) for number, unit, _ in parts if unit[1] == 1)
    large = sum(int(number) for number, unit, _ in parts if unit[1] != 1)
    if sort == "calendar days":
        return _l.CalendarDays(small, large)
    return _l.Months(small, large)
