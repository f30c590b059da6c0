"""Names, leaves, choices and what is put in their place."""

from __future__ import annotations

import pytest

from complaintflow.errors import InvalidValueError
from complaintflow.policy.expression import (
    Expression,
    Place,
    choices,
    leaves,
    names,
    parse,
    positive_names,
    substitute,
    text,
)
from complaintflow.policy.expression.walk import depth, ordered_names, walk

SAMPLE = "not (a or not b.c) and known(d) and filled(f) and e in (g, h) and $i > -j * 2"


def test_names_are_the_keys_of_the_view() -> None:
    assert names(parse(SAMPLE)) == {"a", "b.c", "d", "filled(f)", "e", "g", "h", "j"}
    assert ordered_names(parse("b and a or b")) == ("b", "a")


def test_positive_names_stand_under_an_even_number_of_nots() -> None:
    assert positive_names(parse(SAMPLE)) == names(parse(SAMPLE)) - {"a"}
    assert positive_names(parse("a is not b")) == {"a", "b"}
    assert positive_names(parse("a and not a")) == {"a"}


def test_leaves_are_what_no_and_or_not_joins() -> None:
    assert [text(leaf) for leaf in leaves(parse("a and (b > 1 or not a) or not (c is d)"))] == [
        "a",
        "b > 1",
        "c is d",
    ]


def test_depth_and_walk_need_no_recursion() -> None:
    tree = parse("a or not b")
    assert [node.tag for node in walk(tree)] == ["or", "name", "not", "name"]
    assert depth(tree) == 3


def test_choices_are_found_and_replaced() -> None:
    tree = parse("repeats >= $n and grade in $g")
    assert choices(tree) == {"n", "g"}
    settled = substitute(tree, {"n": parse("3"), "g": parse("(A, B)")})
    assert text(settled) == "repeats >= 3 and grade in (A, B)"
    assert substitute(tree, {"other": parse("3")}) == tree


def test_a_reading_may_use_choices_and_one_value_is_a_list_of_one() -> None:
    readings = {"a": parse("$b + 1"), "b": parse("2")}
    assert text(substitute(parse("n > $a"), readings)) == "n > 2 + 1"
    assert text(substitute(parse("c in $a"), {"a": parse("'x'")})) == "c in ('x')"


def test_a_reading_stands_where_its_choice_stood() -> None:
    settled = substitute(parse("a or $b"), {"b": parse("c and d > 5")})
    places = {node.at for node in walk(settled)}
    assert places == {Place("a or $b", 1), Place("a or $b", 6)}


def test_choices_that_need_each_other_are_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"\$a -> \$b -> \$a"):
        substitute(parse("$a"), {"a": parse("$b"), "b": parse("not $a")})


def test_choices_cannot_blow_up() -> None:
    readings: dict[str, Expression] = {
        f"c{n}": parse(f"$c{n + 1} and $c{n + 1}") for n in range(30)
    }
    with pytest.raises(InvalidValueError, match="more than 5000 nodes"):
        substitute(parse("$c0"), readings)


@pytest.mark.parametrize(
    "written",
    ["-$x", "not $x", "a is $x", "$x + 1 > 2", "max($x, 1)", "$x < a < 3", "$x in (a, $x)"],
)
def test_choices_are_found_everywhere(written: str) -> None:
    assert choices(substitute(parse(written), {"x": parse("1")})) == frozenset()
