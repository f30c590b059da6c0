"""The names of a policy as variables of the solver, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.domain.types import FactType, OneOf, Simple, SomeOf
from complaintflow.policy.check.bounds import Bounds
from complaintflow.policy.check.formula import Formulas, Members, Term, Truth
from complaintflow.policy.check.variables import Codes, Variable, measure_of, nearby, scale_of
from complaintflow.policy.decision import Decision
from complaintflow.policy.expression.kinds import NUMBER, ROLE, TEXT, is_condition
from complaintflow.policy.fact import Fact

__all__ = ["Vocabulary"]

FILES, LIMIT = Simple("files"), Simple("limit")
_OTHER = -1


@attrs.define
class Vocabulary:
    """Variables by name, and what holds of each of them.

    Args:
        logic: The solver's formulas.
        facts: Facts by code; decisions likewise.
        roles: The codes of the roles.
        bounds: What the facts are compared with.
        asked: Names of which the policy asks whether they are known; others are.
        timezone: In which instants are shown.
    """

    logic: Formulas
    facts: Mapping[str, Fact]
    decisions: Mapping[str, Decision]
    roles: tuple[str, ...]
    bounds: Bounds
    asked: frozenset[str]
    timezone: str
    codes: Codes = attrs.Factory(Codes)
    variables: dict[str, Variable] = attrs.Factory(dict)
    domain: dict[str, Any] = attrs.Factory(dict)

    def known(self, name: str) -> Any:
        """When *name* is known."""
        if name not in self.asked:
            return self.logic.true
        if name not in self.variables:  # asked whether it is known, but never for its value
            self._made(name)
        return self._defined(name)

    def _defined(self, name: str) -> Any:
        return self.logic.boolean(f"known({name})")

    def _made(self, name: str) -> None:
        kind = self.facts[name].type if name in self.facts else None
        if is_condition(kind):
            self.truth(name)
        elif isinstance(kind, SomeOf):
            self.members(name, kind)
        elif kind in (FILES, LIMIT):
            self._add(name, (), lambda found: "…", ())
        else:
            self.term(name, kind)

    def truth(self, name: str, kind: FactType | None = None) -> Truth:
        """A yes/no."""
        if name not in self.variables:
            term = self.logic.boolean(name)
            self._add(name, (term,), lambda found: bool(found[0]), ((False, True),))
        term, known = self.variables[name].terms[0], self.known(name)
        return Truth(self.logic.all((known, term)), self.logic.all((known, self.logic.no(term))))

    def members(self, name: str, kind: SomeOf) -> Members:
        """A "some of"."""
        if name not in self.variables:
            terms = tuple(self.logic.boolean(f"{name}: {member}") for member in kind.members)

            def read(found: tuple[Any, ...]) -> frozenset[str]:
                return frozenset(m for m, has in zip(kind.members, found, strict=True) if has)

            self._add(name, terms, read, ((False, True),) * len(terms))
        terms = self.variables[name].terms
        return Members(dict(zip(kind.members, terms, strict=True)), self.known(name))

    def term(self, name: str, kind: FactType | None) -> Term:
        """A value that is measured, or a code."""
        if isinstance(kind, OneOf):
            return self._coded(name, kind.members, other=False)
        if kind == ROLE:
            return self._coded(name, self.roles, other=not self.roles)
        if kind == TEXT or kind is None:
            return self._coded(name, (), other=True)
        return self._measured(name, kind)

    def _coded(self, name: str, members: tuple[str, ...], *, other: bool) -> Term:
        if name not in self.variables:
            term = self.logic.integer(name)
            numbers = tuple(self.codes.number(member) for member in members)
            tried = (*((_OTHER,) if other else ()), *numbers)
            self._add(name, (term,), lambda found: self.codes.code(found[0]), (tried,))
            if other:
                self.domain[name] = term >= _OTHER
            else:
                self.domain[name] = self.logic.any(term == number for number in numbers)
        return Term(self.variables[name].terms[0], self.known(name))

    def _measured(self, name: str, kind: FactType) -> Term:
        fact = self.facts.get(name)
        counted = fact is not None and fact.count is not None and fact.count.sum is None
        least = int(counted and fact is not None and fact.count is not None and fact.count.this_one)
        digits = 0 if counted else self.bounds.digits.get(str(kind), 0)
        scale = scale_of(
            kind, digits, self.bounds.units.get(name, "H87"), self.timezone, least=least
        )
        if counted:
            scale = attrs.evolve(scale, usual=least)
        elif kind == NUMBER and self.bounds.negative:
            scale = attrs.evolve(scale, least=None)
        if name not in self.variables:
            term = self.logic.integer(name)
            tried = nearby(self.bounds.near.get(name, ()), scale)
            self._add(name, (term,), lambda found: scale.read(found[0]), (tried,), scale.parts)
            limits = [] if scale.least is None else [term >= scale.least]
            limits += [] if scale.most is None else [term <= scale.most]
            if limits:
                self.domain[name] = self.logic.all(limits)
        steps = self.variables[name].terms[0]
        unit = measure_of(scale.read(scale.usual))
        return Term(self.logic.measured(steps, scale.parts), self.known(name), unit)

    def _add(
        self, name: str, terms: tuple[Any, ...], read: Any, candidates: Any, parts: int = 0
    ) -> None:
        defined = self._defined(name) if name in self.asked else None
        self.variables[name] = Variable(name, terms, read, candidates, defined, parts)
