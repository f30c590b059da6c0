"""Operators in Python make the same nodes as the text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from complaintflow.domain.values import Money
from complaintflow.errors import InvalidValueError
from complaintflow.policy.expression import Facts, Literal, Term, fact, parse, resolve
from complaintflow.policy.expression.build import (
    call,
    chain,
    choice,
    filled,
    known,
    largest,
    smallest,
)
from complaintflow.testing.expressions import SCOPE

CNY = "CNY"


class Complaint(Facts):
    """Typed names, as a host declares them."""

    possible_loss: Term[Money]
    repeats: Term[Decimal]
    line_stopped: Term[bool]


case = Complaint()


@pytest.mark.parametrize(
    ("built", "written"),
    [
        (
            (case.possible_loss >= Money(5000, CNY)) | case.line_stopped,
            "possible_loss >= 5000 CNY or line_stopped",
        ),
        (fact.a & fact.b & ~fact.c, "a and b and not c"),
        (fact.a | fact.b | fact.c, "a or b or c"),
        (fact.a | (fact.b | fact.c), "a or (b or c)"),
        (fact.a & (fact.b | fact.c), "a and (b or c)"),
        (~(fact.a & fact.b), "not (a and b)"),
        (fact["grade.B"] & (case.repeats >= 3), "grade.B and repeats >= 3"),
        (fact["return"] | fact["from"], "return or from"),
        (case.repeats > 3, "repeats > 3"),  # Python mirrors it
        (case.repeats < 3, "repeats < 3"),
        (case.repeats <= Decimal("2.5"), "repeats <= 2.5"),
        (case.repeats > fact.age, "repeats > age"),
        (case.repeats == 3, "repeats == 3"),
        (case.repeats != 3, "repeats != 3"),
        (fact.customer == "BYD", "customer == 'BYD'"),
        (fact.subject.is_("quality"), "subject is quality"),
        (fact.subject.is_not("quality"), "subject is not quality"),
        (fact.customer.is_(Literal("BYD")), "customer is 'BYD'"),
        (fact.subject.is_(fact.cause), "subject is cause"),
        (fact.subject.in_("quality", "delivery"), "subject in (quality, delivery)"),
        (fact.subject.not_in("quality"), "subject not in (quality)"),
        (fact.types.has("loss"), "loss in types"),
        (fact.types.has_not("loss"), "loss not in types"),
        (fact.types.has(fact.kind), "kind in types"),
        (choice("these").has("loss"), "loss in $these"),
        (
            chain(Money(0, CNY), "<", fact.claim, "<=", Money(5000, CNY)),
            "0 CNY < claim <= 5000 CNY",
        ),
        (known(fact.reason) & filled("report"), "known(reason) and filled(report)"),
        (call("in_warranty", fact.sold_on, 24), "in_warranty(sold_on, 24)"),
        (
            fact.value * largest(0, 1 - fact.age / choice("years")),
            "value * max(0, 1 - age / $years)",
        ),
        (smallest(fact.a + 1, 2 + fact.a, fact.b - 1), "min(a + 1, 2 + a, b - 1)"),
        (2 * fact.a / (3 / fact.b), "2 * a / (3 / b)"),
        (-fact.a > -3, "-a > -3"),
    ],
)
def test_makes_the_nodes_of_the_text(built: Term[object], written: str) -> None:
    assert built.expression == parse(written)
    assert str(built) == written


def test_what_was_built_resolves() -> None:
    built = (fact.loss > Money(5, CNY)) & fact.subject.is_("quality")
    assert resolve(built.expression, SCOPE) == resolve(
        parse("loss > 5 CNY and subject is quality"), SCOPE
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: bool(fact.a),
        lambda: not fact.a,
        lambda: 0 < fact.a < 5,
        lambda: fact.a in (1, 2),
    ],
)
def test_what_python_cannot_overload_says_so(wrong: Callable[[], object]) -> None:
    with pytest.raises(InvalidValueError, match=r"join conditions with &, \| and ~"):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: chain(1, "<"), "a chain is a value, a sign, a value"),
        (lambda: chain(1, 2, 3), "a chain is a value, a sign, a value"),
        (lambda: chain(1, "<", fact.a, ">", 2), "a chain goes one way"),
        (lambda: fact["not"], "a name is codes"),
        (lambda: fact.a >= 1.5, "a literal is a bool"),
        (lambda: (fact.a + 1).has("b"), "only a name can have codes"),
    ],
)
def test_impossible_conditions_are_refused(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        wrong()


def test_a_term_is_no_dictionary_key_and_facts_have_no_private_names() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(fact.a)
    assert not hasattr(fact, "_repr_html_")
