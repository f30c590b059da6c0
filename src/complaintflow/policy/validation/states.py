"""States: declared by the steps that lead to them, and by being final."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.policy.policy import Policy
from complaintflow.policy.step import ANY
from complaintflow.policy.validation.finding import Path
from complaintflow.policy.validation.ledger import Declared, Ledger

__all__ = ["states_in"]


def states_in(policy: Policy, ledger: Ledger) -> None:
    """States that no step leads to, states that no step leads on from."""
    known = _declared(policy)
    ledger.spaces["state"] = known
    sources = {state for step in policy.steps for state in step.source}
    for step in policy.steps:
        for state in step.source:
            if state in known:
                ledger.use("state", state)
            elif state != ANY:
                message = f"no step leads to a state {state!r}"
                ledger.stranger(
                    ("step", step.code, "from"), message, state, [*known, ANY], taken_for="state"
                )
    onward = {*sources, *policy.final, *policy.parked} - {ANY}
    for path, state in _targets(policy):
        ledger.use("target", state)
        if state not in onward:
            message = f"no step leads on from the state {state!r}, and it is not final"
            ledger.stranger(path, message, state, onward, taken_for="state")


def _targets(policy: Policy) -> Iterator[tuple[Path, str]]:
    """Every state that a step leads to, with its place."""
    for step in policy.steps:
        for index, branch in enumerate(step.to):
            if isinstance(branch.to, str):
                yield ("step", step.code, "to", index, "to"), branch.to


def _declared(policy: Policy) -> dict[str, Declared]:
    found: dict[str, Declared] = {}
    for path, state in _targets(policy):
        found.setdefault(state, Declared("state", state, path, key=False))
    for index, state in enumerate(policy.final):
        found.setdefault(state, Declared("state", state, ("policy", "final", index), key=False))
    for state in policy.parked:
        found.setdefault(state, Declared("state", state, ("states", state)))
    return found
