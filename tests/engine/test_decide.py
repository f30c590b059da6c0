"""Commands: accepted with events, or refused with every reason, changing nothing."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from complaintflow.audit.events import Counted, Decided, Noted, Opened, Overruled, StepTaken
from complaintflow.engine import reasons as r
from complaintflow.engine.outcome import Accepted, Refused
from complaintflow.errors import CommandReusedError, RefusedError, UnknownCaseError
from complaintflow.gallery import load_pack
from complaintflow.moments import instant
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

OEM = load_pack("oem_supplier")
SHEET: dict[str, Any] = {
    "customer": "OEM-1",
    "subject": "quality",
    "oral": False,
    "product": "hinge",
    "model": "H1",
    "defect": "crack",
    "shipped": "100 pcs",
    "disposal": "held",
    "produced_on": "2026-02-01",
}

GUARDED = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
C2 = "another clause"
[roles]
clerk = "C1"
chief = "C1"
[facts]
"checked, urgent" = "yes/no"
amount = "money CNY"
share = { type = "money CNY", is = "amount / 2", clause = "C1" }
[decide.level]
order = ["high", "low"]
by = "chief"
high."C1" = "amount >= 1000 CNY"
low."C2" = "amount < 1000 CNY"
[step]
open = { clause = "C1", by = "clerk", to = "going" }
send = { clause = "C1", by = "clerk", from = "going", via = ["mail", "fax"], makes = ["letter"], signed = "chief" }
offer = { clause = "C2", by = "clerk", from = "going", asks = ["amount"], should = { C2 = "checked" } }
pay = { clause = "C1", by = "chief", from = "going", needs = { C1 = "share <= 500 CNY", C2 = "known(level)" } }
branch = { clause = "C1", by = "clerk", from = "going", to = { urgent = "$elsewhere", else = "done" } }
end = { clause = "C1", by = "clerk", from = "going", to = "done" }
[choices]
elsewhere = { clause = "C2", why = "the page is lost" }
"""


def play(text: str = GUARDED) -> Rehearsal:
    stage = Rehearsal(loads(text))
    stage.receive("2026-03-10 08:00", role="clerk")
    return stage


def grade(stage: Rehearsal) -> object:
    return stage.case.answers["grade"]


def refused(outcome: object) -> Refused:
    assert isinstance(outcome, Refused)
    for language in ("en", "zh"):
        assert len(outcome.text(language).splitlines()) == len(outcome.reasons)
    return outcome


