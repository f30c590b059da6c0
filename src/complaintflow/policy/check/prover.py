"""Questions to the solver: can this be, and which plain complaint shows it?

Every question has a budget of steps, not of seconds, so that an answer never depends on how
busy the machine is. Examples are found by trying plain values first (no, zero, the bounds in
the policy) and then leaving out every fact that is not needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs

from complaintflow.policy.check.bounds import bounds_of
from complaintflow.policy.check.encoding import Encoder
from complaintflow.policy.check.formula import Formulas
from complaintflow.policy.check.places import asked_in, expressions
from complaintflow.policy.check.variables import Variable
from complaintflow.policy.check.vocabulary import Vocabulary
from complaintflow.policy.policy import Policy

__all__ = ["BUDGET", "GaveUpError", "Prover", "prover_of"]

BUDGET = 3_000_000
"""Steps of the solver for one question; z3 calls it rlimit."""


class GaveUpError(Exception):
    """The solver used up its budget."""


@attrs.define
class Prover:
    """Answers questions about the formulas of one policy.

    Args:
        encoder: Its formulas.
        budget: Steps of the solver for one question.
    """

    encoder: Encoder
    budget: int = BUDGET

    def possible(self, *formulas: Any) -> bool:
        """Whether all *formulas* can hold together.

        Raises:
            GaveUpError: the budget does not suffice.
        """
        return self._found(self._asked(*formulas))

    def example(self, *formulas: Any, prefer: Collection[Decimal] = ()) -> Mapping[str, Any] | None:
        """Values of facts that are enough to make all *formulas* hold; None if none are.

        Args:
            formulas: What shall hold.
            prefer: Amounts that facts take before any other, if they are compared with them.

        Raises:
            GaveUpError: the budget does not suffice.
        """
        solver = self._asked(*formulas)
        if not self._found(solver):
            return None
        involved = self._involved(*formulas)
        fixed: list[tuple[Variable, Any, Any]] = []
        for variable in involved:
            if variable.defined is not None:
                known = self._fix(solver, variable.defined, (True, False))
                fixed.append((variable, variable.defined, known))
            for term, tried in zip(variable.terms, variable.candidates, strict=True):
                if variable.parts:
                    tried = (*self._preferred(variable, prefer), *tried)
                fixed.append((variable, term, self._fix(solver, term, tried)))
        needed = self._needed(fixed, *formulas)
        return {
            variable.name: self._value(variable, fixed)
            for variable in involved
            if any(variable is one for one, _, _ in needed)
        }

    # -- asking ----------------------------------------------------------------------------

    def _asked(self, *formulas: Any) -> Any:
        logic = self.encoder.logic
        solver = logic.z3.Solver(ctx=logic.context)
        solver.set("random_seed", 0)
        solver.set("rlimit", self.budget)
        for formula in formulas:
            solver.add(formula)
        for variable in self._involved(*formulas):
            if variable.name in self.encoder.words.domain:
                solver.add(self.encoder.words.domain[variable.name])
        return solver

    def _found(self, solver: Any, *assumed: Any) -> bool:
        answer = solver.check(*assumed)
        if answer == self.encoder.logic.z3.unknown:
            raise GaveUpError
        return bool(answer == self.encoder.logic.z3.sat)

    def _fix(self, solver: Any, term: Any, tried: Iterable[Any]) -> Any:
        """Give *term* the first value of *tried* that it can have, else any."""
        for value in tried:
            if self._found(solver, self._is(term, value)):
                solver.add(self._is(term, value))
                return value
        self._found(solver)
        found = solver.model().eval(term, model_completion=True)
        value = found.as_long() if hasattr(found, "as_long") else bool(found)
        solver.add(self._is(term, value))
        return value

    def _preferred(self, variable: Variable, prefer: Collection[Decimal]) -> list[int]:
        near = self.encoder.words.bounds.near.get(variable.name, ())
        return [int(amount * variable.parts) for amount in near if amount in prefer]

    def _is(self, term: Any, value: Any) -> Any:
        if isinstance(value, bool):
            return term if value else self.encoder.logic.no(term)
        return term == self.encoder.logic.whole(value)

    def _needed(
        self, fixed: list[tuple[Variable, Any, Any]], *formulas: Any
    ) -> list[tuple[Variable, Any, Any]]:
        """Those of *fixed* without which *formulas* need not hold; the last ones go first."""
        logic = self.encoder.logic
        solver = self._asked(logic.no(logic.all(formulas)))
        for variable, _, _ in fixed:
            if variable.name in self.encoder.words.domain:
                solver.add(self.encoder.words.domain[variable.name])
        needed = list(fixed)
        for one in reversed(fixed):
            rest = [other for other in needed if other is not one]
            try:
                if not self._found(solver, *(self._is(term, value) for _, term, value in rest)):
                    needed = rest
            except GaveUpError:
                continue
        return needed

    def _value(self, variable: Variable, fixed: list[tuple[Variable, Any, Any]]) -> Any:
        mine = [(term, value) for one, term, value in fixed if one is variable]
        if variable.defined is not None:
            known, *mine = mine
            if not known[1]:
                return None
        return variable.read(tuple(value for _, value in mine))

    def _involved(self, *formulas: Any) -> list[Variable]:
        """The variables in *formulas*: facts in the order of the policy, then other names."""
        z3 = self.encoder.logic.z3
        names: set[str] = set()
        seen: set[int] = set()
        waiting = list(formulas)
        while waiting:
            node = waiting.pop()
            if node.get_id() in seen:
                continue
            seen.add(node.get_id())
            waiting.extend(node.children())
            if z3.is_const(node) and node.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                names.add(node.decl().name())
        found = [
            variable
            for variable in self.encoder.words.variables.values()
            if any(
                term is not None and term.decl().name() in names
                for term in (*variable.terms, variable.defined)
            )
        ]
        order = self.encoder.words.facts
        places = {name: place for place, name in enumerate(order)}
        return sorted(found, key=lambda v: (places.get(v.name, len(places)), v.name))


def prover_of(policy: Policy, budget: int = BUDGET) -> Prover:
    """A prover for *policy*, whose expressions are resolved.

    Raises:
        MissingExtraError: the solver is not installed.
    """
    logic = Formulas()
    spots = expressions(policy)
    words = Vocabulary(
        logic,
        {fact.code: fact for fact in policy.facts},
        {decision.code: decision for decision in policy.decisions},
        tuple(role.code for role in policy.roles),
        bounds_of(spot.expression for spot in spots),
        asked_in(spots, "known") | _in_forms(policy, asked_in(spots, "filled")),
        policy.calendar.timezone,
    )
    return Prover(Encoder(policy, logic, words), budget)


def _in_forms(policy: Policy, forms: frozenset[str]) -> frozenset[str]:
    return frozenset(
        name
        for form in policy.forms
        if form.code in forms
        for ask in form.fields
        for name in ask.names
    )
