"""The pack `joint_answer`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.check import check
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

POLICY = load_pack("joint_answer")


def test_two_names_are_one_role() -> None:
    """3 of the catalogue: who looks either of them up finds the same role."""
    roles = {role.code for role in POLICY.roles}
    found = {
        name: [code for code in roles if name in (POLICY.names[code].en, POLICY.names[code].zh)]
        for name in ("Supply Chain", "物流部")
    }
    assert found == {"Supply Chain": ["logistics"], "物流部": ["logistics"]}


def test_no_limit_and_no_grade_is_no_error() -> None:
    assert [one.code for one in POLICY.decisions] == ["departments"]
    limits = [duty.target.within for duty in POLICY.duties if duty.target is not None]
    assert [str(one) for one in limits] == ["word: promptly and effectively"]


def test_check_finds_that_nobody_may_be_asked() -> None:
    pytest.importorskip("z3")
    warnings = [one for one in check(POLICY) if one.severity == "warning"]
    assert [(one.code, one.path) for one in warnings] == [("CF502", ("duty", "contribute", "each"))]


def test_every_scenario_of_the_catalogue_is_there() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("joint_answer"), POLICY))
    assert report.passed
    assert report.count("waits") == 0
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    assert {name.partition(":")[0] for name in names if name[0].isdigit()} == {"1", "2"}
