"""The pack `carton_maker`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.check import check
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

POLICY = load_pack("carton_maker")


def test_an_event_order_is_never_overdue() -> None:
    play = Rehearsal(POLICY)
    order = {
        "kind": "order",
        "content": "boxes",
        "market": "export",
        "written_data": True,
        "quality_requirements": "-",
        "delivery_requirements": "-",
        "support_requirements": "-",
        "sources": ["stated"],
    }
    play.receive("2026-04-30 09:00", role="business", facts=order)
    play.do("2026-04-30 09:30", "identify", role="business")
    play.sweep("2026-12-30 17:00")
    (clock,) = (one for one in play.case.owed if one.duty == "review_first")
    assert clock.due is None
    assert not clock.overdue


def test_check_finds_nothing_to_mend() -> None:
    pytest.importorskip("z3")
    assert [one for one in check(POLICY) if one.severity != "note"] == []


def test_every_scenario_of_the_catalogue_is_there() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("carton_maker"), POLICY))
    assert report.passed
    assert report.count("waits") == 0
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0] for name in names if name[0] == "X"}
    assert numbers == {"X1", "X2", "X4", "X5"}
