"""The closed set of types that a fact can have, with their text forms.

``money CNY``, ``one of: design, drawing``, ``yes/no`` ... are what policy files say; the
frozen classes below are what the rest of the package reads. `read` turns what a register, a
form or a scenario gives (text, numbers) into a value of the type, strictly.
"""

from __future__ import annotations

import datetime as _dt
import re
from decimal import Decimal
from typing import Any

import attrs

from complaintflow.domain.values import Evidence, Money, Quantity, Ratio, exact
from complaintflow.errors import InvalidValueError, TextError, did_you_mean
from complaintflow.moments import instant

__all__ = [
    "FactType",
    "MoneyOf",
    "OneOf",
    "Simple",
    "SomeOf",
    "is_code",
    "parse_type",
    "read",
    "show",
]

SIMPLE = (
    "text",  # str
    "yes/no",  # bool
    "judgement",  # bool, about the future: always by a named person
    "number",  # Decimal
    "quantity",  # Quantity
    "ratio",  # Ratio
    "date",  # datetime.date
    "instant",  # aware datetime
    "limit",  # str, the text of a Limit; the policy reads it
    "role",  # str, the code of a declared role
    "files",  # tuple[Evidence, ...]
)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


def is_code(word: str) -> bool:
    """Whether *word* is a code: an ASCII letter, then letters, digits and underscores."""
    return bool(_CODE.match(word))


@attrs.frozen
class Simple:
    """A type without parameters; *name* is one of ``text``, ``yes/no``, ``number`` ..."""

    name: str

    def __str__(self) -> str:
        return self.name


@attrs.frozen
class MoneyOf:
    """Money of one currency."""

    currency: str

    def __str__(self) -> str:
        return f"money {self.currency}"


@attrs.frozen
class OneOf:
    """One of several codes. With *ordered*, the first is the highest (a grade)."""

    members: tuple[str, ...]
    ordered: bool = False

    def __str__(self) -> str:
        return f"one of: {', '.join(self.members)}"


@attrs.frozen
class SomeOf:
    """Any subset of several codes; a frozenset of str."""

    members: tuple[str, ...]

    def __str__(self) -> str:
        return f"some of: {', '.join(self.members)}"


FactType = Simple | MoneyOf | OneOf | SomeOf


def parse_type(text: str) -> FactType:
    """Read the text form of a type.

    Raises:
        TextError: no such type; says which was probably meant.
    """
    words = text.strip()
    if words in SIMPLE:
        return Simple(words)
    head, _, rest = words.partition(" ")
    if head == "money":
        if not re.fullmatch(r"[A-Z]{3}", rest.strip()):
            raise TextError("expected a currency after 'money', as in 'money CNY'", text, 7)
        return MoneyOf(rest.strip())
    for prefix, made in (("one of:", OneOf), ("some of:", SomeOf)):
        if words.startswith(prefix):
            members = tuple(part.strip() for part in words[len(prefix) :].split(","))
            for member in members:
                if not is_code(member):
                    raise TextError(
                        f"expected codes separated by commas, got {member!r}",
                        text,
                        text.find(member) + 1 if member else len(prefix) + 1,
                    )
            twice = {member for member in members if members.count(member) > 1}
            if twice:
                raise TextError(f"{min(twice)!r} is listed twice", text, 1)
            return made(members)
    known = [*SIMPLE, "money CNY", "one of: a, b", "some of: a, b"]
    raise TextError(f"expected a type: {', '.join(known)}", text, 1, did_you_mean(words, known))


_YES = {"yes", "true", "y", "1", "是", "有"}
_NO = {"no", "false", "n", "0", "否", "无"}


def read(kind: FactType, raw: object, *, zone: str | None = None) -> Any:
    """*raw* as a value of the type *kind*; a value that is one already is returned.

    Args:
        kind: The type that is wanted.
        raw: What a form, register or scenario gave: text, int, Decimal, bool, date ...
        zone: The zone in which an instant without offset is read; none refuses it.

    Raises:
        InvalidValueError: *raw* is no such value; says what would have been.
    """
    match kind:
        case Simple(name):
            return _READERS[name](raw, zone)
        case MoneyOf(currency):
            return _money(raw, currency)
        case OneOf(members):
            return _member(raw, members)
        case SomeOf(members):
            parts = re.split(r"[,;、]\s*", raw) if isinstance(raw, str) else raw
            if not isinstance(parts, (list, tuple, set, frozenset)):
                raise InvalidValueError(f"expected some of {', '.join(members)}, got {raw!r}")
            return frozenset(_member(part, members) for part in parts if part != "")


