"""Random expressions and views, and an interpreter to hold the compiled closures against.

The interpreter walks the tree in the plainest way; nothing in it is shared with `compile`
but the types.
"""

from __future__ import annotations

import datetime as _dt
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from complaintflow.domain.types import FactType, MoneyOf, OneOf, Simple, SomeOf
from complaintflow.domain.values import UNITS, Evidence, Money, Quantity, Ratio
from complaintflow.policy.expression.kinds import kind_of
from complaintflow.policy.expression.nodes import (
    And,
    Arith,
    Call,
    Choice,
    Compare,
    Expression,
    Function,
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

__all__ = [
    "FORMS",
    "FUNCTIONS",
    "ROLES",
    "SCOPE",
    "conditions",
    "formulas",
    "interpret",
    "literals",
    "trees",
    "values_of",
    "views",
]

_SUBJECT = OneOf(("quality", "delivery", "notice"))
_CAUSE = OneOf(("design", "transport", "quality"))
_GRADE = OneOf(("A", "B", "C"), ordered=True)
_TYPES = SomeOf(("hardware", "service", "loss"))
SCOPE: Mapping[str, FactType] = {
    "loss": MoneyOf("CNY"),
    "claim": MoneyOf("CNY"),
    "freight": MoneyOf("USD"),
    "repeats": Simple("number"),
    "age": Simple("number"),
    "rate": Simple("ratio"),
    "sampled": Simple("ratio"),
    "shipped": Simple("quantity"),
    "defective": Simple("quantity"),
    "made_on": Simple("date"),
    "sold_on": Simple("date"),
    "found_at": Simple("instant"),
    "promised_at": Simple("instant"),
    "reason": Simple("text"),
    "customer": Simple("text"),
    "subject": _SUBJECT,
    "cause": _CAUSE,
    "grade": _GRADE,
    "former_grade": _GRADE,
    "types": _TYPES,
    "line_stopped": Simple("yes/no"),
    "hidden_risk": Simple("judgement"),
    "grade.B": Simple("yes/no"),
    "written_form.missed": Simple("yes/no"),
    "liable": Simple("role"),
    "photos": Simple("files"),
}
"""Names of every type, for random conditions."""
FORMS = ("report", "transfer_sheet")
ROLES = ("sales", "quality_head")
FUNCTIONS: Mapping[str, Function] = {
    "year": Function((Simple("date"),), Simple("number"), lambda date: Decimal(date.year)),
    "longer": Function(
        (Simple("text"), Simple("number")),
        Simple("yes/no"),
        lambda text, number: len(text) > number,
    ),
}


# -- values and views ----------------------------------------------------------------------

_numbers = st.decimals(-10_000, 10_000, places=2) | st.integers(-3, 6).map(Decimal)
_shares = st.decimals(0, 1, places=3)
_instants = st.datetimes(
    _dt.datetime(1971, 1, 1),  # noqa: DTZ001 -- the zone is drawn beside it
    _dt.datetime(2199, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-12 * 60, 14 * 60).map(
        lambda minutes: _dt.timezone(_dt.timedelta(minutes=minutes))
    ),
)
_dates = st.dates(_dt.date(1970, 1, 1), _dt.date(2200, 12, 31))
_quantities = st.builds(
    Quantity, st.decimals(0, 5_000, places=1), st.sampled_from(("H87", "KGM", "GRM", "TNE", "BX"))
)
_texts = st.sampled_from(("", "scratch", "it's late", "划痕")) | st.text(max_size=8)


def values_of(kind: FactType) -> st.SearchStrategy[Any]:
    """Values of one type, as a view holds them."""
    match kind:
        case MoneyOf(currency):
            return _numbers.map(lambda amount: Money(amount, currency))
        case OneOf(members):
            return st.sampled_from(members)
        case SomeOf(members):
            return st.frozensets(st.sampled_from(members))
        case Simple(name):
            return {
                "text": _texts,
                "yes/no": st.booleans(),
                "judgement": st.booleans(),
                "number": _numbers,
                "quantity": _quantities,
                "ratio": _shares.map(Ratio),
                "date": _dates,
                "instant": _instants,
                "limit": st.just("24 h"),
                "role": st.sampled_from(ROLES),
                "files": st.just((Evidence("photo"),)),
            }[name]


def views(scope: Mapping[str, FactType] = SCOPE) -> st.SearchStrategy[dict[str, Any]]:
    """Facts for every name of *scope*, about a fifth of them unknown, and the forms."""
    facts: dict[str, st.SearchStrategy[Any]] = {
        name: st.one_of(*[values_of(kind)] * 4, st.none()) for name, kind in scope.items()
    }
    forms: dict[str, st.SearchStrategy[Any]] = {f"filled({form})": st.booleans() for form in FORMS}
    return st.fixed_dictionaries({**facts, **forms})


def literals() -> st.SearchStrategy[Literal]:
    """Literals of every kind."""
    wide = st.decimals(-(10**20), 10**20, places=8)
    return st.one_of(
        st.booleans(),
        _numbers,
        wide,
        st.builds(Money, wide | _numbers, st.sampled_from(("CNY", "USD", "EUR"))),
        st.builds(Quantity, st.decimals(0, 10**9, places=3), st.sampled_from(sorted(UNITS))),
        st.decimals(0, 1, places=6).map(Ratio),
        st.dates(),
        _instants,
        st.text(max_size=12),
    ).map(Literal)


# -- trees of any shape, for texts ---------------------------------------------------------

_CODES = st.sampled_from(
    ("loss", "return", "raise", "from", "max", "known", "x1", "A", "pcs", "CNY", "T09", "In")
) | st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True).filter(
    lambda code: code not in {"and", "or", "not", "is", "in", "true", "false"}
)
_SIGNS = st.sampled_from(("<", "<=", ">", ">=", "==", "!="))
_CHAINS = st.sampled_from((("<", "<="), ("<=", "<"), (">", ">="), ("==", "<"), ("<", "==", "<=")))


