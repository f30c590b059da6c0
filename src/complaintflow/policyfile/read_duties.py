"""Duties and their targets."""

from __future__ import annotations

import attrs

from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.limits import Limit, Unset
from complaintflow.domain.types import FactType, Simple, is_code
from complaintflow.errors import InvalidCalendarError, InvalidValueError, TextError, did_you_mean
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.expression import Expression
from complaintflow.policy.extension import Extension
from complaintflow.policy.life import Life
from complaintflow.policy.party import Party
from complaintflow.policy.rung import Point, Rung, parse_point
from complaintflow.policy.validation.targets import (
    AFTER_REGRADE,
    KINDS,
    QUIET,
    RANKS,
    REGRADES,
)
from complaintflow.policyfile import fields
from complaintflow.policyfile.language import keys
from complaintflow.policyfile.read_facts import coded
from complaintflow.policyfile.reading import Node

__all__ = ["DUTY_KEYS", "TARGET_KEYS", "conventions", "each", "read_duties"]

TARGET_KEYS = (
    "within",
    "per",
    "date",
    "ranks",
    "kind",
    "pauses",
    "rungs",
    "regrade",
    "extended",
    "conventions",
    "calendar",
)
DUTY_KEYS = keys("duty")
RUNG_KEYS = keys("rung")
EXTENSION_KEYS = keys("extension")


def read_duties(section: Node, types: dict[str, FactType]) -> tuple[Duty, ...]:
    """``duty = { clause = ..., owner = ..., starts = ..., within = ... }``."""
    found = (
        _duty(node, types)
        for node in section.table(what="a table of duties").values()
        if coded(node)
    )
    return tuple(one for one in found if one is not None)


def _duty(node: Node, types: dict[str, FactType]) -> Duty | None:
    code = str(node.path[-1])
    row = node.table(DUTY_KEYS, "a duty: { owner = ..., starts = ... }")
    if not isinstance(node.value, dict):
        return None

    def condition(key: str) -> Expression | None:
        if key not in row:
            return None
        return fields.condition(row[key], ("duty", code, key))

    if "starts" not in row:
        node.complain("a duty says when it starts: starts = 'receive'", key=True)
    starts: Expression | Open | None = (
        row["starts"].opened(lambda one: fields.expression(one, ("duty", code, "starts")))
        if "starts" in row
        else None
    )
    return Duty(
        code,
        row["owner"].opened(fields.party) if "owner" in row else None,
        Open("") if starts is None else starts,
        (row["clause"].closed(fields.clause_ids) if "clause" in row else None) or (),
        condition("if"),
        condition("ends"),
        (row["each"].closed(each) if "each" in row else None) or (),
        (row["asks"].closed(fields.asks) if "asks" in row else None) or (),
        row["form"].closed(fields.text) if "form" in row else None,
        row["jointly"].closed(fields.party) if "jointly" in row else None,
        (row["via"].closed(fields.texts) if "via" in row else None) or (),
        (row["makes"].closed(fields.texts) if "makes" in row else None) or (),
        _target(node, row, code, types),
        _life(row),
    )


def _life(row: dict[str, Node]) -> Life:
    def who(key: str) -> Party | Open | None:
        return row[key].opened(fields.party) if key in row else None

    return Life(
        who("ruled_by"),
        who("passed_on_by"),
        who("waived_by"),
        row["bounces"].closed(fields.count) if "bounces" in row else None,
        row["arbiter"].closed(fields.party) if "arbiter" in row else None,
    )


def each(node: Node) -> tuple[str, ...] | str | None:
    """Keys, or the name of what answers them."""
    if isinstance(node.value, str) and is_code(node.value):
        return node.value
    return fields.code_list(node)


def _target(
    node: Node, row: dict[str, Node], code: str, types: dict[str, FactType]
) -> Target | None:
    given = [key for key in TARGET_KEYS if key in row]
    if not given:
        return None
    if not {"within", "date"} & set(given):
        row[given[0]].complain(
            f"{given[0]!r} needs a limit or a date: within = '24 h' or date = 'promised_for'",
            key=True,
        )
        return None
    date = row["date"].closed(fields.text) if "date" in row else None
    within: Limit | Open | dict[str, Limit | Open] | None = None
    if "within" in row:
        if isinstance(row["within"].value, dict):
            within = _table(row["within"])
        else:
            found: Limit | str | Open | None = row["within"].opened(lambda one: _within(one, types))
            if isinstance(found, str):
                if date is not None:
                    message = "a duty has one fact that is its limit or its date, not two"
                    row["date"].complain(message, key=True)
                date = found
                row["within"].alias(("duty", code, "date"))
            else:
                within = found
    if within is None and date is None:
        within = Unset()  # what stands there could not be read, and that was said
    target = Target(within, date=date)
    changes = {
        "per": row["per"].closed(fields.text) if "per" in row else None,
        "kind": row["kind"].closed(lambda one: fields.one_of(one, *KINDS))
        if "kind" in row
        else None,
        "pauses": row["pauses"].closed(lambda one: _pauses(one, code)) if "pauses" in row else None,
        "rungs": _rungs(row["rungs"], code) if "rungs" in row else None,
        "regrade": row["regrade"].closed(lambda one: fields.one_of(one, *REGRADES))
        if "regrade" in row
        else None,
        "ranks": row["ranks"].closed(lambda one: fields.one_of(one, *RANKS))
        if "ranks" in row
        else None,
        "extended": row["extended"].closed(lambda one: _extension(one, code, types))
        if "extended" in row
        else None,
        "conventions": row["conventions"].closed(conventions) if "conventions" in row else None,
        "calendar": row["calendar"].closed(fields.text) if "calendar" in row else None,
    }
    return attrs.evolve(target, **{k: v for k, v in changes.items() if v is not None})  # type: ignore[arg-type]


