"""What can be asked of a tree without evaluating it: its names, leaves, choices, depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    Member,
    Minus,
    Name,
    Not,
    Or,
    Place,
)

__all__ = [
    "MAX_NODES",
    "children",
    "choices",
    "depth",
    "leaves",
    "names",
    "ordered_names",
    "positive_names",
    "renamed",
    "substitute",
    "walk",
]

MAX_NODES = 5_000
"""Nodes that an expression may have once its choices are settled."""


def children(expression: Expression) -> tuple[Expression, ...]:
    """The nodes directly below, in the order of the text."""
    match expression:
        case And(parts) | Or(parts) | Listing(parts) | Compare(parts):
            return parts
        case Not(operand) | Minus(operand):
            return (operand,)
        case Is(left, right) | In(left, right) | Arith(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case Literal() | Name() | Member() | Choice():
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """Every node, parents first, in the order of the text. Not recursive."""
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def depth(expression: Expression) -> int:
    """How many levels the tree has; a single name has one. Not recursive."""
    deepest, waiting = 0, [(expression, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in children(node))
    return deepest


def ordered_names(expression: Expression) -> tuple[str, ...]:
    """The keys that evaluation asks the view for, each once, in the order of the text."""
    found: dict[str, None] = {}
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        match node:
            case Name(path):
                found[path] = None
            case Call("filled", (Name(form),)):
                found[f"filled({form})"] = None
            case _:
                waiting.extend(reversed(children(node)))
    return tuple(found)


def names(expression: Expression) -> frozenset[str]:
    """The keys that evaluation asks the view for.

    ``filled(form)`` asks for the key ``filled(form)``. In a tree that was not resolved yet,
    codes such as ``quality`` count as names too.
    """
    return frozenset(ordered_names(expression))


def choices(expression: Expression) -> frozenset[str]:
    """The names of the choices that stand open in it, without the ``$``."""
    return frozenset(node.name for node in walk(expression) if isinstance(node, Choice))


def leaves(expression: Expression) -> tuple[Expression, ...]:
    """The largest parts that are no ``and``, ``or`` or ``not``, each once, in order."""
    found: dict[Expression, None] = {}
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (And, Or, Not)):
            waiting.extend(reversed(children(node)))
        else:
            found[node] = None
    return tuple(found)


def positive_names(expression: Expression) -> frozenset[str]:
    """The names that stand under an even number of ``not``.

    Only the word ``not`` before a condition counts; in ``x is not y`` the name ``x`` stands
    under none.
    """
    found: set[str] = set()
    waiting = [(expression, True)]
    while waiting:
        node, positive = waiting.pop()
        match node:
            case Name() | Call("filled", (Name(),)):
                found.update(ordered_names(node) if positive else ())
            case Not(operand):
                waiting.append((operand, not positive))
            case _:
                waiting.extend((child, positive) for child in children(node))
    return frozenset(found)


def renamed(expression: Expression, called: Mapping[str, str]) -> Expression:
    """The expression with other names: those of *called* by what they are called there."""

    def all_of(parts: tuple[Expression, ...]) -> tuple[Expression, ...]:
        return tuple(renamed(part, called) for part in parts)

    match expression:
        case Name(path):
            return attrs.evolve(expression, path=called.get(path, path))
        case And(parts) | Or(parts):
            return attrs.evolve(expression, parts=all_of(parts))
        case Listing(items):
            return attrs.evolve(expression, items=all_of(items))
        case Compare(operands):
            return attrs.evolve(expression, operands=all_of(operands))
        case Call(_, arguments):
            return attrs.evolve(expression, arguments=all_of(arguments))
        case Not(operand) | Minus(operand):
            return attrs.evolve(expression, operand=renamed(operand, called))
        case Is(left, right) | Arith(_, left, right):
            found = renamed(left, called)
            return attrs.evolve(expression, left=found, right=renamed(right, called))
        case In(item, options):
            settled = renamed(options, called)
            assert isinstance(settled, (Listing, Name, Choice, Call))  # a node stays of its kind
            return attrs.evolve(expression, item=renamed(item, called), options=settled)
        case _:
            return expression


def substitute(expression: Expression, choices: Mapping[str, Expression]) -> Expression:
    """The expression with the readings of *choices* in place of ``$name``.

    A reading may use other choices; one value on the right of ``in`` becomes a list of one. A
    choice that *choices* does not name stays. What is put in takes the place of its ``$name``,
    so that errors point there.

    Raises:
        InvalidValueError: choices that need each other or a result of more than `MAX_NODES`
            nodes.
    """
    return _Substitution(choices).of(expression, (), None)


@attrs.define
class _Substitution:
    readings: Mapping[str, Expression]
    budget: int = MAX_NODES

    def of(self, node: Expression, under: tuple[str, ...], at: Place | None) -> Expression:
        """*node* with its choices settled; *under* are the choices it came from."""
        self.budget -= 1
        if self.budget < 0:
            raise InvalidValueError(
                f"with its choices settled the expression has more than {MAX_NODES} nodes"
            )
        if isinstance(node, Choice) and node.name in self.readings:
            if node.name in under:
                ring = " -> ".join(f"${name}" for name in (*under, node.name))
                raise InvalidValueError(f"choices need each other: {ring}")
            return self.of(self.readings[node.name], (*under, node.name), at or node.at)
        place = at or node.at
        match node:
            case And(parts) | Or(parts):
                return attrs.evolve(node, parts=self._all(parts, under, at), at=place)
            case Listing(items):
                return attrs.evolve(node, items=self._all(items, under, at), at=place)
            case Compare(operands):
                return attrs.evolve(node, operands=self._all(operands, under, at), at=place)
            case Call(_, arguments):
                return attrs.evolve(node, arguments=self._all(arguments, under, at), at=place)
            case Not(operand) | Minus(operand):
                return attrs.evolve(node, operand=self.of(operand, under, at), at=place)
            case Is(left, right) | Arith(_, left, right):
                return attrs.evolve(
                    node, left=self.of(left, under, at), right=self.of(right, under, at), at=place
                )
            case In(item, options):
                settled = self.of(options, under, at)
                if not isinstance(settled, (Listing, Name, Choice, Call)):
                    settled = Listing((settled,), at=settled.at)  # one reading is a list of one
                return In(self.of(item, under, at), settled, node.negated, at=place)
            case _:
                return node if at is None else attrs.evolve(node, at=at)

    def _all(
        self, parts: tuple[Expression, ...], under: tuple[str, ...], at: Place | None
    ) -> tuple[Expression, ...]:
        return tuple(self.of(part, under, at) for part in parts)
