"""``complaintflow check``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from complaintflow.cli import main

pytest.importorskip("typer")

POLICY = """
[policy]
id = "small"
version = "1"
semantics = 1
calendar = "always"
final = ["closed"]
[roles]
desk = ""
[step]
receive = { by = "desk", to = "open" }
close = { by = "desk", from = "open", to = "closed", needs = { W1 = "receive and not receive" } }
"""
CALENDAR = 'name = "always"\ntimezone = "UTC"\n[week]\n"mon-sun" = ["00:00-24:00"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    (tmp_path / "calendar.toml").write_text(CALENDAR, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_example_checks_without_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "oem_supplier"]) == 0
    out = capsys.readouterr().out
    assert "warning CF403" in out
    assert "note CF601: open: repeatedly" in out
    assert out.splitlines()[-1].startswith("s000-oem-supplier: 0 errors, 2 warnings")


def test_an_error_has_its_line_and_the_exit_status_is_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("z3", reason="the solver is an extra")
    assert main(["check", "."]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == (
        "policy.toml:12: error CF321: the step close can never be taken: "
        "its guard can never hold [W1]"
    )
    assert out[1] == "    Mend the guard: its parts contradict each other."
    assert out[-1] == "small: 1 error, 0 warnings, 0 notes"


def test_advice_can_be_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", ".", "--no-advice"])
    assert "Mend" not in capsys.readouterr().out


def test_nothing_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("z3", reason="the solver is an extra")
    text = POLICY.replace(', needs = { W1 = "receive and not receive" }', "")
    (folder / "policy.toml").write_text(text, "utf-8")
    assert main(["check", "policy.toml"]) == 0
    assert capsys.readouterr().out == "small: nothing found\n"
    assert main(["check", "policy.toml", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "small：未发现问题\n"


def test_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("z3", reason="the solver is an extra")
    assert main(["check", ".", "--json"]) == 1
    (finding,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (finding["file"], finding["line"]) == ("policy.toml", 12)
    assert (finding["code"], finding["severity"]) == ("CF321", "error")


def test_a_policy_that_cannot_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "policy.toml").write_text(
        POLICY.replace('by = "desk", to', 'by = "dsk", to'), "utf-8"
    )
    assert main(["check", "."]) == 1
    out = capsys.readouterr().out
    assert "policy.toml:11:" in out
    assert "did you mean 'desk'?" in out
    assert main(["check", ".", "--json"]) == 1
    problems = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {problem["severity"] for problem in problems} == {"error"}


def test_a_policy_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "oem_suplier"]) == 2
    assert "did you mean 'oem_supplier'?" in capsys.readouterr().err
