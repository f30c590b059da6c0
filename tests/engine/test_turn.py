"""Whose turn it is, and on which side a case waits."""

from __future__ import annotations

import pytest

from complaintflow.errors import PolicyFileError
from complaintflow.policyfile import dump, loads
from complaintflow.testing.rehearsal import Rehearsal

ASKING = """
policy = { id = "t", version = "1", semantics = 1, calendar = "office", final = ["closed"] }
[calendar.office]
timezone = "Asia/Shanghai"
week = { mon-fri = ["08:00-12:00", "13:00-17:00"] }
[roles]
desk = "1"
chief = "1"
customer = { clause = "2", outside = true }
[step]
receive = { by = "desk", to = "open" }
ask = { by = "desk", from = "open", to = "waiting_for_customer" }
answer = { by = "customer", from = "waiting_for_customer", to = "open" }
give_up = { by = "chief", from = "any", to = "closed" }
close = { by = "desk", from = "open", to = "closed" }
reopen = { by = "chief", from = "closed", to = "open", needs = { "1" = "consent is yes" } }
[approval]
consent = { by = "customer then chief", starts = "close" }
[duty]
settle = { owner = "desk", starts = "state is open", ends = "close", within = "8 working hours", pauses = "state is waiting_for_customer" }
tidy = { owner = "chief", starts = "state is closed" }
"""


@pytest.fixture
def play() -> Rehearsal:
    found = Rehearsal(loads(ASKING))
    found.receive("2026-03-10 09:00", role="desk")
    return found


def test_who_owes_has_the_turn(play: Rehearsal) -> None:
    turn = play.case.turn
    assert (turn.roles, turn.waits) == (("desk",), "inside")
    assert turn.may == ("desk",)  # who may give up at any time is not waited for


def test_a_clock_that_stands_is_nobodys_turn(play: Rehearsal) -> None:
    play.do("2026-03-10 10:00", "ask", role="desk")
    turn = play.case.turn
    assert (turn.roles, turn.waits) == (("customer",), "outside")
    assert turn.outside == {"customer"}
    assert play.due("settle") is None
    play.do("2026-03-10 14:00", "answer", role="customer")
    assert play.case.turn.waits == "inside"


def test_an_approval_is_the_turn_of_whom_it_asks(play: Rehearsal) -> None:
    play.do("2026-03-10 10:00", "close", role="desk")
    assert play.case.turn.asked == ("customer",)
    assert play.case.turn.owes == ("chief",)
    assert play.case.turn.waits == "inside"
    play.do("2026-03-10 11:00", "tidy", role="chief")
    assert play.case.turn.waits == "outside"
    play.desk.approve(play.number, "consent", True, by="c", role="customer")
    play.desk.approve(play.number, "consent", True, by="b", role="chief")
    assert play.case.turn.roles == ("chief",)  # who may reopen


def test_nobody_where_nothing_leads_on(play: Rehearsal) -> None:
    play.at("2026-03-10 10:00")
    play.desk.void(play.number, reason="twice", by="x", role="desk")
    assert (play.case.turn.roles, play.case.turn.waits) == ((), "nowhere")


class TestState:
    """``state`` is a name in expressions that only steps write."""

    def test_each_entry_begins_a_round(self, play: Rehearsal) -> None:
        assert play.due("settle") == "2026-03-11 09:00:00"
        play.do("2026-03-10 11:00", "ask", role="desk")
        play.do("2026-03-11 11:00", "answer", role="customer")
        assert play.clock("settle").state.round == 2  # the case is open again

    def test_a_step_that_stays_turns_nothing(self) -> None:
        text = ASKING.replace(
            'give_up = { by = "chief"',
            'look = { by = "chief", from = "open" }\ngive_up = { by = "chief"',
        )
        play = Rehearsal(loads(text))
        play.receive("2026-03-10 09:00", role="desk")
        play.do("2026-03-10 10:00", "look", role="chief")
        assert play.clock("settle").state.round == 1

    def test_an_adopted_case_is_in_its_state(self) -> None:
        play = Rehearsal(loads(ASKING))
        at = play.at("2026-03-10 09:00")
        play.desk.adopt("7", system="old", state="open", received=at, by="x")
        play.number = "7"
        assert play.owed() == ("settle",)

    def test_it_is_said_in_both_languages(self) -> None:
        from complaintflow.policy.naming import Naming

        policy = loads(ASKING)
        pauses = policy.duties[0].target.pauses  # type: ignore[union-attr]
        assert pauses is not None
        assert Naming(policy, "en").condition(pauses) == "state is waiting_for_customer"
        assert Naming(policy, "zh").condition(pauses) == "状态为 waiting_for_customer"
        assert loads(dump(policy)) == policy

    def test_no_state_of_that_name(self) -> None:
        with pytest.raises(PolicyFileError) as caught:
            loads(ASKING.replace('"state is closed"', '"state is closd"'))
        (problem,) = caught.value.problems
        assert problem.path == "duty.tidy.starts"
        assert problem.suggestion == "closed"

    def test_the_name_is_taken(self) -> None:
        with pytest.raises(PolicyFileError, match="the state that the case is in"):
            loads(ASKING + '[facts]\nstate = "text"\n')
