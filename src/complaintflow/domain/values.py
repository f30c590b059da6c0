"""Exact values that facts are made of: money, quantities, ratios, evidence.

All are frozen, compare and hash by value, and never hold a float.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

import attrs

from complaintflow.errors import InvalidValueError, did_you_mean

__all__ = ["UNITS", "Evidence", "Money", "Quantity", "Ratio", "exact", "unit_code"]

UNITS: dict[str, tuple[str, ...]] = {
    # UNECE Recommendation 20 code: what people write
    "H87": ("pcs", "pc", "piece", "pieces", "个", "件", "只", "台", "支", "套", "片"),
    "KGM": ("kg", "千克", "公斤"),
    "GRM": ("g", "克"),
    "TNE": ("t", "吨"),
    "MTR": ("m", "米"),
    "MTK": ("m2", "平方米"),
    "LTR": ("l", "升"),
    "BX": ("box", "boxes", "箱", "盒"),
}
_BY_WORD = {word: code for code, words in UNITS.items() for word in (*words, code.lower())}
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?\Z")


def exact(value: object, what: str) -> Decimal:
    """*value* as an exact, finite Decimal.

    Raises:
        InvalidValueError: a float, NaN, infinity, a bool, or text that is no plain number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise InvalidValueError(
            f"{what} must be exact: a Decimal, an int or text such as '12.50', "
            f"got {type(value).__name__} {value!r}"
        )
    if isinstance(value, str) and not _NUMBER.match(value.strip()):
        raise InvalidValueError(f"{what} must be a number such as '12.50', got {value!r}")
    try:
        number = Decimal(value.strip() if isinstance(value, str) else value)
    except InvalidOperation:
        raise InvalidValueError(f"{what} must be a number, got {value!r}") from None
    if not number.is_finite():
        raise InvalidValueError(f"{what} must be finite, got {value}")
    if number and abs(number.adjusted()) > 40:
        raise InvalidValueError(f"{what} is out of range: {value}")
    return number


def _money(value: object) -> Decimal:
    return exact(value, "an amount of money")


def _quantity(value: object) -> Decimal:
    return exact(value, "a quantity")


def _ratio(value: object) -> Decimal:
    return exact(value, "a ratio")


def _plain(number: Decimal) -> str:
    return format(number, "f")


def unit_code(word: str) -> str:
    """The UNECE Recommendation 20 code of what people write: ``pcs`` and ``件`` are ``H87``.

    Raises:
        InvalidValueError: the unit is not known; says which was probably meant.
    """
    code = _BY_WORD.get(word.strip().lower())
    if code is None:
        meant = did_you_mean(word.lower(), _BY_WORD)
        hint = f", did you mean {meant!r}?" if meant else f"; known: {', '.join(sorted(UNITS))}"
        raise InvalidValueError(f"unknown unit {word!r}{hint}")
    return code


@attrs.frozen(order=False)
class Money:
    """An exact amount in one currency; ``str()`` gives ``5000.00 CNY``.

    Args:
        amount: Exact amount; a Decimal, an int or text, never a float.
        currency: ISO 4217 code, three capitals.

    Raises:
        InvalidValueError: *amount* is not exact, or *currency* is no three capitals.
    """

    amount: Decimal = attrs.field(converter=_money)
    currency: str = attrs.field()

    @currency.validator
    def _is_a_code(self, _: Any, value: str) -> None:
        if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
            raise InvalidValueError(
                f"a currency is three capital letters such as 'CNY', got {value!r}"
            )

    def __str__(self) -> str:
        return f"{_plain(self.amount)} {self.currency}"


@attrs.frozen(order=False)
class Quantity:
    """How much of a lot: an exact amount, zero or more, in a unit.

    Args:
        amount: Exact amount, zero or more.
        unit: UNECE Recommendation 20 code (``H87`` is pieces) or what people write (``pcs``,
            ``件``), which becomes the code.

    Raises:
        InvalidValueError: *amount* is negative or not exact, or the unit is unknown.
    """

    amount: Decimal = attrs.field(converter=_quantity)
    unit: str = attrs.field(default="H87", converter=unit_code)

    @amount.validator
    def _not_negative(self, _: Any, value: Decimal) -> None:
        if value < 0:
            raise InvalidValueError(f"a quantity is zero or more, got {_plain(value)}")

    def __str__(self) -> str:
        return f"{_plain(self.amount)} {UNITS[self.unit][0]}"


@attrs.frozen(order=False)
class Ratio:
    """An exact share; ``Ratio("0.025")`` prints ``2.5 %``."""

    share: Decimal = attrs.field(converter=_ratio)

    @share.validator
    def _in_range(self, _: Any, value: Decimal) -> None:
        if not 0 <= value <= 1:
            raise InvalidValueError(f"a ratio lies between 0 and 1, got {_plain(value)}")

    def __str__(self) -> str:
        percent = (self.share * 100).normalize()
        return f"{_plain(percent)} %"


@attrs.frozen
class Evidence:
    """A file that proves something. The file stays in the host; this names it.

    Args:
        name: What people call it: ``photo of the crack``.
        uri: Where the host keeps it.
        size: Bytes, zero or more.
        sha256: 64 hexadecimal digits, or empty when the host does not know.
    """

    name: str
    uri: str = ""
    size: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    sha256: str = attrs.field(default="", validator=attrs.validators.matches_re(r"|[0-9a-f]{64}"))

    def __str__(self) -> str:
        return self.name
