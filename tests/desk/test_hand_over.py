"""Handing over what a person has in open cases."""

from __future__ import annotations

from typing import Any

import pytest
from pendulum import DateTime

from complaintflow.audit.events import HandedOver
from complaintflow.desk.desk import Desk
from complaintflow.engine import reasons as r
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.errors import PolicyFileError
from complaintflow.moments import instant
from complaintflow.policyfile import loads
from complaintflow.store.protocol import CaseStore

TEXT = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
[roles]
sales = "C1"
[step]
receive = { clause = "C1", by = "sales", to = "open" }
close = { clause = "C1", by = "sales", from = "open", to = "closed" }
[duty]
answer = { clause = "C1", owner = "sales", starts = "receive", within = "24 h" }
call = { clause = "C1", owner = "sales", starts = "case.handed_over", within = "2 h" }
"""


class Sales:
    """A desk with cases of Zhou (K1, K2, K4, of which K4 is closed) and Sun (K3)."""

    def __init__(self, store: CaseStore) -> None:
        self.present = instant("2026-03-10T09:00", "Asia/Shanghai")
        self.desk = Desk(loads(TEXT), store=store, now=self._now)
        for number, by in (("K1", "Zhou"), ("K2", "Zhou"), ("K3", "Sun"), ("K4", "Zhou")):
            self.desk.receive({}, by=by, role="sales", number=number)
        self.desk.do("K4", "close", by="Zhou", role="sales")

    def _now(self) -> DateTime:
        return self.present

    def hand_over(
        self, leaving: str, successor: str, reason: str = "leaves", **more: Any
    ) -> dict[str, Decision]:
        return self.desk.hand_over(
            leaving,
            successor,
            reason=reason,
            by="Head",
            role="sales",
            **more,
        )

    def has(self, case: str) -> str:
        return self.desk.case(case).standing.case.people["sales"]


@pytest.fixture
def sales(store: CaseStore) -> Sales:
    return Sales(store)


def test_one_call_moves_every_open_case_of_the_person(sales: Sales) -> None:
    report = sales.hand_over("Zhou", "Li")
    assert list(report) == ["K1", "K2"]
    assert all(isinstance(one, Accepted) for one in report.values())
    assert [sales.has(case) for case in ("K1", "K2", "K3", "K4")] == ["Li", "Li", "Sun", "Zhou"]
    assert sales.hand_over("Zhou", "Li") == {}
    assert list(sales.hand_over("Li", "Sun")) == ["K1", "K2"]


def test_only_the_cases_that_are_named(sales: Sales) -> None:
    report = sales.hand_over("Zhou", "Li", cases=["K2", "K3"])
    assert isinstance(report["K2"], Accepted)
    assert report["K3"] == Refused((r.NotTheirs("K3", "Zhou", ("Sun",)),), ("close",))
    assert [sales.has(case) for case in ("K1", "K2", "K3")] == ["Zhou", "Li", "Sun"]


def test_handing_over_is_a_moment_that_comes_again(sales: Sales) -> None:
    sales.hand_over("Zhou", "Li")
    sales.present = instant("2026-03-10T10:00", "Asia/Shanghai")
    sales.desk.do("K1", "call", by="Li", role="sales")
    assert [owed.duty for owed in sales.desk.owed("K1")] == ["answer"]
    sales.hand_over("Li", "Sun")
    (call,) = (owed for owed in sales.desk.owed("K1") if owed.duty == "call")
    assert (call.round, call.due) == (2, instant("2026-03-10T12:00", "Asia/Shanghai"))


def test_an_interrupted_hand_over_goes_on_and_repeats_nothing(sales: Sales) -> None:
    first = sales.hand_over("Zhou", "Li", cases=["K1"], command_id="leave")
    again = sales.hand_over("Zhou", "Li", cases=["K1", "K2"], command_id="leave")
    assert isinstance(first["K1"], Accepted)
    assert isinstance(again["K1"], Accepted)
    assert again["K1"].events == first["K1"].events
    bodies = [e.body for e in sales.desk.case("K1").events if isinstance(e.body, HandedOver)]
    assert bodies == [HandedOver("Zhou", "Li", "leaves")]
    assert sales.has("K2") == "Li"


@pytest.mark.parametrize(("successor", "reason"), [("Zhou", "leaves"), (" ", "leaves"), ("Li", "")])
def test_a_hand_over_names_another_person_and_a_reason(
    sales: Sales, successor: str, reason: str
) -> None:
    report = sales.hand_over("Zhou", successor, reason)
    assert [type(r) for one in report.values() for r in getattr(one, "reasons", ())] == [
        r.BadValue
    ] * 2
    assert sales.has("K1") == "Zhou"


def test_no_code_is_called_as_the_case_itself() -> None:
    with pytest.raises(PolicyFileError) as found:
        loads(TEXT.replace("[step]", '[facts]\ncase = "text"\n[step]'))
    assert "'case' is the case itself" in str(found.value)
