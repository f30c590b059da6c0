"""The closed union of nodes that conditions, moments and formulas are made of.

Every node is frozen, compares and hashes by meaning, and has a stable `tag`. Where a node
stood in its text (`at`) takes no part in equality. A parsed tree has names without a type;
`resolve` gives each name its `kind` and turns codes into a `Member`.
"""

from __future__ import annotations

import datetime as _dt
import re
from collections.abc import Callable, Iterable
from decimal import Context, Decimal
from typing import Any, ClassVar

import attrs

from complaintflow.domain.types import FactType, is_code
from complaintflow.domain.values import UNITS, Money, Quantity, Ratio, exact
from complaintflow.errors import InvalidValueError
from complaintflow.moments import to_micros

__all__ = [
    "KEYWORDS",
    "And",
    "Arith",
    "Call",
    "Choice",
    "Compare",
    "Expression",
    "Function",
    "In",
    "Is",
    "Listing",
    "Literal",
    "Member",
    "Minus",
    "Name",
    "Not",
    "Or",
    "Place",
    "Value",
    "number_text",
    "shifted",
]

KEYWORDS = frozenset({"and", "or", "not", "is", "in", "true", "false"})
ORDERINGS = frozenset({"<", "<=", ">", ">="})
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""Each sign with its sides exchanged."""
COMPARISONS = ORDERINGS | {"==", "!="}
OPERATIONS = frozenset({"+", "-", "*", "/"})
_EXACT = Context(prec=200, traps=[])
PLAIN_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?\Z")

Value = bool | Decimal | Money | Quantity | Ratio | _dt.date | _dt.datetime | str
"""What a literal can hold; an instant is an aware datetime."""


@attrs.frozen
class Place:
    """Where a node begins: the whole *text* and the *column* in it, from 1."""

    text: str
    column: int


@attrs.frozen
class Function:
    """A host's own function, to be used in conditions and formulas.

    It must be pure: a trace may call it again. It is called only when every argument is
    known, and may return None for "cannot be told".

    Args:
        takes: The types of its arguments, in order.
        gives: The type of its answer; ``yes/no`` makes it usable as a condition.
        call: The function itself; it gets values as `complaintflow.domain.types.read` makes them.
    """

    takes: tuple[FactType, ...]
    gives: FactType
    call: Callable[..., Any] = attrs.field(validator=attrs.validators.is_callable())


def shifted(number: Decimal, places: int) -> Decimal:
    """*number* times a power of ten, exactly, whatever the host's decimal context is."""
    return _EXACT.scaleb(number, places)


def number_text(number: Decimal) -> str:
    """The canonical digits of *number*: no exponent, no trailing zeros, no minus zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _literal(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return exact(value, "a number")
    return value


def _same(value: Value) -> object:
    """What makes two literals equal: ``true`` is not ``1``, and an offset is part of an instant."""
    kind = "date" if isinstance(value, _dt.date) else type(value).__name__
    if isinstance(value, _dt.datetime):
        return "instant", to_micros(value), value.utcoffset()
    return kind, value


_place: Any = attrs.field(default=None, eq=False, repr=False, kw_only=True)


@attrs.frozen
class Literal:
    """A value written out: ``5000 CNY``, ``3``, ``2.5 %``, ``12 pcs``, ``2026-03-10``, ``'text'``.

    Raises:
        InvalidValueError: the value is a float, a naive datetime, or has no text form.
    """

    tag: ClassVar[str] = "literal"
    value: Value = attrs.field(converter=_literal, eq=_same)
    at: Place | None = _place

    @value.validator
    def _has_a_text(self, _: Any, value: object) -> None:
        match value:
            case bool() | str():
                return
            case _dt.datetime():
                to_micros(value, "an instant")
                return
            case _dt.date():
                return
            case Decimal():
                number = exact(value, "a number")
            case Money(amount, currency):
                number = amount
                if currency in UNITS:
                    raise InvalidValueError(f"{currency} is a unit of quantity, not a currency")
            case Quantity(amount, _):
                number = amount
            case Ratio(share):
                number = shifted(share, 2)
            case _:
                raise InvalidValueError(
                    "a literal is a bool, Decimal, int, Money, Quantity, Ratio, date, aware "
                    f"datetime or str, got {type(value).__name__} {value!r}"
                )
        if not PLAIN_NUMBER.match(number_text(number)):
            raise InvalidValueError(
                f"a number in an expression has at most 30 digits before and after the point, "
                f"got {value}"
            )


def _is_name(_: Any, attribute: Any, value: Any) -> None:
    if not isinstance(value, str) or value in KEYWORDS or not all(map(is_code, value.split("."))):
        raise InvalidValueError(
            f"a name is codes joined by points, such as 'claim' or 'grade.B', and no keyword; "
            f"got {value!r}"
        )


def _nodes(parts: Iterable[Expression]) -> tuple[Expression, ...]:
    return tuple(parts)


def _signs(operators: Iterable[str]) -> tuple[str, ...]:
    return tuple(operators)


def _is_code(_: Any, attribute: Any, value: Any) -> None:
    if not isinstance(value, str) or not is_code(value):
        raise InvalidValueError(f"expected a code such as 'repeat_window', got {value!r}")


def _is_single(_: Any, attribute: Any, value: Any) -> None:
    if value in KEYWORDS:
        raise InvalidValueError(f"expected a code that is no keyword, got {value!r}")
    _is_code(_, attribute, value)


def _is_operation(_: Any, attribute: Any, value: Any) -> None:
    if value not in OPERATIONS:
        raise InvalidValueError(f"expected one of + - * /, got {value!r}")


@attrs.frozen
class Name:
    """A fact, decision, step, duty ...: ``claim``, ``grade.B``, ``written_form.missed``.

    Args:
        path: The dotted name; also the key in the view.
        kind: Its type, once `resolve` has looked it up.
    """

    tag: ClassVar[str] = "name"
    path: str = attrs.field(validator=_is_name)
    kind: FactType | None = None
    at: Place | None = _place


@attrs.frozen
class Member:
    """A code that is a member of the other side's type: ``quality`` in ``subject is quality``."""

    tag: ClassVar[str] = "member"
    code: str = attrs.field(validator=_is_single)
    kind: FactType
    at: Place | None = _place


