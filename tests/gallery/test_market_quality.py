"""The pack `market_quality`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.check import check
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

POLICY = load_pack("market_quality")


def test_every_company_has_its_own_case_and_one_that_is_named_later_too() -> None:
    play = Rehearsal(POLICY)
    told = {"content": "-", "product": "C-4"}
    play.receive("2026-03-10 10:00", step="report", role="sales_company", facts=told)
    play.do("2026-03-11 09:00", "review_report", role="headquarters", facts={"confirmed": True})
    graded = {
        "found": "class_2",
        "standard_edition": "3",
        "low_level_error": False,
        "companies": {"company_a"},
    }
    play.do("2026-03-11 09:00", "accept", role="market_specialist", facts=graded)
    play.do("2026-03-11 09:20", "transmit", role="market_specialist")
    named = {"companies": {"company_a", "company_c"}}
    play.desk.note(play.number, named, by="Ma", role="market_specialist")
    opened = [case.number for case in play.desk.cases() if case.number != play.number]
    assert opened == [f"{play.number}/company_cases.{one}" for one in ("company_a", "company_c")]


def test_classes_are_not_ranked() -> None:
    (graded,) = (one for one in POLICY.decisions if one.code == "class")
    assert graded.order == ()


def test_check_finds_nothing_to_mend() -> None:
    pytest.importorskip("z3")
    assert [one for one in check(POLICY) if one.severity != "note"] == []


def test_every_scenario_of_the_catalogue_is_there() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("market_quality"), POLICY))
    assert report.passed
    assert report.count("waits") == 0
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0] == "X"}
    assert numbers == {"X1", "X2", "X4", "X5"}