def trees() -> st.SearchStrategy[Expression]:
    """Expressions of any shape, well typed or not, as `parse` could give them."""
    names = st.lists(_CODES, min_size=1, max_size=3).map(lambda codes: Name(".".join(codes)))
    leaf: st.SearchStrategy[Any] = literals() | names | _CODES.map(Choice)

    def above(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(inner, min_size=2, max_size=3)
        listing = st.lists(inner, min_size=1, max_size=3).map(Listing)
        calls = st.builds(Call, _CODES, st.lists(inner, max_size=3))
        chains = _CHAINS.flatmap(
            lambda signs: st.lists(inner, min_size=len(signs) + 1, max_size=len(signs) + 1).map(
                lambda parts: Compare(parts, signs)
            )
        )
        return st.one_of(
            several.map(And),
            several.map(Or),
            inner.map(Not),
            inner.map(Minus),
            st.builds(Arith, st.sampled_from("+-*/"), inner, inner),
            st.builds(lambda a, sign, b: Compare((a, b), (sign,)), inner, _SIGNS, inner),
            chains,
            st.builds(Is, inner, inner, st.booleans()),
            st.builds(In, inner, listing | names | calls, st.booleans()),
            calls,
            listing,
        )

    return st.recursive(leaf, above, max_leaves=12)


# -- well typed trees ----------------------------------------------------------------------


def _named(kind: FactType) -> st.SearchStrategy[Expression]:
    return st.sampled_from([Name(name) for name, found in SCOPE.items() if found == kind])


def formulas(kind: FactType) -> st.SearchStrategy[Expression]:
    """Well typed expressions that give *kind*: a number, money, quantity, date ..."""
    plain: st.SearchStrategy[Any] = _named(kind) | values_of(kind).map(Literal)

    def above(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        extremes = st.builds(
            Call, st.sampled_from(("max", "min")), st.lists(inner, min_size=2, max_size=3)
        )
        if kind not in (Simple("number"), Simple("quantity")) and not isinstance(kind, MoneyOf):
            return extremes
        number: st.SearchStrategy[Any] = _named(Simple("number")) | _numbers.map(Literal)
        found = [
            extremes,
            st.builds(Arith, st.sampled_from("+-"), inner, inner),
            st.builds(Arith, st.sampled_from("*/"), inner, number),
            st.builds(Arith, st.just("*"), _named(Simple("ratio")), inner),
        ]
        if kind != Simple("quantity"):
            found.append(inner.map(Minus))
        return st.one_of(*found)

    if kind == Simple("number"):
        dates = _named(Simple("date"))
        money = _named(MoneyOf("CNY"))
        plain = st.one_of(
            plain,
            st.builds(Arith, st.just("-"), dates, dates),
            st.builds(Arith, st.just("/"), money, money),
            st.builds(Arith, st.just("/"), *[_named(Simple("quantity"))] * 2),
            st.builds(lambda date: Call("year", (date,)), dates),
        )
    if kind in (Simple("ratio"), Simple("text")):
        return plain
    return st.recursive(plain, above, max_leaves=4)


_MEASURED: tuple[FactType, ...] = (
    MoneyOf("CNY"),
    Simple("number"),
    Simple("quantity"),
    Simple("ratio"),
    Simple("date"),
    Simple("instant"),
)


def _comparisons(kind: FactType) -> st.SearchStrategy[Expression]:
    operand = formulas(kind)
    chains = _CHAINS.flatmap(
        lambda signs: st.tuples(*[operand] * (len(signs) + 1)).map(
            lambda parts: Compare(parts, signs)
        )
    )
    return st.one_of(
        st.builds(lambda a, sign, b: Compare((a, b), (sign,)), operand, _SIGNS, operand),
        chains,
        st.builds(Is, operand, operand, st.booleans()),
        st.builds(
            lambda item, items, negated: In(item, Listing(items), negated),
            operand,
            st.lists(operand, min_size=1, max_size=3),
            st.booleans(),
        ),
    )


def _codes(owner: str, members: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    member = st.sampled_from(members).map(Name)
    return st.one_of(
        st.builds(Is, st.just(Name(owner)), member, st.booleans()),
        st.builds(
            lambda items, negated: In(Name(owner), Listing(items), negated),
            st.lists(member, min_size=1, max_size=3),
            st.booleans(),
        ),
    )


def _condition_leaves() -> st.SearchStrategy[Expression]:
    text = formulas(Simple("text"))
    grade = st.sampled_from(("grade", "former_grade")).map(Name)
    rank = st.sampled_from(_GRADE.members).map(Name)
    return st.one_of(
        _named(Simple("yes/no")),
        _named(Simple("judgement")),
        st.booleans().map(Literal),
        _CODES.map(Choice),
        st.sampled_from(sorted(SCOPE)).map(lambda name: Call("known", (Name(name),))),
        st.sampled_from(FORMS).map(lambda form: Call("filled", (Name(form),))),
        st.builds(lambda a, b: Call("longer", (a, b)), text, formulas(Simple("number"))),
        *[_comparisons(kind) for kind in _MEASURED],
        st.builds(Is, text, text, st.booleans()),
        _codes("subject", _SUBJECT.members),
        _codes("cause", _CAUSE.members),
        _codes("liable", ROLES),
        st.just(Is(Name("subject"), Name("cause"))),
        st.builds(lambda a, sign, b: Compare((a, b), (sign,)), grade, _SIGNS, grade | rank),
        st.builds(
            lambda a, signs, b: Compare((a, Name("grade"), b), signs),
            rank,
            st.sampled_from((("<", "<="), (">=", ">"))),
            rank,
        ),
        st.builds(
            lambda code, negated: In(Name(code), Name("types"), negated),
            st.sampled_from(_TYPES.members),
            st.booleans(),
        ),
    )


def conditions() -> st.SearchStrategy[Expression]:
    """Well typed conditions over `SCOPE`, `FUNCTIONS` and `FORMS`, not yet resolved."""
    return st.recursive(
        _condition_leaves(),
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(And),
            st.lists(inner, min_size=2, max_size=3).map(Or),
            inner.map(Not),
        ),
        max_leaves=6,
    )


# -- the plain interpreter -----------------------------------------------------------------

_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_MASS = {"GRM": 1, "KGM": 1_000, "TNE": 1_000_000}


def interpret(node: Expression, view: Mapping[str, Any]) -> Any:  # noqa: C901 -- one case a node
    """What a resolved expression gives on *view*, the slow and obvious way."""
    match node:
        case Literal(value):
            return value
        case Member(code):
            return code
        case Choice():
            return None
        case Name(path):
            return view[path]
        case Not(operand):
            return _not(interpret(operand, view))
        case And(parts):
            return _all([interpret(part, view) for part in parts])
        case Or(parts):
            return _not(_all([_not(interpret(part, view)) for part in parts]))
        case Compare(operands, operators):
            found = [interpret(operand, view) for operand in operands]
            order = [kind for part in operands if isinstance(kind := kind_of(part), OneOf)]
            return _all(
                [
                    _test(sign, left, right, order)
                    for left, sign, right in zip(found, operators, found[1:], strict=False)
                ]
            )
        case Is(left, right, negated):
            same = _test("==", interpret(left, view), interpret(right, view), [])
            return _not(same) if negated else same
        case In(item, options, negated):
            inside = _inside(interpret(item, view), options, view)
            return _not(inside) if negated else inside
        case Call():
            return _call(node, view)
        case Minus(operand):
            value = interpret(operand, view)
            if isinstance(value, Money):
                return Money(value.amount.copy_negate(), value.currency)
            return None if value is None else value.copy_negate()
        case Arith(sign, left, right):
            one, other = interpret(left, view), interpret(right, view)
            return None if one is None or other is None else _arith(sign, one, other)
        case Listing(items):
            codes = [interpret(item, view) for item in items]
            return None if None in codes else frozenset(codes)


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: list[bool | None]) -> bool | None:
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def _test(sign: str, left: Any, right: Any, order: list[OneOf]) -> bool | None:
    if left is None or right is None:
        return None
    if isinstance(left, Quantity):
        if left.unit != right.unit and not {left.unit, right.unit} <= set(_MASS):
            return None
        left = Fraction(left.amount) * _MASS.get(left.unit, 1)
        right = Fraction(right.amount) * _MASS.get(right.unit, 1)
    elif sign in ("<", "<=", ">", ">=") and order:
        members = order[0].members  # the first is the highest
        left, right = -members.index(left), -members.index(right)
    return _TESTS[sign](_amount(left), _amount(right))


def _amount(value: Any) -> Any:
    match value:
        case Money():
            return value.amount
        case Ratio():
            return value.share
        case _dt.datetime():
            return value.astimezone(_dt.UTC)
        case _:
            return value


def _inside(item: Any, options: Expression, view: Mapping[str, Any]) -> bool | None:
    if isinstance(options, Listing):
        found = [_test("==", item, interpret(option, view), []) for option in options.items]
        return _not(_all([_not(value) for value in found]))
    codes = interpret(options, view)
    return None if item is None or codes is None else item in codes


def _call(call: Call, view: Mapping[str, Any]) -> Any:
    match call:
        case Call("known", (Name(path),)):
            return view[path] is not None
        case Call("filled", (Name(form),)):
            return view[f"filled({form})"]
    values = [interpret(part, view) for part in call.arguments]
    if any(value is None for value in values):
        return None
    if call.body is not None:
        return call.body.call(*values)
    sign = ">" if call.function == "max" else "<"
    best = values[0]
    for value in values[1:]:
        wins = _test(sign, value, best, [])
        if wins is None:
            return None
        best = value if wins else best
    return best


def _arith(sign: str, left: Any, right: Any) -> Any:
    if isinstance(left, _dt.date):
        return Decimal((left - right).days)
    wrap: Callable[[Decimal], Any] = lambda number: number  # noqa: E731
    for value, other in ((right, left), (left, right)):
        if isinstance(value, Money) and not (sign == "/" and isinstance(other, Money)):
            currency = value.currency
            wrap = lambda number: Money(number, currency)  # noqa: B023, E731
        if isinstance(value, Quantity) and not (sign == "/" and isinstance(other, Quantity)):
            unit = value.unit
            wrap = lambda number: Quantity(number, unit) if number >= 0 else None  # noqa: B023, E731
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        if left.unit != right.unit:
            if not {left.unit, right.unit} <= set(_MASS):
                return None
            factor = Decimal(_MASS[right.unit]) / Decimal(_MASS[left.unit])
            right = Quantity(right.amount * factor, left.unit)
        left, right = left.amount, right.amount
    one = left.amount if isinstance(left, Quantity) else _amount(left)
    other = right.amount if isinstance(right, Quantity) else _amount(right)
    if sign == "/" and other == 0:
        return None
    with localcontext(Context(prec=34, rounding=ROUND_HALF_EVEN)):
        calculate = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
        number = calculate[sign](one, other)
        if abs(number) >= 10**30:
            return None
        if number.as_tuple().exponent < -30:
            number = number.quantize(Decimal("1e-30"))
    return wrap(number)
