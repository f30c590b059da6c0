"""The pack `sample_shipper`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.calendar import Limit
from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

FOLDER = pack_folder("sample_shipper")


@pytest.mark.parametrize("said", ["1 working day", "4 h"])
def test_promptly_is_what_the_company_says_it_is(said: str) -> None:
    duties = {one.code: one for one in load_policy(FOLDER, parameters={"promptly": said}).duties}
    for code in ("tell_qa", "notify_unable"):
        target = duties[code].target
        assert target is not None
        assert target.within == Limit.parse(said)


def test_every_scenario_and_every_instant_of_the_catalogue_is_there() -> None:
    policy = load_pack("sample_shipper")
    report = run_scenarios(policy, load_scenarios(FOLDER, policy))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0].isdigit()}
    assert numbers == {"1", "2", "4", "5"}
    wanted = {check.wanted for one in report.results for check in one.checks if check.kind == "due"}
    assert {"2026-03-09 17:00:00 (working days)", "word only"} <= wanted
