"""The pack `front_desk`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.engine.outcome import Refused
from complaintflow.engine.reasons import NeedNotMet
from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

POLICY = load_pack("front_desk")


def opened() -> Rehearsal:
    play = Rehearsal(POLICY)
    play.receive("2026-03-10 09:00", role="handler", facts={"said": "cut off"})
    return play


def test_a_waiting_time_is_a_promise() -> None:
    play = opened()
    told = {"told_until": "2026-03-10T09:55+08:00"}
    play.do("2026-03-10 09:15", "promise_wait", role="handler", facts=told)
    (promise,) = (owed for owed in play.case.owed if owed.duty == "be_back")
    assert (promise.kind, play.due("be_back")) == ("promise", "2026-03-10 09:55:00")


@pytest.mark.parametrize("missing", ["course_of_events", "circumstances", "category"])
def test_whatever_is_not_understood_holds_the_transfer(missing: str) -> None:
    play = opened()
    facts = {"course_of_events": "twice", "circumstances": "at home", "category": "service"}
    facts = {name: value for name, value in facts.items() if name != missing}
    facts["passed_to"] = "network"
    refused = play.try_do("2026-03-10 09:12", "transfer", role="handler", facts=facts)
    assert isinstance(refused, Refused)
    (reason,) = refused.reasons
    assert isinstance(reason, NeedNotMet)
    assert (reason.clause, reason.missing) == ("W2", (missing,))


def test_limits_of_other_documents_are_open_until_they_are_supplied() -> None:
    assert {"pass_limit", "processing_limit"} <= {one.code for one in POLICY.open_items}
    given = {"pass_limit": "2 working hours", "processing_limit": "3 working days"}
    supplied = load_policy(pack_folder("front_desk"), parameters=given)
    assert {one.code for one in supplied.open_items} == {"after_rejection", "keep"}


def test_every_scenario_of_the_catalogue_is_there() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("front_desk"), POLICY))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    assert {name.partition(":")[0] for name in names if name[0].isdigit()} == {"1", "2", "4"}