class TestRefusals:
    """Every kind of reason, with what would have worked."""

    def test_a_step_that_is_not_possible(self) -> None:
        stage = Rehearsal(OEM)
        stage.receive("2026-03-10 09:20", role="sales_point", facts=SHEET)
        outcome = refused(stage.try_do("2026-03-10 09:30", "verify", role="sales"))
        assert outcome.reasons == (
            r.StepNotPossible("verify", "received", ("confirm_on_site",), "W3"),
        )
        assert outcome.possible == ("confirm_on_site",)

    def test_incomplete_intake_is_refused_with_liability(self) -> None:
        """X8: the sheet lacks a quantity; Sales refuses it because it is vague (s000:I6)."""
        stage = Rehearsal(OEM)
        stage.receive(
            "2026-03-25 10:00", role="sales_point", facts={**SHEET, "possible_loss": "1 CNY"}
        )
        stage.do(
            "2026-03-25 10:00", "confirm_on_site", role="sales_point", facts={"problem_real": True}
        )
        stage.do("2026-03-25 10:10", "file_sheet", role="sales_point")
        outcome = refused(stage.try_do("2026-03-25 10:20", "verify", role="sales"))
        assert {
            reason.clause for reason in outcome.reasons if isinstance(reason, r.NeedNotMet)
        } == {
            "I3",
            "I6",
        }
        stage.do("2026-03-25 10:30", "refuse", role="quality", facts={"vague": True})
        assert (stage.case.state, stage.case.facts["liable"]) == ("in_review", "salesperson")
        assert stage.owed() == ("gather_evidence",)

    def test_every_reason_at_once(self) -> None:
        stage = play()
        outcome = refused(
            stage.try_do("2026-03-10 09:00", "send", role="chief", facts={"amuont": 1, "share": 2})
        )
        kinds = {type(reason) for reason in outcome.reasons}
        assert kinds == {
            r.UnknownName,
            r.BadValue,
            r.WrongRole,
            r.SignatureMissing,
            r.ViaMissing,
            r.EvidenceMissing,
        }
        assert "did you mean 'amount'" in outcome.text()
        (unsigned,) = (one for one in outcome.reasons if isinstance(one, r.SignatureMissing))
        assert (unsigned.party, unsigned.roles) == ("chief", ("chief",))

    def test_what_should_hold_can_be_passed_with_a_reason(self) -> None:
        stage = play()
        outcome = refused(stage.try_do("2026-03-10 09:00", "offer", role="clerk"))
        assert outcome.reasons == (
            r.FactMissing("C2", ("amount",)),
            r.ReasonMissing("C2", "checked"),
        )
        stage.do(
            "2026-03-10 09:00", "offer", role="clerk", facts={"amount": "10 CNY"}, reason="small"
        )
        assert stage.bodies(StepTaken)[-1].reason == "small"

    def test_a_guard_that_cannot_be_evaluated_names_the_fact(self) -> None:
        stage = play()
        outcome = refused(stage.try_do("2026-03-10 09:00", "pay", role="chief"))
        assert isinstance(outcome.reasons[0], r.NeedNotMet)
        assert outcome.reasons[0].missing == ("share",)
        stage.note("2026-03-10 09:00", amount="1000 CNY")
        stage.do("2026-03-10 09:10", "pay", role="chief")
        stage.note("2026-03-10 09:00", amount="1000.02 CNY")
        refused(stage.try_do("2026-03-10 09:10", "pay", role="chief"))

    def test_a_branch_into_what_the_text_leaves_open(self) -> None:
        stage = play()
        outcome = refused(
            stage.try_do("2026-03-10 09:00", "branch", role="clerk", facts={"urgent": True})
        )
        assert outcome.reasons == (r.OpenItem("elsewhere", "the page is lost", "C1"),)
        unknown = refused(stage.try_do("2026-03-10 09:00", "branch", role="clerk"))
        assert unknown.reasons == (r.FactMissing("C1", ("urgent",)),)

    def test_a_closed_case(self) -> None:
        stage = play()
        stage.do("2026-03-10 09:00", "end", role="clerk")
        refused(stage.try_do("2026-03-10 09:10", "offer", role="clerk"))
        stage.desk.void(stage.number, reason="a test", by="c", role="clerk")
        outcome = refused(stage.try_do("2026-03-10 09:10", "offer", role="clerk"))
        assert outcome.reasons == (r.CaseClosed("done"),)

    def test_times_that_cannot_be(self) -> None:
        stage = play()
        outcome = refused(
            stage.try_do("2026-03-10 09:00", "end", role="clerk", late="2026-03-10 10:00")
        )
        assert isinstance(outcome.reasons[0], r.OutOfTime)
        outcome = refused(
            stage.try_do("2026-03-10 09:00", "end", role="clerk", late="2026-03-10 07:00")
        )
        assert "before the complaint was received" in outcome.text()

    def test_nobody_does_what_is_not_there(self) -> None:
        stage = play()
        outcome = refused(stage.try_do("2026-03-10 09:00", "ofer", role="clerk"))
        assert "did you mean 'offer'" in outcome.text()
        with pytest.raises(UnknownCaseError):
            stage.desk.do("nowhere", "end", by="c", role="clerk")

    def test_the_error_carries_the_refusal_and_survives_pickling(self) -> None:
        stage = play()
        with pytest.raises(RefusedError) as caught:
            stage.desk.do(stage.number, "pay", by="c", role="clerk")
        again = pickle.loads(pickle.dumps(caught.value))
        assert again.refused.reasons == caught.value.refused.reasons
        assert str(again) == str(caught.value)


class TestReceiving:
    """A case begins with the step that opens it."""

    def test_what_is_on_record(self) -> None:
        stage = Rehearsal(OEM)
        accepted = stage.receive("2026-03-10 09:20", role="sales_point", facts=SHEET, by="li")
        kinds = [type(event.body) for event in accepted.events]
        assert kinds == [Opened, StepTaken, Counted]
        assert [event.by for event in accepted.events] == ["li", "li", "history"]
        assert stage.number == "2026-0001"

    def test_a_number_is_given_once(self) -> None:
        stage = play()
        with pytest.raises(RefusedError, match="exists already"):
            stage.desk.receive({}, by="c", role="clerk", number=stage.number)

    def test_the_host_may_bring_its_own_complaint(self) -> None:
        from complaintflow import Complaint, Item, Quantity

        complaint = Complaint(
            customer="OEM-1",
            received_at=instant("2026-03-10T09:00+08:00"),
            items=[Item("hinge", "H1", defective=Quantity("3")), Item("hinge", "H2")],
        )
        stage = Rehearsal(OEM)
        stage.at("2026-03-10 09:20")
        with pytest.raises(RefusedError, match="subject"):
            stage.desk.receive(complaint, by="li", role="sales_point")
        facts = complaint.facts()
        assert facts["product"] == "hinge"
        assert "model" not in facts, "two models are nobody's single model"


