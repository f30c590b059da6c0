"""Facts as variables of the solver, one rule a type, and back from a model to values.

Whole numbers stand for everything that is counted in steps: cents, tenths, days, seconds and
the members of an enumeration. So every value that a model gives is exact and can be printed.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import attrs

from complaintflow.domain.types import FactType, MoneyOf, Simple
from complaintflow.domain.values import Money, Quantity, Ratio
from complaintflow.moments import from_micros, to_micros, zone

__all__ = ["GRAMS", "Codes", "Scale", "Variable", "measure_of", "nearby", "scale_of", "steps_of"]

GRAMS = {"GRM": 1, "KGM": 1_000, "TNE": 1_000_000}
"""Units that can be compared with each other, in the smallest of them."""
_CENTS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3}
_FIRST_DAY = _dt.date(1970, 1, 1)
_LAST_DAY = _dt.date(2200, 1, 1)
_USUAL_DAY = _dt.date(2026, 1, 5)
_SECOND = 1_000_000


class Codes:
    """Members, roles and texts as whole numbers, the same number wherever a code stands."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._codes: list[str] = []

    def number(self, code: str) -> int:
        """The number of *code*."""
        if code not in self._numbers:
            self._numbers[code] = len(self._codes)
            self._codes.append(code)
        return self._numbers[code]

    def code(self, number: int) -> str:
        """The code with *number*; a text of its own for one that no policy names."""
        return self._codes[number] if 0 <= number < len(self._codes) else "…"


@attrs.frozen
class Scale:
    """How values of a type become whole numbers.

    Args:
        parts: Steps in one unit: 100 cents.
        least: The smallest value, in steps; None without one.
        most: The largest value, in steps; None without one.
        usual: What an example shows unless something else is needed, in steps.
        read: From steps to a value.
    """

    parts: int
    least: int | None
    most: int | None
    usual: int
    read: Callable[[int], Any]


@attrs.frozen
class Variable:
    """A fact, or another name that expressions ask for.

    Args:
        name: As expressions write it.
        terms: The solver's constants: one, or one for each member of a "some of".
        read: From what the constants hold to a value.
        candidates: What to try first, so that examples are plain; one list a constant.
        defined: The constant that says whether it is known; None if it always is.
        parts: For what is measured: the steps in one unit; else 0.
    """

    name: str
    terms: tuple[Any, ...]
    read: Callable[[tuple[Any, ...]], Any]
    candidates: tuple[tuple[Any, ...], ...]
    defined: Any = None
    parts: int = 0


def scale_of(kind: FactType, digits: int, unit: str, timezone: str, *, least: int = 0) -> Scale:
    """The scale of a type that is measured.

    Args:
        kind: Money, number, quantity, ratio, date or instant.
        digits: Decimals that make a difference in this policy.
        unit: The unit in which a quantity is compared.
        timezone: In which instants are shown.
        least: The least number; money, quantities and counts are never negative.
    """
    match kind:
        case MoneyOf(currency):
            places = max(_CENTS.get(currency, 2), digits)
            return Scale(10**places, 0, None, 0, _decimal(places, lambda n: Money(n, currency)))
        case Simple("quantity"):
            grams = GRAMS.get(unit)
            if grams:
                places = max(3, digits)
                parts = 10**places
                return Scale(
                    parts, 0, None, 0, lambda n: Quantity(Decimal(n) / parts / grams, unit)
                )
            places = digits if unit == "H87" else max(3, digits)  # pieces are whole
            return Scale(10**places, 0, None, 0, _decimal(places, lambda n: Quantity(n, unit)))
        case Simple("ratio"):
            places = max(4, digits + 1)
            return Scale(10**places, 0, 10**places, 0, _decimal(places, Ratio))
        case Simple("date"):
            low, high = _FIRST_DAY.toordinal(), _LAST_DAY.toordinal()
            return Scale(1, low, high, _USUAL_DAY.toordinal(), _dt.date.fromordinal)
        case Simple("instant"):
            usual = _dt.datetime.combine(_USUAL_DAY, _dt.time(9), _dt.UTC)
            return Scale(
                1,
                0,
                None,
                to_micros(usual) // _SECOND,
                lambda n: from_micros(n * _SECOND, zone(timezone)),
            )
        case _:
            places = digits + 1 if digits else 0
            return Scale(10**places, least * 10**places, None, 0, _decimal(places, lambda n: n))


def _decimal(places: int, made: Callable[[Decimal], Any]) -> Callable[[int], Any]:
    def read(number: int) -> Any:
        value = Decimal(number).scaleb(-places)
        return made(
            value.normalize() if value != value.to_integral_value() else Decimal(int(value))
        )

    return read


def steps_of(value: Any) -> Decimal | None:
    """A literal as an amount in the unit of its type; None for codes, texts and truth."""
    match value:
        case bool() | str():
            return None
        case Money():
            return value.amount
        case Quantity():
            return value.amount * GRAMS.get(value.unit, 1)
        case Ratio():
            return value.share
        case _dt.datetime():
            return Decimal(to_micros(value)) / _SECOND
        case _dt.date():
            return Decimal(value.toordinal())
        case _:
            return Decimal(value)


def measure_of(value: Any) -> str:
    """What a quantity measures: mass, or its unit; empty for anything else."""
    if not isinstance(value, Quantity):
        return ""
    return "mass" if value.unit in GRAMS else value.unit


def nearby(values: Iterable[Decimal], scale: Scale) -> tuple[int, ...]:
    """What to try for a measured fact: the usual, then each bound, then beside each bound."""
    bounds = [int(value * scale.parts) for value in sorted(values)]
    tried = [scale.usual, *bounds]
    tried += [n + step for n in bounds for step in (-scale.parts, scale.parts, -1, 1)]
    inside = [n for n in tried if scale.least is None or n >= scale.least]
    return tuple(dict.fromkeys(n for n in inside if scale.most is None or n <= scale.most))
