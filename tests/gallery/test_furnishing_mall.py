"""The pack `furnishing_mall`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.check import check
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

POLICY = load_pack("furnishing_mall")


def test_no_limit_is_invented_where_the_key_dates_are_lost() -> None:
    assert [duty.code for duty in POLICY.duties if duty.target is not None] == []


def test_check_finds_that_there_may_be_no_supporter() -> None:
    pytest.importorskip("z3")
    warnings = [one for one in check(POLICY) if one.severity == "warning"]
    assert [(one.code, one.path) for one in warnings] == [("CF502", ("duty", "support", "each"))]


def test_every_scenario_of_the_catalogue_is_there() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("furnishing_mall"), POLICY))
    assert report.passed
    assert report.count("waits") == 0
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    assert {name.partition(":")[0] for name in names if name[0].isdigit()} == {"1", "2", "4"}
