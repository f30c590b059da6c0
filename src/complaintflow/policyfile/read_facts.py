"""Roles, facts and forms."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from complaintflow.calendar.limits import Limit
from complaintflow.domain.types import FactType, Simple, is_code, parse_type
from complaintflow.errors import TextError
from complaintflow.policy.choice import Open
from complaintflow.policy.fact import Count, Fact, Form
from complaintflow.policy.role import Role
from complaintflow.policyfile import fields
from complaintflow.policyfile.language import keys
from complaintflow.policyfile.reading import Node

__all__ = ["read_facts", "read_forms", "read_roles"]

ROLE_KEYS = keys("roles")
FACT_KEYS = keys("facts")
FORM_KEYS = keys("form")


def coded(node: Node) -> bool:
    """Whether the last key of *node* is a code; complains when it is none."""
    key = str(node.path[-1])
    if is_code(key):
        return True
    node.complain(
        f"expected a code (a letter, then letters, digits, underscores), got {key!r}",
        key=True,
        word=key,
    )
    return False


def read_roles(section: Node) -> tuple[Role, ...]:
    """``role = "clauses that name it"`` or ``role = { clause = ..., outside = true }``."""
    return tuple(
        _role(code, node)
        for code, node in section.table(what="a table: role = 'clauses'").items()
        if coded(node)
    )


def _role(code: str, node: Node) -> Role:
    if not isinstance(node.value, dict):
        clauses = node.closed(fields.clause_ids)
        node.alias((*node.path, "clause"))
        return Role(code, clauses or ())
    row = node.table(ROLE_KEYS)
    return Role(
        code,
        (row["clause"].closed(fields.clause_ids) if "clause" in row else None) or (),
        (row["outside"].closed(fields.flag) if "outside" in row else None) or False,
        row["above"].closed(fields.text) if "above" in row else None,
        row["calendar"].closed(fields.text) if "calendar" in row else None,
    )


def read_facts(section: Node, known: Mapping[str, FactType] | None = None) -> tuple[Fact, ...]:
    """``fact = "type"``, ``"a, b" = "type"`` or ``fact = { type = ..., is = ..., ... }``.

    Args:
        section: The section.
        known: Types of facts that need not be declared, for sums over them.
    """
    found: list[Fact] = []
    for key, node in section.table(what="a table: fact = 'type'").items():
        start = 0
        for part in key.split(","):
            code = part.strip()
            index = start + len(part) - len(part.lstrip())
            start += len(part) + 1
            if not is_code(code):
                node.complain(f"expected the code of a fact, got {code!r}", key=True, index=index)
                continue
            node.alias(("facts", code), key=True, index=index)
            if any(fact.code == code for fact in found):
                node.complain(f"the fact {code!r} is declared twice", key=True, index=index)
                continue
            fact = _fact(node, code)
            if fact is None:
                node.reading.broken.add(code)
            else:
                found.append(fact)
    types = {**(known or {}), **{fact.code: fact.type for fact in found}}
    return tuple(_typed(fact, types) for fact in found)


def _typed(fact: Fact, types: Mapping[str, FactType]) -> Fact:
    """*fact*; one that adds up another has the type of that."""
    if fact.count is None or fact.count.sum is None:
        return fact
    return attrs.evolve(fact, type=types.get(fact.count.sum, fact.type))


def _itself(node: Node) -> Node:
    return node


def _type(node: Node) -> FactType | None:
    found = node.closed(_itself)
    said = None if found is None else fields.text(found)
    if found is None or said is None:
        return None
    try:
        return parse_type(said)
    except TextError as error:
        found.complain(error.message, index=error.column - 1, suggestion=error.suggestion)
        return None


def _fact(node: Node, code: str) -> Fact | None:
    if isinstance(node.value, str):
        kind = _type(node)
        node.alias(("facts", code, "type"))
        return None if kind is None else Fact(code, kind)
    row = node.table(FACT_KEYS, "a type such as 'yes/no', or a table")
    if not row:
        return None
    for key, child in row.items():
        child.alias(("facts", code, key))
    kind = _type(row["type"]) if "type" in row else None
    clauses = row["clause"].closed(fields.clause_ids) if "clause" in row else None
    personal = row["personal"].closed(fields.flag) if "personal" in row else None
    if "count" in row or "sum" in row:
        for key in {"type", "is"} & row.keys():
            row[key].complain("a counted fact is a number; it has no type and no formula", key=True)
        if {"count", "sum"} <= row.keys():
            row["sum"].complain("a fact counts cases or adds up a fact, not both", key=True)
        count = _count(row, code)
        return Fact(code, Simple("number"), clauses or (), count, None, bool(personal))
    for key in ("same", "where", "within", "this_one"):
        if key in row:
            row[key].complain(f"{key!r} belongs to a counted fact: count = 'cases'", key=True)
    if "type" not in row:
        node.complain("a fact has a type, or count = 'cases', or sum = 'fact'", key=True)
    if kind is None:
        return None
    formula = None
    if "is" in row:
        formula = fields.condition(row["is"], ("facts", code, "is"))
    return Fact(code, kind, clauses or (), None, formula, bool(personal))


def _unlimited(node: Node) -> Limit | str | None:
    return "unlimited" if node.value == "unlimited" else fields.limit(node)


def _count(row: dict[str, Node], code: str) -> Count | None:
    added = row["sum"].closed(fields.text) if "sum" in row else None
    if "count" in row:
        row["count"].closed(lambda node: fields.one_of(node, "cases"))
    if "same" not in row:
        row["sum" if "sum" in row else "count"].complain(
            "a counted fact says what must be the same: same = ['customer', 'model']", key=True
        )
        return None
    same = row["same"].opened(fields.code_list)
    where = within = None
    if "where" in row:
        where = fields.condition(row["where"], ("facts", code, "where"))
    if "within" in row:
        within = row["within"].opened(_unlimited)
    this_one = row["this_one"].closed(fields.flag) if "this_one" in row else False
    return Count(
        () if same is None else same,
        where,
        within if isinstance(within, (Limit, Open)) else None,
        bool(this_one),
        added,
    )


def read_forms(section: Node) -> tuple[Form, ...]:
    """``form = ["asks"]`` or ``form = { clause = "I3", asks = ["asks"] }``."""
    found = []
    for code, node in section.table(what="a table of forms").items():
        if not coded(node):
            continue
        clauses: tuple[str, ...] | None = ()
        if isinstance(node.value, dict):
            row = node.table(FORM_KEYS)
            clauses = row["clause"].closed(fields.clause_ids) if "clause" in row else ()
            if "asks" not in row:
                node.complain("a form asks for facts: asks = ['product', 'model']", key=True)
            asks = row["asks"].closed(fields.asks) if "asks" in row else ()
        else:
            asks = node.closed(fields.asks)
            node.alias(("form", code, "asks"))
        found.append(Form(code, asks or (), clauses or ()))
    return tuple(found)