class TestOverruling:
    """A person answers where the criteria do not (s000:X7)."""

    def test_a_written_reply_is_wanted_and_no_grade_fits(self) -> None:
        stage = Rehearsal(OEM)
        facts = {
            **SHEET,
            "subject": "document_change",
            "line_stopped": False,
            "batch_problem": False,
            "heavy_effect": False,
            "noncompliant": False,
            "batch_return_or_huge_claim": False,
            "possible_loss": "0 CNY",
            "dissatisfied": False,
            "written_reply_wanted": True,
        }
        stage.receive("2026-03-24 09:00", role="sales_point", facts=facts)
        assert grade(stage) is None
        for answer, reason, said in (("B", " ", "reason"), ("b", "nearest", "did you mean")):
            with pytest.raises(RefusedError, match=said):
                stage.desk.overrule(
                    stage.number, "grade", answer, reason=reason, by="q", role="quality"
                )
        stage.desk.overrule(stage.number, "grade", "B", reason="nearest", by="q", role="quality")
        assert grade(stage) == "B"
        assert stage.bodies(Overruled)[0].instead_of is None
        stage.note("2026-03-24 10:00", role="sales", line_stopped=True)
        assert grade(stage) == "B", "a person's answer stands until a person moves it"


class TestCounting:
    """Recurrence is asked of history and recorded (s000:C1.5, X4)."""

    def test_the_third_b_becomes_an_a(self) -> None:
        stage = Rehearsal(OEM)
        facts = {
            **SHEET,
            "defective": "1",
            "line_stopped": False,
            "batch_problem": False,
            "heavy_effect": False,
            "noncompliant": False,
            "batch_return_or_huge_claim": False,
            "possible_loss": "200 CNY",
        }
        grades = []
        for wall in ("2026-01-20 09:00", "2026-02-25 09:00", "2026-03-16 13:00"):
            stage.receive(wall, role="sales_point", facts=facts)
            grades.append((stage.case.answers["grade"], stage.case.facts["repeats"]))
        assert grades == [("B", 1), ("B", 2), ("A", 3)]
        assert stage.bodies(Counted)[0].cases == ("2026-0001", "2026-0002")
        decided = [body for body in stage.bodies(Decided) if body.decision == "grade"]
        assert "C1.5" in decided[-1].matched
        assert stage.case.answers["major"] is False

    def test_another_model_is_another_story(self) -> None:
        stage = Rehearsal(OEM)
        stage.receive("2026-01-20 09:00", role="sales_point", facts=SHEET)
        stage.receive("2026-02-20 09:00", role="sales_point", facts={**SHEET, "model": "H2"})
        assert stage.case.facts["repeats"] == 1


class TestCommands:
    """The same id and content give the first outcome; other content is an error."""

    def test_repeated(self) -> None:
        stage = play()
        stage.at("2026-03-10 09:00")
        first = stage.desk.note(
            stage.number, {"checked": True}, by="c", role="clerk", command_id="x"
        )
        stage.at("2026-03-11 09:00")
        again = stage.desk.note(
            stage.number, {"checked": True}, by="c", role="clerk", command_id="x"
        )
        assert again.events == first.events
        assert len(stage.bodies(Noted)) == 1
        with pytest.raises(CommandReusedError):
            stage.desk.note(stage.number, {"checked": False}, by="c", role="clerk", command_id="x")

    def test_adopting_an_open_case(self) -> None:
        """Earlier misses of the old system do not fire again."""
        stage = Rehearsal(OEM)
        stage.at("2026-03-10 09:00")
        accepted = stage.desk.adopt(
            "OLD-7",
            system="spreadsheet",
            state="in_review",
            received=instant("2026-02-10T09:00+08:00"),
            facts={"customer": "OEM-1", "subject": "quality"},
            by="migration",
        )
        assert isinstance(accepted, Accepted)
        stage.number = "OLD-7"
        assert stage.case.possible == ("send_back", "refuse", "verify")
        assert stage.sweep("2026-04-10 09:00") == ()


def test_an_erased_value_is_unknown_and_the_trail_still_verifies() -> None:
    """Personal facts can be forgotten; what was decided stays, and stays provable."""
    from complaintflow.audit.chain import verify

    text = GUARDED.replace(
        'amount = "money CNY"', 'amount = { type = "money CNY", personal = true }'
    )
    stage = play(text)
    stage.note("2026-03-10 09:00", amount="1000 CNY")
    assert stage.case.answers["level"] == "high"
    with stage.desk.store.begin() as work:
        assert work.erase(stage.number) == 1
        assert verify(work.trail(stage.number)).ok
    fresh = Rehearsal(stage.policy, store=stage.desk.store)
    fresh.number = stage.number
    fresh.at("2026-03-10 10:00")
    assert fresh.case.answers["level"] is None
    assert stage.bodies(Decided)[-1].answer == "high"


def test_nobody_may_overrule_where_who_decides_is_an_open_item() -> None:
    undecided = GUARDED.replace('by = "chief"\nhigh', 'by = "$who"\nhigh')
    undecided += 'who = { clause = "C2", why = "who decides is lost" }\n'
    stage = play(undecided)
    with pytest.raises(RefusedError) as caught:
        stage.desk.overrule(stage.number, "level", "low", reason="small", by="x", role="chief")
    assert caught.value.refused.reasons == (r.OpenItem("who", "who decides is lost", "C2"),)
