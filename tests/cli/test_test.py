"""``complaintflow test``: exit codes, messages, and what is handed to pytest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("typer", reason="needs the extra cli")

SCENARIOS = """
[[scenario]]
name = "answered"
entries = [{ at = "2026-03-03 10:00", do = "receive", expect = { due = { answer = "%s" } } }]
"""
POLICY = """
policy = { id = "shop", version = "1", semantics = 1, calendar = "office", final = ["closed"] }
[calendar.office]
timezone = "Europe/Berlin"
week = { "mon-fri" = ["09:00-17:00"] }
[clauses]
C1 = "Complaints are received"
[roles]
clerk = "C1"
[step]
receive = { clause = "C1", by = "clerk", to = "open" }
close = { clause = "C1", by = "clerk", from = "open", to = "closed" }
[duty]
answer = { clause = "C1", owner = "clerk", starts = "receive", within = "2 h" }
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a policy, inside a project whose pytest settings would refuse anything."""
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n", "utf-8")
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "policy.toml").write_text(POLICY, "utf-8")
    (folder / "scenarios.toml").write_text(SCENARIOS % "2026-03-03 12:00", "utf-8")
    return folder


def call(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "complaintflow.cli", "test", *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_pack_by_its_name(tmp_path: Path) -> None:
    found = call(tmp_path, "oem_supplier", "-q", "-k", "X1 or X2")
    assert found.returncode == 0, found.stderr
    assert "scenarios 2 (2 passed, 0 failed, 0 waiting)" in found.stdout
    assert "open items of the procedure:" in found.stdout
    assert not (tmp_path / ".pytest_cache").exists()


@pytest.mark.parametrize("name", ["shop", "shop/policy.toml"])
def test_a_folder_or_a_file(shop: Path, name: str) -> None:
    found = call(shop.parent, name)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "scenarios 1 (1 passed" in found.stdout
    assert not list(shop.parent.rglob(".pytest_cache"))


def test_a_scenario_that_fails(shop: Path) -> None:
    (shop / "scenarios.toml").write_text(SCENARIOS % "2026-03-03 11:00", "utf-8")
    found = call(shop.parent, "shop", "--lang", "zh", "--junitxml", "found.xml")
    assert found.returncode == 1
    assert "应为 2026-03-03 11:00:00，实为 2026-03-03 12:00:00" in found.stdout
    assert "Traceback" not in found.stdout + found.stderr
    assert (shop.parent / "found.xml").is_file()


def test_a_file_that_cannot_be_read(shop: Path) -> None:
    (shop / "scenarios.toml").write_text("[[scenaro]]", "utf-8")
    found = call(shop.parent, "shop")
    assert found.returncode == 2
    assert "did you mean 'scenario'?" in found.stdout
    assert "Traceback" not in found.stdout + found.stderr


def test_what_is_not_there(shop: Path) -> None:
    found = call(shop.parent, "oem_suplier")
    assert (found.returncode, found.stdout) == (2, "")
    assert "did you mean 'oem_supplier'?" in found.stderr
    (shop / "scenarios.toml").unlink()
    found = call(shop.parent, "shop")
    assert found.returncode == 2
    assert "write the scenarios beside the policy" in found.stderr


def test_without_pytest_it_says_what_to_install(shop: Path) -> None:
    code = (
        "import importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'pytest' else find(name, *rest)\n"
        "import sys; from complaintflow.cli import main; sys.exit(main(['test', 'shop']))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=shop.parent, capture_output=True, text=True, check=False
    )
    assert found.returncode == 2
    assert "pip install 'complaintflow[test]'" in found.stderr
