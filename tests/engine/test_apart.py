"""Acts of which no one person may do two, and persons who were recused."""

from __future__ import annotations

import pytest

from complaintflow.audit.events import Recused
from complaintflow.engine.apart import conflicts
from complaintflow.engine.outcome import Refused
from complaintflow.engine.program import Program
from complaintflow.engine.reasons import BadValue, Concerned, Reason, RecusedPerson, SamePerson
from complaintflow.engine.standing import fold, view_of
from complaintflow.errors import PolicyFileError, RefusedError
from complaintflow.policy.diff import diff
from complaintflow.policyfile import dump, loads
from complaintflow.testing.rehearsal import Rehearsal

TEXT = """
policy = {{ id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }}
[calendar.always]
timezone = "Asia/Shanghai"
week = {{ mon-sun = ["00:00-24:00"] }}
[clauses]
C1 = "a clause"
C2 = "another one"
[roles]
sales = "C1"
quality = "C1"
plant = "C1"
[facts]
blamed = "text"
loss = "number"
[step]
open = {{ by = "sales or quality", to = "going", asks = ["loss"] }}
propose = {{ by = "sales", from = "going", to = "asked" }}
again = {{ by = "sales", from = "asked", to = "going" }}
pay = {{ by = "sales or quality", from = "asked", to = "paid", signed = "sales and quality" }}
close = {{ by = "sales or quality", from = "paid", to = "done" }}
[duty]
visit = {{ owner = "quality", starts = "open", jointly = "quality and plant" }}
report = {{ owner = "sales or quality", starts = "open", asks = ["blamed"] }}
[approval]
consent = {{ by = "sales and quality", starts = "propose" }}
[action]
measure = {{ kinds = "fix", by = "sales", owner = "sales", verified_by = "sales or quality" }}
[tell]
agreed = {{ on = "consent is yes", to = "sales" }}
[apart]
{apart}
"""


def rehearsed(apart: str, **facts: object) -> Rehearsal:
    play = Rehearsal(loads(TEXT.format(apart=apart)))
    play.receive("2026-03-10 09:00", role="sales", by="li", facts={"loss": 5, **facts})
    return play


def refused(
    play: Rehearsal, what: str, *, role: str, by: str, **more: object
) -> tuple[Reason, ...]:
    decision = play.try_do("2026-03-10 10:00", what, role=role, by=by, **more)
    assert isinstance(decision, Refused)
    return decision.reasons


def did(play: Rehearsal, what: str, *, role: str, by: str, **more: object) -> None:
    play.do("2026-03-10 10:00", what, role=role, by=by, **more)


RULE = 'rule = { clause = "C2", acts = %s }'


def test_who_received_it_does_not_report() -> None:
    play = rehearsed(RULE % '["open", "report"]')
    reasons = refused(play, "report", role="sales", by="li", facts={"blamed": "wu"})
    assert reasons == (SamePerson("C2", "li", "open", "report", "rule"),)
    assert reasons[0].text("en") == (
        "C2: li did 'open' and must not do 'report'; another person can"
    )
    did(play, "report", role="sales", by="zhou", facts={"blamed": "wu"})


def test_a_rule_without_clauses_is_cited_by_its_place() -> None:
    play = rehearsed('rule = ["open", "report"]')
    (reason,) = refused(play, "report", role="sales", by="li", facts={"blamed": "wu"})
    assert isinstance(reason, SamePerson)
    assert reason.clause == "apart.rule"


def test_the_order_in_which_the_two_are_done_makes_no_difference() -> None:
    play = rehearsed(RULE % '["report", "propose"]')
    did(play, "propose", role="sales", by="zhou")
    (reason,) = refused(play, "report", role="sales", by="zhou", facts={"blamed": "wu"})
    assert reason == SamePerson("C2", "zhou", "propose", "report", "rule")


def test_who_is_named_by_a_fact_does_none_of_the_others() -> None:
    play = rehearsed(RULE % '["blamed", "propose", "report"]', blamed="zhou")
    (reason,) = refused(play, "propose", role="sales", by="zhou")
    assert reason == Concerned("C2", "zhou", "blamed", "propose", "rule")
    assert "another person can" in reason.text("en")
    did(play, "propose", role="sales", by="li")


