"""The pack `car_dealership`: what its scenario file alone cannot show."""

from __future__ import annotations

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

FOLDER = pack_folder("car_dealership")


def test_a_soft_word_and_a_hard_limit_stand_apart() -> None:
    policy = load_pack("car_dealership")
    by_clause = {
        clause: {duty.code for duty in policy.duties if clause in duty.clauses}
        for clause in ("T1", "T2")
    }
    assert by_clause == {
        "T1": {"pass_on_promptly", "first_hop"},
        "T2": {"pass_on_at_once", "first_hop_major"},
    }


def test_the_numbers_of_major_are_open_until_they_are_supplied() -> None:
    numbers = {"short_time": "3 months", "frequent": 3, "large_sum": "10000 CNY"}
    assert set(numbers) <= {one.code for one in load_pack("car_dealership").open_items}
    supplied = load_policy(FOLDER, parameters=numbers)
    assert {one.code for one in supplied.open_items} == {
        *("inspection", "month_end", "outside_hours_rule", "keep"),
    }


def test_every_scenario_and_every_instant_of_the_catalogue_is_there() -> None:
    policy = load_pack("car_dealership")
    report = run_scenarios(policy, load_scenarios(FOLDER, policy))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0] for name in names if name[0].isdigit()}
    assert numbers == {"1", "2", "4", "5", "7", "8"}
    wanted = {check.wanted for one in report.results for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-09 09:30:00 (elapsed)",
        "2026-03-09 09:50:00 (elapsed)",
        "2026-03-10 10:30:00 (elapsed)",
        "2026-03-13 17:20:00 (elapsed)",
        "2026-03-16 08:20:00 (working time)",
        "2026-03-14 20:45:00 (elapsed)",
        "2026-03-16 08:30:00 (working time)",
        "2026-05-01 14:30:00 (elapsed)",
        "2026-05-06 08:30:00 (working time)",
    } <= wanted
