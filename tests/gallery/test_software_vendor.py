"""The pack `software_vendor`: what its scenario file alone cannot show."""

from __future__ import annotations

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios


def test_every_scenario_of_the_catalogue_is_there() -> None:
    policy = load_pack("software_vendor")
    report = run_scenarios(policy, load_scenarios(pack_folder("software_vendor"), policy))
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
