"""Strict tables: what is asked is there, or a problem with its place."""

from __future__ import annotations

import pytest

from complaintflow.policyfile.document import read_text
from complaintflow.simulation.register.tables import Table


def table(text: str) -> Table:
    document = read_text(text, "m.toml")
    return Table(document.data, (), document)


@pytest.mark.parametrize(
    ("text", "scalar"),
    [("a = true", "yes"), ("a = false", "no"), ("a = 12", "12"), ("a = 1.50", "1.5"), ("", None)],
)
def test_a_scalar_is_what_a_cell_would_say(text: str, scalar: str | None) -> None:
    assert table(text).scalar("a") == scalar


def test_a_problem_knows_its_place() -> None:
    root = table("x = 1\n\n[a.b]\nc = 1")
    root.table("a").table("b").text("c")
    (problem,) = root.problems
    assert (problem.file, problem.line, problem.path) == ("m.toml", 4, "a.b.c")


def test_blank_text_is_no_text_unless_it_may_be() -> None:
    root = table('a = " "')
    assert root.text("a", may_be_blank=True) == " "
    assert root.problems == []
    assert root.text("a") is None
    assert len(root.problems) == 1
