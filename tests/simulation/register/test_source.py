"""One door to all files: what a file is is told by its first bytes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from complaintflow.errors import RegisterError
from complaintflow.simulation.register import source
from complaintflow.simulation.register.source import read_sheet


def test_csv_and_csv_under_gzip(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_bytes("编号\nA-1\n".encode("gbk"))
    packed.write_bytes(gzip.compress("编号\nA-1\n".encode()))
    assert read_sheet(plain).rows == read_sheet(packed).rows
    assert read_sheet(str(plain)).file == "a.csv"


def test_xlsx_whatever_its_name(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["编号"])
    book.active.append(["A-1"])
    path = tmp_path / "register.csv"
    book.save(path)
    assert read_sheet(path).rows[0]["编号"] == "A-1"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "old .xls workbook; save it as .xlsx"),
        ("a.csv.gz", b"\x1f\x8bbroken", "damaged gzip file"),
        ("a.csv.gz", gzip.compress(b"a,b\n" * 99, mtime=0)[:-9], "damaged gzip file"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RegisterError, match=words):
        read_sheet(path)


def test_no_file_and_no_file_but_a_folder(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="no such file"):
        read_sheet(tmp_path / "a.csv")
    with pytest.raises(RegisterError, match="cannot be read"):
        read_sheet(tmp_path)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 1000)
    path = tmp_path / "a.csv"
    data = b"a\n" * 600
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    with pytest.raises(RegisterError, match="longer than"):
        read_sheet(path)
