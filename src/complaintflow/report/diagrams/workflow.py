"""The workflow as a state diagram: states as boxes, steps with roles and clauses as arrows."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.policy.choice import Open
from complaintflow.policy.naming import Naming
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import ANY, Branch, Step
from complaintflow.report.diagrams.mermaid import chart, clauses, label, word

__all__ = ["workflow"]


def workflow(policy: Policy, language: str = "en") -> str:
    """A Mermaid state diagram; where a step leads to an open item stands a ``?``.

    Args:
        policy: Whose workflow is drawn.
        language: Names in ``en`` or ``zh``.

    Raises:
        InvalidValueError: there is no such language.
    """
    return chart("stateDiagram-v2", _lines(policy, Naming(policy, language)))


def _lines(policy: Policy, naming: Naming) -> Iterator[str]:
    for state in policy.states:
        yield f'state "{label(naming.name(state))}" as s_{state}'
    for choice in _open_targets(policy):
        yield f'state "? {label(naming.name(choice))}" as open_{choice}'
    for step in policy.steps:
        for source in _sources(policy, step):
            for branch in step.to or (Branch(source),):
                target = f"open_{branch.to.choice}" if isinstance(branch.to, Open) else branch.to
                begin = "[*]" if not source else f"s_{source}"
                end = target if isinstance(branch.to, Open) else f"s_{target}"
                yield f"{begin} --> {end} : {_label(step, branch, naming)}"
    for state in policy.final:
        yield f"s_{state} --> [*]"


def _sources(policy: Policy, step: Step) -> tuple[str, ...]:
    if step.opens:
        return ("",)
    if ANY in step.source:
        return tuple(state for state in policy.states if state not in policy.final)
    return step.source


def _open_targets(policy: Policy) -> tuple[str, ...]:
    branches = (branch.to for step in policy.steps for branch in step.to)
    return tuple(dict.fromkeys(to.choice for to in branches if isinstance(to, Open)))


def _label(step: Step, branch: Branch, naming: Naming) -> str:
    """``Confirm on site (Problem is real) · Sales point · W2``."""
    name = naming.name(step.code)
    if branch.when is not None:
        name += f" ({naming.condition(branch.when)})"
    elif len(step.to) > 1:
        name += f" ({word('else', naming.language)})"
    parts = [name, naming.party(step.by), clauses(step.clauses)]
    return label(" · ".join(part for part in parts if part))