def _within(node: Node, types: dict[str, FactType]) -> Limit | str | None:
    """A limit, or the name of a fact that is one."""
    limits = [name for name, kind in types.items() if kind == Simple("limit")]
    if node.value in limits:
        return str(node.value)
    if isinstance(node.value, str) and is_code(node.value):
        try:
            return Limit.parse(node.value)
        except InvalidValueError as error:
            meant = did_you_mean(node.value, limits) or getattr(error, "suggestion", None)
            node.complain(
                f"expected a limit such as '24 h', or a fact of type limit, got {node.value!r}",
                word=node.value,
                suggestion=meant,
            )
            return None
    return fields.limit(node)


def _extension(node: Node, code: str, types: dict[str, FactType]) -> Extension | None:
    """``{ on = "consent is yes", by = "2 working days", from = "ask", most = 2 }``."""
    row = node.table(EXTENSION_KEYS, "an extension: { on = 'consent is yes', by = '24 h' }")
    path = ("duty", code, "extended")
    for key in ("on", "by"):
        if row and key not in row:
            node.complain(f"an extension has {key!r}", key=True)
    on = fields.condition(row["on"], (*path, "on")) if "on" in row else None
    by: Limit | str | None = None
    if "by" in row:
        given: Limit | str | Open | None = row["by"].opened(lambda one: _within(one, types))
        if isinstance(given, Open):
            row["by"].complain(f"the choice {given} is open, but a value is needed here")
        else:
            by = given
    counted = row.get("from")
    start = None
    if counted is not None and counted.value != "due":
        start = fields.condition(counted, (*path, "from"))
    most = row["most"].closed(_whole) if "most" in row else None
    longest = row["longest"].closed(fields.limit) if "longest" in row else None
    regrade = (
        row["regrade"].closed(lambda one: fields.one_of(one, *AFTER_REGRADE))
        if "regrade" in row
        else None
    )
    clauses = row["clause"].closed(fields.clause_ids) if "clause" in row else None
    if on is None or by is None:
        return None
    return Extension(on, by, start, most, longest, regrade or "dropped", clauses or ())


def _whole(node: Node) -> int | None:
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    node.expected("a whole number")
    return None


def _table(node: Node) -> dict[str, Limit | Open]:
    """A limit for each answer: ``{ AA = "24 h", A = "48 h" }``."""
    found: dict[str, Limit | Open] = {}
    for answer, child in node.table().items():
        one = child.opened(fields.limit)
        if one is not None:
            found[answer] = one
    return found


def _pauses(node: Node, code: str) -> Expression | None:
    if node.value == "never":
        return None
    return fields.expression(node, ("duty", code, "pauses"))


def _point(node: Node) -> Point | None:
    said = fields.text(node)
    if said is None:
        return None
    try:
        return parse_point(said)
    except TextError as error:
        node.complain(error.message, index=error.column - 1, suggestion=error.suggestion)
        return None


def _rungs(node: Node, code: str) -> tuple[Rung, ...] | None:
    """``[{ at = "50 %", to = "quality", clause = "E1" }]``."""
    if not isinstance(node.value, list):
        node.expected("a list of rungs: [{ at = '50 %', to = 'quality' }]")
        return None
    found: list[Rung] = []
    for index in range(len(node.value)):
        child = node.child(index)
        row = child.table(RUNG_KEYS, "a rung: { at = '50 %', to = 'quality' }")
        for key in ("at", "to"):
            if row and key not in row:
                child.complain(f"a rung has {key!r}")
        at = row["at"].closed(_point) if "at" in row else None
        to = row["to"].closed(fields.recipients) if "to" in row else None
        clauses = row["clause"].closed(fields.clause_ids) if "clause" in row else ()
        name = row["code"].closed(fields.text) if "code" in row else None
        quiet = (
            row["quiet"].closed(lambda one: fields.one_of(one, *QUIET)) if "quiet" in row else None
        )
        child.alias(("duty", code, "rungs", len(found)))
        if at is not None and to is not None:
            found.append(Rung(name or str(at), at, to, clauses or (), quiet))
    return tuple(found)


def conventions(node: Node) -> Conventions | None:
    """Conventions as a table, or the name of a bundle."""
    data = {"like": node.value} if isinstance(node.value, str) else node.value
    if not isinstance(data, dict):
        node.expected("a table of conventions, or the name of a bundle")
        return None
    try:
        return Conventions.from_mapping(data)
    except InvalidCalendarError as error:
        for problem in error.problems:
            inner = problem.path if problem.path in data else ""
            spot = node.child(inner) if inner and isinstance(node.value, dict) else node
            spot.complain(problem.message, suggestion=problem.suggestion, key=bool(inner))
        return None