def test_who_names_himself_by_the_act_is_refused_as_well() -> None:
    play = rehearsed(RULE % '["blamed", "report"]')
    (reason,) = refused(play, "report", role="sales", by="li", facts={"blamed": "li"})
    assert isinstance(reason, Concerned)


@pytest.mark.parametrize(("step", "allowed"), [("open", True), ("mail", False)])
def test_who_opens_a_case_about_himself_by_the_step_of_the_rule(step: str, allowed: bool) -> None:
    more = '[step]\nmail = {{ by = "sales", to = "going", asks = ["blamed"] }}'
    policy = loads(TEXT.replace("[step]", more).format(apart=RULE % '["blamed", "mail"]'))
    facts = {"loss": 5, "blamed": "li"}
    play = Rehearsal(policy)
    if allowed:
        play.receive("2026-03-10 09:00", role="sales", by="li", facts=facts, step=step)
        return
    with pytest.raises(RefusedError, match="li is the blamed"):
        play.receive("2026-03-10 09:00", role="sales", by="li", facts=facts, step=step)


def test_two_answers_by_two_persons() -> None:
    play = rehearsed(RULE % '["consent"]')
    did(play, "propose", role="sales", by="li")
    play.desk.approve(play.number, "consent", True, by="li", role="sales")
    with pytest.raises(RefusedError, match=r"li did 'consent.sales'"):
        play.desk.approve(play.number, "consent", True, by="li", role="quality")
    play.desk.approve(play.number, "consent", True, by="wu", role="quality")


def test_one_party_of_an_approval_is_not_who_asked() -> None:
    play = rehearsed(RULE % '["propose", "consent.quality"]')
    did(play, "propose", role="sales", by="li")
    play.desk.approve(play.number, "consent", True, by="li", role="sales")
    with pytest.raises(RefusedError, match=r"li did 'propose' and must not do 'consent.quality'"):
        play.desk.approve(play.number, "consent", True, by="li", role="quality")


def test_who_answered_may_answer_for_the_same_role_when_asked_again() -> None:
    play = rehearsed(RULE % '["consent"]')
    for _ in range(2):
        did(play, "propose", role="sales", by="li")
        play.desk.approve(play.number, "consent", True, by="li", role="sales")
        did(play, "again", role="sales", by="li")
    did(play, "propose", role="sales", by="li")
    with pytest.raises(RefusedError, match=r"must not do 'consent.quality'"):
        play.desk.approve(play.number, "consent", True, by="li", role="quality")


def test_two_signatures_by_two_persons() -> None:
    play = rehearsed(RULE % '["sign pay"]')
    did(play, "propose", role="sales", by="li")
    both = {"sales": "li", "quality": "li"}
    (reason,) = refused(play, "pay", role="sales", by="li", signed=both)
    assert reason == SamePerson("C2", "li", "sign pay.sales", "sign pay.quality", "rule")
    did(play, "pay", role="sales", by="li", signed={"sales": "li", "quality": "wu"})


def test_who_signs_is_not_who_pays() -> None:
    play = rehearsed(RULE % '["pay", "sign pay"]')
    did(play, "propose", role="sales", by="li")
    signed = {"sales": "li", "quality": "wu"}
    (reason,) = refused(play, "pay", role="sales", by="li", signed=signed)
    assert isinstance(reason, SamePerson)
    did(play, "pay", role="sales", by="zhou", signed=signed)


def test_who_attends_for_two_roles_counts_once() -> None:
    play = rehearsed(RULE % '["attend visit"]')
    (reason,) = refused(play, "visit", role="quality", by="wu", present={"plant": "wu"})
    assert reason == SamePerson("C2", "wu", "attend visit.quality", "attend visit.plant", "rule")
    did(play, "visit", role="quality", by="wu", present={"plant": "chen"})


def test_who_was_present_did_it() -> None:
    play = rehearsed(RULE % '["visit", "report"]')
    did(play, "visit", role="quality", by="wu", present={"plant": "chen"})
    (reason,) = refused(play, "report", role="sales", by="chen", facts={"blamed": "x"})
    assert isinstance(reason, SamePerson)


