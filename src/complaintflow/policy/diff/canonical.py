"""One form for conditions that mean the same, whatever the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from complaintflow.policy.expression import (
    And,
    Arith,
    Call,
    Compare,
    Expression,
    In,
    Is,
    Listing,
    Literal,
    Member,
    Minus,
    Not,
    Or,
    text,
)
from complaintflow.policy.expression.nodes import MIRRORED

__all__ = ["canonical", "same"]

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def same(one: Expression | None, other: Expression | None) -> bool:
    """Whether two conditions are written differently at most."""
    if one is None or other is None:
        return one is other
    return canonical(one) == canonical(other)


def canonical(node: Expression) -> str:
    """The text of *node* with its parts in one order, and ``not`` as far in as it goes.

    Constants stand on the right. ``not`` before a comparison turns its sign, which is the same
    even where a fact is unknown. The types of names make no difference.
    """
    return text(_normal(node))


def _normal(node: Expression) -> Expression:  # noqa: C901 -- one case a node
    match node:
        case And(parts):
            return _joined(And, parts)
        case Or(parts):
            return _joined(Or, parts)
        case Not(operand):
            return _opposite(_normal(operand))
        case Compare((left, right), (sign,)):
            return _compared(_normal(left), sign, _normal(right))
        case Compare(operands, operators):
            pairs = zip(operands, operators, operands[1:], strict=False)
            return _normal(And(tuple(Compare((a, b), (sign,)) for a, sign, b in pairs)))
        case Is(left, right, negated):
            left, right = _normal(left), _normal(right)
            if isinstance(left, Member) or (not isinstance(right, Member) and _after(left, right)):
                left, right = right, left
            return Is(left, right, negated)
        case In(item, Listing((only,)), negated):
            return _normal(Is(item, only, negated))
        case In(item, Listing(items), negated):
            return In(_normal(item), Listing(_sorted(items)), negated)
        case Arith(operator, left, right):
            left, right = _normal(left), _normal(right)
            if operator in "+*" and _after(left, right):
                left, right = right, left
            return Arith(operator, left, right)
        case Call("max" | "min", arguments):
            return attrs.evolve(node, arguments=_sorted(map(_normal, arguments)))
        case Minus(operand):
            return Minus(_normal(operand))
        case _:
            return node


def _compared(left: Expression, sign: str, right: Expression) -> Expression:
    if _rank(left) > _rank(right):
        left, sign, right = right, MIRRORED[sign], left
    if isinstance(right, Member) and sign in ("==", "!="):
        return Is(left, right, sign == "!=")
    return Compare((left, right), (sign,))


def _joined(join: type[And | Or], parts: tuple[Expression, ...]) -> Expression:
    found: dict[str, Expression] = {}
    for part in map(_normal, parts):
        inner = part.parts if isinstance(part, (And, Or)) and isinstance(part, join) else (part,)
        found.update({text(one): one for one in inner})
    unique = tuple(found[written] for written in sorted(found))
    return unique[0] if len(unique) == 1 else join(unique)


def _opposite(node: Expression) -> Expression:
    match node:
        case Not(operand):
            return operand
        case And(parts):
            return _joined(Or, tuple(Not(part) for part in parts))
        case Or(parts):
            return _joined(And, tuple(Not(part) for part in parts))
        case Is(left, right, negated):
            return Is(left, right, not negated)
        case In(item, options, negated):
            return In(item, options, not negated)
        case Compare(operands, (sign,)):
            return Compare(operands, (_OPPOSITE[sign],))
        case Literal(bool() as value):
            return Literal(not value)
        case _:
            return Not(node)


def _sorted(parts: Iterable[Expression]) -> tuple[Expression, ...]:
    return tuple(sorted(parts, key=text))


def _rank(node: Expression) -> tuple[bool, str]:
    """Constants stand on the right, the rest in the order of its text."""
    return isinstance(node, (Literal, Member)), text(node)


def _after(left: Expression, right: Expression) -> bool:
    return text(left) > text(right)
