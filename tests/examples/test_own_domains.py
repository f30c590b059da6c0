"""Two examples that share nothing but the library: vehicles with VIN, a bank without goods."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from complaintflow.cli.domains import find_domain
from complaintflow.domain.domain import Domain
from complaintflow.errors import PolicyFileError
from complaintflow.policyfile import dump, load_policy, loads
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("vehicles", "bank")

pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="only in a checkout")


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def domain(name: str, monkeypatch: pytest.MonkeyPatch) -> Domain[object]:
    monkeypatch.delitem(sys.modules, "complaint", raising=False)  # both call their module so
    found = find_domain(f"{EXAMPLES / name / 'complaint.py'}:DOMAIN")
    monkeypatch.delitem(sys.modules, "complaint")
    assert isinstance(found, Domain)
    return found


def test_it_checks_without_warnings(name: str, domain: Domain[object]) -> None:
    pytest.importorskip("z3")  # without the solver, pairs that exclude each other are told too
    policy = load_policy(EXAMPLES / name, domain=domain)
    found = [finding for finding in policy.check() if finding.severity != "note"]
    assert not [finding.message("en") for finding in found]


def test_its_scenarios_pass(name: str, domain: Domain[object]) -> None:
    policy = load_policy(EXAMPLES / name, domain=domain)
    report = run_scenarios(policy, load_scenarios(EXAMPLES / name, policy))
    failed = [result.scenario.name for result in report.results if result.status != "passed"]
    assert report.results
    assert not failed


def test_it_needs_its_domain(name: str, domain: Domain[object]) -> None:
    with pytest.raises(PolicyFileError, match=r"nothing is called|no fact"):
        load_policy(EXAMPLES / name)


def test_what_is_written_is_read_again(name: str, domain: Domain[object]) -> None:
    policy = load_policy(EXAMPLES / name, domain=domain)
    assert loads(dump(policy), domain=domain) == policy


def test_no_name_is_missing(name: str, domain: Domain[object]) -> None:
    """Every code of an example has a name in both languages."""
    policy = load_policy(EXAMPLES / name, domain=domain)
    assert "CF102" not in {finding.code for finding in policy.check()}


@pytest.mark.parametrize(
    ("script", "printed"),
    [
        (
            "vehicles",
            [
                "odometer_km: expected a whole number, got str '30000'",
                "got 'break'; did you mean 'brakes'?",
                "policy.toml:27: expected one of brakes,",
                "K2026-00001: class S",
                "reply by service until 2026-03-11 09:30",
                "V2: injured or driving and part in (brakes, steering, airbag) [matched]",
                "K2026-00001: answered, LSVAA4182E2123456",
            ],
        ),
        (
            "bank",
            [
                "B26/0001: received 2026-03-16 10:00",
                "lost interest: 3.25 EUR",
                "B6: not known(interest) or compensation >= interest does not hold",
                "B26/0001: answered",
            ],
        ),
    ],
)
def test_its_script_prints(script: str, printed: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, EXAMPLES / script / "run.py"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    missing = [line for line in printed if line not in run.stdout]
    assert not missing, run.stdout
