"""The workflow of a policy as a drawing: Mermaid text, which many viewers show as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.policy.choice import Open
from complaintflow.policy.expression import text
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import ANY, Branch, Step

__all__ = ["mermaid"]

_ESCAPES = {
    "#": "#35;",
    ";": "#59;",
    ":": "#58;",
    '"': "#quot;",
    "<": "#lt;",
    ">": "#gt;",
    "\n": " ",
}


def mermaid(policy: Policy, language: str = "en") -> str:
    """A Mermaid state diagram: states as boxes, steps as arrows, open items as ``?``.

    Args:
        policy: Whose workflow is drawn.
        language: Names in ``en`` or ``zh``.
    """
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines(policy, language))])


def _lines(policy: Policy, language: str) -> Iterator[str]:
    for state in policy.states:
        yield f'state "{_safe(policy.name(state, language))}" as {state}'
    for choice in _open_targets(policy):
        yield f'state "? {_safe(policy.name(choice, language))}" as open_{choice}'
    for step in policy.steps:
        for source in _sources(policy, step):
            for branch in step.to or (Branch(source),):
                target = branch.to if isinstance(branch.to, str) else f"open_{branch.to.choice}"
                yield f"{source} --> {target} : {_label(policy, step, branch, language)}"
    for state in policy.final:
        yield f"{state} --> [*]"


def _sources(policy: Policy, step: Step) -> tuple[str, ...]:
    if step.opens:
        return ("[*]",)
    if ANY in step.source:
        return tuple(state for state in policy.states if state not in policy.final)
    return step.source


def _open_targets(policy: Policy) -> tuple[str, ...]:
    branches = (branch.to for step in policy.steps for branch in step.to)
    return tuple(dict.fromkeys(to.choice for to in branches if isinstance(to, Open)))


def _label(policy: Policy, step: Step, branch: Branch, language: str) -> str:
    name = policy.name(step.code, language)
    if branch.when is not None:
        name += f" [{text(branch.when)}]"
    elif len(step.to) > 1:
        name += " [否则]" if language == "zh" else " [else]"
    return _safe(name)


def _safe(label: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in label)
