"""Tables of many rows: one scenario for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.engine.commands import Receive
from complaintflow.errors import Problem
from complaintflow.simulation.scenarios import Scenario

Read = Callable[[str], tuple[Scenario, ...]]
Problems = Callable[[str], tuple[Problem, ...]]

TABLE = """
[[scenario]]
name = "{loss}: {grade}"
columns = ["loss", "grade", "facts", "wet", "duty"]
rows = [
  ["999.99 EUR", "low", { pieces = 3 }, true, "reply"],
  ["1000 EUR", "high", {}, false, "thank"],
]
given = { who = "Ann", loss = "{loss}", wet = "{wet}" }
entries = [
  { at = "2026-03-03 10:00", do = "receive", facts = "{facts}", expect = { grade = "{grade}", due = { "{duty}" = "word only" } } },
]
"""


def test_each_row_is_a_scenario_with_the_line_of_its_row(read: Read) -> None:
    low, high = read(TABLE)
    assert (low.name, high.name) == ("999.99 EUR: low", "1000 EUR: high")
    assert (low.line, high.line) == (6, 7)


def test_a_cell_keeps_its_type(read: Read) -> None:
    low, high = (scenario.entries[0].what for scenario in read(TABLE))
    assert isinstance(low, Receive)
    assert isinstance(high, Receive)
    assert (low.facts["wet"], high.facts["wet"]) == (True, False)
    assert low.facts["pieces"] == 3
    assert "pieces" not in high.facts


def test_a_cell_may_be_part_of_a_text_or_a_key(read: Read) -> None:
    assert [s.entries[0].expects[1].name for s in read(TABLE)] == ["reply", "thank"]


def test_a_wrong_cell_is_found_in_its_row(problems: Problems) -> None:
    (problem,) = problems(TABLE.replace('"high", {}', '"hihg", {}'))
    assert (problem.line, problem.path) == (7, "scenario[0].rows[1][1]")
    assert problem.suggestion == "high"


def test_what_is_wrong_in_every_row_is_said_once(problems: Problems) -> None:
    (problem,) = problems(TABLE.replace('do = "receive"', 'do = "recieve"'))
    assert problem.line == 11


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"{grade}"', '"{grad}"', "no column is called 'grad'"),
        ('columns = ["loss", "grade",', 'columns = ["loss", "grade", "more",', "6 cells"),
        ('["loss", "grade", "facts", "wet", "duty"]', "7", "columns are a list of names"),
        ("rows = [", "rows = []\nmore = [", "a table has columns"),
        ("{loss}: {grade}", "same", "put a column into it"),
        ("{duty}", "thank", "used nowhere"),
        ('["1000 EUR", "high", {}, false, "thank"]', '"1000 EUR"', "got none"),
    ],
)
def test_a_wrong_table(problems: Problems, old: str, new: str, said: str) -> None:
    assert any(said in problem.message for problem in problems(TABLE.replace(old, new)))


def test_without_rows_a_brace_is_a_brace(read: Read) -> None:
    (scenario,) = read(
        "[[scenario]]\nname = 'a {b}'\nentries = [{ at = '2026-03-03 10:00', do = 'receive' }]"
    )
    assert scenario.name == "a {b}"
