"""The family of errors: data, pickling, what they say."""

from __future__ import annotations

import inspect
import pickle
from typing import Any

import pytest

from complaintflow import errors
from complaintflow.errors import (
    ComplaintFlowError,
    PolicyFileError,
    Problem,
    StaleVersionError,
    TextError,
)

FAMILY = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, ComplaintFlowError)
]


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_every_error_carries_its_data_through_pickling(kind: type[ComplaintFlowError]) -> None:
    values: dict[str, Any] = {name: f"{name}!" for name in kind._fields}
    values |= {k: 3 for k in ("column", "position", "expected", "found") if k in values}
    if "problems" in values:
        values["problems"] = (Problem("wrong", "f.toml", 3, 4, "a.b", "right"),)
    error = pickle.loads(pickle.dumps(kind(**values)))
    assert type(error) is kind
    assert {name: getattr(error, name) for name in kind._fields} == values
    assert str(error)


def test_the_tree_in_the_docstring_names_every_error() -> None:
    assert errors.__doc__ is not None
    named = {word for word in errors.__doc__.replace("(", " ").split() if word.endswith("Error")}
    assert {kind.__name__ for kind in FAMILY} <= named


def test_arguments_are_checked() -> None:
    error = StaleVersionError("late", "C-1", found=3)
    assert (error.case_id, error.expected, error.found) == ("C-1", 0, 3)
    for wrong in ({"messsage": "x"}, {}, {"message": "x", "case": "C-1"}):
        with pytest.raises(TypeError):
            StaleVersionError(**wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        TextError("a", "b", 1, "c", "d")  # type: ignore[call-arg]


def test_the_caret_stands_under_the_column() -> None:
    assert str(TextError("expected 'hours'", "24 hurs", 4, "hours")) == (
        "expected 'hours'; did you mean 'hours'?\n  24 hurs\n     ^"
    )


def test_a_file_error_lists_every_problem() -> None:
    problems = (Problem("a", "p.toml", 3), Problem("b", "p.toml", 5, 7, "x.y", "z"))
    assert str(PolicyFileError("2 problems", problems)).splitlines() == [
        "2 problems",
        "  p.toml:3: a",
        "  p.toml:5:7: x.y: b; did you mean 'z'?",
    ]
