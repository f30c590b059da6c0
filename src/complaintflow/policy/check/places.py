"""Where everything of a policy stands: its expressions with their paths, clauses and users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Expression, Name, choices
from complaintflow.policy.expression.walk import walk
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.expressions import Expected, rewrite
from complaintflow.policy.validation.finding import Path

__all__ = [
    "Spot",
    "choice_users",
    "clauses_of",
    "dotted",
    "expressions",
    "filled_forms",
    "joined",
    "known_names",
    "parties",
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


def clauses_of(policy: Policy) -> Mapping[Path, tuple[str, ...]]:
    """The clauses of each part by the beginning of its path: ``("duty", "transmit")``."""
    parts = {
        "facts": policy.facts,
        "form": policy.forms,
        "decide": policy.decisions,
        "step": policy.steps,
        "duty": policy.duties,
        "approval": policy.approvals,
        "action": policy.actions,
        "tell": policy.tells,
        "link": policy.links,
        "records": policy.records,
        "choices": policy.choices,
        "roles": policy.roles,
    }
    return {(section, part.code): part.clauses for section, each in parts.items() for part in each}


def parties(policy: Policy) -> Iterator[tuple[Path, Party | Open]]:
    """Everything that says who, with its path."""
    for decision in policy.decisions:
        if decision.by is not None:
            yield ("decide", decision.code, "by"), decision.by
    for step in policy.steps:
        yield ("step", step.code, "by"), step.by
        if step.signed is not None:
            yield ("step", step.code, "signed"), step.signed
    for duty in policy.duties:
        if duty.owner is not None:
            yield ("duty", duty.code, "owner"), duty.owner
        if duty.jointly is not None:
            yield ("duty", duty.code, "jointly"), duty.jointly
    for approval in policy.approvals:
        yield ("approval", approval.code, "by"), approval.by
    for action in policy.actions:
        for key in ("by", "owner", "followed_by", "verified_by"):
            party = getattr(action, key)
            if party is not None:
                yield ("action", action.code, key), party


def choice_users(policy: Policy) -> Mapping[str, tuple[Path, ...]]:
    """For each open choice the places that use it."""
    found: dict[str, dict[Path, None]] = {}

    def use(code: str, path: Path) -> None:
        found.setdefault(code, {})[path] = None

    for spot in expressions(policy):
        for code in sorted(choices(spot.expression)):
            use(code, spot.path)
    for path, party in parties(policy):
        if isinstance(party, Open):
            use(party.choice, path)
    for step in policy.steps:
        for index, branch in enumerate(step.to):
            if isinstance(branch.to, Open):
                use(branch.to.choice, ("step", step.code, "to", index))
    for duty in policy.duties:
        if isinstance(duty.starts, Open):
            use(duty.starts.choice, ("duty", duty.code, "starts"))
        within = duty.target.within if duty.target else None
        each = within.values() if isinstance(within, Mapping) else (within,)
        for limit in each:
            if isinstance(limit, Open):
                use(limit.choice, ("duty", duty.code, "within"))
    for fact in policy.facts:
        if fact.count is not None:
            for key in ("same", "within"):
                value = getattr(fact.count, key)
                if isinstance(value, Open):
                    use(value.choice, ("facts", fact.code, key))
    for record in policy.records:
        if isinstance(record.keep, Open):
            use(record.keep.choice, ("records", record.code, "keep"))
    return {code: tuple(paths) for code, paths in found.items()}


def known_names(spots: tuple[Spot, ...]) -> frozenset[str]:
    """Names of which some expression asks whether they are known."""
    return frozenset(
        node.arguments[0].path
        for spot in spots
        for node in walk(spot.expression)
        if getattr(node, "function", "") == "known" and isinstance(node.arguments[0], Name)  # type: ignore[union-attr]
    )


def filled_forms(spots: tuple[Spot, ...]) -> frozenset[str]:
    """Forms of which some expression asks whether they are filled in."""
    return frozenset(
        node.arguments[0].path
        for spot in spots
        for node in walk(spot.expression)
        if getattr(node, "function", "") == "filled" and isinstance(node.arguments[0], Name)  # type: ignore[union-attr]
    )


def dotted(path: Path) -> str:
    """``duty.transmit.within``; positions in lists are left out."""
    return ".".join(part for part in path if isinstance(part, str))


def joined(codes: object) -> str:
    """``a, b, c``."""
    return ", ".join(str(code) for code in codes)  # type: ignore[attr-defined]
