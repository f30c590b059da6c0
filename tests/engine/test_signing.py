"""Signatures: who signed what, what it means, and whether it is still what was signed."""

from __future__ import annotations

import attrs
import pytest

from complaintflow.audit.events import Signed, StepTaken
from complaintflow.audit.signing import signatures
from complaintflow.audit.vault import Erased
from complaintflow.engine.standing import view_of
from complaintflow.errors import PolicyFileError
from complaintflow.policyfile import dump, loads
from complaintflow.testing.rehearsal import Rehearsal

TEXT = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
C2 = "another one"
[roles]
sales = "C1"
quality = "C1"
[facts]
loss = "money CNY"
phone = { type = "text", personal = true }
way = { type = "one of: mail, post", personal = true }
[step]
open = { by = "sales", to = "going", asks = ["loss", "phone"] }
ask = { by = "sales", from = "going" }
pay = { clause = "C1, C2", by = "sales", from = "going", to = "paid", signed = "sales and quality", meaning = "approved" }
close = { clause = "C1", by = "sales", from = "paid", to = "done", needs = { C1 = "consent is yes and manner is agreed" } }
[approval]
consent = { clause = "C2", by = "quality", starts = "ask", meaning = "consented" }
manner = { by = "sales and quality", starts = "ask", asks = "way", meaning = "chosen" }
"""
BOTH = {"sales": "li", "quality": "wu"}


def paid() -> Rehearsal:
    play = Rehearsal(loads(TEXT))
    facts = {"loss": "500 CNY", "phone": "13800138000"}
    play.receive("2026-03-10 09:00", role="sales", by="li", facts=facts)
    play.do("2026-03-10 10:00", "pay", role="sales", by="li", signed=BOTH)
    return play


def test_a_signature_has_a_meaning_a_signer_a_role_a_time_and_a_digest() -> None:
    play = paid()
    first, second = play.case.signatures
    step = next(
        e for e in play.case.events if isinstance(e.body, StepTaken) and e.body.step == "pay"
    )
    assert (first.person, first.role, second.person, second.role) == (
        "li",
        "sales",
        "wu",
        "quality",
    )
    assert (first.what, first.clause, first.meaning) == ("pay", "C1, C2", "approved")
    assert (play.wall(first.at), first.entry) == ("2026-03-10 10:00:00", step.position)
    assert first.facts == ("loss", "phone")
    assert first.digest == second.digest, "both signed the same"
    assert first.intact
    assert first.stands


def test_a_personal_value_is_covered_by_its_entry_alone() -> None:
    one, other = paid(), Rehearsal(loads(TEXT))
    facts = {"loss": "500 CNY", "phone": "another"}
    other.receive("2026-03-10 09:00", role="sales", by="li", facts=facts)
    other.do("2026-03-10 10:00", "pay", role="sales", by="li", signed=BOTH)
    digests = {play.case.signatures[0].digest for play in (one, other)}
    assert len(digests) == 1


def test_a_signature_says_which_of_its_facts_were_changed_since() -> None:
    play = paid()
    play.desk.correct(play.number, 2, {"loss": "600 CNY"}, reason="misread", by="li", role="sales")
    (first, _) = play.case.signatures
    assert first.intact, "it was given for what stood there then"
    assert first.changed == ("loss",)
    assert not first.stands


def test_what_becomes_known_later_does_not_touch_it() -> None:
    play = paid()
    play.note("2026-03-10 11:00", way="mail")
    assert all(one.stands for one in play.case.signatures)


def test_a_signature_of_something_else_is_found() -> None:
    """A trail in which the amount was exchanged is broken; so is the signature."""
    play = paid()
    events = list(play.case.events)
    opened = events[1]
    assert isinstance(opened.body, StepTaken)
    dearer = {**opened.body.facts, "loss": attrs.evolve(opened.body.facts["loss"], amount=5000)}
    events[1] = attrs.evolve(opened, body=attrs.evolve(opened.body, facts=dearer))
    first, second = signatures(play.number, events)
    assert (first.intact, second.intact) == (False, False)


def test_an_answer_to_an_approval_is_signed_where_it_has_a_meaning() -> None:
    play = Rehearsal(loads(TEXT))
    facts = {"loss": "500 CNY", "phone": "13800138000"}
    play.receive("2026-03-10 09:00", role="sales", by="li", facts=facts)
    play.do("2026-03-10 10:00", "ask", role="sales", by="li")
    number = play.number
    play.desk.approve(number, "consent", False, by="wu", role="quality")
    no = play.case.signatures[-1]
    assert (no.what, no.meaning, no.person, no.role) == ("consent", "consented", "wu", "quality")
    play.do("2026-03-10 11:00", "ask", role="sales", by="li")
    play.desk.approve(number, "consent", True, by="wu", role="quality")
    yes = play.case.signatures[-1]
    assert yes.digest != no.digest, "what is answered is signed"
    assert yes.stands
    for text in ("en", "zh"):
        assert yes.digest[:12] in play.desk.explain(number).text(text)


def test_the_story_names_the_meaning() -> None:
    play = paid()
    digest = play.case.signatures[0].digest[:12]
    position = play.case.signatures[0].entry
    line = f"li (sales) signed pay, entry {position}; meaning: approved; digest {digest} (C1, C2)"
    assert line in play.desk.explain(play.number).text("en")


# -- personal answers ----------------------------------------------------------------------


def answered() -> Rehearsal:
    play = Rehearsal(loads(TEXT))
    facts = {"loss": "500 CNY", "phone": "13800138000"}
    play.receive("2026-03-10 09:00", role="sales", by="li", facts=facts)
    play.do("2026-03-10 10:00", "ask", role="sales", by="li")
    for role, person in BOTH.items():
        play.desk.approve(play.number, "manner", "mail", by=person, role=role)
    return play


def test_the_answer_of_a_personal_fact_is_sealed_and_can_be_erased() -> None:
    play = answered()
    with play.desk.store.begin() as work:
        rows = "".join(row.text for row in work.trail(play.number))
    assert '"mail"' not in rows
    before = [one.digest for one in play.case.signatures]
    with play.desk.store.begin() as work:
        assert work.erase(play.number, frozenset({"way"})) == 2
    fresh = Rehearsal(loads(TEXT), store=play.desk.store)
    case = fresh.desk.case(play.number)
    answers = [given.answer for given in case.standing.case.given["manner"]]
    assert all(isinstance(answer, Erased) for answer in answers)
    assert [one.digest for one in case.signatures] == before
    assert all(one.intact for one in case.signatures)
    view = view_of(case.program, case.standing)
    assert view["manner"] is None, "nobody can tell any more whether they agreed"
    assert view["manner.sales"] is None


# -- the policy file -----------------------------------------------------------------------


def test_what_is_written_reads_back() -> None:
    policy = loads(TEXT)
    assert loads(dump(policy)) == policy
    named = loads(TEXT + '[names]\napproved = ["Approved", "批准"]')
    assert named.name("approved", "zh") == "批准"


def test_a_meaning_needs_somebody_who_signs() -> None:
    with pytest.raises(PolicyFileError, match="nobody signs this"):
        loads(TEXT.replace('signed = "sales and quality", ', ""))


def test_without_a_signature_there_is_no_event() -> None:
    play = Rehearsal(loads(TEXT.replace(', meaning = "consented"', "")))
    facts = {"loss": "500 CNY", "phone": "13800138000"}
    play.receive("2026-03-10 09:00", role="sales", by="li", facts=facts)
    play.do("2026-03-10 10:00", "ask", role="sales", by="li")
    play.desk.approve(play.number, "consent", True, by="wu", role="quality")
    assert play.bodies(Signed) == []
