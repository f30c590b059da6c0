"""``complaintflow diagram``."""

from __future__ import annotations

import pytest

from complaintflow.cli import main
from complaintflow.gallery import load_pack
from complaintflow.report.diagram import mermaid

pytest.importorskip("typer")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_prints_the_drawing(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagram", "oem_supplier", "--lang", language]) == 0
    assert capsys.readouterr().out == mermaid(load_pack("oem_supplier"), language) + "\n"
