"""Conditions written in Python with operators; they make the same nodes as the text.

(fact.possible_loss >= Money(5000, "CNY")) | fact.line_stopped
possible_loss >= 5000 CNY or line_stopped
"""

from __future__ import annotations

from typing import Any, Generic, NoReturn, TypeVar

import attrs

from complaintflow.errors import InvalidValueError
from complaintflow.policy.expression.nodes import (
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
    Minus,
    Name,
    Not,
    Or,
)
from complaintflow.policy.expression.text import text

__all__ = [
    "Facts",
    "Term",
    "call",
    "chain",
    "choice",
    "fact",
    "filled",
    "known",
    "largest",
    "smallest",
]

T = TypeVar("T")


def _node(value: object) -> Expression:
    return value.expression if isinstance(value, Term) else Literal(value)


def _code(value: object) -> Expression:
    """A str is a code where codes are asked for; a quoted text is a `Literal`."""
    if isinstance(value, str):
        return Name(value)
    if isinstance(value, Literal):
        return value
    return _node(value)


@attrs.frozen(eq=False)
class Term(Generic[T]):
    """A part of a condition that takes Python's operators.

    ``<  <=  >  >=  ==  !=`` compare, ``+ - * /`` calculate, ``&  |  ~`` join conditions;
    `is_`, `in_` and `has` ask for codes. ``and``, ``or``, ``not`` and chains such as
    ``a < b < c`` cannot be overloaded in Python, so they raise: use ``&``, ``|``, ``~`` and
    `chain`.

    Args:
        expression: The node that it stands for.
    """

    expression: Expression

    def __str__(self) -> str:
        return text(self.expression)

    def __bool__(self) -> NoReturn:
        raise InvalidValueError(
            f"'{self}' has no truth value in Python: join conditions with &, | and ~, not with "
            "and, or, not; write a chain with chain(a, '<', b, '<=', c), and 'in' with in_()"
        )

    # -- comparing -------------------------------------------------------------------------

    def _compare(self, sign: str, other: object) -> Term[bool]:
        return Term(Compare((self.expression, _node(other)), (sign,)))

    def __lt__(self, other: T | Term[T] | int) -> Term[bool]:
        return self._compare("<", other)

    def __le__(self, other: T | Term[T] | int) -> Term[bool]:
        return self._compare("<=", other)

    def __gt__(self, other: T | Term[T] | int) -> Term[bool]:
        return self._compare(">", other)

    def __ge__(self, other: T | Term[T] | int) -> Term[bool]:
        return self._compare(">=", other)

    def __eq__(self, other: T | Term[T] | int) -> Term[bool]:  # type: ignore[override]
        return self._compare("==", other)

    def __ne__(self, other: T | Term[T] | int) -> Term[bool]:  # type: ignore[override]
        return self._compare("!=", other)

    __hash__ = None  # type: ignore[assignment]  # == makes a condition, so no dict key

    def is_(self, code: str | Literal | Term[T]) -> Term[bool]:
        """``subject is quality``; a str is a code, ``Literal("...")`` a quoted text."""
        return Term(Is(self.expression, _code(code)))

    def is_not(self, code: str | Literal | Term[T]) -> Term[bool]:
        """``subject is not quality``."""
        return Term(Is(self.expression, _code(code), negated=True))

    def in_(self, *codes: str | Literal | Term[Any]) -> Term[bool]:
        """``subject in (quality, delivery)``."""
        return Term(In(self.expression, Listing(map(_code, codes))))

    def not_in(self, *codes: str | Literal | Term[Any]) -> Term[bool]:
        """``subject not in (quality, delivery)``."""
        return Term(In(self.expression, Listing(map(_code, codes)), negated=True))

    def has(self, code: str | Term[Any]) -> Term[bool]:
        """``loss in types``, of a fact with several codes."""
        return Term(In(_code(code), self._several()))

    def has_not(self, code: str | Term[Any]) -> Term[bool]:
        """``loss not in types``."""
        return Term(In(_code(code), self._several(), negated=True))

    def _several(self) -> Name | Choice | Call:
        if not isinstance(self.expression, (Name, Choice, Call)):
            raise InvalidValueError(f"only a name can have codes among its members, not '{self}'")
        return self.expression

    # -- joining ---------------------------------------------------------------------------

    def __and__(self, other: Term[bool]) -> Term[bool]:
        return Term(And((*_flat(And, self.expression), _node(other))))

    def __or__(self, other: Term[bool]) -> Term[bool]:
        return Term(Or((*_flat(Or, self.expression), _node(other))))

    def __invert__(self) -> Term[bool]:
        return Term(Not(self.expression))

    # -- calculating -----------------------------------------------------------------------

    def __add__(self, other: T | Term[T] | int) -> Term[T]:
        return Term(Arith("+", self.expression, _node(other)))

    def __radd__(self, other: T | int) -> Term[T]:
        return Term(Arith("+", _node(other), self.expression))

    def __sub__(self, other: T | Term[T] | int) -> Term[Any]:
        return Term(Arith("-", self.expression, _node(other)))

    def __rsub__(self, other: T | int) -> Term[Any]:
        return Term(Arith("-", _node(other), self.expression))

    def __mul__(self, other: object) -> Term[Any]:
        return Term(Arith("*", self.expression, _node(other)))

    def __rmul__(self, other: object) -> Term[Any]:
        return Term(Arith("*", _node(other), self.expression))

    def __truediv__(self, other: object) -> Term[Any]:
        return Term(Arith("/", self.expression, _node(other)))

    def __rtruediv__(self, other: object) -> Term[Any]:
        return Term(Arith("/", _node(other), self.expression))

    def __neg__(self) -> Term[T]:
        return Term(Minus(self.expression))


