"""The pack `software_vendor`: what its scenario file alone cannot show."""

from __future__ import annotations

import shutil
from pathlib import Path

from complaintflow.gallery import pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenario, run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

_EITHER = "work_effect is serious or image_harm is serious"
_BOTH = "work_effect is serious and image_harm is serious"
BY_OR = f'is = "{_EITHER}", or = ["{_BOTH}"]'
BY_AND = f'is = "{_BOTH}", or = ["{_EITHER}"]'


def test_by_and_one_serious_effect_alone_fits_no_class(tmp_path: Path) -> None:
    folder = tmp_path / "software_vendor"
    shutil.copytree(pack_folder("software_vendor"), folder)
    file = folder / "policy.toml"
    text = file.read_text("utf-8")
    assert text.count(BY_OR) == 1
    file.write_text(text.replace(BY_OR, BY_AND), "utf-8")
    policy = load_policy(folder)
    results = {
        one.name: run_scenario(policy, one)
        for one in load_scenarios(folder, policy)
        if one.name.startswith("X7")
    }
    by_or, by_and = results.values()
    assert by_or.status == "failed"
    assert by_and.status == "passed"
    assert [check.wanted for check in by_and.checks if check.kind == "due"] == [
        "2026-03-19 10:00:00 (working time)"
    ]


def test_every_scenario_of_the_catalogue_is_there() -> None:
    folder = pack_folder("software_vendor")
    policy = load_policy(folder)
    report = run_scenarios(policy, load_scenarios(folder, policy))
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0] == "X"}
    assert numbers == {"X1", "X2", "X4", "X5", "X7", "X8"}
    wanted = {check.wanted for one in report.results for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-10 11:15:00 (working time)",
        "2026-03-11 14:00:00 (working time)",
        "2026-03-16 10:00:00 (working time)",
        "2026-03-19 10:00:00 (working time)",
        "2026-05-06 09:15:00 (working time)",
    } <= wanted
    assert report.passed
    assert report.count("waits") == 0
    assert report.untouched == ()
