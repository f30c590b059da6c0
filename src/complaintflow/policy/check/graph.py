"""The workflow as a graph: which states can be reached, and from where the end can be."""

from __future__ import annotations

import attrs

from complaintflow.policy.choice import Open
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import ANY, Step

__all__ = ["Graph", "graph_of"]


@attrs.frozen
class Graph:
    """States and the steps between them; conditions and guards are not looked at.

    Args:
        edges: (from, step, to); an empty *from* is "no case yet", an empty *to* an open choice.
        opening: States in which a case can begin.
        reached: States that can be reached.
        ending: States from which a final state, an open choice, or a state in which the policy
            says that a case may stay, can be reached.
    """

    edges: tuple[tuple[str, str, str], ...]
    opening: tuple[str, ...]
    reached: frozenset[str]
    ending: frozenset[str]

    def leaving(self, state: str) -> tuple[str, ...]:
        """Steps that lead from *state* to another one, or to where an open choice says."""
        return tuple(
            dict.fromkeys(step for source, step, to in self.edges if source == state != to)
        )

    def steps(self, state: str) -> tuple[str, ...]:
        """Steps that can be taken in *state*."""
        return tuple(dict.fromkeys(step for source, step, _ in self.edges if source == state))

    def possible(self, step: str) -> bool:
        """Whether *step* can be taken in some state that can be reached."""
        return any(
            code == step and (not source or source in self.reached)
            for source, code, _ in self.edges
        )


def graph_of(policy: Policy) -> Graph:
    """The graph of *policy*."""
    edges = tuple(
        (source, step.code, to)
        for step in policy.steps
        for source in _sources(policy, step)
        for to in _targets(step, source)
    )
    opening = tuple(dict.fromkeys(to for source, _, to in edges if not source and to))
    forward: dict[str, set[str]] = {}
    backward: dict[str, set[str]] = {}
    for source, _, to in edges:
        forward.setdefault(source, set()).add(to)
        backward.setdefault(to, set()).add(source)
    reached = _closure(opening, forward) - {""}
    return Graph(edges, opening, reached, _closure((*policy.final, *policy.parked, ""), backward))


def _sources(policy: Policy, step: Step) -> tuple[str, ...]:
    if step.opens:
        return ("",)
    if step.source == (ANY,):
        return tuple(state for state in policy.states if state not in policy.final)
    return step.source


def _targets(step: Step, source: str) -> tuple[str, ...]:
    targets = tuple("" if isinstance(b.to, Open) else b.to for b in step.to)
    return targets or (source,)


def _closure(first: tuple[str, ...], moves: dict[str, set[str]]) -> frozenset[str]:
    found, waiting = set(first), list(first)
    while waiting:
        for state in moves.get(waiting.pop(), ()):
            if state not in found:
                found.add(state)
                waiting.append(state)
    return frozenset(found)
