"""Expressions as sentences for people, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

import attrs

from complaintflow.domain.types import OneOf, show
from complaintflow.policy.expression.kinds import DATE, INSTANT, kind_of
from complaintflow.policy.expression.messages import message
from complaintflow.policy.expression.nodes import (
    MIRRORED,
    ORDERINGS,
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
)
from complaintflow.policy.expression.text import literal_text

__all__ = ["Wording", "words"]

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}


def words(
    expression: Expression, language: str = "en", labels: Mapping[str, str] | None = None
) -> str:
    """The expression as a sentence.

    Args:
        expression: Best a resolved one: then dates, grades and codes read naturally.
        language: ``en`` or ``zh``.
        labels: What people call a name or a code, in that language: ``possible_loss`` for a
            name, ``subject.quality`` or just ``quality`` for a code beside ``subject``.

    Raises:
        InvalidValueError: there is no such language.
    """
    return Wording(language, labels or {}).of(expression)


@attrs.frozen
class Wording:
    """How one language with its labels says things."""

    language: str
    labels: Mapping[str, str] = attrs.field(factory=dict)

    def say(self, key: str, *parts: str) -> str:
        """The message *key* with its parts."""
        return message(self.language, key, *parts)

    def label(self, name: str) -> str:
        """What people call a name."""
        return self.labels.get(name, name)

    def code(self, code: str, owner: Expression | None = None) -> str:
        """What people call a code that stands beside *owner*."""
        own = f"{owner.path}.{code}" if isinstance(owner, Name) else code
        return self.labels.get(own) or self.labels.get(code, code)

    def value(self, value: Any, owner: Expression | None = None) -> str:
        """A fact's value as people read it."""
        if isinstance(value, str):
            coded = isinstance(owner, Name) and isinstance(owner.kind, OneOf)
            return self.code(value, owner) if coded else value
        if isinstance(value, frozenset):
            return self.list(sorted(self.code(code, owner) for code in value))
        return show(value, self.language)

    def list(self, parts: list[str]) -> str:
        """Several things in a row."""
        if not parts:
            return "-"
        return reduce(lambda left, right: self.say("list", left, right), parts)

    def of(  # noqa: C901 -- one case a node
        self, node: Expression, beside: Expression | None = None
    ) -> str:
        """*node* in words; a code is called what it is called beside *beside*."""
        match node:
            case Literal(bool() as value):
                return self.say("true" if value else "false")
            case Literal(str() as value):
                return self.say("text", value)
            case Literal(value):
                return literal_text(value)
            case Name(path):
                return self.label(path)
            case Member(code):
                return self.code(code, beside)
            case Choice(name):
                return self.say("choice", f"${name}")
            case Call():
                return self._call(node)
            case Minus(operand):
                return f"−{self._tight(operand)}"
            case Arith(operator, left, right):
                return f"{self._tight(left)} {_SIGNS[operator]} {self._tight(right)}"
            case Listing(items):
                return self.list([self.of(item, beside) for item in items])
            case Compare() | Is() | In():
                return self._comparison(node)
            case Not(operand):
                return self.say("not", self._grouped(operand))
            case And(parts):
                return self._joined("and", parts)
            case Or(parts):
                return self._joined("or", parts)

    def _joined(self, key: str, parts: tuple[Expression, ...]) -> str:
        said = [self._grouped(part) for part in parts]
        return reduce(lambda left, right: self.say(key, left, right), said)

    def _grouped(self, node: Expression) -> str:
        said = self.of(node)
        return self.say("group", said) if isinstance(node, (And, Or)) else said

    def _tight(self, node: Expression) -> str:
        said = self.of(node)
        return f"({said})" if isinstance(node, (Arith, Minus)) else said

    def _call(self, call: Call) -> str:
        match call:
            case Call("known", (Name(path),)):
                return self.say("known", self.label(path))
            case Call("filled", (Name(form),)):
                return self.say("filled", self.label(form))
            case Call("max" | "min", arguments) if call.body is None:
                return self.say(call.function, self.list([self.of(part) for part in arguments]))
        inside = self.list([self.of(part) for part in call.arguments]) if call.arguments else ""
        return self.say("call", self.label(call.function), inside)

    # -- comparisons -----------------------------------------------------------------------

    def _comparison(self, node: Compare | Is | In) -> str:
        asked = self.asked(node)
        if asked is not None:
            return self.say("subject", self.of(asked[0]), asked[1])
        if isinstance(node, Compare):  # a chain without a middle: pair by pair
            operands, operators = node.operands, node.operators
            pairs = [
                self.say("subject", self.of(left, right), self.relation(sign, right, left))
                for left, sign, right in zip(operands, operators, operands[1:], strict=False)
            ]
            return reduce(lambda left, right: self.say("both", left, right), pairs)
        assert isinstance(node, In)  # an 'is' always has a subject
        several = self.of(node.options)
        if isinstance(node.item, Member):
            key = "has not" if node.negated else "has"
            return self.say(key, self.code(node.item.code, node.options), several)
        return self.say("not among" if node.negated else "among", self.of(node.item), several)

    def asked(self, node: Expression) -> tuple[Expression, str] | None:
        """Of what something is asked, and what; None if there is no one subject."""
        match node:
            case Is(left, right, negated):
                if isinstance(left, Member):
                    left, right = right, left
                return left, self.say("is not" if negated else "is", self.of(right, left))
            case In(item, Listing() as options, negated):
                return item, self.say("not in" if negated else "in", self.of(options, item))
            case Compare((left, right), (sign,)):
                if isinstance(left, (Literal, Member)):
                    left, sign, right = right, MIRRORED[sign], left
                return left, self.relation(sign, right, left)
            case Compare((low, middle, high), (first, second)):
                below = self.relation(MIRRORED[first], low, middle)
                return middle, self.say("both", below, self.relation(second, high, middle))
        return None

    def relation(self, sign: str, other: Expression, subject: Expression) -> str:
        """``at least 5000 CNY``; for dates and grades in their own words."""
        key = sign
        if sign in ORDERINGS:
            kind = kind_of(subject) or kind_of(other)
            if kind in (DATE, INSTANT):
                key = f"time {sign}"
            elif isinstance(kind, OneOf):
                key = f"code {sign}"
        return self.say(key, self.of(other, subject))