def raised(play: Rehearsal, by: str) -> None:
    play.desk.raise_action(play.number, "measure", "fix", by=by, role="sales")


def test_actions_are_compared_one_by_one() -> None:
    play = rehearsed(RULE % '["raise measure", "measure", "verify measure"]')
    raised(play, "li")
    raised(play, "zhou")
    (reason,) = refused(play, "measure", role="sales", by="li", key="1")
    assert reason == SamePerson("C2", "li", "raise measure", "measure", "rule")
    did(play, "measure", role="sales", by="li", key="2")
    did(play, "measure", role="sales", by="zhou", key="1")
    (reason,) = refused(play, "verify measure", role="sales", by="zhou", key="1")
    assert reason == SamePerson("C2", "zhou", "measure", "verify measure", "rule")
    reasons = refused(play, "verify measure", role="sales", by="zhou", key="2")
    assert reasons == (SamePerson("C2", "zhou", "raise measure", "verify measure", "rule"),)
    did(play, "verify measure", role="sales", by="wu", key="1")


def test_a_step_taken_again_by_another_is_on_record_of_both() -> None:
    text = TEXT.replace('to = "paid"', 'to = "going"').replace('from = "paid"', 'from = "going"')
    play = Rehearsal(loads(text.format(apart=RULE % '["propose", "close"]')))
    play.receive("2026-03-10 09:00", role="sales", by="li", facts={"loss": 5})
    signed = {"sales": "a", "quality": "b"}
    for person in ("li", "wu"):
        did(play, "propose", role="sales", by=person)
        did(play, "pay", role="sales", by=person, signed=signed)
    for person in ("li", "wu"):
        (reason,) = refused(play, "close", role="sales", by=person)
        assert isinstance(reason, SamePerson)
    did(play, "close", role="sales", by="zhou")


def test_who_is_named_after_he_acted_is_a_conflict_on_record() -> None:
    play = rehearsed(RULE % '["blamed", "propose", "report"]')
    did(play, "propose", role="sales", by="zhou")
    assert not play.case.conflicts
    did(play, "report", role="sales", by="wu", facts={"blamed": "zhou"})
    assert play.case.conflicts == (Concerned("C2", "zhou", "blamed", "propose", "rule"),)


def test_a_case_that_moves_under_a_new_rule_shows_what_offends_it() -> None:
    play = rehearsed(RULE % '["pay", "sign pay"]')
    did(play, "propose", role="sales", by="zhou")
    did(play, "report", role="sales", by="zhou", facts={"blamed": "x"})
    stricter = Rehearsal(loads(TEXT.format(apart=RULE % '["propose", "report"]')))
    standing = fold(Program(stricter.policy), play.number, play.case.events)
    found = conflicts(view_of(Program(stricter.policy), standing))
    assert [
        (one.person, one.first, one.second) for one in found if isinstance(one, SamePerson)
    ] == [("zhou", "propose", "report")]


# -- recusal -------------------------------------------------------------------------------


def test_who_is_recused_does_nothing_more_in_the_case() -> None:
    play = rehearsed(RULE % '["open", "report"]')
    play.desk.recuse(play.number, "wu", reason="his brother complains", by="li", role="sales")
    signed = {"sales": "li", "quality": "wu"}
    reason = RecusedPerson("wu", "his brother complains")
    assert refused(play, "visit", role="quality", by="wu", present={"plant": "x"}) == (reason,)
    did(play, "propose", role="sales", by="li")
    assert refused(play, "pay", role="sales", by="li", signed=signed) == (reason,)
    with pytest.raises(RefusedError, match="recused from this case"):
        play.desk.note(play.number, {"loss": 6}, by="wu", role="quality")
    assert play.case.standing.case.recused == {"wu": "his brother complains"}


