"""Who owes what: derived from the acts on record against the present demand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from complaintflow.engine.outcome import Refused
from complaintflow.engine.reasons import ActedAlready, NotAKey, PresenceMissing, WrongRole
from complaintflow.gallery import load_pack
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

OEM = load_pack("oem_supplier")
A_TEAM = {
    "plant_director": "dai",
    "quality_head": "qin",
    "technical_supervisor": "tan",
    "bu_manager": "bo",
}
B_TEAM = {"plant_director": "dai", "quality_head": "qin", "plant_inspector": "pan"}
SHEET = {
    "customer": "OEM-1",
    "subject": "quality",
    "oral": False,
    "product": "hinge",
    "model": "H1",
    "defect": "crack",
    "shipped": "100 pcs",
    "defective": "3 pcs",
    "disposal": "held",
    "produced_on": "2026-02-01",
    "heavy_effect": False,
    "batch_problem": False,
    "noncompliant": False,
    "batch_return_or_huge_claim": False,
    "line_stopped": False,
    "possible_loss": "200 CNY",
}


def confirmed(**facts: object) -> Rehearsal:
    """A complaint whose grade was confirmed on Tuesday 2026-03-10 at 10:30."""
    play = Rehearsal(OEM)
    play.receive("2026-03-10 09:20", role="sales_point", facts={**SHEET, **facts})
    play.do("2026-03-10 10:00", "confirm_on_site", role="sales_point", facts={"problem_real": True})
    play.do("2026-03-10 10:10", "file_sheet", role="sales_point")
    play.do("2026-03-10 10:30", "verify", role="sales", facts={"vague": False})
    play.do("2026-03-10 10:30", "confirm_grade", role="quality")
    return play


class TestJointPresence:
    """Acts are compared with what is demanded now (s000:W6, W7)."""

    def test_b_needs_its_three_roles_and_both_owners(self) -> None:
        play = confirmed()
        assert play.case.answers["grade"] == "B"
        refused = play.try_do(
            "2026-03-10 15:00",
            "rectification_report",
            role="plant",
            present={"plant_director": "dai"},
        )
        assert isinstance(refused, Refused)
        assert refused.reasons == (PresenceMissing("T7, W7", ("quality_head", "plant_inspector")),)
        play.do("2026-03-10 15:00", "rectification_report", role="plant", present=B_TEAM)
        assert "rectification_report" in play.owed()
        play.do("2026-03-10 15:10", "rectification_report", role="quality", present=B_TEAM)
        assert "rectification_report" not in play.owed()

    def test_presence_under_b_does_not_satisfy_a_after_a_regrade(self) -> None:
        play = confirmed()
        for role in ("plant", "quality"):
            play.do("2026-03-10 15:00", "rectification_report", role=role, present=B_TEAM)
        play.note("2026-03-10 16:00", line_stopped=True)
        assert play.case.answers["grade"] == "A"
        assert "preliminary_report" in play.owed()
        assert play.due("preliminary_report") == "2026-03-11 10:30:00"

    def test_going_back_finds_the_earlier_acts_still_there(self) -> None:
        """An act is never unmade."""
        play = confirmed()
        for role in ("plant", "quality"):
            play.do("2026-03-10 15:00", "rectification_report", role=role, present=B_TEAM)
        play.note("2026-03-10 16:00", line_stopped=True)
        play.note("2026-03-10 17:00", line_stopped=False)
        assert play.case.answers["grade"] == "B"
        assert "rectification_report" not in play.owed()
        assert "preliminary_report" not in play.owed()


class TestEach:
    """A duty that several owe is discharged for each by itself."""

    def test_a_cause_and_an_effect_route_at_once(self) -> None:
        play = confirmed(line_stopped=True)
        assert {d for d in play.owed() if d.startswith("analysis")} == {
            "analysis:planning",
            "analysis:plant",
        }
        play.note("2026-03-10 11:00", cause="design")
        assert {d for d in play.owed() if d.startswith("analysis")} == {
            "analysis:planning",
            "analysis:plant",
            "analysis:technical",
        }
        play.do(
            "2026-03-10 12:00", "analysis", role="plant", key="plant", facts={"report": "r.pdf"}
        )
        assert "analysis:plant" not in play.owed()
        assert "analysis:technical" in play.owed()

    def test_a_key_that_owes_nothing_is_refused(self) -> None:
        play = confirmed(line_stopped=True)
        refused = play.try_do("2026-03-10 12:00", "analysis", role="sales", key="sales")
        assert isinstance(refused, Refused)
        assert any(isinstance(reason, NotAKey) for reason in refused.reasons)

    def test_while_the_keys_are_unknown_the_next_step_waits(self) -> None:
        play = confirmed()
        refused = play.try_do("2026-03-10 12:00", "implement", role="plant")
        assert isinstance(refused, Refused)
        assert "Q7" in refused.text()


class TestRounds:
    """s000's two loops: what is asked for again is owed again."""

    def test_send_back_and_file_again(self) -> None:
        """The written form (T3) counts from the oral report, once; sending back changes nothing."""
        play = Rehearsal(OEM)
        play.receive("2026-03-20 19:45", role="sales_point", facts={**SHEET, "oral": True})
        assert play.due("written_form") == "2026-03-21 07:45:00"
        play.do(
            "2026-03-20 20:00", "confirm_on_site", role="sales_point", facts={"problem_real": True}
        )
        play.do("2026-03-20 20:30", "file_sheet", role="sales_point")
        assert "written_form" not in play.owed()
        play.do("2026-03-20 21:00", "send_back", role="sales", facts={"reason": "no lot"})
        assert "written_form" not in play.owed()

    def test_an_effect_not_proven_begins_everything_anew(self) -> None:
        play = confirmed(cause="manufacturing")
        for role in ("plant", "quality"):
            play.do("2026-03-11 09:00", "rectification_report", role=role, present=B_TEAM)
        play.do(
            "2026-03-11 09:00", "analysis", role="plant", key="plant", facts={"report": "r1.pdf"}
        )
        play.do("2026-03-11 10:00", "implement", role="plant")
        play.do("2026-03-12 10:00", "verify_effect", role="sales", facts={"effective": False})
        assert play.case.state == "verified"
        play.do("2026-03-12 11:00", "confirm_grade", role="quality")
        clock = play.clock("rectification_report")
        assert (clock.state.round, play.due("rectification_report")) == (2, "2026-03-14 11:00:00")
        assert "analysis:plant" in play.owed()
        refused = play.try_do("2026-03-12 12:00", "implement", role="plant")
        assert isinstance(refused, Refused)


