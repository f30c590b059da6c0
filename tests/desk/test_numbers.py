"""Numbers that a case gets on its way: once, without gaps, and by which it is found."""

from __future__ import annotations

import pytest
from pendulum import DateTime

from complaintflow.desk.desk import Desk
from complaintflow.errors import InvalidValueError, RefusedError, UnknownCaseError
from complaintflow.moments import instant
from complaintflow.policyfile import dump, loads
from complaintflow.store.protocol import CaseStore

TEXT = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["closed", "dropped"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
[roles]
clerk = "C1"
[facts]
valid = "yes/no"
[step]
receive = { clause = "C1", by = "clerk", to = "open" }
register = { clause = "C1", by = "clerk", from = "open", to = "open", needs = { C1 = "valid" } }
drop = { clause = "C1", by = "clerk", from = "open", to = "dropped" }
close = { clause = "C1", by = "clerk", from = "open", to = "closed" }
[duty]
answer = { clause = "C1", owner = "clerk", starts = "receive", within = "24 h" }
[records]
book = { clause = "C1", number = "{YY}{MM}{serial:02}", numbered = "register" }
late_book = { clause = "C1", number = "L{serial:02}", numbered = "answer.missed" }
"""


class Stage:
    """A desk with three cases, K1 to K3."""

    def __init__(self, store: CaseStore) -> None:
        self.present = instant("2026-02-28T09:00", "Asia/Shanghai")
        self.desk = Desk(loads(TEXT), store=store, now=self._now)
        for number in ("K1", "K2", "K3"):
            self.desk.receive({"valid": number != "K2"}, by="Ma", role="clerk", number=number)

    def _now(self) -> DateTime:
        return self.present

    def at(self, wall: str) -> None:
        self.present = instant(wall, "Asia/Shanghai")

    def do(self, case: str, step: str) -> None:
        self.desk.do(case, step, by="Ma", role="clerk")

    def numbers(self, case: str) -> dict[str, str]:
        return dict(self.desk.case(case).standing.case.numbers)


@pytest.fixture
def stage(store: CaseStore) -> Stage:
    return Stage(store)


def test_a_number_is_given_once_at_its_moment_without_a_gap(stage: Stage) -> None:
    assert stage.numbers("K1") == {}
    stage.do("K1", "register")
    with pytest.raises(RefusedError):
        stage.do("K2", "register")
    stage.do("K3", "register")
    stage.do("K1", "register")
    assert [stage.numbers(case) for case in ("K1", "K2", "K3")] == [
        {"book": "260201"},
        {},
        {"book": "260202"},
    ]


def test_the_moment_decides_on_the_period(stage: Stage) -> None:
    stage.at("2026-03-01T08:00")
    stage.do("K3", "register")
    assert stage.numbers("K3")["book"] == "260301"


def test_a_case_is_found_by_a_number_that_it_got(stage: Stage) -> None:
    stage.do("K3", "register")
    assert stage.desk.case("260201").number == "K3"
    accepted = stage.desk.do("260201", "close", by="Ma", role="clerk", command_id="c1")
    assert accepted.case.id == "K3"
    again = stage.desk.do("260201", "close", by="Ma", role="clerk", command_id="c1")
    assert again.events == accepted.events
    assert "numbered 260201" in stage.desk.explain("K3").text("en")
    with pytest.raises(UnknownCaseError):
        stage.desk.case("260202")


def test_foreseeing_gives_no_number_away(stage: Stage) -> None:
    until = instant("2026-03-02T09:00", "Asia/Shanghai")
    assert stage.desk.forecast("K1", until).text("en")
    assert stage.numbers("K1") == {}
    stage.at("2026-03-01T09:30")
    stage.desk.sweep()
    assert sorted(stage.numbers(c)["late_book"] for c in ("K1", "K2", "K3")) == [
        "L01",
        "L02",
        "L03",
    ]


def test_a_serial_that_has_outgrown_its_width_changes_nothing(stage: Stage) -> None:
    with stage.desk.store.begin() as work:
        for _ in range(99):
            work.next_serial("2602{serial:02}")
    before = stage.desk.case("K1").events
    with pytest.raises(InvalidValueError, match="wider than the 2 digits"):
        stage.do("K1", "register")
    assert stage.desk.case("K1").events == before


def test_a_number_of_the_opening_is_the_number_of_the_case() -> None:
    policy = loads(TEXT.replace('numbered = "register"', 'numbered = "receive"'))
    desk = Desk(policy, now=lambda: instant("2026-02-28T09:00", "Asia/Shanghai"))
    accepted = desk.receive({}, by="Ma", role="clerk")
    assert (accepted.case.id, dict(accepted.case.numbers)) == ("260201", {})
    assert loads(dump(policy)) == policy
