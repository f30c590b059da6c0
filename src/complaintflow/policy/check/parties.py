"""Findings about who: duties nobody starts, approvals of oneself, notices that reach nobody."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.domain.types import OneOf, SomeOf
from complaintflow.policy.approval import Approval
from complaintflow.policy.check.finding import Finding
from complaintflow.policy.check.graph import Graph, graph_of
from complaintflow.policy.check.places import joined
from complaintflow.policy.choice import Open
from complaintflow.policy.decision import Decision
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import Expression, names, positive_names
from complaintflow.policy.expression.compiled import compile as compiled
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy

__all__ = ["check_parties", "nobody_in"]


def nobody_in(policy: Policy, party: Party | Open) -> str:
    """Why *party* never names anybody; empty if it can."""
    if isinstance(party, Open):
        return f"@open choice:{party.choice}"
    roles = {role.code for role in policy.roles}
    decisions = {decision.code: decision for decision in policy.decisions}
    for name in party.names:
        if name in roles or name not in decisions or roles & set(decisions[name].answers):
            return ""
    return f"@no answer:{joined(party.names)}"


def check_parties(policy: Policy) -> Iterator[Finding]:
    """CF310, CF410, CF501, CF503 to CF506, CF508 and CF509, as far as no solver is needed."""
    graph = graph_of(policy)
    roles = {role.code for role in policy.roles}
    for duty in policy.duties:
        if not isinstance(duty.starts, Open) and _never(policy, graph, duty.starts):
            yield Finding("CF501", ("duty", duty.code, "starts"), {"duty": duty.code}, duty.clauses)
        extended = duty.target.extended if duty.target is not None else None
        if extended is not None and _never(policy, graph, extended.on):
            place = ("duty", duty.code, "extended", "on")
            clauses = extended.clauses or duty.clauses
            yield Finding("CF410", place, {"duty": duty.code}, clauses)
    yield from _apart(policy)
    for approval in policy.approvals:
        if _never(policy, graph, approval.starts):
            path = ("approval", approval.code, "starts")
            yield Finding("CF505", path, {"approval": approval.code}, approval.clauses)
    yield from _leaks(policy)
    for tell in policy.tells:
        why = "" if tell.to else "@no recipient"
        if _never(policy, graph, tell.on):
            why = "@never told"
        if why:
            values = {"tell": tell.code, "why": why}
            yield Finding("CF506", ("tell", tell.code), values, tell.clauses)
    for decision in policy.decisions:
        yield from _uncovered(policy, decision, roles)


def _leaks(policy: Policy) -> Iterator[Finding]:
    """CF509: notices that show personal facts to a role that is not one of the company's own."""
    outside = {role.code for role in policy.roles if role.outside}
    personal = {fact.code for fact in policy.facts if fact.personal}
    answers = {decision.code: set(decision.answers) for decision in policy.decisions}
    for tell in policy.tells:
        shown = [name for name in tell.shows if name in personal]
        reached = [to for to in tell.to if outside & answers.get(to, {to})]
        if shown and reached:
            values = {"tell": tell.code, "facts": joined(shown), "roles": joined(reached)}
            yield Finding("CF509", ("tell", tell.code, "shows"), values, tell.clauses)


def _never(policy: Policy, graph: Graph, moment: Expression) -> bool:
    """Whether *moment* can only come with steps that can never be taken."""
    steps = {step.code for step in policy.steps}
    named = names(moment)
    if not named or not named <= steps:
        return False
    return not any(graph.possible(step) for step in positive_names(moment))


def _apart(policy: Policy) -> Iterator[Finding]:
    for action in policy.actions:
        if action.verified_by is None:
            continue
        both = {*action.owner.names, *action.verified_by.names}
        if len(both) == 1:
            values = {"action": action.code, "role": both.pop()}
            yield Finding("CF503", ("action", action.code, "verified_by"), values, action.clauses)
    for duty in policy.duties:
        owner, ruler = duty.owner, duty.life.ruled_by
        if isinstance(owner, Party) and isinstance(ruler, Party):
            both = {*owner.names, *ruler.names}
            if len(both) == 1:
                values = {"duty": duty.code, "role": both.pop()}
                yield Finding("CF508", ("duty", duty.code, "ruled_by"), values, duty.clauses)
    for approval in policy.approvals:
        asking = _asking(policy, approval)
        if asking and set(asking) == set(approval.by.names) and len(asking) == 1:
            values = {"approval": approval.code, "role": asking[0]}
            yield Finding("CF504", ("approval", approval.code, "by"), values, approval.clauses)


def _asking(policy: Policy, approval: Approval) -> tuple[str, ...]:
    """The roles that may take the steps with which *approval* is asked for."""
    named = positive_names(approval.starts)
    steps = [step for step in policy.steps if step.code in named]
    found = [step.by.names for step in steps if isinstance(step.by, Party)]
    return tuple(dict.fromkeys(name for names_ in found for name in names_))


class _Only(dict[str, object]):
    """A view in which one fact is known."""

    def __missing__(self, name: str) -> None:
        return None


def _uncovered(policy: Policy, decision: Decision, roles: set[str]) -> Iterator[Finding]:
    """CF310: members of a fact for which a routing decision names nobody."""
    routes = decision.pick != "flag" and not decision.order and set(decision.answers) <= roles
    if not routes or decision.residual is not None:
        return
    users = _users(policy, decision.code)
    enumerated = {
        fact.code: fact.type
        for fact in policy.facts
        if fact.given and isinstance(fact.type, (OneOf, SomeOf))
    }
    asking = [
        (compiled(rule.when), names(rule.when) & set(enumerated)) for rule in decision.criteria
    ]
    for code, kind in enumerated.items():
        if not any(code in named for _, named in asking):
            continue
        # What holds whatever the cause (a line stop) names nobody for the cause.
        conditions = [condition for condition, named in asking if named]
        for_whom: dict[tuple[str, ...], list[str]] = {}
        for member in kind.members:
            view = _Only({code: frozenset({member}) if isinstance(kind, SomeOf) else member})
            if any(condition(view) is not False for condition in conditions):
                continue
            needing = tuple(
                name for name, when in users if when is None or compiled(when)(view) is not False
            )
            if needing:
                for_whom.setdefault(needing, []).append(member)
        for needing, members in for_whom.items():
            yield Finding(
                "CF310",
                ("decide", decision.code),
                {
                    "fact": code,
                    "members": joined(members),
                    "decision": decision.code,
                    "users": joined(needing),
                },
                decision.clauses,
            )


def _users(policy: Policy, decision: str) -> list[tuple[str, Expression | None]]:
    """The steps and duties that need *decision* to name somebody, and when."""

    def uses(duty: Duty) -> bool:
        parties = [p for p in (duty.owner, duty.jointly) if isinstance(p, Party)]
        return duty.each == decision or any(decision in party.names for party in parties)

    found: list[tuple[str, Expression | None]] = [
        (duty.code, duty.when) for duty in policy.duties if uses(duty)
    ]
    found += [
        (step.code, None)
        for step in policy.steps
        if isinstance(step.by, Party) and decision in step.by.names
    ]
    return found
