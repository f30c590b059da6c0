"""Sheets: headings, rows, and what stands twice."""

from __future__ import annotations

from complaintflow.simulation.register.reason import Rejection, reason
from complaintflow.simulation.register.sheet import make_sheet


def test_headings_are_trimmed_and_the_leftmost_of_two_counts() -> None:
    sheet = make_sheet("x", [(1, [" a ", "b", "a", ""]), (2, ["1", "2", "3", "4"])])
    assert sheet.headings == ("a", "b")
    assert sheet.twice == {"a"}
    assert sheet.rows[0].cells == {"a": "1", "b": "2"}


def test_blank_rows_are_no_rows_and_broken_ones_are() -> None:
    broken = Rejection(3, (reason("broken_quotes"),))
    sheet = make_sheet("x", [(1, ["a"]), (2, [" "]), broken, (4, ["1"])])
    assert sheet.total == 2
    assert sheet.broken[0].file == "x"


def test_a_heading_over_two_lines_is_one_line() -> None:
    assert make_sheet("x", [(1, ["amount\n(CNY)"])]).headings == ("amount (CNY)",)