def _flat(join: type[And | Or], node: Expression) -> tuple[Expression, ...]:
    """``a | b | c`` is one `Or` of three, as in the text."""
    return node.parts if isinstance(node, (And, Or)) and isinstance(node, join) else (node,)


class Facts:
    """Names as attributes: ``fact.possible_loss``; ``fact["grade.B"]`` for the others.

    Annotate a subclass to have the operators checked by a type checker::

        class Complaint(Facts):
            possible_loss: Term[Money]
            line_stopped: Term[bool]
    """

    def __getattr__(self, name: str) -> Term[Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return Term(Name(name))

    def __getitem__(self, path: str) -> Term[Any]:
        return Term(Name(path))


fact = Facts()
"""Any name, unchecked until `resolve`."""


def known(term: Term[Any]) -> Term[bool]:
    """``known(x)``."""
    return call("known", term)


def filled(form: str) -> Term[bool]:
    """``filled(form)``."""
    return Term(Call("filled", (Name(form),)))


def largest(*terms: object) -> Term[Any]:
    """``max(a, b)``."""
    return call("max", *terms)


def smallest(*terms: object) -> Term[Any]:
    """``min(a, b)``."""
    return call("min", *terms)


def call(function: str, *arguments: object) -> Term[Any]:
    """A host's function: ``in_warranty(sold_on, 24)``."""
    return Term(Call(function, map(_node, arguments)))


def choice(name: str) -> Term[Any]:
    """``$name``."""
    return Term(Choice(name))


def chain(*parts: object) -> Term[bool]:
    """``0 CNY < claim <= 5000 CNY``: ``chain(Money(0, "CNY"), "<", fact.claim, "<=", ...)``.

    Raises:
        InvalidValueError: operands and operators do not alternate, or go two ways.
    """
    operators = parts[1::2]
    if len(parts) % 2 == 0 or not all(isinstance(sign, str) for sign in operators):
        raise InvalidValueError("a chain is a value, a sign, a value ..., as in chain(a, '<', b)")
    return Term(Compare(map(_node, parts[::2]), tuple(str(sign) for sign in operators)))
