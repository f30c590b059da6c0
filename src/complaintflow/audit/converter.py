"""The cattrs converter of events and messages: strict both ways, errors with paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from complaintflow.audit.events import TAGS, Adopted, Answer, Missed, RungReached
from complaintflow.audit.values import instant_text, pack, read_file, read_instant, unpack
from complaintflow.domain.values import Evidence
from complaintflow.errors import CodecError, InvalidValueError, Problem, did_you_mean

__all__ = ["converter", "problems"]

INSTANTS: dict[type, tuple[str, ...]] = {
    Missed: ("due",),
    RungReached: ("due",),
    Adopted: ("received",),
}
"""Whole numbers that are instants: they are written as UTC text."""


@cache
def converter() -> cattrs.Converter:
    """The converter, made once; it has no state but its hooks, which nobody adds to."""
    made = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    for exact in (str, int, bool):
        made.register_structure_hook(exact, _strict)
    made.register_structure_hook(Evidence, lambda raw, _: read_file(raw))
    made.register_structure_hook_func(lambda wanted: wanted == Mapping[str, Any], _facts)
    made.register_unstructure_hook_func(lambda wanted: wanted == Mapping[str, Any], _packed)
    made.register_structure_hook_func(lambda wanted: wanted == tuple[str, ...], _texts)
    made.register_structure_hook_func(
        lambda wanted: wanted == tuple[Evidence, ...], _sequence(read_file)
    )
    made.register_structure_hook_func(lambda wanted: wanted == Answer, _answer)
    made.register_unstructure_hook_func(
        lambda wanted: wanted == Answer,
        lambda answer: list(answer) if isinstance(answer, tuple) else answer,
    )
    for kind in TAGS:
        own: Any = _own_fields(kind)  # cattrs takes them as keywords among its own
        if own:
            made.register_unstructure_hook(kind, make_dict_unstructure_fn(kind, made, **own))
            made.register_structure_hook(
                kind, make_dict_structure_fn(kind, made, _cattrs_forbid_extra_keys=True, **own)
            )
    return made


def _own_fields(kind: type[Any]) -> dict[str, Any]:
    """The fields of a body that are written as instants, or as the value of a fact."""
    instant = override(unstruct_hook=instant_text, struct_hook=lambda raw, _: read_instant(raw))
    value = override(unstruct_hook=pack, struct_hook=lambda raw, _: unpack(raw))
    attrs.resolve_types(kind)
    values = {field.name: value for field in attrs.fields(kind) if field.type is Any}
    return {**values, **dict.fromkeys(INSTANTS.get(kind, ()), instant)}


def _strict(raw: object, wanted: type) -> Any:
    if type(raw) is not wanted:
        words = {str: "text", int: "a whole number", bool: "true or false"}
        raise InvalidValueError(f"expected {words[wanted]}, got {raw!r}")
    return raw


def _packed(facts: Mapping[str, Any]) -> dict[str, Any]:
    packed = {}
    for name, value in facts.items():
        try:
            packed[name] = pack(value)
        except InvalidValueError as error:
            raise InvalidValueError(f"{name}: {error}") from error
    return packed


def _facts(raw: object, wanted: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise InvalidValueError(f"expected facts by name, got {raw!r}")
    facts, errors = {}, []
    for name, value in raw.items():
        try:
            facts[name] = unpack(value)
        except InvalidValueError as error:
            error.__notes__ = [cattrs.IterableValidationNote("fact", name, Any)]
            errors.append(error)
    if errors:
        raise cattrs.IterableValidationError("facts", errors, dict)
    return facts


def _sequence(read: Callable[[object], Any]) -> Callable[[object, Any], tuple[Any, ...]]:
    def structure(raw: object, _: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise InvalidValueError(f"expected a list, got {raw!r}")
        return tuple(read(part) for part in raw)

    return structure


_texts = _sequence(lambda raw: _strict(raw, str))


def _answer(raw: object, wanted: Any) -> Answer:
    if raw is None or isinstance(raw, (str, bool)):
        return raw
    return cast(Answer, _texts(raw, wanted))


def problems(error: Exception, path: str) -> tuple[Problem, ...]:
    """Every reason of a failed structuring, each with its path."""
    if isinstance(error, CodecError):
        return error.problems or (Problem(error.message, path=path),)
    found = []
    for line in cattrs.transform_error(error, path, _words):
        message, _, place = line.rpartition(" @ ")
        found.append(Problem(message, path=place))
    return tuple(found)


def _words(error: BaseException, _: type | None) -> str:
    match error:
        case cattrs.ForbiddenExtraKeysError():
            known = [field.name for field in attrs.fields(error.cl)]
            return "; ".join(_unknown_key(key, known) for key in sorted(error.extra_fields))
        case KeyError():
            return f"expected the key {error.args[0]!r}"
        case InvalidValueError():
            return error.message
    return str(error) or type(error).__name__


def _unknown_key(key: str, known: list[str]) -> str:
    meant = did_you_mean(key, known)
    return f"unknown key {key!r}" + (f", did you mean {meant!r}?" if meant else "")
