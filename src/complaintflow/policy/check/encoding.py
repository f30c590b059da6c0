"""Expressions as formulas of the solver, three-valued as everywhere: true, false, neither.

Facts are taken as known, except those of which the policy itself asks whether they are. A
condition becomes two formulas, when it is true and when it is false; where neither holds it is
not evaluated. Arithmetic is exact; that results are rounded to 34 digits is left out. A host's
own function and an open choice can be anything, and a person's overruling is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import pairwise
from typing import Any

import attrs

from complaintflow.domain.types import FactType, OneOf, SomeOf
from complaintflow.policy.check.answers import Answers, answers_of
from complaintflow.policy.check.formula import Formulas, Members, Term, Truth
from complaintflow.policy.check.variables import measure_of, steps_of
from complaintflow.policy.check.vocabulary import Vocabulary
from complaintflow.policy.expression import (
    And,
    Arith,
    Call,
    Choice,
    Compare,
    Expression,
    In,
    Is,
    Listing,
    Literal,
    Member,
    Minus,
    Name,
    Not,
    Or,
    text,
)
from complaintflow.policy.expression.kinds import NUMBER, is_condition, kind_of
from complaintflow.policy.fact import Ask
from complaintflow.policy.policy import Policy

__all__ = ["Encoder"]


@attrs.define
class Encoder:
    """Formulas for the expressions of one policy; what was made once is kept.

    Args:
        policy: A policy without problems, its expressions resolved.
        logic: The solver's formulas.
        words: Its names as variables.
    """

    policy: Policy
    logic: Formulas
    words: Vocabulary
    _answers: dict[str, Answers] = attrs.Factory(dict)
    _busy: set[str] = attrs.Factory(set)

    # -- conditions ------------------------------------------------------------------------

    def truth(self, node: Expression) -> Truth:  # noqa: C901 -- one case a node
        """When the condition *node* is true, and when it is false."""
        logic = self.logic
        match node:
            case Literal(bool() as value):
                return logic.constant(value)
            case And(parts):
                each = [self.truth(part) for part in parts]
                return Truth(logic.all(t.yes for t in each), logic.any(t.no for t in each))
            case Or(parts):
                return logic.either(self.truth(part) for part in parts)
            case Not(operand):
                inner = self.truth(operand)
                return Truth(inner.no, inner.yes)
            case Compare(operands, operators):
                pairs = [
                    self._compared(left, sign, right)
                    for sign, (left, right) in zip(operators, pairwise(operands), strict=True)
                ]
                return Truth(logic.all(t.yes for t in pairs), logic.any(t.no for t in pairs))
            case Is(left, right, negated):
                same = self._compared(left, "==", right)
                return Truth(same.no, same.yes) if negated else same
            case In(item, options, negated):
                inside = self._inside(item, options)
                return Truth(inside.no, inside.yes) if negated else inside
            case Call("known", (Name(path),)):
                known = self._known(path)
                return Truth(known, logic.no(known))
            case Call("filled", (Name(form),)):
                return self._filled(form)
            case Call():
                return self.words.truth(text(node), node.body.gives if node.body else None)
            case Name(path):
                return self._named(path, node.kind)
            case Choice(name):  # once it is settled, it can be either
                return self.words.truth(f"${name}")
        return Truth(logic.false, logic.false)  # no other node is a condition

    def _named(self, path: str, kind: FactType | None) -> Truth:
        fact = self.words.facts.get(path)
        if fact is not None and fact.formula is not None:
            return self._apart(path, lambda: self.truth(fact.formula)) or self.words.truth(path)
        base, _, answer = path.partition(".")
        decision = self.words.decisions.get(base)
        if decision is not None and answer:  # a criterion may ask for another answer's criteria
            rules = [rule.when for rule in decision.criteria if answer in rule.answers]
            asked = self._apart(path, lambda: self.logic.either(map(self.truth, rules)))
            return asked or self.words.truth(path)
        found = self.answers(path)
        if found is not None and found.flag is not None:
            return found.flag
        if kind is not None and not is_condition(kind):  # an instant as a moment: when it is known
            return Truth(self._known(path), self.logic.false)
        return self.words.truth(path)

    def _apart(self, path: str, make: Any) -> Any:
        """What *make* gives, None where *path* needs itself."""
        if path in self._busy:
            return None
        self._busy.add(path)
        try:
            return make()
        finally:
            self._busy.discard(path)

    def _known(self, path: str) -> Any:
        found = self.answers(path)
        if found is not None:
            return found.defined
        fact = self.words.facts.get(path)
        if fact is not None and fact.formula is not None:
            if is_condition(fact.type):
                truth = self._named(path, fact.type)
                return self.logic.any((truth.yes, truth.no))
            return self.term(Name(path, fact.type)).defined
        return self.words.known(path)

    def _filled(self, form: str) -> Truth:
        fields = next((f.fields for f in self.policy.forms if f.code == form), ())
        each = [self._asked(ask) for ask in fields]
        filled = self.logic.all(each)
        return Truth(filled, self.logic.no(filled))

    def _asked(self, ask: Ask) -> Any:
        given = self.logic.any(self._known(name) for name in ask.names)
        if ask.when is None:
            return given
        return self.logic.any((self.logic.no(self.truth(ask.when).yes), given))

    def answers(self, code: str) -> Answers | None:
        """The decision *code*, None if there is none or it needs itself."""
        decision = self.words.decisions.get(code)
        if decision is None:
            return None
        if code not in self._answers:
            rules = self._apart(code, lambda: [self.truth(c.when) for c in decision.criteria])
            if rules is None:
                return None
            self._answers[code] = answers_of(self.logic, self.words, decision, rules)
        return self._answers[code]

    # -- comparisons -----------------------------------------------------------------------

    def _compared(self, left: Expression, sign: str, right: Expression) -> Truth:
        kind = kind_of(left) or kind_of(right)
        ordered = isinstance(kind, OneOf) and sign not in ("==", "!=")
        one, other = self.term(left), self.term(right)
        if ordered and isinstance(kind, OneOf):
            one, other = self._rank(one, kind), self._rank(other, kind)
        both = self.logic.comparable(one, other)
        holds = self.logic.compare(one.term, sign, other.term)
        return Truth(self.logic.all((both, holds)), self.logic.all((both, self.logic.no(holds))))

    def _rank(self, term: Term, kind: OneOf) -> Term:
        """The first member is the highest."""
        rank = self.logic.number(-len(kind.members))
        for place, member in enumerate(kind.members):
            here = term.term == self.words.codes.number(member)
            rank = self.logic.choose(here, self.logic.number(-place), rank)
        return Term(rank, term.defined)

    def _inside(self, item: Expression, options: Expression) -> Truth:
        if isinstance(options, Listing):
            return self.logic.either(self._compared(item, "==", one) for one in options.items)
        several = self.members(options)
        if isinstance(item, Member):
            inside = several.has.get(item.code, self.logic.false)
            return several.truth(self.logic, inside)
        term = self.term(item)
        inside = self.logic.any(
            self.logic.all((term.term == self.words.codes.number(member), has))
            for member, has in several.has.items()
        )
        whole = several.truth(self.logic, inside)
        return Truth(
            self.logic.all((term.defined, whole.yes)), self.logic.all((term.defined, whole.no))
        )

    # -- values ----------------------------------------------------------------------------

    def members(self, node: Expression) -> Members:
        """A "some of": when each member belongs to it."""
        path = node.path if isinstance(node, Name) else text(node)
        found = self.answers(path)
        if found is not None:
            return Members(found.members, found.defined)
        kind = kind_of(node)
        if isinstance(node, Choice) or not isinstance(kind, SomeOf):
            return Members({}, self.logic.false)
        return self.words.members(path, kind)

    def term(self, node: Expression) -> Term:
        """A value: an amount, or the number of a code."""
        logic = self.logic
        match node:
            case Literal(value):
                amount = steps_of(value)
                if amount is None:
                    return Term(logic.whole(self.words.codes.number(str(value))), logic.true)
                return Term(logic.number(amount), logic.true, measure_of(value))
            case Member(code):
                return Term(logic.whole(self.words.codes.number(code)), logic.true)
            case Name(path, kind):
                return self._value(path, kind)
            case Minus(operand):
                inner = self.term(operand)
                return Term(-inner.term, inner.defined, inner.unit)
            case Arith(operator, left, right):
                return logic.calculate(operator, self.term(left), self.term(right))
            case Call("max" | "min" as function, arguments):
                terms = [self.term(part) for part in arguments]
                sign = ">=" if function == "max" else "<="
                return reduce(lambda one, other: logic.extreme(sign, one, other), terms)
            case Call(_, _, body) if body is not None:
                return self.words.term(text(node), body.gives)
            case Choice(name):
                return self.words.term(f"${name} (value)", NUMBER)
        return Term(logic.number(0), logic.false)

    def _value(self, path: str, kind: FactType | None) -> Term:
        fact = self.words.facts.get(path)
        if fact is not None and fact.formula is not None:
            formula = fact.formula
            found = self._apart(path, lambda: self.term(formula))
            if found is not None:
                return found  # type: ignore[no-any-return]
        answers = self.answers(path)
        if answers is not None:
            return Term(answers.answer, answers.defined)
        return self.words.term(path, kind)

    def all_of(self, conditions: Iterable[Expression]) -> Any:
        """When every one of *conditions* is true."""
        return self.logic.all(self.truth(condition).yes for condition in conditions)
