"""Findings about the workflow: what cannot be reached, where a case gets stuck, who may act."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.policy.check.finding import Finding
from complaintflow.policy.check.graph import Graph, graph_of
from complaintflow.policy.check.parties import nobody_in
from complaintflow.policy.check.places import joined
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Path

__all__ = ["check_workflow"]


def check_workflow(policy: Policy) -> Iterator[Finding]:
    """CF201 to CF206."""
    graph = graph_of(policy)
    if not any(step.opens for step in policy.steps):
        yield Finding("CF201", ("step",))
    for state in policy.states:
        if state not in graph.reached and graph.opening:
            path, clauses = _place(policy, state)
            yield Finding("CF202", path, {"state": state}, clauses)
    yield from _stuck(policy, graph)
    for step in policy.steps:
        why = nobody_in(policy, step.by)
        if why:
            path = ("step", step.code, "by")
            yield Finding("CF205", path, {"step": step.code, "why": why}, step.clauses)
    for state in policy.final:
        steps = [
            step.code for step in policy.steps if state in step.source and step.source != ("any",)
        ]
        if steps and state in graph.reached:
            yield Finding("CF206", ("policy", "final"), {"state": state, "steps": joined(steps)})


def _stuck(policy: Policy, graph: Graph) -> Iterator[Finding]:
    circling = []
    for state in policy.states:
        if state not in graph.reached or state in graph.ending:
            continue
        if graph.leaving(state):
            circling.append(state)
            continue
        path, clauses = _place(policy, state)
        yield Finding("CF203", path, {"state": state}, clauses)
    if circling:
        path, clauses = _place(policy, circling[0])
        yield Finding("CF204", path, {"states": joined(circling)}, clauses)


def _place(policy: Policy, state: str) -> tuple[Path, tuple[str, ...]]:
    """The step that names *state* first: as its target, else as its source; else `final`."""
    for step in policy.steps:
        for index, branch in enumerate(step.to):
            if branch.to == state:
                return ("step", step.code, "to", index), step.clauses
    for step in policy.steps:
        if state in step.source:
            return ("step", step.code, "from"), step.clauses
    return ("policy", "final"), ()
