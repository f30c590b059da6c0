"""A directory over a personnel system's tables keeps the contract, and old cases stay."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from complaintflow.policy.world import Directory
from complaintflow.testing.people_contracts import DirectoryContract

FOLDER = Path(__file__).parents[2] / "examples" / "own_directory"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the examples are not here")


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


class TestStaff(DirectoryContract):
    @pytest.fixture
    def directory(self, monkeypatch: pytest.MonkeyPatch) -> Directory:
        staff = example("staff")
        monkeypatch.setitem(sys.modules, "staff", staff)
        found: Directory = staff.Staff(example("run").company())
        return found

    @pytest.fixture
    def roles(self) -> Sequence[str]:
        return ["desk", "fitter"]


def test_what_a_case_was_told_of_people_stays() -> None:
    run = subprocess.run(
        [sys.executable, str(FOLDER / "run.py")], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == [
        "2026-0001: mia has the case as fitter (has the skill north); max: absent; leo: without the skill",
        "2026-0002: max has the case as fitter (fewest open cases: 0); leo: without the skill; mia: more open cases",
    ]
