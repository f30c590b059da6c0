"""The pack `component_supplier`: what its scenario file alone cannot show."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenario, run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

FOLDER = pack_folder("component_supplier")


@pytest.mark.parametrize(
    ("section", "due"),
    [
        ("special", "2026-05-11 17:00:00 (working days)"),
        ("closed", "2026-05-06 17:00:00 (working days)"),
    ],
    ids=["ignoring the Saturdays worked", "ignoring holidays"],
)
def test_a_poorer_calendar_gives_another_day(section: str, due: str, tmp_path: Path) -> None:
    """Scenario 4 of the catalogue, read on calendars that know less."""
    folder = tmp_path / "component_supplier"
    shutil.copytree(FOLDER, folder)
    file = folder / "calendar.toml"
    text, count = re.subn(rf"\n\[{section}\][^\[]*", "\n", file.read_text("utf-8"))
    assert count == 1
    file.write_text(text, "utf-8")
    policy = load_policy(folder)
    (scenario,) = (
        one for one in load_scenarios(folder, policy) if one.name.startswith("4: five working days")
    )
    result = run_scenario(policy, scenario)
    (check,) = (check for check in result.checks if check.kind == "due")
    assert check.wanted == "2026-05-09 17:00:00 (working days)"
    assert not check.seen.passed
    assert check.seen.came["en"] == due


def test_every_scenario_and_every_instant_of_the_catalogue_is_there() -> None:
    policy = load_pack("component_supplier")
    report = run_scenarios(policy, load_scenarios(FOLDER, policy))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0].isdigit()}
    assert numbers == {"1", "2", "4", "5", "7", "8"}
    wanted = {check.wanted for one in report.results for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-17 15:10:00 (elapsed)",
        "2026-03-17 15:55:00 (elapsed)",
        "2026-03-17 16:30:00 (elapsed)",
        "2026-03-18 17:00:00 (working days)",
        "2026-03-19 17:00:00 (working days)",
        "2026-03-24 17:00:00 (working days)",
        "2026-05-06 17:00:00 (working days)",
        "2026-05-07 17:00:00 (working days)",
        "2026-05-09 17:00:00 (working days)",
    } <= wanted
