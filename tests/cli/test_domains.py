"""``--domain``: a policy about a complaint class of the host's own, on the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from complaintflow.cli import main
from complaintflow.cli.domains import find_domain
from complaintflow.errors import PolicyError

pytest.importorskip("typer", reason="needs the extra cli")

MODULE = """
import attrs
from complaintflow import Domain

@attrs.frozen
class Claim:
    vin: str
    urgent: bool

CLAIMS = Domain.of(Claim)
NUMBER = 3
"""
POLICY = """
policy = { id = "claims", version = "1", semantics = 1, calendar = "c", final = ["closed"] }
calendar.c = { timezone = "UTC", week = { "mon-fri" = ["09:00-17:00"] } }
clauses = { C1 = "Everything" }
roles = { clerk = "C1" }
[step]
receive = { clause = "C1", by = "clerk", to = "open", asks = ["vin"] }
close = { clause = "C1", by = "clerk", from = "open", to = "closed" }
[duty]
call = { clause = "C1", owner = "clerk", starts = "urgent" }
"""
SCENARIOS = """
[[scenario]]
name = "urgent"
entries = [{ at = "2026-03-03 10:00", do = "receive", facts = { vin = "L", urgent = true }, expect = { owed = ["call"] } }]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "house_claims.py").write_text(MODULE, "utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    (tmp_path / "scenarios.toml").write_text(SCENARIOS, "utf-8")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    sys.modules.pop("house_claims", None)


@pytest.mark.parametrize("text", ["house_claims:CLAIMS", "./house_claims.py:CLAIMS"])
def test_check_with_a_domain(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", "--domain", text]) == 0
    assert "claims: 0 errors" in capsys.readouterr().out
    assert main(["check", "."]) == 1
    assert "nothing is called 'urgent'" in capsys.readouterr().out


def test_scenarios_with_a_domain(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    import subprocess

    command = [sys.executable, "-m", "complaintflow.cli", "test", "."]
    domain = ["--domain", f"{folder / 'house_claims.py'}:CLAIMS"]
    assert subprocess.run(command + domain, check=False).returncode == 0
    assert "1 passed" in capfd.readouterr().out
    assert subprocess.run(command, check=False).returncode == 2
    assert "no fact or decision is called 'vin'" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("house_claims", "expected module:NAME or file.py:NAME"),
        ("house_claims:", "expected module:NAME"),
        ("house_claim:CLAIMS", "there is no module 'house_claim' here"),
        ("nowhere.house_claims:CLAIMS", "there is no module"),
        ("house_claim.py:CLAIMS", "there is no file house_claim.py"),
        ("house_claims:CLAIM", "house_claims has no 'CLAIM'; did you mean 'CLAIMS'?"),
        ("house_claims:NUMBER", "is no domain but int: NUMBER = Domain.of"),
    ],
)
def test_what_is_no_domain(folder: Path, text: str, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        find_domain(text)
    assert said in str(caught.value)
    assert str(folder) not in sys.path


def test_an_import_that_fails_inside_is_not_hidden(folder: Path) -> None:
    (folder / "house_broken.py").write_text("import no_such_library_at_all\n", "utf-8")
    with pytest.raises(ModuleNotFoundError, match="no_such_library_at_all"):
        find_domain("house_broken:CLAIMS")


@pytest.mark.parametrize(
    "command",
    [
        ["diagram", "."],
        ["diff", ".", "."],
        ["due", "2026-03-10T09:20", "2 h", "--policy", "."],
        ["run", ".", "register.csv", "--mapping", "mapping.toml"],
    ],
    ids=lambda command: str(command[0]),
)
def test_every_command_that_reads_a_policy(
    folder: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "register.csv").write_text(
        "no,at,vin,urgent\nK1,2026-03-10 09:20,LSV1,yes\n", "utf-8"
    )
    (folder / "mapping.toml").write_text(
        'zone = "UTC"\n[case]\nnumber = "no"\nreceived = "at"\n'
        '[facts]\nvin = "vin"\nurgent = "urgent"\n',
        "utf-8",
    )
    assert main([*command, "--domain", "house_claims:CLAIMS"]) == 0
    capsys.readouterr()
    assert main(command) == 2
    assert "nothing is called 'urgent'" in capsys.readouterr().err