def _money(raw: object, currency: str) -> Money:
    if isinstance(raw, Money):
        money = raw
    elif isinstance(raw, str):
        match = re.fullmatch(r"\s*([+-]?[\d,]+(?:\.\d+)?)\s*([A-Za-z]{3}|元)?\s*", raw)
        if match is None:
            raise InvalidValueError(f"expected money such as '5000 {currency}', got {raw!r}")
        unit = match[2] or currency
        money = Money(match[1].replace(",", ""), "CNY" if unit == "元" else unit.upper())
    else:
        money = Money(exact(raw, "an amount of money"), currency)
    if money.currency != currency:
        raise InvalidValueError(f"expected money in {currency}, got {money}")
    return money


def _member(raw: object, members: tuple[str, ...]) -> str:
    if isinstance(raw, str) and raw.strip() in members:
        return raw.strip()
    meant = did_you_mean(raw, members) if isinstance(raw, str) else None
    hint = f"; did you mean {meant!r}?" if meant else ""
    raise InvalidValueError(f"expected one of {', '.join(members)}, got {raw!r}{hint}")


def _text(raw: object, _: str | None) -> str:
    if not isinstance(raw, str):
        raise InvalidValueError(f"expected text, got {type(raw).__name__} {raw!r}")
    return raw


def _yes_no(raw: object, _: str | None) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().lower() in _YES:
        return True
    if isinstance(raw, str) and raw.strip().lower() in _NO:
        return False
    raise InvalidValueError(f"expected yes or no, got {raw!r}")


def _number(raw: object, _: str | None) -> Decimal:
    return exact(raw, "a number")


def _quantity(raw: object, _: str | None) -> Quantity:
    if isinstance(raw, Quantity):
        return raw
    if isinstance(raw, str):
        match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(\S*)\s*", raw)
        if match is None:
            raise InvalidValueError(f"expected a quantity such as '12 pcs', got {raw!r}")
        return Quantity(match[1], match[2] or "H87")
    return Quantity(exact(raw, "a quantity"))


def _ratio(raw: object, _: str | None) -> Ratio:
    if isinstance(raw, Ratio):
        return raw
    if isinstance(raw, str) and raw.strip().endswith("%"):
        return Ratio(exact(raw.strip()[:-1].strip(), "a ratio") / 100)
    return Ratio(exact(raw, "a ratio"))


def _date(raw: object, _: str | None) -> _dt.date:
    if isinstance(raw, _dt.date) and not isinstance(raw, _dt.datetime):
        return raw
    if isinstance(raw, str):
        try:
            return _dt.date.fromisoformat(raw.strip().replace("/", "-").replace(".", "-"))
        except ValueError:
            pass
    raise InvalidValueError(f"expected a date such as '2026-03-10', got {raw!r}")


def _instant(raw: object, zone: str | None) -> _dt.datetime:
    if isinstance(raw, _dt.datetime):
        return instant(raw.isoformat(), zone)
    if isinstance(raw, str):
        return instant(raw, zone)
    raise InvalidValueError(f"expected an instant such as '2026-03-10T09:20+08:00', got {raw!r}")


def _role(raw: object, _: str | None) -> str:
    text = _text(raw, None).strip()
    if not is_code(text):
        raise InvalidValueError(f"expected the code of a role, got {raw!r}")
    return text


def _files(raw: object, _: str | None) -> tuple[Evidence, ...]:
    if isinstance(raw, Evidence):
        return (raw,)
    if isinstance(raw, str):
        return tuple(Evidence(part.strip()) for part in re.split(r"[,;、]", raw) if part.strip())
    if isinstance(raw, (list, tuple)) and all(isinstance(part, (Evidence, str)) for part in raw):
        return tuple(Evidence(part) if isinstance(part, str) else part for part in raw)
    raise InvalidValueError(f"expected names of files, got {raw!r}")


_READERS = {
    "text": _text,
    "yes/no": _yes_no,
    "judgement": _yes_no,
    "number": _number,
    "quantity": _quantity,
    "ratio": _ratio,
    "date": _date,
    "instant": _instant,
    "limit": _text,
    "role": _role,
    "files": _files,
}


def show(value: object, language: str = "en") -> str:
    """*value* as people read it, in ``en`` or ``zh``."""
    match value:
        case None:
            return "未知" if language == "zh" else "unknown"
        case bool():
            return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
        case frozenset() | tuple():
            parts = value if isinstance(value, tuple) else sorted(value)
            return ", ".join(show(part, language) for part in parts)
        case Decimal():
            return format(value, "f")
        case _dt.datetime():
            return value.isoformat(" ", "seconds")
        case _:
            return str(value)
