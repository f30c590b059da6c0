"""The pack `car_maker`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.check import check
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios


def test_check_finds_that_grade_b_never_decides() -> None:
    pytest.importorskip("z3")
    warnings = [one for one in check(load_pack("car_maker")) if one.severity == "warning"]
    assert [(one.code, tuple(one.clauses)) for one in warnings] == [("CF308", ("C20",))]


def test_every_scenario_of_the_catalogue_and_every_criterion_is_there() -> None:
    policy = load_pack("car_maker")
    report = run_scenarios(policy, load_scenarios(pack_folder("car_maker"), policy))
    names = [one.scenario.name for one in report.results]
    assert {name.partition(":")[0] for name in names if name[0].isdigit()} == set("12457")
    assert report.passed
    assert report.count("waits") == 0
    assert report.untouched == ()
