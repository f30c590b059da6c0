"""The canonical text: one spelling for one meaning, with no parenthesis too many.

``parse(text(e)) == e`` for every expression that can be parsed.
"""

from __future__ import annotations

import datetime as _dt
from decimal import Decimal

from complaintflow.domain.values import UNITS, Money, Quantity, Ratio
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
    Member,
    Minus,
    Name,
    Not,
    Or,
    Value,
    number_text,
    shifted,
)
from complaintflow.policy.expression.walk import depth

__all__ = ["literal_text", "text"]

_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _MINUS, _VALUE = range(8)
_PRINTABLE_DEPTH = 100  # far beyond what parses, far below what recursion can bear


def text(expression: Expression) -> str:
    """The canonical text of *expression*.

    Raises:
        InvalidValueError: it was built in Python and nests too deeply to be written.
    """
    if depth(expression) > _PRINTABLE_DEPTH:
        raise InvalidValueError(
            "the expression nests too deeply to be written as text; "
            "put a part of it into a fact of its own"
        )
    return _text(expression, _OR)


def literal_text(value: Value) -> str:
    """How a literal is written: ``5000 CNY``, ``2.5 %``, ``'text'`` ..."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case Decimal():
            return number_text(value)
        case Money(amount, currency):
            return f"{number_text(amount)} {currency}"
        case Quantity(amount, unit):
            return f"{number_text(amount)} {UNITS[unit][0]}"
        case Ratio(share):
            return f"{number_text(shifted(share, 2))} %"
        case _dt.datetime():
            return _dt.datetime.isoformat(value)
        case _:
            return value.isoformat()


def _text(node: Expression, floor: int) -> str:
    """The text of *node*, in parentheses if it binds weaker than *floor*."""
    written, strength = _written(node)
    return written if strength >= floor else f"({written})"


def _written(node: Expression) -> tuple[str, int]:  # noqa: C901 -- one case a node
    match node:
        case Literal(value):
            return literal_text(value), _VALUE
        case Name(path):
            return path, _VALUE
        case Member(code):
            return code, _VALUE
        case Choice(name):
            return f"${name}", _VALUE
        case Call(function, arguments):
            return f"{function}({', '.join(_text(part, _OR) for part in arguments)})", _VALUE
        case Listing(items):
            tail = ",)" if len(items) == 1 else ")"
            return f"({', '.join(_text(item, _OR) for item in items)}{tail}", _VALUE
        case Minus(operand):
            inner = _text(operand, _MINUS)
            # -5 is the number minus five; the negation of five is -(5).
            folds = isinstance(operand, Literal) and isinstance(operand.value, (Decimal, Money))
            return (f"-({inner})" if folds and inner[0] != "-" else f"-{inner}"), _MINUS
        case Arith(operator, left, right):
            level = _SUM if operator in "+-" else _PRODUCT
            return f"{_text(left, level)} {operator} {_text(right, level + 1)}", level
        case Compare(operands, operators):
            parts = [_text(operands[0], _SUM)]
            for operator, operand in zip(operators, operands[1:], strict=True):
                parts += [operator, _text(operand, _SUM)]
            return " ".join(parts), _COMPARISON
        case Is(left, right, negated):
            word = "is not" if negated else "is"
            return f"{_text(left, _SUM)} {word} {_text(right, _SUM)}", _COMPARISON
        case In(item, options, negated):
            word = "not in" if negated else "in"
            listed = _text(options, _VALUE)
            if isinstance(options, Listing) and len(options.items) == 1:
                listed = f"{listed[:-2]})"
            return f"{_text(item, _SUM)} {word} {listed}", _COMPARISON
        case Not(operand):
            return f"not {_text(operand, _NOT)}", _NOT
        case And(parts):
            return " and ".join(_text(part, _NOT) for part in parts), _AND
        case Or(parts):
            return " or ".join(_text(part, _AND) for part in parts), _OR
