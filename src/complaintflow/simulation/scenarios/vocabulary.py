"""What a scenario may name: the words of its policy."""

from __future__ import annotations

from typing import Any

from complaintflow.calendar.limits import Limit
from complaintflow.domain.types import Simple, read
from complaintflow.engine.commands import PassOn, Rule, Waive
from complaintflow.errors import InvalidValueError
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty
from complaintflow.policy.keys import known_keys
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.simulation.scenarios.node import Node

__all__ = ["Vocabulary"]


class Vocabulary:
    """The names of a policy, by what they name."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.zone = policy.calendar.tz
        self.facts = {fact.code: fact for fact in policy.facts}
        self.given = tuple(fact.code for fact in policy.facts if fact.given)
        self.counts = tuple(fact.code for fact in policy.facts if fact.count is not None)
        self.decisions = {decision.code: decision for decision in policy.decisions}
        self.steps = {step.code: step for step in policy.steps}
        self.opening = tuple(step.code for step in policy.steps if step.opens)
        self.duties = {duty.code: duty for duty in policy.duties}
        self.actions = {action.code: action for action in policy.actions}
        self.approvals = {approval.code: approval for approval in policy.approvals}
        self.links = {link.code: link for link in policy.links}
        self.tells = tuple(tell.code for tell in policy.tells)
        self.roles = tuple(role.code for role in policy.roles)
        self.choices = tuple(choice.code for choice in policy.choices)
        verified = [code for code, action in self.actions.items() if action.verified_by]
        self.acts = (
            *self.steps,
            *self.duties,
            *self.actions,
            *(f"verify {code}" for code in verified),
        )

    def keys(self, duty: Duty) -> tuple[str, ...]:
        """The keys that may owe *duty*; empty when it has none."""
        return known_keys(self.policy, duty)

    def clauses(self, node: Node) -> tuple[str, ...]:
        """Ids of clauses; checked where the policy has a list of them."""
        known = self.policy.clauses
        if known:
            return node.names("clause", tuple(known))
        return tuple(dict.fromkeys(word for _, word in node.words("ids of clauses")))

    def values(self, node: Node, *, computed: bool = False) -> dict[str, Any]:
        """A table of facts as typed values; *computed* allows those that nobody gives."""
        found: dict[str, Any] = {}
        known = tuple(self.facts) if computed else self.given
        for code, value in node.table(known, "fact that people give").items():
            typed = self.value(code, value)
            if typed is not None:
                found[code] = typed
        return found

    def value(self, code: str, node: Node) -> Any:
        """The value of one fact; None with a problem noted."""
        kind = self.facts[code].type
        try:
            value = read(kind, node.value, zone=self.zone.name)
            if kind == Simple("limit"):
                value = str(Limit.parse(value))
            if kind == Simple("role") and value not in self.roles:
                node.unknown("role", value, self.roles)
                return None
            return value
        except InvalidValueError as error:
            node.complain(f"{code}: {error.message}")
            return None

    def actor(self, what: str, key: str = "") -> tuple[str | None, tuple[str, ...]]:
        """The only role that may do *what*, None where there are several; and all of them."""
        party = self._party(what)
        if isinstance(party, Open):
            return "", ()
        if party is None:
            return (key, ()) if key in self.roles else (None, self.roles)
        return self.only(party)

    def decider(self, code: str, what: Rule | PassOn | Waive) -> tuple[str | None, tuple[str, ...]]:
        """The only role that may rule on a duty, pass it on or waive it; and all of them."""
        life = self.duties[code].life
        match what:
            case Rule():
                party = life.ruled_by
            case PassOn():
                party = life.passed_on_by
            case _:
                party = life.waived_by
        return self.only(party) if isinstance(party, Party) else ("", ())

    def only(self, party: Party) -> tuple[str | None, tuple[str, ...]]:
        """The only role in *party*, None where there are several; and all of them.

        Behind a name may stand a decision: then the roles are its answers.
        """
        if len(party.names) == 1 and party.names[0] in self.roles:
            return party.names[0], party.names
        found: dict[str, None] = {}
        for name in party.names:
            decided = self.decisions[name].answers if name in self.decisions else (name,)
            found.update((role, None) for role in decided if role in self.roles)
        return None, tuple(found) or self.roles

    def _party(self, what: str) -> Party | Open | None:
        code = what.removeprefix("verify ")
        if code in self.actions:
            action = self.actions[code]
            return action.owner if code == what else action.verified_by
        if what in self.steps:
            return self.steps[what].by
        if what in self.decisions:
            return self.decisions[what].by
        if what in self.approvals:
            return self.approvals[what].by
        duty = self.duties.get(what)
        return duty.owner if duty is not None else None
