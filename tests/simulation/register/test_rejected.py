"""rejected.csv: line and reasons, harmless in a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from complaintflow.errors import RegisterError
from complaintflow.simulation.register.reason import Rejection, reason
from complaintflow.simulation.register.rejected import harmless, write_rejected


def test_line_number_and_every_reason(tmp_path: Path) -> None:
    path = tmp_path / "rejected.csv"
    reasons = (reason("missing", column="客户"), reason("missing", column="b"))
    write_rejected(path, [Rejection(7, reasons, "A-1", "r.csv")])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [
        ["file", "line", "number", "reasons"],
        ["r.csv", "7", "A-1", "客户 is empty; b is empty"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("A-1") == "A-1"


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="rejected rows cannot be written"):
        write_rejected(tmp_path, [])
