"""The pluggable part: a host's own complaint class, and what its fields are as facts."""

from __future__ import annotations

import datetime as _dt
import enum
import types
import typing
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

import attrs

from complaintflow.domain.complaint import Complaint, Item
from complaintflow.domain.types import FactType, MoneyOf, OneOf, Simple, SomeOf, is_code, parse_type
from complaintflow.domain.types import read as read_fact
from complaintflow.domain.values import Evidence, Money, Quantity, Ratio
from complaintflow.errors import InvalidValueError

__all__ = ["Domain"]

_C = TypeVar("_C")
_Of = TypeVar("_Of")
"""Of `Domain.of` alone: with the class's own, some type checkers do not infer it."""
_PLAIN: dict[Any, FactType] = {
    bool: Simple("yes/no"),
    str: Simple("text"),
    int: Simple("number"),
    Decimal: Simple("number"),
    Quantity: Simple("quantity"),
    Ratio: Simple("ratio"),
    tuple[Evidence, ...]: Simple("files"),
}


@attrs.frozen
class Domain(Generic[_C]):
    """What a complaint is for one host.

    Make one with `Domain.of`; a policy that is loaded with it may use its facts without
    declaring them, and is checked against their types. A case keeps those that its policy uses.

    Args:
        complaint: The host's complaint class.
        facts: Name of every fact to its type.
        readers: Name to what reads the fact from a complaint.
        functions: The host's own functions for conditions, by name.
    """

    complaint: type[_C]
    facts: Mapping[str, FactType]
    readers: Mapping[str, Callable[[_C], Any]] = attrs.field(repr=False)
    functions: Mapping[str, Any] = attrs.Factory(dict)

    @staticmethod
    def of(
        complaint: type[_Of],
        *,
        facts: Mapping[str, tuple[str, Callable[[_Of], Any]]] | None = None,
        functions: Mapping[str, Any] | None = None,
        currency: str | None = None,
    ) -> Domain[_Of]:
        """The domain of a complaint class.

        Args:
            complaint: An attrs class (or any class with annotations). Fields of type bool,
                str, int, Decimal, date, datetime, Quantity, Ratio, an Enum, a frozenset of an
                Enum, a tuple of Evidence, and ``Annotated[Money, "CNY"]`` are facts, ``| None``
                included; other fields are not. Of a subclass of `Complaint`, what all items agree
                on is a fact, too (see `Complaint.facts`).
            facts: More facts: name to (type text, reader), such as
                ``{"mileage": ("number", lambda c: c.vehicle.mileage)}``.
            functions: Functions for conditions: name to
                `complaintflow.policy.expression.Function`.
            currency: What fields of money are in that do not say it.

        Raises:
            InvalidValueError: a field of money does not say its currency, a name or an
                enum's member is no code.
        """
        types_: dict[str, FactType] = {}
        readers: dict[str, Callable[[_Of], Any]] = {}
        if issubclass(complaint, Complaint):
            for name, annotation in typing.get_type_hints(Item).items():
                kind = _fact_type(name, annotation, None)
                if kind is not None:
                    types_[name] = kind
                    readers[name] = _of_items(name)
        for name, annotation in typing.get_type_hints(complaint, include_extras=True).items():
            kind = _fact_type(f"{complaint.__name__}.{name}", annotation, currency)
            if kind is not None and not name.startswith("_"):
                types_[name] = kind
                readers[name] = _attribute(name)
        for name, (text, reader) in (facts or {}).items():
            types_[name] = parse_type(text)
            readers[name] = reader
        for name in types_:
            if not is_code(name):
                raise InvalidValueError(f"a fact's name is an ASCII code, got {name!r}")
        return Domain(complaint, types_, readers, dict(functions or {}))

    def facts_of(self, complaint: _C) -> dict[str, Any]:
        """The facts of one complaint; what is None is unknown and left out.

        Raises:
            InvalidValueError: a value is not of its type; every such value is named.
        """
        if not isinstance(complaint, self.complaint):
            raise InvalidValueError(
                f"expected a {self.complaint.__name__}, got {type(complaint).__name__}"
            )
        found: dict[str, Any] = {}
        wrong = []
        for name, reader in self.readers.items():
            value = _plain(reader(complaint))
            if value is None:
                continue
            try:
                found[name] = read_fact(self.facts[name], value)
            except InvalidValueError as error:
                wrong.append(f"{name}: {error.message}")
        if wrong:
            raise InvalidValueError("; ".join(wrong))
        return found


def _attribute(name: str) -> Callable[[Any], Any]:
    return lambda complaint: getattr(complaint, name)


def _of_items(name: str) -> Callable[[Any], Any]:
    return lambda complaint: complaint.of_items(name)


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value if isinstance(value.value, str) else value.name
    if isinstance(value, (set, frozenset)):
        return frozenset(_plain(part) for part in value)
    return value


def _fact_type(place: str, annotation: Any, currency: str | None) -> FactType | None:
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        inner, *notes = typing.get_args(annotation)
        if _required(inner) is Money:
            currency = next((note for note in notes if isinstance(note, str)), "")
            return MoneyOf(Money(0, currency).currency)
        return _fact_type(place, inner, currency)
    required = _required(annotation)
    if required is not annotation:
        return _fact_type(place, required, currency)
    if annotation is Money and currency is not None:
        return MoneyOf(Money(0, currency).currency)
    if annotation is Money:
        raise InvalidValueError(
            f'{place} must say its currency: Annotated[Money, "CNY"], or Domain.of(..., '
            'currency="CNY"), so that conditions can be checked'
        )
    if origin is frozenset:
        (member,) = typing.get_args(annotation)
        return SomeOf(_members(place, member)) if _is_enum(member) else None
    if _is_enum(annotation):
        return OneOf(_members(place, annotation))
    if isinstance(annotation, type) and issubclass(annotation, _dt.datetime):
        return Simple("instant")
    if isinstance(annotation, type) and issubclass(annotation, _dt.date):
        return Simple("date")
    return _PLAIN.get(annotation)


def _required(annotation: Any) -> Any:
    """``X`` of ``X | None``."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        rest = [part for part in typing.get_args(annotation) if part is not type(None)]
        if len(rest) == 1:
            return rest[0]
    return annotation


def _is_enum(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, enum.Enum)


def _members(place: str, kind: type[enum.Enum]) -> tuple[str, ...]:
    members = tuple(str(_plain(member)) for member in kind)
    for member in members:
        if not is_code(member):
            raise InvalidValueError(
                f"{place}: the member {member!r} of {kind.__name__} is no ASCII code; give the "
                "enum codes as values, and people's words in [names]"
            )
    return members
