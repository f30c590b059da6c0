"""Who must not be the same person, and who may use the commands beside the flow."""

from __future__ import annotations

from complaintflow.policy.allow import ALLOWED, Permission
from complaintflow.policy.apart import Apart, parse_act
from complaintflow.policy.choice import Open
from complaintflow.policyfile import fields
from complaintflow.policyfile.language import keys
from complaintflow.policyfile.read_facts import coded
from complaintflow.policyfile.reading import Node

__all__ = ["read_apart", "read_permissions"]

APART_KEYS = keys("apart")
ALLOW_KEYS = keys("allow")
_UNREAD = Open("")  # it could not be read, and that was said


def read_apart(section: Node) -> tuple[Apart, ...]:
    """``rule = ["measure", "verify measure"]`` or ``rule = { clause = "A5", acts = [...] }``."""
    nodes = section.table(what="a table: rule = ['measure', 'verify measure']")
    found = []
    for code, node in nodes.items():
        if not coded(node):
            continue
        clauses: tuple[str, ...] | None = ()
        acts: Node | None = node
        if isinstance(node.value, dict):
            row = node.table(APART_KEYS)
            clauses = row["clause"].closed(fields.clause_ids) if "clause" in row else ()
            acts = row.get("acts")
            if acts is None:
                node.complain(
                    "say what is kept apart: acts = ['measure', 'verify measure']", key=True
                )
        said = acts.closed(fields.texts) if acts is not None else None
        if acts is None or said is None:
            continue
        for index in range(len(said)):
            path = ("apart", code, "acts", index)
            (acts.child(index) if isinstance(acts.value, list) else acts).alias(path)
        found.append(Apart(code, tuple(map(parse_act, said)), clauses or ()))
    return tuple(found)


def read_permissions(section: Node) -> tuple[Permission, ...]:
    """``command = "who"`` or ``command = { by = "who", within = "24 h", clause = "T2" }``."""
    nodes = section.table(ALLOWED, "a table: void = 'quality'")
    return tuple(_permission(code, node) for code, node in nodes.items())


def _permission(code: str, node: Node) -> Permission:
    if not isinstance(node.value, dict):
        node.alias(("allow", code, "by"))
        return Permission(code, node.opened(fields.party) or _UNREAD)
    row = node.table(ALLOW_KEYS)
    by = row["by"].opened(fields.party) or _UNREAD if "by" in row else None
    within = row["within"].opened(fields.limit) or _UNREAD if "within" in row else None
    return Permission(
        code,
        by,
        within,
        (row["clause"].closed(fields.clause_ids) if "clause" in row else None) or (),
    )
