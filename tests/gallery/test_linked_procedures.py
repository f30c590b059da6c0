"""The pack `linked_procedures`: what its scenario file alone cannot show."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from complaintflow.desk.book import PolicyBook
from complaintflow.desk.desk import Desk
from complaintflow.gallery import load_pack, pack_folder
from complaintflow.moments import instant
from complaintflow.policy.check import check
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

POLICY = load_pack("linked_procedures")
FACTS = {"kind": "complaint", "channel": "spoken", "content": "smells of solvent"}


def test_an_open_case_stays_on_its_version_unless_somebody_moves_it() -> None:
    """5 of the catalogue: version 01 takes effect on 1 April 2026."""
    clock = [instant("2026-03-18T09:00", "Asia/Shanghai")]
    newer = attrs.evolve(POLICY, version="01", effective=dt.date(2026, 4, 1))
    desk = Desk(PolicyBook([POLICY, newer]), now=lambda: clock[0])
    desk.receive(FACTS, by="Su", role="sales", number="old")
    clock[0] = instant("2026-04-01T09:00", "Asia/Shanghai")
    desk.receive(FACTS, by="Su", role="sales", number="new")
    desk.do("old", "register", by="Qi", role="qa", facts={"registered_as": "C-1"})
    assert versions(desk) == ["00", "01"]
    (moved,) = desk.migrate(
        ["old"], to=newer, how="from now", reason="one version for all", by="Qi", role="qa"
    )
    assert moved.reasons == ()
    assert versions(desk) == ["01", "01"]


def versions(desk: Desk) -> list[str]:
    return [desk.case(one).program.policy.version for one in ("old", "new")]


def test_what_the_policy_cannot_know_is_an_open_item() -> None:
    assert {one.code for one in POLICY.open_items} == {
        *("grades", "limits", "evaluation_period", "open_cases", "keep"),
    }


def test_one_role_closes() -> None:
    (close,) = (step for step in POLICY.steps if step.code == "close")
    assert str(close.by) == "quality_head"


def test_check_finds_nothing_to_mend() -> None:
    pytest.importorskip("z3")
    assert [one for one in check(POLICY) if one.severity != "note"] == []


def test_every_scenario_of_the_catalogue_is_there() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("linked_procedures"), POLICY))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0].isdigit()}
    assert numbers == {"1", "2", "4"}