@attrs.frozen
class Choice:
    """A reading that the policy's ``[choices]`` settle: ``$repeat_window``.

    `substitute` puts the reading in its place. One that stays is an open item: never known.
    """

    tag: ClassVar[str] = "choice"
    name: str = attrs.field(validator=_is_code)
    at: Place | None = _place


@attrs.frozen
class Minus:
    """``-x``."""

    tag: ClassVar[str] = "minus"
    operand: Expression
    at: Place | None = _place


@attrs.frozen
class Arith:
    """``left + right``, ``-``, ``*`` or ``/``, to 34 digits and 30 decimals."""

    tag: ClassVar[str] = "arith"
    operator: str = attrs.field(validator=_is_operation)
    left: Expression
    right: Expression
    at: Place | None = _place


@attrs.frozen
class Call:
    """``known(x)``, ``filled(form)``, ``max(a, b)``, ``min(a, b)`` or a host's function.

    Args:
        function: The name before the parenthesis.
        arguments: What is in the parentheses.
        body: The host's function, once `resolve` has looked it up.
    """

    tag: ClassVar[str] = "call"
    function: str = attrs.field(validator=_is_single)
    arguments: tuple[Expression, ...] = attrs.field(converter=_nodes)
    body: Function | None = None
    at: Place | None = _place


@attrs.frozen
class Compare:
    """``a >= b``, ``a == b``, ``a != b``, or a chain in one direction ``a < b <= c``.

    Args:
        operands: Two or more.
        operators: One fewer. A chain goes one way: only ``<``, ``<=``, ``==`` or only ``>``,
            ``>=``, ``==``.
    """

    tag: ClassVar[str] = "compare"
    operands: tuple[Expression, ...] = attrs.field(converter=_nodes)
    operators: tuple[str, ...] = attrs.field(converter=_signs)
    at: Place | None = _place

    @operators.validator
    def _one_way(self, _: Any, operators: tuple[str, ...]) -> None:
        if not operators or len(self.operands) != len(operators) + 1:
            raise InvalidValueError("a comparison has one operand more than operators")
        unknown = set(operators) - COMPARISONS
        if unknown:
            raise InvalidValueError(
                f"expected one of {', '.join(sorted(COMPARISONS))}, got {min(unknown)!r}"
            )
        if not one_way(operators):
            raise InvalidValueError(f"a chain goes one way, got {' '.join(operators)}")


def one_way(operators: tuple[str, ...]) -> bool:
    """Whether a chain of *operators* goes in one direction."""
    if len(operators) == 1:
        return True
    firsts = {operator[0] for operator in operators}
    return "!" not in firsts and not {"<", ">"} <= firsts


@attrs.frozen
class Is:
    """``subject is quality``; with *negated*, ``is not``."""

    tag: ClassVar[str] = "is"
    left: Expression
    right: Expression
    negated: bool = False
    at: Place | None = _place


@attrs.frozen
class Listing:
    """``(a, b)`` on the right of ``in``; or the reading of a choice that stands there."""

    tag: ClassVar[str] = "listing"
    items: tuple[Expression, ...] = attrs.field(converter=_nodes)
    at: Place | None = _place

    @items.validator
    def _flat(self, _: Any, items: tuple[Expression, ...]) -> None:
        if not items:
            raise InvalidValueError("a list in parentheses has at least one item")


@attrs.frozen
class In:
    """``subject in (a, b)`` or ``loss in types``; with *negated*, ``not in``.

    Args:
        item: What is looked for.
        options: A `Listing`, or a name, choice or call that gives several codes.
    """

    tag: ClassVar[str] = "in"
    item: Expression
    options: Listing | Name | Choice | Call
    negated: bool = False
    at: Place | None = _place

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.options, (Listing, Name, Choice, Call)):
            raise InvalidValueError(
                "on the right of 'in' stands a list in parentheses or the name of a 'some of', "
                f"got a {self.options.tag}"
            )


def _several(_: Any, attribute: Any, parts: tuple[Expression, ...]) -> None:
    if len(parts) < 2:
        raise InvalidValueError("'and' and 'or' join at least two conditions")


@attrs.frozen
class And:
    """Every part; false beats unknown."""

    tag: ClassVar[str] = "and"
    parts: tuple[Expression, ...] = attrs.field(converter=_nodes, validator=_several)
    at: Place | None = _place


@attrs.frozen
class Or:
    """Any part; true beats unknown."""

    tag: ClassVar[str] = "or"
    parts: tuple[Expression, ...] = attrs.field(converter=_nodes, validator=_several)
    at: Place | None = _place


@attrs.frozen
class Not:
    """The opposite; of unknown it is unknown."""

    tag: ClassVar[str] = "not"
    operand: Expression
    at: Place | None = _place


Expression = (
    Literal
    | Name
    | Member
    | Choice
    | Compare
    | Is
    | In
    | And
    | Or
    | Not
    | Call
    | Arith
    | Minus
    | Listing
)
"""Any node: the closed union that parsers give and everything else takes."""
