"""The pack `customer_feedback`: what its scenario file alone cannot show."""

from __future__ import annotations

import shutil
from pathlib import Path

from complaintflow.gallery import pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenario, run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

SWAPPED = {
    'is = "receive", or = ["hand_over"]': 'is = "hand_over", or = ["receive"]',
    'is = "receive", or = ["return_result"]': 'is = "return_result", or = ["receive"]',
}


def test_by_the_other_readings_the_two_clocks_follow_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "customer_feedback"
    shutil.copytree(pack_folder("customer_feedback"), folder)
    file = folder / "policy.toml"
    text = file.read_text("utf-8")
    for taken, other in SWAPPED.items():
        assert text.count(taken) == 1
        text = text.replace(taken, other)
    file.write_text(text, "utf-8")
    policy = load_policy(folder)
    (scenario,) = (
        one for one in load_scenarios(folder, policy) if one.name.startswith("X4, reading 2")
    )
    result = run_scenario(policy, scenario)
    assert result.status == "passed"
    due = [check for check in result.checks if check.kind == "due"]
    assert [(check.subject, check.wanted) for check in due if check.wanted[0] == "2"] == [
        ("handle", "2026-03-18 13:00:00 (elapsed)"),
        ("answer", "2026-03-20 08:00:00 (elapsed)"),
    ]
    assert all(check.seen.passed for check in result.checks)


def test_every_scenario_of_the_catalogue_is_there() -> None:
    folder = pack_folder("customer_feedback")
    policy = load_policy(folder)
    report = run_scenarios(policy, load_scenarios(folder, policy))
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0] == "X"}
    assert numbers == {"X1", "X2", "X4", "X5", "X7", "X8"}
    wanted = {check.wanted for one in report.results for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-11 15:00:00 (elapsed)",
        "2026-03-15 17:30:00 (elapsed)",
        "2026-03-18 09:00:00",
        "2026-03-25 11:00:00 (elapsed)",
    } <= wanted
    assert report.count("waits") == 1
