"""The one door to the solver's formulas: z3, in a context of its own for each check.

A context of its own makes a check repeatable: nothing that was asked before changes an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from complaintflow.errors import MissingExtraError

__all__ = ["Formulas", "Members", "Term", "Truth"]


@attrs.frozen(eq=False)
class Truth:
    """When a condition is true, and when it is false; elsewhere it is not evaluated."""

    yes: Any
    no: Any


@attrs.frozen(eq=False)
class Term:
    """A value, and when there is one.

    Args:
        term: The amount, or the number of a code.
        defined: When there is a value.
        unit: For quantities: what they measure; those of other units cannot be compared.
    """

    term: Any
    defined: Any
    unit: str = ""


@attrs.frozen(eq=False)
class Members:
    """When each member belongs to a "some of", and when that is known."""

    has: Mapping[str, Any]
    defined: Any

    def truth(self, logic: Formulas, inside: Any) -> Truth:
        """*inside* as a condition of what is known."""
        return Truth(logic.all((self.defined, inside)), logic.all((self.defined, logic.no(inside))))


class Formulas:
    """Makes formulas.

    Raises:
        MissingExtraError: z3 is not installed.
    """

    def __init__(self) -> None:
        try:
            import z3
        except ImportError:
            raise MissingExtraError(
                "the solver is not installed: pip install 'complaintflow[verify]'", extra="verify"
            ) from None
        self.z3: Any = z3
        self.context: Any = z3.Context()
        self.true = z3.BoolVal(True, self.context)
        self.false = z3.BoolVal(False, self.context)

    def constant(self, value: bool) -> Truth:
        """Always true, or always false."""
        return Truth(self.true, self.false) if value else Truth(self.false, self.true)

    def all(self, parts: Iterable[Any]) -> Any:
        """Every one of *parts*."""
        found = [part for part in parts if not self.z3.is_true(part)]
        if any(self.z3.is_false(part) for part in found):
            return self.false
        return self.z3.And(found) if len(found) > 1 else found[0] if found else self.true

    def any(self, parts: Iterable[Any]) -> Any:
        """At least one of *parts*."""
        found = [part for part in parts if not self.z3.is_false(part)]
        if any(self.z3.is_true(part) for part in found):
            return self.true
        return self.z3.Or(found) if len(found) > 1 else found[0] if found else self.false

    def no(self, part: Any) -> Any:
        """The opposite of *part*."""
        if self.z3.is_true(part):
            return self.false
        return self.true if self.z3.is_false(part) else self.z3.Not(part)

    def either(self, parts: Iterable[Truth]) -> Truth:
        """The ``or`` of conditions."""
        each = list(parts)
        return Truth(self.any(t.yes for t in each), self.all(t.no for t in each))

    def boolean(self, name: str) -> Any:
        """A free truth."""
        return self.z3.Bool(name, self.context)

    def integer(self, name: str) -> Any:
        """A free whole number."""
        return self.z3.Int(name, self.context)

    def whole(self, number: int) -> Any:
        """A whole number."""
        return self.z3.IntVal(number, self.context)

    def number(self, number: int | Decimal) -> Any:
        """An exact number."""
        exact = Fraction(number)
        return self.z3.Q(exact.numerator, exact.denominator, self.context)

    def measured(self, steps: Any, parts: int) -> Any:
        """A whole number of steps as an amount."""
        amount = self.z3.ToReal(steps)
        return amount if parts == 1 else amount / self.number(parts)

    def choose(self, when: Any, one: Any, other: Any) -> Any:
        """*one* where *when* holds, else *other*."""
        return self.z3.If(when, one, other)

    def compare(self, left: Any, sign: str, right: Any) -> Any:
        """``left sign right``."""
        match sign:
            case "<":
                return left < right
            case "<=":
                return left <= right
            case ">":
                return left > right
            case ">=":
                return left >= right
            case "==":
                return left == right
            case _:
                return left != right

    def extreme(self, sign: str, one: Term, other: Term) -> Term:
        """The larger (``>=``) or smaller (``<=``) of two."""
        chosen = self.choose(self.compare(one.term, sign, other.term), one.term, other.term)
        return Term(chosen, self.comparable(one, other), one.unit)

    def comparable(self, one: Term, other: Term) -> Any:
        """When both are known and measure the same."""
        if one.unit and other.unit and one.unit != other.unit:
            return self.false
        return self.all((one.defined, other.defined))

    def calculate(self, operator: str, left: Term, right: Term) -> Term:
        """``left operator right``; a division by zero has no value."""
        unit = left.unit or right.unit
        known = self.comparable(left, right)
        match operator:
            case "+":
                found = left.term + right.term
            case "-":
                found = left.term - right.term
            case "*":
                found = left.term * right.term
            case _:
                found = left.term / right.term
                known = self.all((known, right.term != self.number(0)))
                unit = "" if right.unit else unit
        if unit:  # there is no quantity below zero
            known = self.all((known, found >= self.number(0)))
        return Term(found, known, unit)
