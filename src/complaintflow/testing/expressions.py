"""Random expressions, well typed and not, and views of facts to evaluate them on."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from complaintflow.domain.types import FactType, MoneyOf, OneOf, Simple, SomeOf
from complaintflow.domain.values import UNITS, Evidence, Money, Quantity, Ratio
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
    Minus,
    Name,
    Not,
    Or,
)
from complaintflow.testing.expression_oracle import interpret

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
