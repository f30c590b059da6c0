"""XLSX: the same rows as a CSV file with the same contents."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest

from complaintflow.errors import MissingExtraError, RegisterError
from complaintflow.simulation.register.sheet import Layout
from complaintflow.simulation.register.xlsxfile import cell_text, parse_xlsx

openpyxl = pytest.importorskip("openpyxl")


def workbook(*rows: list[Any], title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class TestCellText:
    """cell_text(value)"""

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, ""),
            ("  x ", "  x "),
            (True, "yes"),
            (5000, "5000"),
            (5000.0, "5000"),
            (0.1, "0.1"),
            (1e21, "1000000000000000000000"),
            (1.5e-7, "0.00000015"),
            (dt.datetime(2026, 3, 10, 9, 20), "2026-03-10 09:20:00"),
            (dt.datetime(2026, 3, 10, 9, 20, 5, 500_000), "2026-03-10 09:20:05.500"),
            (dt.date(2026, 3, 10), "2026-03-10"),
            (dt.time(9, 20), "09:20:00"),
        ],
    )
    def test_what_a_csv_file_would_say(self, value: object, text: str) -> None:
        assert cell_text(value) == text


class TestParse:
    """parse_xlsx(data, file, layout)"""

    def test_rows_know_their_lines(self) -> None:
        sheet = parse_xlsx(workbook(["编号", "数量"], ["A-1", 12], [], ["A-2", 3.5]), "x.xlsx")
        assert sheet.headings == ("编号", "数量")
        assert [(row.line, row["数量"]) for row in sheet.rows] == [(2, "12"), (4, "3.5")]

    def test_a_formula_is_its_text(self) -> None:
        (row,) = parse_xlsx(workbook(["a", "b"], ["=1+1", "x"]), "x.xlsx").rows
        assert row["a"] == "=1+1"

    def test_a_worksheet_may_be_named(self) -> None:
        data = workbook(["a"], ["1"], title="客诉台账")
        assert parse_xlsx(data, "x.xlsx", Layout(sheet="客诉台账")).rows[0]["a"] == "1"
        with pytest.raises(RegisterError, match="there are: 客诉台账; did you mean '客诉台账'"):
            parse_xlsx(data, "x.xlsx", Layout(sheet="客诉台帐"))

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"no workbook"])
    def test_what_is_no_workbook_is_refused(self, data: bytes) -> None:
        with pytest.raises(RegisterError, match="no XLSX workbook"):
            parse_xlsx(data, "x.xlsx")

    def test_without_openpyxl_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
        with pytest.raises(MissingExtraError, match=r"complaintflow\[xlsx\]") as caught:
            parse_xlsx(b"PK\x03\x04", "x.xlsx")
        assert caught.value.extra == "xlsx"
