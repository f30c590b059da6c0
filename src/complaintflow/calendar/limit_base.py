"""What every limit has: its sort, and its text in two languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

import attrs

from complaintflow.errors import InvalidValueError

__all__ = ["Language", "Limit", "one_of", "whole", "words"]

Language = Literal["en", "zh"]
"""The languages people are spoken to in."""
MAX_WORDS = 200


class Limit:
    """Base of every limit; made by its subclasses or by `Limit.parse`.

    Attributes:
        sort: The stable tag of the sort, such as ``"working days"``.
        counted: Whether it is counted in days, so that the day conventions apply.
        movable: Whether a pause of the clock can move it.
    """

    __slots__ = ()
    sort: ClassVar[str] = ""
    counted: ClassVar[bool] = False
    movable: ClassVar[bool] = False

    @staticmethod
    def parse(text: str) -> Limit:
        """Read a limit in English or Chinese: ``3 working days``, ``3 个工作日``.

        Raises:
            TextError: it does not parse; points at the character and says what was
                probably meant.
        """
        from complaintflow.calendar.limit_text import parse  # circular: it builds limits

        return parse(text)

    def text(self, lang: Language = "en") -> str:
        """The canonical text; `parse` reads it back in either language."""
        from complaintflow.calendar.limit_text import text

        return text(self, lang)

    def __str__(self) -> str:
        return self.text("en")


def one_of(*known: str) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """An attrs validator: the value is one of *known*, else InvalidValueError."""

    def check(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if value not in known:
            expected = ", ".join(map(repr, known))
            raise InvalidValueError(f"{attribute.name} is one of {expected}, got {value!r:.60}")

    return check


def whole(value: object, what: str, low: int, high: int) -> int:
    """*value* if it is a whole number from *low* to *high*, else InvalidValueError."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidValueError(
            f"{what} must be a whole number, got {type(value).__name__} {value!r}"
        )
    if not low <= value <= high:
        raise InvalidValueError(f"{what} must lie between {low:,} and {high:,}, got {value:,}")
    return value


def words(value: object, *, empty: bool) -> str:
    """*value* if it is one printable line of bounded length, else InvalidValueError."""
    what = "the words of a limit"
    if not isinstance(value, str):
        raise InvalidValueError(f"{what} must be text, got {type(value).__name__} {value!r}")
    value = value.strip()
    if not value and not empty:
        raise InvalidValueError(f"{what} must not be empty")
    if len(value) > MAX_WORDS:
        raise InvalidValueError(f"{what} has at most {MAX_WORDS} characters, got {len(value)}")
    if not value.isprintable():
        raise InvalidValueError(f"{what} must be one line of printable text, got {value!r}")
    return value
