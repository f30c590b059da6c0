"""Plain tables: Chinese is two cells wide, and data never steer the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.report.grid import Grid, plain, shown, width


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("客诉", 4), ("A级", 3), ("é", 1), ("e\u0301", 1), ("", 0)]
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a\nb\tc", "a b c"),
        ("\x1b[31mred", "[31mred"),
        ("a\u202eb", "ab"),
        ("\x00\x07", ""),
        ("  a  b ", "a b"),
    ],
)
def test_shown(text: str, safe: str) -> None:
    assert shown(text) == safe


def test_columns_line_up() -> None:
    grid = Grid("T", ("名称", "n"), (("a", "10"), ("客诉台账", "5")), frozenset({1}))
    assert list(plain(grid)) == [
        "T",
        "名称       n",
        "--------  --",
        "a         10",
        "客诉台账   5",
    ]


def test_a_table_without_rows_and_title() -> None:
    assert list(plain(Grid("", ("a", "b"), ()))) == ["a  b", "-  -"]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_every_row_is_one_line(rows: list[tuple[str, str]]) -> None:
    lines = list(plain(Grid("", ("a", "b"), tuple(rows))))
    assert len(lines) == len(rows) + 2
    assert all("\n" not in line and "\x1b" not in line for line in lines)
