"""Reading ``mapping.toml``: every mistake at once, each with its line and what was expected."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

import attrs

from complaintflow.errors import InvalidValueError, Problem, RegisterError
from complaintflow.moments import zone
from complaintflow.policyfile.document import read_text
from complaintflow.policyfile.places import dotted
from complaintflow.simulation.register.mapping import (
    Entries,
    Opening,
    RegisterMapping,
    Shown,
    Source,
    Taken,
    Who,
)
from complaintflow.simulation.register.sheet import Layout
from complaintflow.simulation.register.stamps import Stamp, Times
from complaintflow.simulation.register.tables import Table

__all__ = ["load_mapping", "parse_mapping"]

_SECTIONS = (
    "zone",
    "false_offset",
    "ambiguous",
    "second_pass",
    "file",
    "case",
    "facts",
    "steps",
    "events",
    "ledger",
)
_HEADINGS = (
    "number",
    "role",
    "who",
    "what",
    "key",
    "facts",
    "present",
    "signed",
    "via",
    "evidence",
    "reason",
)


def load_mapping(path: Path | str) -> RegisterMapping:
    """Read the mapping at *path*.

    Raises:
        RegisterError: it cannot be read; carries every problem with its line.
    """
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        message = "there is no such file" if isinstance(error, FileNotFoundError) else str(error)
        problem = Problem(message, file=str(path))
        raise RegisterError("the mapping cannot be read", (problem,)) from None
    except UnicodeDecodeError:
        problem = Problem("a mapping is TOML, and TOML is UTF-8", file=path.name)
        raise RegisterError("the mapping cannot be read", (problem,)) from None
    return parse_mapping(text, path.name)


def parse_mapping(text: str, file: str = "mapping.toml") -> RegisterMapping:
    """Read a mapping from its *text*; *file* is its name, for messages.

    Raises:
        RegisterError: it cannot be read; carries every problem with its line.
    """
    document = read_text(text, file)
    root = Table(document.data, (), document)
    root.only(_SECTIONS)
    mapping = RegisterMapping(
        times=_times(root),
        layout=_layout(root.table("file")),
        opening=_opening(root.table("case")),
        sources=_sources(root.table("facts")),
        taken=_taken(root.table("steps")),
        entries=_entries(root.table("events")),
        shown=_shown(root.table("ledger")),
        file=file,
        lines={
            dotted(path): place.line
            for path in document.places
            if (place := document.places.key(path))
        },
    )
    if root.problems:
        problems = tuple(sorted(root.problems, key=lambda each: each.line or 0))
        raise RegisterError("the mapping cannot be used", problems)
    return mapping


def _times(root: Table) -> Times:
    name = root.text("zone")
    if name is not None:
        try:
            zone(name)
        except InvalidValueError as error:
            root.wrong("zone", error.message)
            name = "UTC"
    false_offset = root.flag("false_offset")
    if false_offset and name is None:
        root.wrong("false_offset", 'false offsets need the zone that is meant: zone = "..."')
    ambiguous = root.choice("ambiguous", ("first", "second", "raise"), "raise")
    return Times(
        zone=name,
        false_offset=false_offset,
        ambiguous=cast(Literal["first", "second", "raise"], ambiguous),
        second_pass=frozenset(root.texts("second_pass")),
    )


def _layout(table: Table) -> Layout:
    table.only(("encoding", "delimiter", "sheet", "header"))
    delimiter = table.text("delimiter")
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        table.wrong("delimiter", "expected one character, such as ';'")
    header = table.raw.get("header", 1)
    if not isinstance(header, int) or isinstance(header, bool) or header < 1:
        table.wrong("header", f"expected the line of the headings, from 1, got {header!r}")
        header = 1
    return Layout(table.text("encoding"), delimiter, table.text("sheet"), header)


def _opening(table: Table) -> Opening:
    table.only(("number", "received", "step", "by", "who"))
    return Opening(
        number=table.text("number") or "number",
        received=_stamp(table, "received", "received"),
        step=table.text("step"),
        role=table.text("by"),
        who=_who(table),
    )


def _stamp(table: Table, key: str, usual: str) -> Stamp:
    raw = table.raw.get(key, usual)
    if isinstance(raw, str) and raw:
        return Stamp(raw)
    if not isinstance(raw, Mapping):
        table.wrong(key, f"expected a heading or {{ column = ..., at = ... }}, got {raw!r}")
        return Stamp(usual)
    inner = table.table(key)
    inner.only(("column", "at", "format"))
    at: _dt.time | None = None
    if "at" in inner.raw:
        given = inner.raw["at"]
        try:
            at = given if isinstance(given, _dt.time) else _dt.time.fromisoformat(str(given))
        except ValueError:
            at = None
        if at is None or at.tzinfo is not None:
            inner.wrong("at", f'expected a time of day such as "09:00", got {given!r}')
            at = None
    return Stamp(inner.text("column") or usual, at, inner.text("format"))


def _who(table: Table) -> Who:
    raw = table.raw.get("who")
    if raw is None or isinstance(raw, str):
        return Who(column=raw)
    inner = table.table("who")
    inner.only(("column", "value"))
    return Who(inner.text("column"), inner.text("value"))


def _sources(table: Table) -> tuple[Source, ...]:
    return tuple(_source(table, fact) for fact in table.raw)


def _source(table: Table, fact: str) -> Source:
    raw = table.raw[fact]
    if isinstance(raw, str) and raw:
        return Source(fact, (raw,))
    if not isinstance(raw, Mapping):
        table.wrong(fact, f"expected a heading or {{ column = ... }}, got {raw!r}")
        return Source(fact)
    inner = table.table(fact)
    inner.only(
        (
            "column",
            "columns",
            "join",
            "value",
            "values",
            "else",
            "empty",
            "unit",
            "required",
            "with",
        )
    )
    columns = inner.texts("columns")
    if one := inner.text("column"):
        columns = (one, *columns)
    if bool(columns) == ("value" in inner.raw):
        table.wrong(fact, "expected either column(s) or a value that is the same in every row")
    values = inner.table("values")
    return Source(
        fact=fact,
        columns=columns,
        join=inner.text("join", may_be_blank=True) or ("" if "join" in inner.raw else " "),
        constant=inner.scalar("value"),
        values={key: values.scalar(key) or "" for key in values.raw},
        otherwise=inner.scalar("else"),
        empty=inner.scalar("empty"),
        unit=inner.text("unit"),
        required=inner.flag("required"),
        step=inner.text("with"),
    )


def _taken(table: Table) -> tuple[Taken, ...]:
    found = []
    for step in table.raw:
        inner = table.table(step)
        inner.only(("when", "by", "who"))
        if isinstance(table.raw[step], Mapping) and "when" not in inner.raw:
            table.wrong(step, "expected when = the column that says when it was done")
        found.append(Taken(step, _stamp(inner, "when", "when"), inner.text("by"), _who(inner)))
    return tuple(found)


def _entries(table: Table) -> Entries:
    table.only((*_HEADINGS, "occurred", "recorded", "names"))
    headings: dict[str, Any] = {
        key: found for key in _HEADINGS if (found := table.text(key)) is not None
    }
    for key in ("occurred", "recorded"):
        headings[key] = _stamp(table, key, key)
    names = table.table("names")
    return Entries(**headings, names={key: names.text(key) or "" for key in names.raw})


def _shown(table: Table) -> Shown:
    table.only(tuple(field.name for field in attrs.fields(Shown)))
    raw = table.raw.get("product")
    product = (raw,) if isinstance(raw, str) else table.texts("product")
    return Shown(table.text("customer"), product, table.text("grade"), table.text("department"))
