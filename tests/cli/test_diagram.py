"""``complaintflow diagram``."""

from __future__ import annotations

import pytest

from complaintflow.cli import main
from complaintflow.gallery import load_pack
from complaintflow.report.diagrams import KINDS, draw

pytest.importorskip("typer")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_prints_the_drawing(
    kind: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diagram", "oem_supplier", "--kind", kind, "--lang", language]) == 0
    drawn = draw(load_pack("oem_supplier"), kind, language)
    assert capsys.readouterr().out == drawn + "\n"


def test_the_workflow_is_drawn_unless_something_else_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["diagram", "oem_supplier"]) == 0
    assert capsys.readouterr().out.startswith("stateDiagram-v2")


def test_a_kind_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagram", "oem_supplier", "--kind", "people"]) == 2
    assert "people" in capsys.readouterr().err
