"""Steps: what a role may do now."""

from __future__ import annotations

from complaintflow.domain.types import FactType, is_code, read
from complaintflow.errors import InvalidValueError
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Literal
from complaintflow.policy.step import Branch, Need, Step
from complaintflow.policyfile import fields
from complaintflow.policyfile.language import keys
from complaintflow.policyfile.read_facts import coded
from complaintflow.policyfile.reading import Node

__all__ = ["STEP_KEYS", "read_steps"]

STEP_KEYS = keys("step")
NEED_KEYS = keys("need")
_UNREAD = Literal(True)


def read_steps(section: Node, types: dict[str, FactType], zone: str) -> tuple[Step, ...]:
    """``step = { clause = ..., by = ..., from = ..., to = ... }``."""
    found = (
        _step(node, types, zone)
        for node in section.table(what="a table of steps").values()
        if coded(node)
    )
    return tuple(one for one in found if one is not None)


def _step(node: Node, types: dict[str, FactType], zone: str) -> Step | None:
    code = str(node.path[-1])
    row = node.table(STEP_KEYS, "a step: { by = ..., from = ..., to = ... }")
    if not isinstance(node.value, dict):
        return None
    if "by" not in row:
        node.complain("a step says who may take it: by = 'sales'", key=True)
    by = row["by"].opened(fields.party) if "by" in row else None
    return Step(
        code,
        Open("") if by is None else by,
        (row["clause"].closed(fields.clause_ids) if "clause" in row else None) or (),
        (row["from"].closed(fields.code_list) if "from" in row else None) or (),
        _to(row["to"], code) if "to" in row else (),
        (row["asks"].closed(fields.asks) if "asks" in row else None) or (),
        row["form"].closed(fields.text) if "form" in row else None,
        _needs(row["needs"], code, "needs") if "needs" in row else (),
        _needs(row["should"], code, "should") if "should" in row else (),
        _sets(row["sets"], types, zone) if "sets" in row else {},
        row["signed"].opened(fields.party) if "signed" in row else None,
        (row["via"].closed(fields.texts) if "via" in row else None) or (),
        (row["makes"].closed(fields.texts) if "makes" in row else None) or (),
        row["meaning"].closed(fields.text) if "meaning" in row else None,
    )


def _state(node: Node) -> str | None:
    said = fields.text(node)
    if said is None or is_code(said):
        return said
    node.complain(f"expected the code of a state, got {said!r:.60}")
    return None


def _to(node: Node, code: str) -> tuple[Branch, ...]:
    """``"state"``, ``"$choice"`` or ``{ condition = "state", else = "state" }``."""
    path = ("step", code, "to")
    if not isinstance(node.value, dict):
        node.alias((*path, 0, "to"))
        state = node.opened(_state)
        return () if state is None else (Branch(state),)
    found: list[Branch] = []
    for key, child in node.table().items():
        here = (*path, len(found))
        child.alias((*here, "to"))
        child.alias((*here, "when"), key=True)
        state = child.opened(_state)
        when = None
        if key != "else":
            when = fields.parsed(Node(node.reading, child.path, key), key)
        elif child.path[-1] != list(node.value)[-1]:
            child.complain("'else' stands last", key=True)
        if state is not None and (when is not None or key == "else"):
            found.append(Branch(state, when))
    if node.value and "else" not in node.value:
        node.complain("say where it leads when no condition holds: else = 'state'", key=True)
    return tuple(found)


def _needs(node: Node, code: str, name: str) -> tuple[Need, ...]:
    """``{ clause = "condition" }`` or ``[{ clause = "C1", when = "condition" }]``."""
    found: list[Need] = []
    if isinstance(node.value, list):
        for index in range(len(node.value)):
            child = node.child(index)
            row = child.table(NEED_KEYS, "a guard: { clause = 'C1', when = 'condition' }")
            path = ("step", code, name, len(found))
            child.alias(path)
            if row and "when" not in row:
                child.complain("a guard has a condition: when = 'condition'")
            if "when" in row:
                when = fields.condition(row["when"], (*path, "when"))
                clause = row["clause"].closed(fields.text) if "clause" in row else ""
                found.append(Need(clause or "", _UNREAD if when is None else when))
        return tuple(found)
    for clause, child in node.table(what="guards: { clause = 'condition' }").items():
        path = ("step", code, name, len(found))
        child.alias((*path, "clause"), key=True)
        when = fields.condition(child, (*path, "when"))
        found.append(Need(clause, _UNREAD if when is None else when))
    return tuple(found)


def _sets(node: Node, types: dict[str, FactType], zone: str) -> dict[str, object]:
    """``{ fact = value }``, the values as the facts' types have them."""
    found: dict[str, object] = {}
    for fact, child in node.table(what="facts with their values: { fact = value }").items():
        kind = types.get(fact)
        if kind is None:
            found[fact] = None  # no such fact: said where names are checked
            continue
        raw = child.value
        if isinstance(raw, float):
            child.complain("write a number with a point in quotes, so that it stays exact")
            continue
        try:
            found[fact] = read(kind, raw, zone=zone)
        except InvalidValueError as error:
            child.complain(error.message)
    return found