def test_a_recusal_can_be_lifted_by_another() -> None:
    play = rehearsed(RULE % '["open", "report"]')
    play.desk.recuse(play.number, "wu", reason="a mistake", by="li", role="sales")
    with pytest.raises(RefusedError):
        play.desk.recuse(play.number, "wu", reason="me", lifted=True, by="wu", role="quality")
    play.desk.recuse(play.number, "wu", reason="the other Wu", lifted=True, by="li", role="sales")
    did(play, "visit", role="quality", by="wu", present={"plant": "x"})
    assert [body.lifted for body in play.bodies(Recused)] == [False, True]
    told = play.desk.explain(play.number)
    assert "li (sales) recused wu: a mistake" in told.text("en")
    assert "li（sales）解除wu的回避：the other Wu" in told.text("zh")


@pytest.mark.parametrize(
    ("person", "reason", "lifted", "name"),
    [("", "x", False, "person"), ("wu", " ", False, "reason"), ("wu", "x", True, "person")],
)
def test_a_recusal_says_who_and_why(person: str, reason: str, lifted: bool, name: str) -> None:
    play = rehearsed(RULE % '["open", "report"]')
    with pytest.raises(RefusedError) as error:
        play.desk.recuse(play.number, person, reason=reason, lifted=lifted, by="li", role="sales")
    assert isinstance(error.value.refused, Refused)
    (found,) = error.value.refused.reasons
    assert isinstance(found, BadValue)
    assert found.name == name


# -- the policy file -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("apart", "message", "suggestion"),
    [
        ('rule = ["open", "reprot"]', "is called 'reprot'", "report"),
        ('rule = ["open", "verfy measure"]', "expected an act such as", "verify measure"),
        ('rule = ["open", "raise report"]', "is no action", None),
        ('rule = ["open", "sign close"]', "no step that anybody signs", None),
        ('rule = ["open", "attend report"]', "no duty that is done jointly", None),
        ('rule = ["open", "consent.plant"]', "answered by sales, quality", None),
        ('rule = ["open", "open.sales"]', "no approval is called 'open'", None),
        ('rule = ["open", "loss"]', "a person is named by a text", None),
        ('rule = ["open", "open"]', "named twice", None),
        ('rule = ["open"]', "say at least two acts", None),
        ('rule = ["blamed"]', "say at least two acts", None),
        ('rule = ["visit", "attend visit"]', "cannot be apart", None),
        ('rule = { clause = "C2" }', "say what is kept apart", None),
        ('rule = { clause = "C3", acts = ["open", "report"] }', "no clause", None),
        ("rule = 7", "expected a list of texts", None),
        ('"r-1" = ["open", "report"]', "expected a code", None),
    ],
)
def test_mistakes_stand_on_their_line(apart: str, message: str, suggestion: str | None) -> None:
    with pytest.raises(PolicyFileError) as error:
        loads(TEXT.format(apart=apart))
    line = TEXT.split("\n").index("{apart}") + 1  # a slip shows where it is declared as well
    (problem,) = (found for found in error.value.problems if found.line == line)
    assert message in problem.message
    assert suggestion is None or problem.suggestion == suggestion


def test_what_is_written_reads_back() -> None:
    apart = 'a = ["open", "consent.sales"]\n' + RULE % '["sign pay"]'
    policy = loads(TEXT.format(apart=apart))
    written = dump(policy)
    assert loads(written) == policy
    assert 'a = ["open", "consent.sales"]\n' in written


def test_a_comparison_of_two_versions_says_what_is_apart_now() -> None:
    old = loads(TEXT.format(apart='a = ["open", "report"]'))
    new = loads(TEXT.format(apart='a = ["open", "verify measure"]\nb = ["sign pay"]'))
    assert [change.text("en") for change in diff(old, new)] == [
        "a: by different persons now also verifying measure",
        "a: by different persons no longer report",
        "new rule of different persons: b, signing pay",
    ]


def test_a_case_is_not_handed_to_a_person_who_was_recused() -> None:
    play = rehearsed('rule = "consent"')
    play.desk.recuse(play.number, "wu", reason="his brother", by="li", role="sales")
    case = play.number
    found = play.desk.hand_over("li", "wu", reason="left", by="boss", role="sales", cases=[case])
    decision = found[case]
    assert isinstance(decision, Refused)
    assert RecusedPerson("wu", "his brother") in decision.reasons
