"""Decisions: criteria keyed by answer and clause, or as a list of rules."""

from __future__ import annotations

from complaintflow.domain.types import is_code
from complaintflow.errors import did_you_mean
from complaintflow.policy.choice import Open
from complaintflow.policy.decision import PICKS, Criterion, Decision
from complaintflow.policyfile import fields
from complaintflow.policyfile.language import keys
from complaintflow.policyfile.read_facts import coded
from complaintflow.policyfile.reading import Node, choice_code

__all__ = ["DECISION_KEYS", "read_decisions"]

DECISION_KEYS = keys("decide")
RULE_KEYS = keys("rule")


def read_decisions(section: Node) -> tuple[Decision, ...]:
    """``[decide.grade]``: keys of its own, then ``A."C1.1" = "condition"``."""
    nodes = section.table(what="tables such as [decide.grade]").values()
    found = (_decision(node) for node in nodes if coded(node))
    return tuple(one for one in found if one is not None)


def _decision(node: Node) -> Decision | None:
    code = str(node.path[-1])
    row = node.table(what=f"a table [decide.{code}]")
    if not isinstance(node.value, dict):
        return None
    order = row["order"].closed(fields.code_list) if "order" in row else None
    pick = row["pick"].closed(lambda one: fields.one_of(one, *PICKS)) if "pick" in row else None
    by = row["by"].opened(fields.party) if "by" in row else None
    clauses = row["clause"].closed(fields.clause_ids) if "clause" in row else None
    residual = row["residual"].closed(_code) if "residual" in row else None
    undetermined = row["undetermined"].closed(_code) if "undetermined" in row else None
    criteria: list[Criterion] = []
    for key, child in row.items():
        if key not in DECISION_KEYS:
            criteria += _answers(child, code, len(criteria))
    if "rules" in row:
        criteria += _rules(row["rules"], code, len(criteria))
    if not criteria and "rules" not in row:
        node.complain(
            "a decision has criteria: an answer and a clause, as in A.\"C1.1\" = 'line_stopped'",
            key=True,
        )
    if "pick" not in row:
        pick = _usual(order, criteria)
    return Decision(
        code,
        pick or "first",
        tuple(criteria),
        order or (),
        by,
        residual,
        undetermined,
        clauses or (),
    )


def _usual(order: tuple[str, ...] | None, criteria: list[Criterion]) -> str:
    """An ordered decision takes the highest answer, one that only says yes is a flag."""
    if order:
        return "highest"
    return "flag" if all(rule.answers == ("yes",) for rule in criteria) else "first"


def _code(node: Node) -> str | None:
    said = fields.text(node)
    if said is None or is_code(said):
        return said
    node.complain(f"expected an answer, got {said!r:.60}")
    return None


def _answers(node: Node, code: str, first: int) -> list[Criterion]:
    """The criteria of one answer: ``A."C1.1" = "condition"``."""
    key = str(node.path[-1])
    if not isinstance(node.value, dict):
        meant = did_you_mean(key, DECISION_KEYS)
        node.complain(
            f'expected a key of a decision or an answer with its clause, as in {key}."C1.1" = '
            "'condition'",
            key=True,
            suggestion=meant,
        )
        return []
    named, answers = _answer_codes(node, key)
    if answers is None:
        return []
    found: list[Criterion] = []
    for clause, child in node.table().items():
        path = ("decide", code, "rules", first + len(found))
        child.alias((*path, "clause"), key=True)
        named.alias((*path, "answer"), key=named is node)
        when = fields.condition(child, (*path, "when"))
        ids = fields.split_clauses(child, clause)
        if when is not None:
            found.append(Criterion(answers, when, ids))
    return found


def _answer_codes(node: Node, key: str) -> tuple[Node, tuple[str, ...] | None]:
    """The answers that a key names, ``A``, ``"a, b"`` or ``$choice``, and where they stand."""
    keyed = Node(node.reading, node.path, key)
    if choice_code(key) is None:
        return node, fields.recipients(keyed)
    settled = keyed.settled()
    if isinstance(settled, Open):
        node.complain(f"the choice {settled} is open, but an answer is needed here", key=True)
        return node, None
    if settled is None:
        return node, None
    return settled, fields.recipients(settled)


def _rules(node: Node, code: str, first: int) -> list[Criterion]:
    """``rules = [{ answer = "A", clause = "C1.1", when = "condition" }]``."""
    if not isinstance(node.value, list):
        node.expected("a list of rules: [{ answer = 'A', clause = 'C1.1', when = '...' }]")
        return []
    found: list[Criterion] = []
    for index in range(len(node.value)):
        child = node.child(index)
        path = ("decide", code, "rules", first + len(found))
        row = child.table(RULE_KEYS, "a rule: { answer = ..., clause = ..., when = ... }")
        for key in ("answer", "when"):
            if row and key not in row:
                child.complain(f"a rule has {key!r}")
        answers = row["answer"].closed(fields.recipients) if "answer" in row else None
        clauses = row["clause"].closed(fields.clause_ids) if "clause" in row else ()
        when = None
        if "when" in row:
            when = fields.condition(row["when"], (*path, "when"))
        child.alias(path)
        if answers is not None and when is not None:
            found.append(Criterion(answers, when, clauses or ()))
    return found
