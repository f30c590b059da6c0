"""Decisions as a flowchart: each criterion with its clause, and the answer it gives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from complaintflow.policy.choice import Open
from complaintflow.policy.decision import Criterion, Decision
from complaintflow.policy.naming import Naming
from complaintflow.policy.policy import Policy
from complaintflow.report.diagrams.mermaid import chart, clauses, label, lines, word

__all__ = ["grading"]


def grading(policy: Policy, language: str = "en") -> str:
    """A Mermaid flowchart with one frame a decision.

    Criteria lead to their answers. Where the most severe answer or the first criterion wins,
    dotted arrows say what is looked at next; the last one says what happens when nothing fits.

    Args:
        policy: Whose decisions are drawn.
        language: Names in ``en`` or ``zh``.

    Raises:
        InvalidValueError: there is no such language.
    """
    naming = Naming(policy, language)
    body = [line for decision in policy.decisions for line in _frame(decision, naming)]
    return chart("flowchart LR", body)


def _frame(decision: Decision, naming: Naming) -> Iterator[str]:
    head = lines((naming.name(decision.code), clauses(decision.clauses)))
    yield f'subgraph d_{decision.code}["{head}"]'
    for answer in decision.answers:
        said = word("yes", naming.language) if decision.pick == "flag" else naming.name(answer)
        yield f'    {_answer(decision, answer)}(["{label(said)}"])'
    for index, criterion in enumerate(decision.criteria):
        node = f"g_{decision.code}_c{index}"
        yield f'    {node}["{_criterion(criterion, naming)}"]'
        for answer in criterion.answers:
            yield f"    {node} --> {_answer(decision, answer)}"
    yield from _order(decision, naming)
    yield "end"


def _answer(decision: Decision, answer: str) -> str:
    return f"g_{decision.code}_a_{answer}"


def _criterion(criterion: Criterion, naming: Naming) -> str:
    return lines((clauses(criterion.clauses), naming.condition(criterion.when)))


def _order(decision: Decision, naming: Naming) -> Iterator[str]:
    """What is looked at when something did not match."""
    chain: list[str] = []
    if decision.pick == "highest":
        chain = [_answer(decision, answer) for answer in decision.order]
    elif decision.pick == "first":
        chain = [f"g_{decision.code}_c{index}" for index in range(len(decision.criteria))]
    otherwise = word("higher first", naming.language)
    for one, other in pairwise(chain):
        yield f'    {one} -. "{otherwise}" .-> {other}'
    if decision.pick in ("flag", "all") and decision.residual is None:
        return
    last = f"g_{decision.code}_none"
    if decision.residual is not None:
        said = word("residual", naming.language, naming.name(decision.residual))
    elif decision.by is None or isinstance(decision.by, Open):
        said = word("undecided", naming.language)
    else:
        said = word("decides", naming.language, naming.party(decision.by))
    yield f'    {last}{{{{"{label(said)}"}}}}'
    if chain:
        yield f'    {chain[-1]} -. "{otherwise}" .-> {last}'
