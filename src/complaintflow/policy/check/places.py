"""Where everything of a policy stands: its expressions with their paths, clauses and users."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Call, Expected, Expression, Name, choices
from complaintflow.policy.expression.walk import walk
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation import mentions
from complaintflow.policy.validation.expressions import rewrite
from complaintflow.policy.validation.finding import Path

__all__ = [
    "Spot",
    "asked_in",
    "choice_users",
    "clauses_of",
    "dotted",
    "expressions",
    "joined",
]


@attrs.frozen
class Spot:
    """An expression with its place and what it must give."""

    path: Path
    expression: Expression
    expected: Expected


def expressions(policy: Policy) -> tuple[Spot, ...]:
    """Every expression of *policy*, in the order of its parts."""
    found: list[Spot] = []

    def visit(path: Path, expression: Expression, expected: Expected) -> Expression:
        found.append(Spot(path, expression, expected))
        return expression

    rewrite(policy, visit)
    return tuple(found)


def clauses_of(policy: Policy) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The clauses of each part by section and code: ``("duty", "transmit")``."""
    return {
        (str(path[0]), str(path[1])): clauses
        for path, clauses in mentions.clauses_of(policy)
        if path[2:] == ("clause",)
    }


def choice_users(policy: Policy) -> Mapping[str, tuple[Path, ...]]:
    """For each open choice the places that use it."""
    found: dict[str, dict[Path, None]] = {}
    for spot in expressions(policy):
        for code in sorted(choices(spot.expression)):
            found.setdefault(code, {})[spot.path] = None
    for path, value in (*mentions.parties_in(policy), *mentions.opens_in(policy)):
        if isinstance(value, Open):
            found.setdefault(value.choice, {})[path] = None
    return {code: tuple(paths) for code, paths in found.items()}


def asked_in(spots: Iterable[Spot], function: str) -> frozenset[str]:
    """What ``known(...)`` or ``filled(...)`` is asked of, wherever it is asked."""
    return frozenset(
        argument.path
        for spot in spots
        for node in walk(spot.expression)
        if isinstance(node, Call) and node.function == function
        for argument in node.arguments
        if isinstance(argument, Name)
    )


def dotted(path: Path) -> str:
    """``duty.transmit.within``; positions in lists are left out."""
    words = [part for part in path if isinstance(part, str)]
    return ".".join(
        word for word, before in zip(words, ["", *words], strict=False) if word != before
    )


def joined(codes: Iterable[object]) -> str:
    """``a, b, c``."""
    return ", ".join(map(str, codes))
