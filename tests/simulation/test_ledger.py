"""Rows of the ledger, asked from cases on a desk."""

from __future__ import annotations

import datetime as dt

import pytest
from pendulum import DateTime

from complaintflow.desk.desk import Desk
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.report.ledger import LedgerRow
from complaintflow.simulation.ledger import grading, ledger_row
from complaintflow.simulation.register.mapping import Shown


class Clock:
    """A present moment that is set by hand."""

    def __init__(self, text: str) -> None:
        self.set(text)

    def set(self, text: str) -> None:
        self.now = instant(text, "Asia/Shanghai")

    def __call__(self) -> DateTime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-03-02 10:00")


@pytest.fixture
def desk(shop: Policy, clock: Clock) -> Desk:
    return Desk(shop, now=clock)


def row(desk: Desk, number: str = "A-1", shown: Shown | None = None) -> LedgerRow:
    return ledger_row(desk.case(number), shown or Shown())


def receive(desk: Desk, number: str = "A-1", **facts: object) -> None:
    desk.receive({"customer": "Ann", **facts}, by="Bo", role="clerk", number=number)


def test_a_new_case(desk: Desk) -> None:
    receive(desk, urgent=True)
    found = row(desk)
    assert (found.number, found.customer, found.grade, found.reason) == ("A-1", "Ann", "high", "S1")
    assert (found.state, found.open, found.owner) == ("open", True, ("chief",))
    assert (found.next_duty, f"{found.next_due:%d %H:%M}") == ("answer", "04 18:00")
    assert found.overdue_by is None
    assert [(t.duty, t.outcome, t.round) for t in found.targets] == [("answer", "running", 1)]


def test_what_is_not_known_is_said_to_be_missing(desk: Desk) -> None:
    receive(desk)
    found = row(desk)
    assert found.grade is None
    assert found.reason == "S1"  # cannot be evaluated


def test_a_person_overruled_it(desk: Desk) -> None:
    receive(desk, urgent=False)
    desk.overrule("A-1", "level", "high", reason="he shouts", by="Cy", role="chief")
    assert (row(desk).grade, row(desk).reason) == ("high", "he shouts")


def test_done_in_time_late_and_overdue(desk: Desk, clock: Clock) -> None:
    for number in ("A-1", "A-2", "A-3"):
        receive(desk, number, urgent=True)
    desk.do("A-1", "answer", by="Cy", role="chief")
    clock.set("2026-03-04 18:00:01")
    desk.sweep()
    desk.do("A-2", "answer", by="Cy", role="chief")
    clock.set("2026-03-05 18:00")
    outcomes = [row(desk, n).targets[0].outcome for n in ("A-1", "A-2", "A-3")]
    assert outcomes == ["on time", "late", "overdue"]
    late = row(desk, "A-3")
    assert late.overdue_by == dt.timedelta(days=1)
    assert late.escalated_to == ("chief",)
    assert row(desk, "A-1").escalated_to == ()


def test_exactly_at_the_due_instant_is_in_time(desk: Desk, clock: Clock) -> None:
    receive(desk, urgent=True)
    clock.set("2026-03-04 18:00:00")
    assert row(desk).targets[0].outcome == "running"
    assert row(desk).overdue_by is None


def test_a_closed_case_owes_nothing(desk: Desk) -> None:
    receive(desk, urgent=True)
    desk.do("A-1", "close", by="Bo", role="clerk")
    found = row(desk)
    assert (found.open, found.owner, found.next_duty, found.next_due) == (False, (), "", None)


def test_whose_move_it_is_where_nothing_is_owed(desk: Desk) -> None:
    receive(desk, urgent=True)
    desk.do("A-1", "answer", by="Cy", role="chief")
    for side in ("front", "back"):
        desk.do("A-1", "look", key=side, by="Cy", role="chief")
    assert row(desk).owner == ("chief", "clerk")


def test_a_voided_case(desk: Desk) -> None:
    receive(desk, urgent=True)
    desk.void("A-1", reason="twice", by="Bo", role="clerk")
    assert (row(desk).open, row(desk).targets) == (False, ())


@pytest.mark.parametrize(
    ("shown", "departments"),
    [
        (Shown(), ("chief",)),
        (Shown(department="desk"), ("chief", "clerk")),
        (Shown(department="colour"), ("red",)),
        (Shown(department="note"), ()),
        (Shown(department="flaws"), ("dent", "scratch")),
    ],
)
def test_departments(desk: Desk, shown: Shown, departments: tuple[str, ...]) -> None:
    receive(desk, urgent=True, colour="red", flaws=frozenset({"scratch", "dent"}))
    assert row(desk, shown=shown).departments == departments


def test_what_is_shown_can_be_chosen(desk: Desk) -> None:
    receive(desk, urgent=True, defect="dent", note="left", colour="red")
    found = row(desk, shown=Shown(customer="note", product=("defect", "colour")))
    assert (found.customer, found.product) == ("left", "dent red")


def test_the_grading(shop: Policy) -> None:
    assert grading(shop, Shown()) == "level"
    assert grading(shop, Shown(grade="desk")) == "desk"
