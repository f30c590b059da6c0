"""The pack `service_hall`: what its scenario file alone cannot show."""

from __future__ import annotations

import attrs
import pytest

from complaintflow.audit.events import Assigned
from complaintflow.desk.people import People
from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.check import check
from complaintflow.policy.person import Person
from complaintflow.policy.route import Route, parse_strategies
from complaintflow.policy.validate import checked
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

POLICY = load_pack("service_hall")


def test_no_nature_has_a_limit_of_its_own() -> None:
    targets = [duty.target for duty in POLICY.duties if duty.target]
    assert targets
    assert all(target.per is None for target in targets)


def test_check_finds_that_a_complaint_may_have_no_nature() -> None:
    pytest.importorskip("z3")
    warnings = [one for one in check(POLICY) if one.severity == "warning"]
    assert [(one.code, tuple(one.clauses)) for one in warnings] == [("CF502", ("Q1", "Q2", "Q3"))]


def test_the_numbers_of_a_batch_are_open_until_they_are_supplied() -> None:
    assert {"short_time", "batch"} <= {one.code for one in POLICY.open_items}
    supplied = load_policy(
        pack_folder("service_hall"), parameters={"short_time": "2 h", "batch": 3}
    )
    assert {one.code for one in supplied.open_items} == {"lost_records", "keep"}


def test_every_scenario_of_the_catalogue_is_there() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("service_hall"), POLICY))
    assert report.passed
    assert report.count("waits") == 0
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    assert {name.partition(":")[0] for name in names if name[0].isdigit()} == {"1", "2", "4", "5"}


def test_where_the_hall_has_a_directory_the_one_approached_keeps_the_complaint() -> None:
    first_asked = Route("hall_staff", parse_strategies("receiver"), ("R1",))
    staff = [Person(name, roles=["hall_staff"]) for name in ("li", "wu", "zhao")]
    directory = People.of(*staff, Person("chen", roles=["superior"]))
    play = Rehearsal(checked(attrs.evolve(POLICY, routes=(first_asked,))), directory=directory)
    play.receive("2026-03-10 10:00", role="hall_staff", by="wu", facts={"channel": "spoken"})
    found = [event.body for event in play.case.events if isinstance(event.body, Assigned)]
    assert found == [Assigned("hall_staff", "wu", "receiver", "", {"receiver": ("li", "zhao")})]
    # A colleague may lend a hand; the complaint stays with the one who was approached.
    play.do("2026-03-10 10:05", "calm", role="hall_staff", by="li")
    assert play.case.standing.case.people == {"hall_staff": "wu"}
