"""The driver: who acts, what is answered, what an earlier run left behind."""

from __future__ import annotations

import pytest

from complaintflow.audit.events import Overruled, StepTaken
from complaintflow.gallery import load_pack
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.simulation.driver import Driver
from complaintflow.simulation.register.entry import Entry, Kind
from complaintflow.simulation.timeline import Planned
from complaintflow.store.memory import MemoryStore

DAY = "2026-03-02 "


def planned(
    time: str, kind: Kind, what: str = "", number: str = "A-1", **details: object
) -> Planned:
    at = instant(DAY + time, "Asia/Shanghai")
    entry = Entry("f", 2, number, kind, what, at, at, **details)  # type: ignore[arg-type]
    return Planned(f"{kind}/{number}/{what}/{time}", entry)


def opening(number: str = "A-1", **facts: object) -> Planned:
    known = {"customer": "Ann", "urgent": True, **facts}
    return planned("10:00", "open", "receive", number, facts=known)


@pytest.fixture
def driver(shop: Policy) -> Driver:
    return Driver(shop, MemoryStore())


def codes(driver: Driver, *entries: Planned) -> list[str]:
    return [reason.code for each in entries for reason in driver.carry_out(each)]


def test_without_a_role_the_first_that_may_acts(driver: Driver) -> None:
    assert codes(driver, opening(), planned("11:00", "do", "fix")) == []
    last = driver.desk.case("A-1").events[-1]
    steps = [e for e in driver.desk.case("A-1").events if isinstance(e.body, StepTaken)]
    assert [(e.role, e.by) for e in steps] == [("clerk", "clerk"), ("chief", "chief")]
    assert last.recorded == last.occurred


def test_a_department_that_owes_its_share_acts_itself(driver: Driver) -> None:
    entries = [opening(), planned("11:00", "do", "fix")]
    entries.append(planned("12:00", "do", "tidy", key="chief"))
    assert codes(driver, *entries) == []
    assert driver.desk.case("A-1").standing.case.acts["tidy"][0].role == "chief"


def test_a_person_may_be_named(driver: Driver) -> None:
    assert codes(driver, opening(), planned("11:00", "do", "fix", who="Bo", role="chief")) == []
    assert driver.desk.case("A-1").events[-1].by in ("Bo", "system")


@pytest.mark.parametrize(
    ("decision", "answer", "given"),
    [
        ("level", "low", "low"),
        ("level", "低", "low"),
        ("desk", "clerk", ("clerk",)),
        ("desk", "店员、chief", ("clerk", "chief")),
    ],
)
def test_answers_by_code_or_by_name(
    driver: Driver, decision: str, answer: str, given: object
) -> None:
    overrule = planned("11:00", "overrule", decision, answer=answer, reason="so", role="chief")
    assert codes(driver, opening(), overrule) == []
    bodies = [event.body for event in driver.desk.case("A-1").events]
    assert [b.answer for b in bodies if isinstance(b, Overruled)] == [given]


@pytest.mark.parametrize(("answer", "told"), [("是", []), ("no", []), ("maybe", ["failed"])])
def test_a_flag_is_answered_with_yes_or_no(answer: str, told: list[str]) -> None:
    driver = Driver(load_pack("oem_supplier"), MemoryStore())
    facts = {"customer": "Ann", "subject": "quality", "oral": False}
    overrule = planned("11:00", "overrule", "major", answer=answer, reason="so", role="quality")
    assert codes(driver, planned("10:00", "open", "receive", facts=facts), overrule) == told


def test_what_is_refused_says_so_in_both_languages(driver: Driver) -> None:
    (reason,) = driver.carry_out(planned("10:00", "open", "receive"))
    assert reason.code == "refused"
    assert "must be known" in reason.text("en")
    assert "必须填写" in reason.text("zh")


def test_a_complaint_that_was_refused_takes_its_events_with_it(driver: Driver) -> None:
    assert codes(
        driver,
        planned("10:00", "open", "receive"),
        planned("11:00", "do", "fix"),
    ) == ["refused", "opening_rejected"]


def test_what_the_desk_cannot_do_is_a_reason_and_not_an_error(driver: Driver) -> None:
    first = opening()
    other = Planned(first.id, opening(customer="Eve").entry)
    (reason,) = (driver.carry_out(first), driver.carry_out(other))[1]
    assert (reason.code, "used for another command" in reason.text("en")) == ("failed", True)


def test_cases_of_an_earlier_run_are_known(shop: Policy) -> None:
    store = MemoryStore()
    first = Driver(shop, store)
    assert not first.has("A-1")
    first.carry_out(opening())
    second = Driver(shop, store)
    assert (second.has("A-1"), second.has("A-2")) == (True, False)
    assert second.carry_out(planned("11:00", "do", "fix")) == ()


def test_the_clock_never_runs_backwards(driver: Driver) -> None:
    driver.carry_out(opening())
    late = instant("2026-03-09 10:00", "Asia/Shanghai")
    driver.sweep_to(late.int_timestamp * 1_000_000)
    events = driver.desk.case("A-1").events
    assert [e.recorded for e in events] == sorted(e.recorded for e in events)
    assert len(driver.desk.case("A-1").standing.case.missed) == 1
