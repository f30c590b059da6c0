"""The JSON Schema of policy files, so that editors complete and check them.

It is made of `complaintflow.policyfile.language`. It knows shapes, words and codes; whether
names are declared and conditions fit their types only the loader can tell.
"""

from __future__ import annotations

import json
from typing import Any, get_args, get_type_hints

import attrs

from complaintflow.calendar.conventions import BUNDLES, Conventions
from complaintflow.domain.types import SIMPLE
from complaintflow.policy.allow import ALLOWED
from complaintflow.policy.decision import PICKS
from complaintflow.policy.validation.targets import (
    AFTER_REGRADE,
    KINDS,
    QUIET,
    RANKS,
    REGRADES,
)
from complaintflow.policyfile.language import LANGUAGE, PARTS, Key, Section

__all__ = ["ADDRESS", "schema", "schema_text"]

ADDRESS = "https://json-schema.org/draft/2020-12/schema"
_CODE = "[A-Za-z][A-Za-z0-9_]*"
_CHOICE = rf"\${_CODE}"
_CODES = rf"^\s*{_CODE}(\s*,\s*{_CODE})*\s*$"
_TEXT = {"type": "string"}
_SAID = {"type": "string", "minLength": 1}
_CODED = {"type": "string", "pattern": f"^({_CODE}|{_CHOICE})$"}
_LISTED = {"type": "array", "items": {"type": "string", "pattern": f"^{_CODE}$"}}

Schema = dict[str, Any]


def schema_text() -> str:
    """The schema as the text of the published file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> Schema:
    """The schema as data: draft 2020-12, of a whole policy in one file or of the main file."""
    return {
        "$schema": ADDRESS,
        "title": "complaintflow policy",
        "description": "A complaint procedure: grades, owners, deadlines, escalation, records.",
        "type": "object",
        "properties": {name: _section(section) for name, section in LANGUAGE.items()},
        "required": ["policy"],
        "additionalProperties": False,
        "$defs": {name: _part(part) for name, part in PARTS.items()},
    }


def _section(section: Section) -> Schema:
    found: Schema = {"description": section.says}
    match section.name:
        case "include":
            return {**found, "type": "array", "items": _SAID}
        case "policy":
            return {**found, **_table(section.keys)}
        case "calendar":
            return {**found, "type": "object", "additionalProperties": {"type": "object"}}
        case "clauses":
            return {**found, "type": "object", "additionalProperties": _TEXT}
        case "facts":
            names: Schema = {"type": "string", "pattern": _CODES}
        case "allow":
            names = {"enum": list(ALLOWED)}
        case _:
            names = {"type": "string", "pattern": f"^{_CODE}$"}
    return {
        **found,
        "type": "object",
        "propertyNames": names,
        "additionalProperties": _row(section),
    }


def _row(section: Section) -> Schema:
    if section.name == "decide":
        criteria = {"type": "object", "additionalProperties": _SAID}
        return {**_table(section.keys), "additionalProperties": criteria}
    shapes: list[Schema] = []
    if section.short:
        shapes.append({**_kind(section.short), "description": section.shorter})
    if section.keys and section.short != "name":
        shapes.append(_table(section.keys))
    return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}


def _part(part: Section) -> Schema:
    return {"description": part.says, **_table(part.keys)}


def _table(keys: tuple[Key, ...]) -> Schema:
    found: Schema = {
        "type": "object",
        "properties": {key.name: {**_kind(key.kind), "description": key.says} for key in keys},
        "additionalProperties": False,
    }
    needed = [key.name for key in keys if key.needed]
    return {**found, "required": needed} if needed else found


def _one_of(*words: str) -> Schema:
    """One of a few words, or a choice."""
    return {"anyOf": [{"enum": list(words)}, {"type": "string", "pattern": f"^{_CHOICE}$"}]}


def _kind(kind: str) -> Schema:
    """What a kind of the table of the language takes."""
    return _KINDS[kind]


def _conventions() -> Schema:
    hints = get_type_hints(Conventions)
    choices: Schema = {}
    for field in attrs.fields(Conventions):
        if field.init:
            words = get_args(hints[field.name])
            texts = bool(words) and all(isinstance(word, str) for word in words)
            choices[field.name] = (
                {"enum": list(words)} if texts else {"type": ["string", "integer"]}
            )
    table = {
        "type": "object",
        "properties": {"like": {"enum": list(BUNDLES)}, **choices},
        "additionalProperties": False,
    }
    return {"anyOf": [{"enum": list(BUNDLES)}, table]}


def _type() -> Schema:
    simple = "|".join(word.replace("/", "\\/") for word in SIMPLE)
    lists = rf"(one|some) of:\s*{_CODE}(\s*,\s*{_CODE})*\s*"
    return {"type": "string", "pattern": rf"^({simple}|money\s+[A-Z]{{3}}|{lists}|{_CHOICE})$"}


def _either(*shapes: Schema) -> Schema:
    return {"anyOf": list(shapes)}


def _map_of(inner: Schema) -> Schema:
    return {"type": "object", "additionalProperties": inner}


def _list_of(inner: Schema) -> Schema:
    return {"type": "array", "items": inner}


_PAIR = {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}
_BOTH = {
    "type": "object",
    "properties": {"en": _TEXT, "zh": _TEXT},
    "additionalProperties": False,
}
_KINDS: dict[str, Schema] = {
    "acts": _either(_SAID, _list_of(_SAID)),
    "any": {"type": ["string", "number", "boolean", "array"]},
    "any list": {"type": "array"},
    "asks": _either(_SAID, _list_of(_SAID)),
    "amount": _SAID,
    "anchor": _SAID,
    "cases": {"const": "cases"},
    "clauses": _either(_TEXT, _list_of(_SAID)),
    "code": _CODED,
    "codes": _either({"type": "string", "pattern": f"{_CODES}|^{_CHOICE}$"}, _LISTED),
    "conventions": _conventions(),
    "count": {
        "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": f"^{_CHOICE}$"}]
    },
    "date": {"type": "string", "format": "date"},
    "dropped": _one_of(*AFTER_REGRADE),
    "expression": _SAID,
    "extension": {"$ref": "#/$defs/extension"},
    "flag": {"type": "boolean"},
    "kind": _one_of(*KINDS),
    "limit": _SAID,
    "limits": _either(_SAID, _map_of(_SAID)),
    "name": _either(_PAIR, _BOTH),
    "needs": _either(_map_of(_SAID), _list_of({"$ref": "#/$defs/need"})),
    "one": {"const": 1},
    "party": _SAID,
    "pick": _one_of(*PICKS),
    "point": _SAID,
    "quiet": _one_of(*QUIET),
    "ranks": _one_of(*RANKS),
    "regrade": _one_of(*REGRADES),
    "rules": _list_of({"$ref": "#/$defs/rule"}),
    "rungs": _list_of({"$ref": "#/$defs/rung"}),
    "sets": _map_of({"type": ["string", "integer", "boolean", "array"]}),
    "strategies": _SAID,
    "text": _TEXT,
    "texts": _either(_SAID, _list_of(_SAID)),
    "to": _either(_CODED, _map_of(_CODED)),
    "type": _type(),
    "window": _SAID,
}
