"""``complaintflow run``: files in, ledger out."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from complaintflow.cli import main
from complaintflow.gallery import pack_folder

pytest.importorskip("typer")

EXAMPLE = pack_folder("oem_supplier") / "example"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def register(*rows: str, encoding: str = "gbk") -> Path:
    head = (EXAMPLE / "register-gbk.csv").read_text("gbk").splitlines()
    path = Path("register.csv")
    path.write_text("\n".join([*head[:3], *rows]) + "\n", encoding)
    return path


def test_the_packed_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "1028 rows read, 1028 processed, 0 rejected; as of 2026-05-22" in out
    assert "KS2026-001  2026-01-05 09:12  远程重卡" in out
    assert "Left open (4)" in out
    assert "C1.5, E4" in out
    assert not Path("rejected.csv").exists()


def test_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "oem_supplier", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "投诉台账" in out
    assert "程序文件未规定的事项（4）" in out
    assert "读入 1028 行" in out


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--json"]) == 0
    data = lines(capsys.readouterr().out)
    kinds = [each["kind"] for each in data]
    assert kinds[:52] == ["case"] * 52
    assert kinds[-2:] == ["all", "run"]
    assert data[-1]["processed"] == data[-1]["rows"] == 1028
    assert data[-1]["open_items"]


def test_xlsx_and_csv_give_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("openpyxl")
    shared = ["--mapping", str(EXAMPLE / "mapping.toml"), "--events", str(EXAMPLE / "events.csv")]
    told = []
    for name in ("register.xlsx", "register-gbk.csv"):
        assert main(["run", "oem_supplier", str(EXAMPLE / name), *shared, "--json"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_rejected_rows_go_into_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    path = register(",,,,,,,,,,,,,,,,,,,,,", "KS2026-001,soon,x", "KS2026-9,,=y")
    mapping = str(EXAMPLE / "mapping.toml")
    arguments = ["run", "oem_supplier", str(path), "--mapping", mapping, "--json"]
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    data = lines(out)
    assert (data[-1]["rows"], data[-1]["processed"], data[-1]["rejected"]) == (4, 2, 2)
    assert [each["line"] for each in data if each["kind"] == "rejected"] == [5, 6]
    assert "rejected rows: 2; their lines and reasons are in rejected.csv" in err
    with Path("rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["line"], row["number"]) for row in rows] == [
        ("5", "KS2026-001"),
        ("6", "KS2026-9"),
    ]
    assert "stands already in line 2" in rows[0]["reasons"]
    assert "反馈日期" in rows[0]["reasons"]


def test_where_rejected_rows_go_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    path = register()
    mapping = str(EXAMPLE / "mapping.toml")
    arguments = ["run", "oem_supplier", str(path), "--mapping", mapping]
    assert main([*arguments, "--rejected", "bad.csv"]) == 0
    assert Path("bad.csv").read_text("utf-8-sig").splitlines() == ["file,line,number,reasons"]
    assert main([*arguments, "--rejected", "no/folder.csv"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_mapping_beside_the_register_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    path = register()
    Path("mapping.toml").write_bytes((EXAMPLE / "mapping.toml").read_bytes())
    assert main(["run", "oem_supplier", str(path), "--json"]) == 0
    assert lines(capsys.readouterr().out)[-1]["processed"] == 2


def test_without_a_mapping_headings_are_facts(capsys: pytest.CaptureFixture[str]) -> None:
    text = "number,received,customer,subject,oral\nA-1,2026-03-10T09:20+08:00,Ann,notice,no\n"
    Path("plain.csv").write_text(text, "utf-8")
    assert main(["run", "oem_supplier", "plain.csv", "--json"]) == 0
    case = lines(capsys.readouterr().out)[0]
    assert (case["number"], case["customer"], case["state"]) == ("A-1", "Ann", "received")


def test_until(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--until", "2026-01-31 00:00", "--json"]) == 0
    data = lines(capsys.readouterr().out)
    assert data[-1]["until"] == "2026-01-31T00:00:00+08:00"
    assert sum(each["kind"] == "case" for each in data) == 10
    assert data[-1]["processed"] + data[-1]["rejected"] == data[-1]["rows"]


def test_a_database_keeps_the_cases(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("sqlalchemy")
    path = register()
    mapping = ["--mapping", str(EXAMPLE / "mapping.toml")]
    arguments = ["run", "oem_supplier", str(path), *mapping, "--db", "sqlite:///cases.db", "--json"]
    told = []
    for _ in range(2):
        assert main(arguments) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert Path("cases.db").exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\xff\xfe\xff", "cannot be read"),
        ("a.xlsx", b"PK\x03\x04", "no XLSX workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "old .xls workbook"),
        ("a.csv", b"number;received\n1;2\n", "case.number: there is no column"),
    ],
)
def test_registers_that_cannot_be_read_at_all(
    name: str, data: bytes, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(name).write_bytes(data)
    Path("mapping.toml").write_bytes((EXAMPLE / "mapping.toml").read_bytes())
    assert main(["run", "oem_supplier", name]) == 2
    out, err = capsys.readouterr()
    assert words in err
    assert out == ""


def test_a_policy_without_an_example_needs_a_register(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("mine")
    folder.mkdir()
    for name in ("policy.toml", "calendar.toml", "clauses.toml"):
        (folder / name).write_bytes((EXAMPLE.parent / name).read_bytes())
    assert main(["run", "mine"]) == 2
    assert "say which register: complaintflow run mine REGISTER" in capsys.readouterr().err
