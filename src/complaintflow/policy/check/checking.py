"""One policy through every kind of check."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.errors import MissingExtraError
from complaintflow.policy.check.apart import check_apart
from complaintflow.policy.check.branches import check_branches
from complaintflow.policy.check.conditions import check_conditions, check_guards, check_keys
from complaintflow.policy.check.crossing import check_crossing
from complaintflow.policy.check.finding import SEVERITY_ORDER, Finding
from complaintflow.policy.check.grading import check_decisions, check_order
from complaintflow.policy.check.names import check_names
from complaintflow.policy.check.openitems import check_open_items
from complaintflow.policy.check.parties import check_parties
from complaintflow.policy.check.places import expressions
from complaintflow.policy.check.prover import BUDGET, prover_of
from complaintflow.policy.check.timing import check_timing
from complaintflow.policy.check.workflow import check_workflow
from complaintflow.policy.expression import Call, Function
from complaintflow.policy.expression.walk import walk
from complaintflow.policy.policy import Policy
from complaintflow.policy.validate import checked

__all__ = ["check"]


def check(policy: Policy, *, budget: int = BUDGET) -> tuple[Finding, ...]:
    """What there is to say about a policy that can be used: errors first, then warnings, notes.

    The same policy always gets the same findings. Gaps, overlaps and rules that can never
    fire are proven with z3 (extra ``verify``); without it one note says that nobody looked.

    Args:
        policy: From a file or built in Python.
        budget: Steps of the solver for one question.

    Raises:
        PolicyError: the policy cannot be used at all; carries every problem.
    """
    ready = checked(policy, _functions(policy))
    found: dict[Finding | tuple[object, ...], Finding] = {}
    for finding in _all(ready, budget):
        key = (finding.code, finding.path, tuple(sorted(finding.values.items())))
        found.setdefault(key, finding)
    order = {severity: place for place, severity in enumerate(SEVERITY_ORDER)}
    return tuple(sorted(found.values(), key=lambda f: (order[f.severity], f.code)))


def _all(policy: Policy, budget: int) -> Iterator[Finding]:
    yield from check_workflow(policy)
    yield from check_parties(policy)
    yield from check_apart(policy)
    yield from check_timing(policy)
    yield from check_order(policy)
    yield from check_names(policy)
    yield from check_open_items(policy)
    try:
        prover = prover_of(policy, budget)
    except MissingExtraError:
        yield Finding("CF001")
        yield from check_crossing(policy, None)
        return
    yield from check_crossing(policy, prover)
    yield from check_decisions(policy, prover)
    yield from check_guards(policy, prover)
    yield from check_conditions(policy, prover)
    yield from check_branches(policy, prover)
    yield from check_keys(policy, prover)


def _functions(policy: Policy) -> dict[str, Function]:
    """The host's functions that the policy was resolved with."""
    return {
        node.function: node.body
        for spot in expressions(policy)
        for node in walk(spot.expression)
        if isinstance(node, Call) and node.body is not None
    }
