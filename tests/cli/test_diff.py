"""``complaintflow diff``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from complaintflow.cli import main
from complaintflow.gallery import pack_folder

pytest.importorskip("typer")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The example with one other limit."""
    for name in ("policy.toml", "calendar.toml", "clauses.toml"):
        shutil.copy(pack_folder("oem_supplier") / name, tmp_path)
    file = tmp_path / "policy.toml"
    text = file.read_text("utf-8").replace('within = "24 h"', 'within = "36 h"')
    file.write_text(text, "utf-8")
    return tmp_path


def test_it_says_what_changed(later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "oem_supplier", str(later)]) == 0
    said = "Preliminary rectification report (T6, W6) from 24 h to 36 h\n"
    assert capsys.readouterr().out == said
    assert main(["diff", "oem_supplier", str(later), "--lang", "zh", "--exit-code"]) == 1
    assert "由 24 小时 改为 36 小时" in capsys.readouterr().out


def test_as_json(later: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "oem_supplier", str(later), "--json"]) == 0
    (change,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert change["kind"] == "limit"
    assert change["path"] == ["duty", "preliminary_report", "within"]
    assert change["clauses"] == ["T6", "W6"]


def test_the_same_policy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "oem_supplier", "oem_supplier", "--exit-code"]) == 0
    assert capsys.readouterr().out == "the two policies say the same\n"
