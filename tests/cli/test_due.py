"""``complaintflow due``."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintflow.cli import main

pytest.importorskip("typer")


def test_half_a_working_day_over_may_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "2026-04-30T16:00", "4 working hours"]) == 0
    out = capsys.readouterr().out
    assert "due Wed 2026-05-06 11:00" in out
    assert "Labour Day" in out


def test_in_chinese_with_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "due.svg"
    arguments = ["due", "2026-03-10T10:30", "24 小时", "--lang", "zh", "--svg", str(picture)]
    assert main(arguments) == 0
    assert "2026-03-11" in capsys.readouterr().out
    assert picture.read_text("utf-8").startswith("<svg")


def test_an_offset_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "2026-03-10T02:30Z", "24 h"]) == 0
    assert "Wed 2026-03-11 10:30" in capsys.readouterr().out
