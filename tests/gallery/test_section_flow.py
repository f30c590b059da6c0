"""The pack `section_flow`: what its scenario file alone cannot show."""

from __future__ import annotations

import datetime as dt

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.moments import instant
from complaintflow.policy.check import check
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

POLICY = load_pack("section_flow")


def test_how_old_a_case_is_over_may_day() -> None:
    """X4 of the catalogue: 144 elapsed hours, 8 working hours."""
    calendar = POLICY.calendar
    opened = instant("2026-04-30T16:00", "Asia/Shanghai")
    seen = instant("2026-05-06T16:00", "Asia/Shanghai")
    assert seen - opened == dt.timedelta(hours=144)
    assert calendar.between(opened, seen) == dt.timedelta(hours=8)


def test_there_is_no_grade_and_no_limit() -> None:
    assert POLICY.decisions == ()
    limits = [duty.target.within for duty in POLICY.duties if duty.target is not None]
    assert [str(one) for one in limits] == ["word: timely"]


def test_check_finds_nothing_to_mend() -> None:
    pytest.importorskip("z3")
    assert [one for one in check(POLICY) if one.severity != "note"] == []


def test_every_scenario_of_the_catalogue_is_there() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("section_flow"), POLICY))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    assert {name.partition(":")[0] for name in names if name[0] == "X"} == {"X1", "X2", "X4"}
