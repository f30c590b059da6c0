"""The pack `quality_committee`: what its scenario file alone cannot show."""

from __future__ import annotations

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

FOLDER = pack_folder("quality_committee")


def test_the_company_puts_its_own_prefix_before_the_numbers() -> None:
    ours = load_pack("quality_committee")
    theirs = load_policy(FOLDER, parameters={"complaint_record": "NMW/R-46"})
    ledgers = [{one.code: one.ledger for one in policy.records} for policy in (ours, theirs)]
    assert ledgers[0]["register"] == "ABC/R-46 customer complaint record"
    assert ledgers[1] == {**ledgers[0], "register": "NMW/R-46"}
    assert [one.opens for one in ours.links] == ["ABC-CX-22 corrective action control"]


def test_every_scenario_and_every_instant_of_the_catalogue_is_there() -> None:
    policy = load_pack("quality_committee")
    report = run_scenarios(policy, load_scenarios(FOLDER, policy))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    assert {name.partition(":")[0] for name in names if name[0] == "X"} == {
        "X1",
        "X2",
        "X4",
        "X5",
        "X7",
    }
    wanted = {check.wanted for one in report.results for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-12 17:00:00 (working days)",
        "2026-03-18 17:00:00 (working days)",
    } <= wanted
