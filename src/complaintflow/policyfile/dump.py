"""From a policy to TOML text."""

from __future__ import annotations

import re
from typing import Any

from complaintflow.policy.policy import Policy
from complaintflow.policyfile.mapping import to_mapping

__all__ = ["dump"]

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_WIDEST = 240  # characters of a row; longer ones become tables of their own
_ALWAYS_TABLES = ("decide", "calendar")
_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\b": "\\b",
    "\f": "\\f",
}


def dump(policy: Policy) -> str:
    """*policy* as the text of one file, its calendar and clauses included.

    `loads` gives an equal policy. Comments, and which choice was used where, are not in it.
    """
    return "\n".join(_section(name, rows) for name, rows in to_mapping(policy).items())


def _section(name: str, rows: dict[str, Any]) -> str:
    lines: list[str] = []
    if name in _ALWAYS_TABLES:
        for code, row in rows.items():
            lines += [*_table((name, code), row), ""]
        return "\n".join(lines)
    lines.append(f"[{name}]")
    tables: list[str] = []
    for code, row in rows.items():
        line = f"{_key(code)} = {_value(row)}"
        # The order of rows is part of the policy: after one table all the others are tables.
        if tables or (isinstance(row, dict) and name != "policy" and len(line) > _WIDEST):
            tables += ["", *_table((name, code), row)]
        else:
            lines.append(line)
    return "\n".join([*lines, *tables, ""])


def _table(path: tuple[str, ...], row: Any) -> list[str]:
    if not isinstance(row, dict):  # a fact in short form, behind one that became a table
        row = {"type": row}
    lines = [f"[{'.'.join(map(_key, path))}]"]
    for key, value in row.items():
        if path[0] == "decide" and isinstance(value, dict):
            lines += [
                f"{_key(key)}.{_key(clause)} = {_value(when)}" for clause, when in value.items()
            ]
        elif path[0] == "decide" and key == "rules":
            lines += ["rules = [", *(f"    {_value(rule)}," for rule in value), "]"]
        else:
            lines.append(f"{_key(key)} = {_value(value)}")
    return lines


def _key(key: str) -> str:
    return key if _BARE.match(key) else _quoted(key)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _quoted(value)
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            inside = ", ".join(f"{_key(key)} = {_value(part)}" for key, part in value.items())
            return f"{{ {inside} }}" if inside else "{}"
    raise TypeError(f"{type(value).__name__} has no place in a policy file")


def _quoted(text: str) -> str:
    escaped = "".join(
        _ESCAPES.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c) for c in text
    )
    return f'"{escaped}"'
