"""The pack `bank_tickets`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.check import check
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

FOLDER = pack_folder("bank_tickets")


def test_who_had_the_ticket_is_told() -> None:
    play = Rehearsal(load_policy(FOLDER, parameters={"ticket_limit": "3 working days"}))
    play.receive("2026-03-10 10:00", step="raise_ticket", role="centre", facts={"content": "a fee"})
    play.do("2026-03-10 10:05", "fetch", role="liaison", facts={"branch_scope": True})
    play.at("2026-03-10 10:10")
    play.desk.pass_on(
        play.number,
        "settle",
        to="head_office_section",
        by="Lin",
        role="liaison",
        reason="cards are theirs",
    )
    story = play.desk.explain(play.number)
    assert "cards are theirs" in story.text("en")
    assert "cards are theirs" in story.text("zh")
    assert play.due("settle") == "2026-03-13 17:00:00"


def test_the_stipulated_time_is_open_until_it_is_supplied() -> None:
    open_items = {one.code for one in load_pack("bank_tickets").open_items}
    assert open_items == {"ticket_limit", "urging_flow", "lead_duty"}


def test_check_finds_nothing_to_mend() -> None:
    pytest.importorskip("z3")
    found = check(load_pack("bank_tickets"))
    assert [one for one in found if one.severity != "note"] == []


def test_every_scenario_of_the_catalogue_is_there() -> None:
    policy = load_pack("bank_tickets")
    report = run_scenarios(policy, load_scenarios(FOLDER, policy))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0] for name in names if name[0].isdigit()}
    assert numbers == {"1", "2", "4", "5", "7"}
    wanted = {check.wanted for one in report.results for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-12 16:00:00 (date)",
        "2026-05-06 17:00:00 (working days)",
        "2026-05-08 17:00:00 (working days)",
    } <= wanted
