"""States: declared by the steps that lead to them, and by being final."""

from __future__ import annotations

from collections.abc import Collection

from complaintflow.policy.policy import Policy
from complaintflow.policy.step import ANY
from complaintflow.policy.validation.ledger import Declared, Ledger

__all__ = ["states_in"]


def states_in(policy: Policy, ledger: Ledger, parked: Collection[str]) -> None:
    """States that no step leads to, states that no step leads on from.

    Args:
        policy: Whose states.
        ledger: Where findings go.
        parked: States that are meant to have no step that leads on.
    """
    targets: dict[str, Declared] = {}
    for step in policy.steps:
        for index, branch in enumerate(step.to):
            if isinstance(branch.to, str):
                path = ("step", step.code, "to", index, "to")
                targets.setdefault(branch.to, Declared("state", branch.to, path, key=False))
    sources = {state for step in policy.steps for state in step.source}
    known = dict(targets)
    for index, state in enumerate(policy.final):
        known.setdefault(state, Declared("state", state, ("policy", "final", index), key=False))
    for state in parked:
        known.setdefault(state, Declared("state", state, ("states", state)))
    ledger.spaces["state"] = known
    for step in policy.steps:
        for state in step.source:
            if state in known:
                ledger.use("state", state)
            elif state != ANY:
                path = ("step", step.code, "from")
                message = f"no step leads to a state {state!r}"
                ledger.stranger(path, message, state, [*known, ANY])
    for step in policy.steps:
        for index, branch in enumerate(step.to):
            state = branch.to
            if not isinstance(state, str):
                continue
            ledger.use("target", state)
            if state in sources or state in policy.final or state in parked:
                continue
            path = ("step", step.code, "to", index, "to")
            message = f"no step leads on from the state {state!r}, and it is not final"
            ledger.stranger(path, message, state, {*sources, *policy.final, *parked} - {ANY})
