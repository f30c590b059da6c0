"""The head of a policy, its choices, its names, its clauses and its calendars."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.conventions import Conventions
from complaintflow.errors import InvalidCalendarError, did_you_mean
from complaintflow.policy.choice import Choice
from complaintflow.policy.policy import Name
from complaintflow.policyfile import fields
from complaintflow.policyfile.language import keys
from complaintflow.policyfile.places import Path
from complaintflow.policyfile.read_duties import conventions
from complaintflow.policyfile.read_facts import coded
from complaintflow.policyfile.reading import Node, Reading

__all__ = [
    "Head",
    "read_calendars",
    "read_choices",
    "read_clauses",
    "read_head",
    "read_names",
    "read_states",
]

HEAD_KEYS = keys("policy")
CHOICE_KEYS = keys("choices")


@attrs.frozen
class Head:
    """What stands in ``[policy]``."""

    id: str = ""
    version: str = ""
    calendar: str = ""
    final: tuple[str, ...] = ()
    keeper: str | None = None
    effective: _dt.date | None = None
    approved_by: str = ""
    title: Name = attrs.Factory(Name)
    conventions: Conventions = attrs.Factory(Conventions)


def read_head(section: Node) -> Head:
    """``policy = { id = ..., version = ..., semantics = 1, calendar = ..., final = [...] }``."""
    row = section.table(HEAD_KEYS, "a table: { id = ..., version = ..., calendar = ... }")
    for key in ("id", "version", "semantics", "calendar", "final"):
        if key not in row:
            section.complain(f"the policy has no {key!r}", key=True)
    if "semantics" in row and (row["semantics"].value != 1 or row["semantics"].value is True):
        row["semantics"].complain("semantics is 1: the only meaning of the words so far")
    title = row["title"].closed(_name) if "title" in row else None
    counted = row["conventions"].closed(conventions) if "conventions" in row else None
    return Head(
        _text(row, "id"),
        _text(row, "version"),
        _text(row, "calendar"),
        (row["final"].closed(fields.code_list) if "final" in row else None) or (),
        _text(row, "keeper") or None,
        row["effective"].closed(_date) if "effective" in row else None,
        _text(row, "approved_by"),
        title or Name(),
        counted or Conventions(),
    )


def _text(row: dict[str, Node], key: str) -> str:
    return (row[key].closed(fields.text) if key in row else None) or ""


def _date(node: Node) -> _dt.date | None:
    value = node.value
    if isinstance(value, str):
        try:
            return _dt.date.fromisoformat(value)
        except ValueError:
            pass
    if isinstance(value, _dt.date) and not isinstance(value, _dt.datetime):
        return value
    node.expected("a date such as 2026-03-10")
    return None


def _name(node: Node) -> Name | None:
    """``["English", "中文"]`` or ``{ en = "English", zh = "中文" }``."""
    value = node.value
    if (
        isinstance(value, (list, tuple))
        and len(value) == 2
        and all(isinstance(v, str) for v in value)
    ):
        return Name(value[0], value[1])
    if isinstance(value, dict):
        row = node.table(("en", "zh"))
        return Name(_text(row, "en"), _text(row, "zh"))
    node.expected("a name in both languages: ['Sales', '销售部'] or { en = ..., zh = ... }")
    return None


def read_names(section: Node) -> dict[str, Name]:
    """``code = ["English", "中文"]``."""
    found: dict[str, Name] = {}
    for code, node in section.table(what="a table: code = ['English', '中文']").items():
        name = _name(node) if coded(node) else None
        if name is not None:
            found[code] = name
    return found


def read_clauses(section: Node) -> dict[str, str]:
    """``I1 = "what it says"``; an id with a point is quoted."""
    found: dict[str, str] = {}
    for clause, node in section.table(what="a table: clause = 'what it says'").items():
        if isinstance(node.value, dict):
            inner = next(iter(node.value), "")
            node.complain(
                f"expected what the clause says, got a table: quote an id that has a point: "
                f'"{clause}.{inner}" = "..."',
                key=True,
            )
        elif not clause.strip() or "," in clause:
            node.complain("a clause id is not empty and has no comma", key=True)
        else:
            said = fields.text(node)
            if said is not None:
                found[clause] = said
    return found


def read_states(section: Node) -> tuple[str, ...]:
    """``[states]``: states in which a case may stay although no step leads on from them."""
    return tuple(
        code
        for code, node in section.table(what="a table: state = 'clauses'").items()
        if coded(node) and node.closed(fields.clause_ids) is not None
    )


def read_choices(
    reading: Reading, parameters: Mapping[str, Any], instead: Mapping[str, int]
) -> tuple[Choice, ...]:
    """The choices and the parameters; tells *reading* which are taken and which are open.

    Args:
        reading: The pass that will use them.
        parameters: What the loader's caller fills the blanks with, or reads a choice as.
        instead: For some choices the number of the other reading to take instead.
    """
    found: list[Choice] = []
    taken: dict[str, tuple[Any, Path]] = {}
    opened: list[str] = []
    for name in ("choices", "parameters"):
        section = reading.section(name)
        rows = section.table(what="a table of choices") if section else {}
        for code, node in rows.items():
            if not coded(node):
                continue
            if any(choice.code == code for choice in found):
                node.complain(
                    f"{code!r} is declared twice, as a choice and as a parameter", key=True
                )
                continue
            row = node.table(CHOICE_KEYS, "{ clause = ..., is = ..., or = [...], why = ... }")
            node.alias(("choices", code))  # where the policy keeps parameters, too
            value = row["is"].value if "is" in row else None
            path: Path = (name, code, "is")
            if code in parameters:
                value, path = parameters[code], (name, code)
            others = row["or"].value if "or" in row else []
            if not isinstance(others, list):
                row["or"].expected("a list of the other readings")
                others = []
            if code in instead:
                value, path = others[instead[code]], (name, code, "or", instead[code])
            if value is None:
                opened.append(code)
            else:
                taken[code] = (value, path)
            clauses = row["clause"].closed(fields.clause_ids) if "clause" in row else ()
            found.append(
                Choice(code, clauses or (), _frozen(value), _frozen(others), _text(row, "why"))
            )
    reading.taken, reading.open = taken, tuple(opened)
    _unknown_parameters(reading, parameters)
    return tuple(found)


def _unknown_parameters(reading: Reading, given: Mapping[str, Any]) -> None:
    section = reading.section("parameters")
    sections = [section, reading.section("choices")]
    known = [code for one in sections if one and isinstance(one.value, dict) for code in one.value]
    for code in given:
        if code not in known:
            node = section or Node(reading, ("parameters",), {})
            node.complain(
                f"the policy has no parameter {code!r}", suggestion=did_you_mean(code, known)
            )


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, (list, tuple)) else value


def read_calendars(section: Node) -> dict[str, WorkingCalendar]:
    """``[calendar.name]`` tables, or the file calendar.toml beside the policy."""
    found: dict[str, WorkingCalendar] = {}
    for name, node in section.table(what="tables such as [calendar.cn-factory]").items():
        if isinstance(node.value, WorkingCalendar):
            found[name] = node.value
            continue
        if not isinstance(node.value, dict):
            node.expected("a table [calendar.name]")
            continue
        try:
            found[name] = WorkingCalendar.from_mapping({"name": name, **node.value})
        except InvalidCalendarError as error:
            for problem in error.problems:
                _at(node, problem.path).complain(problem.message, suggestion=problem.suggestion)
            if not error.problems:
                node.complain(error.message)
            node.reading.broken.add(name)
    return found


def _at(node: Node, path: str) -> Node:
    """The node below *node* that a dotted *path* of a calendar names, as far as it goes."""
    while path and isinstance(node.value, dict):
        key = next(
            (k for k in node.value if path == k or path.startswith((f"{k}.", f"{k}["))), None
        )
        if key is None:
            break
        node, path = node.child(key), path[len(key) :].lstrip(".")
    return node