class TestActing:
    """What stands against an act."""

    def test_the_wrong_role(self) -> None:
        play = confirmed()
        refused = play.try_do("2026-03-10 12:00", "gate_check", role="sales", key="stock")
        assert isinstance(refused, Refused)
        assert refused.reasons == (WrongRole("gate_check", "sales", "plant", "A1"),)

    def test_twice(self) -> None:
        play = confirmed()
        play.do("2026-03-10 12:00", "gate_check", role="plant", key="stock", by="lu")
        refused = play.try_do("2026-03-10 12:10", "gate_check", role="plant", key="stock")
        assert isinstance(refused, Refused)
        assert refused.reasons == (ActedAlready("gate_check", "lu"),)


class TestTheUnknownLimit:
    """Words and open items have no instant and are never overdue by themselves."""

    def test_first_moment(self) -> None:
        play = confirmed(signatory_absent=True)
        assert "phone_manager" in play.owed()
        assert play.due("phone_manager") is None
        play.at("2027-01-01 00:00")
        owed = {o.duty: o for o in play.case.owed}
        assert owed["phone_manager"].overdue == timedelta(0)
        assert owed["rectification_report"].overdue > timedelta(days=290)

    def test_an_unset_limit_is_an_open_item_and_not_zero(self) -> None:
        text = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }
[calendar.always]
timezone = "UTC"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
[roles]
clerk = "C1"
[step]
open = { clause = "C1", by = "clerk", to = "going" }
end = { clause = "C1", by = "clerk", from = "going", to = "done" }
[duty]
answer = { clause = "C1", owner = "clerk", starts = "open", within = "$limit" }
[choices]
limit = { clause = "C1", why = "left blank" }
"""
        play = Rehearsal(loads(text))
        play.receive("2026-03-10 09:00", role="clerk")
        owed = play.case.owed[0]
        assert (owed.duty, owed.due, owed.sort, owed.overdue) == (
            "answer",
            None,
            "open item",
            timedelta(0),
        )
        assert [choice.code for choice in play.policy.open_items] == ["limit"]


@pytest.mark.parametrize("grade", ["A", "B"])
def test_a_report_is_owed_by_both_plant_and_quality(grade: str) -> None:
    play = confirmed(line_stopped=grade == "A")
    duty = {"A": "preliminary_report", "B": "rectification_report"}[grade]
    owed = {o.duty: o for o in play.case.owed}
    assert owed[duty].roles == ("plant", "quality")


def test_each_of_a_single_answer_is_that_answer() -> None:
    """Not each of its letters."""
    policy = loads("""
policy = { id = "one", version = "1", semantics = 1, calendar = "c", final = ["closed"] }
calendar.c = { timezone = "UTC", week = { "mon-fri" = ["09:00-17:00"] } }
roles = { desk = "1", compliance = "1" }
facts = { conduct = "yes/no" }
[decide.unit]
pick = "first"
compliance."1" = "conduct"
desk."1" = "not conduct"
[step]
receive = { by = "desk", to = "open", asks = ["conduct"] }
close = { by = "desk", from = "open", to = "closed", needs = { 1 = "look" } }
[duty]
look = { each = "unit", starts = "receive" }
""")
    play = Rehearsal(policy)
    play.receive("2026-03-10 09:00", role="desk", facts={"conduct": True})
    (owed,) = play.desk.owed(play.number)
    assert (owed.duty, owed.key, owed.roles) == ("look", "compliance", ("compliance",))
    play.do("2026-03-10 09:10", "look", role="compliance", key="compliance")
    assert play.do("2026-03-10 09:20", "close", role="desk").case.state == "closed"


def test_an_act_is_not_repeated_while_nobody_can_say_who_owes_it() -> None:
    """The units are unknown; what was done without a key is done."""
    play = confirmed(subject="quality")
    assert play.case.answers["units"] is None
    play.do("2026-03-10 11:00", "analysis", role="plant", facts={"report": "r.pdf"})
    again = play.try_do("2026-03-10 11:10", "analysis", role="plant", facts={"report": "r.pdf"})
    assert isinstance(again, Refused)
    assert [type(reason) for reason in again.reasons] == [ActedAlready]
