"""Complaints from a host's dicts, rows or JSON: strict, and every problem with its path."""

from __future__ import annotations

import datetime as _dt
import enum
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn
from pendulum import DateTime

from complaintflow.domain.attributes import attributes_of
from complaintflow.domain.types import Simple
from complaintflow.domain.types import read as read_fact
from complaintflow.domain.values import Evidence, Money, Quantity, Ratio, exact
from complaintflow.errors import InvalidValueError, PolicyError, Problem, did_you_mean
from complaintflow.moments import from_naive, instant, to_micros

__all__ = ["Loader"]

_C = TypeVar("_C")
Ambiguous = Literal["first", "second", "raise"]


class Loader(Generic[_C]):
    """Reads a host's raw data into its complaint class.

    Nothing is converted that could lose something: ``"7"`` is no number, ``1`` is no yes, a
    float is no amount of money, an unknown key is an error.

    Args:
        complaint: An attrs class.
        naive: The zone in which datetimes without a zone are meant: Odoo stores naive UTC
            (``"UTC"``), Frappe naive site time (``"Asia/Shanghai"``). None refuses them.
        ambiguous: The pass that is meant where daylight saving repeats an hour.
        rename: Field name to the host's key, where they differ.
    """

    def __init__(
        self,
        complaint: type[_C],
        *,
        naive: str | None = None,
        ambiguous: Ambiguous = "raise",
        rename: Mapping[str, str] | None = None,
    ) -> None:
        self._complaint = complaint
        self._rename = dict(rename or {})
        self._converter = _converter(naive, ambiguous)

    def __call__(self, raw: Mapping[str, Any]) -> _C:
        """The complaint.

        Raises:
            PolicyError: with every problem, each with its path in the data.
        """
        if not isinstance(raw, Mapping):
            raise PolicyError(
                f"expected the data of a {self._complaint.__name__} by name, got "
                f"{type(raw).__name__}"
            )
        keys = {theirs: ours for ours, theirs in self._rename.items()}
        data = {keys.get(key, key): value for key, value in raw.items()}
        try:
            return self._converter.structure(data, self._complaint)
        except cattrs.BaseValidationError as error:
            back = {ours: theirs for theirs, ours in keys.items()}
            problems = tuple(_problems(error, "", back))
            raise PolicyError(
                f"the data are no {self._complaint.__name__}: {len(problems)} problems"
                if len(problems) != 1
                else f"the data are no {self._complaint.__name__}",
                problems,
            ) from None

    def from_object(self, raw: object) -> _C:
        """The complaint in a row or record: what has the fields as attributes.

        A row of SQLAlchemy, an object of an ORM, a named tuple. Relations are followed where the
        class has another class as a field. What has no such attribute is missing; attributes
        that are no fields are not looked at.

        Raises:
            PolicyError: with every problem, each with its path.
        """
        return self(attributes_of(raw, self._complaint, self._rename))


def _converter(naive: str | None, ambiguous: Ambiguous) -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)

    def moment(raw: Any, _: Any) -> DateTime:
        if isinstance(raw, str):
            return instant(raw, naive, ambiguous=ambiguous)
        if isinstance(raw, _dt.datetime) and raw.tzinfo is None and naive is not None:
            return from_naive(raw, naive, ambiguous=ambiguous)
        if isinstance(raw, _dt.datetime):
            to_micros(raw, "it")
            return instant(raw.isoformat())
        raise InvalidValueError(f"expected a date and time, got {raw!r}")

    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, _dt.datetime), moment
    )
    converter.register_structure_hook_func(lambda kind: kind is _dt.date, _date)
    for kind in (str, bool, int):
        converter.register_structure_hook(kind, _exactly)
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, enum.Enum), _member
    )
    converter.register_structure_hook(Quantity, functools.partial(_value, Simple("quantity")))
    converter.register_structure_hook(Ratio, functools.partial(_value, Simple("ratio")))
    converter.register_structure_hook(Money, _money)
    converter.register_structure_hook(Decimal, lambda raw, _: exact(raw, "it"))
    converter.register_structure_hook(Evidence, _evidence(converter))
    return converter


def _exactly(raw: Any, kind: type) -> Any:
    if issubclass(kind, enum.Enum):  # a StrEnum is a str, too
        return _member(raw, kind)
    if type(raw) is not kind:
        names = {str: "text", bool: "true or false", int: "a whole number"}
        raise InvalidValueError(f"expected {names[kind]}, got {type(raw).__name__} {raw!r}")
    return raw


def _member(raw: Any, kind: type[enum.Enum]) -> enum.Enum:
    if isinstance(raw, kind):
        return raw
    for member in kind:
        if type(member.value) is type(raw) and member.value == raw:
            return member
    known = [str(member.value) for member in kind]
    meant = did_you_mean(raw, known) if isinstance(raw, str) else None
    hint = f"; did you mean {meant!r}?" if meant else ""
    raise InvalidValueError(f"expected one of {', '.join(known)}, got {raw!r}{hint}")


def _value(kind: Simple, raw: Any, _: Any) -> Any:
    return read_fact(kind, raw)


def _money(raw: Any, _: Any) -> Money:
    if isinstance(raw, Money):
        return raw
    if isinstance(raw, str) and len(parts := raw.split()) == 2:
        return Money(exact(parts[0], "money"), parts[1])
    if isinstance(raw, Mapping) and set(raw) == {"amount", "currency"}:
        return Money(exact(raw["amount"], "money"), raw["currency"])
    raise InvalidValueError(f"expected money such as '5000 CNY', got {raw!r}")


def _date(raw: Any, _: Any) -> _dt.date:
    value: _dt.date = read_fact(Simple("date"), raw)
    return value


def _evidence(converter: cattrs.Converter) -> Callable[[Any, Any], Evidence]:
    whole = make_dict_structure_fn(Evidence, converter, _cattrs_forbid_extra_keys=True)

    def read(raw: Any, kind: Any) -> Evidence:
        if isinstance(raw, Evidence):
            return raw
        return Evidence(raw) if isinstance(raw, str) else whole(raw, kind)

    return read


def _problems(error: BaseException, path: str, back: Mapping[str, str]) -> list[Problem]:
    """Every leaf of cattrs' tree of errors, with its path in the host's words."""
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        known = [back.get(f.name, f.name) for f in attrs.fields(error.cl)]
        return [
            Problem("unknown key", path=_join(path, key), suggestion=did_you_mean(key, known))
            for key in sorted(error.extra_fields)
        ]
    if isinstance(error, cattrs.BaseValidationError):
        found: list[Problem] = []
        for inner in error.exceptions:
            found += _problems(inner, _join(path, _step(inner, back)), back)
        return found
    if isinstance(error, KeyError) and error.args:
        name = str(error.args[0])
        return [Problem("is missing", path=path or back.get(name, name))]
    if isinstance(error, InvalidValueError):
        return [Problem(error.message, path=path)]
    return [Problem(f"cannot be read: {error}", path=path)]


def _step(error: BaseException, back: Mapping[str, str]) -> str:
    for note in getattr(error, "__notes__", ()):
        name = getattr(note, "name", None)
        if name is not None:
            return back.get(name, name)
        index = getattr(note, "index", None)
        if index is not None:
            return f"[{index}]"
    return ""


def _join(path: str, step: str) -> str:
    if not path or not step or step.startswith("["):
        return path + step
    return f"{path}.{step}"
