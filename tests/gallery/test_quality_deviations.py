"""The pack `quality_deviations`: what its scenario file alone cannot show."""

from __future__ import annotations

from typing import Any

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

POLICY = load_pack("quality_deviations")
REPORT: dict[str, Any] = {
    "event": "too long",
    "departs_from": ["sop"],
    "may_affect": ["quality"],
    "suspected": False,
    "lab_result": False,
}


@pytest.mark.parametrize(
    ("major", "approver"), [(True, "quality_head"), (False, "qa_supervisor"), (None, None)]
)
def test_the_approver_follows_the_grade(major: bool | None, approver: str | None) -> None:
    play = Rehearsal(POLICY)
    facts = REPORT if major is None else {**REPORT, "found_major": major}
    play.receive("2026-03-25 09:00", role="department", facts=facts)
    assert play.case.answers["approver"] == approver


def test_a_laboratory_result_is_logged_and_the_procedure_that_should_take_it_named() -> None:
    (link,) = POLICY.links
    assert (link.clauses, link.opens) == (("I3",), "procedure for abnormal laboratory results")
    play = Rehearsal(POLICY)
    play.receive("2026-03-25 09:00", role="department", facts={**REPORT, "lab_result": True})
    assert (play.case.is_final, play.case.state) == (True, "out_of_scope")


def test_every_scenario_of_the_catalogue_is_there() -> None:
    folder = pack_folder("quality_deviations")
    report = run_scenarios(POLICY, load_scenarios(folder, POLICY))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0].isdigit()}
    assert numbers == {"1", "2", "4", "5"}
