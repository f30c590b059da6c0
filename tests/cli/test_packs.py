"""``complaintflow packs``."""

from __future__ import annotations

import json

import pytest

from complaintflow.cli import main
from complaintflow.gallery import packs

pytest.importorskip("typer")


def test_every_pack_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs"]) == 0
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines()[2:]] == list(packs())


def test_as_json_and_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "--json", "--lang", "zh"]) == 0
    data = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["name"] for each in data] == list(packs())
    (oem,) = [each for each in data if each["name"] == "oem_supplier"]
    assert oem["title"] == "客诉信息处理流程"
    assert main(["packs", "--lang", "zh"]) == 0
    assert "未定事项" in capsys.readouterr().out
