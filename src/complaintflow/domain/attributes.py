"""Objects as data by name: rows of a database, records of an ORM, with what hangs on them."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any

import attrs

from complaintflow.domain.values import Evidence, Money, Quantity, Ratio

__all__ = ["attributes_of"]

_WHOLE = (Money, Quantity, Ratio, Evidence)
"""Classes whose values are written as one text, or come as they are."""


def attributes_of(raw: object, kind: type, names: Mapping[str, str]) -> dict[str, Any]:
    """What *raw* has of the fields of *kind*, by the names that *raw* uses.

    Args:
        raw: Any object; attributes that are no fields are not looked at.
        kind: An attrs class. Where a field is one, too, or a tuple of one, so is what it holds.
        names: Field to attribute, where they differ.
    """
    hints = typing.get_type_hints(kind)
    found = {}
    for field in attrs.fields(kind):
        name = names.get(field.name, field.name)
        if field.init and hasattr(raw, name):
            found[name] = _plain(getattr(raw, name), hints[field.name])
    return found


def _plain(value: Any, annotation: Any) -> Any:
    """*value* as data where *annotation* is a class with fields; anything else as it is."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        kinds = [part for part in parts if part is not type(None)]
        return _plain(value, kinds[0]) if len(kinds) == 1 else value
    if origin is Annotated:
        return _plain(value, parts[0])
    if origin is tuple and len(parts) == 2 and parts[1] is ...:
        if isinstance(value, (str, bytes, Mapping)) or not hasattr(value, "__iter__"):
            return value
        return [_plain(part, parts[0]) for part in value]
    if not isinstance(annotation, type) or not attrs.has(annotation) or annotation in _WHOLE:
        return value
    if value is None or isinstance(value, (Mapping, str, bytes, int, float, list)):
        return value
    return attributes_of(value, annotation, {})
