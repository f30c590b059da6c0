"""What the solver makes of a condition is what evaluating it gives, whatever its nodes are."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, example, given, reject, settings

from complaintflow.calendar import WorkingCalendar
from complaintflow.domain.types import MoneyOf, OneOf, Simple, SomeOf
from complaintflow.domain.values import Money, Quantity, Ratio
from complaintflow.moments import instant
from complaintflow.policy.check.bounds import bounds_of
from complaintflow.policy.check.encoding import Encoder
from complaintflow.policy.check.formula import Formulas
from complaintflow.policy.check.prover import GaveUpError, Prover
from complaintflow.policy.check.vocabulary import Vocabulary
from complaintflow.policy.expression import (
    Call,
    Expression,
    choices,
    compile,  # noqa: A004
    parse,
    resolve,
)
from complaintflow.policy.expression.walk import walk
from complaintflow.policy.fact import Ask, Fact, Form
from complaintflow.policy.policy import Policy
from complaintflow.testing.expressions import FORMS, FUNCTIONS, ROLES, SCOPE, conditions

pytest.importorskip("z3", reason="the solver is an extra")

ASKS = {"report": ("loss",), "transfer_sheet": ("shipped", "made_on")}
ASKED = frozenset(name for names in ASKS.values() for name in names)
FACTS = {name: Fact(name, kind) for name, kind in SCOPE.items() if "." not in name}
POLICY = Policy(
    "small",
    "1",
    WorkingCalendar.always("UTC"),
    ("closed",),
    facts=tuple(FACTS.values()),
    forms=tuple(Form(form, tuple(Ask((name,)) for name in ASKS[form])) for form in FORMS),
)


def prover_for(expression: Expression) -> Prover:
    logic = Formulas()
    words = Vocabulary(logic, FACTS, {}, ROLES, bounds_of([expression]), ASKED, "UTC")
    return Prover(Encoder(POLICY, logic, words), 400_000)


def filled(prover: Prover, *, high: bool) -> dict[str, Any]:
    """Values for every name that an example leaves out."""
    found: dict[str, Any] = {}
    for name, kind in SCOPE.items():
        match kind:
            case MoneyOf(currency):
                found[name] = Money("123456.78" if high else 0, currency)
            case OneOf(members):
                found[name] = members[-1 if high else 0]
            case SomeOf(members):
                found[name] = frozenset(members if high else ())
            case Simple("number"):
                found[name] = Decimal(97 if high else 0)
            case Simple("quantity"):
                unit = prover.encoder.words.bounds.units.get(name, "H87")
                found[name] = Quantity(1234 if high else 0, unit)
            case Simple("ratio"):
                found[name] = Ratio(1 if high else 0)
            case Simple("date"):
                found[name] = instant("2199-01-01T00:00Z" if high else "1970-01-02T00:00Z").date()
            case Simple("instant"):
                found[name] = instant("2199-01-01T00:00Z" if high else "1970-01-02T00:00Z")
            case Simple("text"):
                found[name] = "other" if high else "…"
            case Simple("role"):
                found[name] = ROLES[-1 if high else 0]
            case _:
                found[name] = high
    return found


def evaluated(expression: Expression, prover: Prover, facts: Any) -> list[object]:
    """What the condition gives with *facts*, twice: the rest being low, and high."""
    found: list[object] = []
    for high in (False, True):
        view = {**filled(prover, high=high), **facts}
        view |= {f"filled({f})": all(view[n] is not None for n in ASKS[f]) for f in FORMS}
        found.append(compile(expression)(view))
    return found


@settings(max_examples=150)
@given(conditions())
@example(parse("shipped >= 12 pcs and shipped >= 3 kg"))
@example(parse("defective / shipped > 2.5 % and shipped < 100 kg"))
@example(parse("shipped - defective == 1.5 kg"))
@example(parse("known(made_on) and not known(shipped) and made_on < 2026-01-01"))
@example(parse("filled(transfer_sheet) and not filled(report)"))
@example(parse("sold_on - made_on > 30 and sold_on < 1980-01-01"))
@example(parse("found_at > 2026-03-10T09:20+08:00"))
@example(parse("customer is reason and customer is not 'it''s late'"))
@example(parse("loss in types and service not in types and not (hardware in types)"))
@example(parse("subject in types or subject is cause"))
@example(parse("grade > B or former_grade <= C and grade != former_grade"))
@example(parse("liable is sales"))
@example(parse("max(loss, claim) * 2 >= 10.05 CNY and min(age, repeats) == -3"))
@example(parse("-age > 2 and loss / claim > 3"))
def test_examples_hold_when_they_are_evaluated(expression: Expression) -> None:
    try:
        ready = resolve(expression, SCOPE, functions=FUNCTIONS, forms=FORMS, roles=ROLES)[0]
    except ValueError:
        reject()
    # A host's function and an open choice can be anything, so examples are not always real.
    assume(not choices(ready))
    assume(not any(isinstance(node, Call) and node.body for node in walk(ready)))
    prover = prover_for(ready)
    truth = prover.encoder.truth(ready)
    try:
        yes, no = prover.example(truth.yes), prover.example(truth.no)
    except GaveUpError:
        reject()
    if yes is not None:
        assert evaluated(ready, prover, yes) == [True, True]
    if no is not None:
        assert evaluated(ready, prover, no) == [False, False]
    if yes is None and no is None:
        assert evaluated(ready, prover, {}) == [None, None]
    if yes is None:
        assert True not in evaluated(ready, prover, no or {})
