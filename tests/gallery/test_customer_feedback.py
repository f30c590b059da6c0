"""The pack `customer_feedback`: nothing of its catalogue may be dropped unnoticed."""

from __future__ import annotations

from complaintflow.gallery import pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios


def test_every_scenario_and_every_instant_of_the_catalogue_is_there() -> None:
    folder = pack_folder("customer_feedback")
    policy = load_policy(folder)
    report = run_scenarios(policy, load_scenarios(folder, policy))
    assert report.passed, report.text()
    catalogue = [one for one in report.results if one.scenario.name.startswith("X")]
    numbers = {one.scenario.name.partition(":")[0].partition(",")[0] for one in catalogue}
    assert numbers == {"X1", "X2", "X4", "X5", "X7", "X8"}
    due = {check.wanted for one in catalogue for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-11 15:00:00 (elapsed)",
        "2026-03-15 17:30:00 (elapsed)",
        "2026-03-18 09:00:00",
        "2026-03-18 13:00:00 (elapsed)",
        "2026-03-20 08:00:00 (elapsed)",
        "2026-03-25 11:00:00 (elapsed)",
    } <= due
