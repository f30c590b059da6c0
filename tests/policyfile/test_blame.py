"""Where a problem is said to be: its column, its reading, and no mistake told twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.errors import PolicyFileError, Problem
from complaintflow.policyfile import loads

Broken = Callable[[str, str], tuple[Problem, ...]]


def test_the_column_is_that_of_the_word(broken: Broken) -> None:
    (problem,) = broken("doubled > 9 CNY", "doubld > 9 CNY")[:1]
    others = broken('if = "grade in (A, B)"', 'if = "grade in (A, F)"')
    assert problem.column is not None
    assert "nothing is called 'doubld'" in problem.message or "never used" in problem.message
    assert [p.message for p in others] == ["expected one of A, B, got 'F'"]


def test_a_problem_reads_like_a_compiler_message(broken: Broken) -> None:
    (problem,) = broken("5000 CNY and not oral", "5000 CNY andd not oral")
    assert str(problem) == (
        "small.toml:42:30: decide.grade.A.\"C1.1\": expected an operator such as 'and', 'or', "
        "'is', 'in' or '>=', got 'andd'; did you mean 'and'?"
    )


def test_a_reading_inside_a_condition_is_blamed_where_it_stands(small: str) -> None:
    text = small.replace('"doubled > 9 CNY"', '"doubled > $bound"').replace(
        "[choices]", '[choices]\nbound = { clause = "N1", is = "9 EUR", why = "how much" }'
    )
    with pytest.raises(PolicyFileError) as caught:
        loads(text)
    (problem,) = caught.value.problems
    assert problem.path == "choices.bound.is"
    assert "(where link.other.if uses it)" in problem.message


def test_what_follows_from_a_mistake_is_not_told(broken: Broken) -> None:
    """A fact that could not be read is not also unknown wherever it is used."""
    (problem,) = broken('oral = "yes/no"', 'oral = "yes/know"')
    assert "expected a type" in problem.message
    (problem,) = broken('A = "24 h", B', 'A = "24 hurs", B')
    assert "expected a unit" in problem.message
