"""Laws of expressions: texts round-trip, logic is Kleene's, well typed never fails."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from complaintflow.domain.types import Simple
from complaintflow.errors import ExpressionError, TextError
from complaintflow.policy.expression import (
    MAX_DEPTH,
    MAX_LENGTH,
    And,
    Expression,
    Not,
    Or,
    choices,
    compile,  # noqa: A004
    leaves,
    missing,
    names,
    parse,
    positive_names,
    resolve,
    substitute,
    text,
    trace,
    trace_all,
    words,
)
from complaintflow.policy.expression.kinds import kind_of
from complaintflow.policy.expression.walk import depth
from complaintflow.testing.expressions import (
    FORMS,
    FUNCTIONS,
    ROLES,
    SCOPE,
    conditions,
    formulas,
    interpret,
    trees,
    views,
)

KINDS = ("number", "quantity", "ratio", "date", "instant", "text")
WORDS = st.sampled_from(
    [
        *"()+-*/,%<>=!$'\".",
        "and",
        "or",
        "not",
        "is",
        "in",
        "true",
        "loss",
        "grade.B",
        "known",
        "max",
        "5000",
        "CNY",
        "12.5",
        "pcs",
        "2026-03-10",
        "T09:20+08:00",
        "$x",
        "'a'",
        "<=",
        "==",
        " ",
        "\n",
        "（",
        "损失",
        "é",
        "0x",
        "9" * 31,
    ]
)


def resolved(expression: Expression, expect: Any = "condition") -> Expression:
    return resolve(expression, SCOPE, functions=FUNCTIONS, forms=FORMS, roles=ROLES, expect=expect)[
        0
    ]


@given(trees())
def test_a_text_parses_to_what_it_was_written_from(tree: Expression) -> None:
    assume(depth(tree) <= MAX_DEPTH)
    written = text(tree)
    assume(len(written) <= MAX_LENGTH)
    again = parse(written)
    assert again == tree
    assert hash(again) == hash(tree)
    assert text(again) == written


@given(st.lists(WORDS, max_size=30).map("".join) | st.text(max_size=60))
@example("(" * MAX_LENGTH)
@example("not " * 500)
@example("-" * MAX_LENGTH)
@example("'" * (MAX_LENGTH - 1))
@example("1" * MAX_LENGTH)
@example("a." * 1000)
@example("a+" * 999 + "a")
@example("((a," * 400)
@example("$and")
@example("$true or $in")
def test_any_text_parses_or_is_refused_with_its_column(written: str) -> None:
    try:
        tree = parse(written)
    except TextError as error:
        assert 1 <= error.column <= len(error.text) + 1
        assert str(error).splitlines()[-1].endswith("^")
    else:
        assert depth(tree) <= MAX_DEPTH
        assert parse(text(tree)) == tree


@given(trees())
def test_whatever_resolves_can_be_compiled_and_whatever_does_not_says_where(
    tree: Expression,
) -> None:
    assume(len(text(tree)) <= MAX_LENGTH)
    try:
        found, _ = resolve(tree, SCOPE, functions=FUNCTIONS, forms=FORMS, expect="value")
    except ExpressionError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.column is not None
            assert 1 <= problem.column <= len(error.text)
    else:
        compile(found)


@given(conditions(), views())
def test_a_well_typed_condition_never_fails_and_is_what_the_interpreter_says(
    condition: Expression, view: dict[str, Any]
) -> None:
    found = resolved(parse(text(condition)))
    value = compile(found)(view)
    assert value is None or isinstance(value, bool)
    assert value is interpret(found, view)


@given(st.data(), st.sampled_from(KINDS), views())
def test_a_well_typed_formula_gives_its_type_or_nothing(
    data: st.DataObject, name: str, view: dict[str, Any]
) -> None:
    formula = data.draw(formulas(Simple(name)))
    found = resolved(parse(text(formula)), Simple(name))
    value = compile(found)(view)
    assert value == interpret(found, view)
    assert kind_of(found) == Simple(name)


@given(conditions(), views())
def test_resolving_twice_changes_nothing(condition: Expression, view: dict[str, Any]) -> None:
    once = resolved(condition)
    assert resolved(once) == once
    assert text(once) == text(condition)
    assert resolved(parse(text(once))) == once


@given(conditions(), conditions(), views())
def test_the_logic_is_kleenes(left: Expression, right: Expression, view: dict[str, Any]) -> None:
    a, b = resolved(left), resolved(right)

    def value(expression: Expression) -> bool | None:
        return compile(expression)(view)  # type: ignore[no-any-return]

    assert value(Not(And((a, b)))) is value(Or((Not(a), Not(b))))
    assert value(Not(Or((a, b)))) is value(And((Not(a), Not(b))))
    assert value(And((a, b))) is value(And((b, a)))
    assert value(Or((a, b))) is value(Or((b, a)))
    assert value(Not(Not(a))) is value(a)
    assert value(Or((a, And((a, b))))) is value(a)
    assert value(And((a, Or((a, b))))) is value(a)


@given(conditions(), views(), views())
def test_what_is_true_or_false_stays_so_when_more_becomes_known(
    condition: Expression, less: dict[str, Any], more: dict[str, Any]
) -> None:
    text_ = text(condition)
    assume("known(" not in text_)  # the one word that asks what is known
    found = resolved(condition)
    fuller = {name: more[name] if value is None else value for name, value in less.items()}
    before = compile(found)(less)
    assert before is None or before is compile(found)(fuller)


@given(conditions(), views())
def test_a_trace_agrees_with_its_parts_and_names_what_is_missing(
    condition: Expression, view: dict[str, Any]
) -> None:
    found = resolved(condition)
    taken = trace(found, view)
    assert taken.value is compile(found)(view)
    assert set(taken.facts) == names(found)
    for part in taken.parts:
        assert part.value is interpret(part.expression, view)
    lacking = missing(found, view)
    assert (lacking == ()) == (taken.value is not None or not (names(found) | choices(found)))
    assert set(lacking) <= names(found) | {f"${name}" for name in choices(found)}
    for language in ("en", "zh"):
        assert taken.text(language)
        assert words(found, language)


@given(st.lists(conditions(), max_size=4), views())
def test_traces_together_are_the_traces_one_by_one(
    several: list[Expression], view: dict[str, Any]
) -> None:
    found = [resolved(condition) for condition in several]
    assert list(trace_all(found)(view)) == [trace(one, view) for one in found]


@given(conditions())
def test_walks_agree(condition: Expression) -> None:
    found = resolved(condition)
    assert positive_names(found) <= names(found)
    assert positive_names(found) | positive_names(Not(found)) == names(found)
    assert set().union(*(names(leaf) for leaf in leaves(found))) == names(found)
    assert not any(isinstance(leaf, (And, Or, Not)) for leaf in leaves(found))


@given(conditions(), conditions(), views())
def test_a_choice_means_its_reading(
    reading: Expression, condition: Expression, view: dict[str, Any]
) -> None:
    assume(not choices(reading) and not choices(condition))
    whole = substitute(And((condition, parse("not $reading"))), {"reading": reading})
    assert whole == And((condition, Not(reading)))
    assert not choices(whole)


def test_a_wrong_type_is_never_let_through() -> None:
    for written in ("loss >= 5000", "made_on < found_at", "line_stopped > 1", "grade > quality"):
        with pytest.raises(ExpressionError):
            resolved(parse(written))
