"""One question to several parties, answered beside the flow."""

from __future__ import annotations

import pytest

from complaintflow.audit.events import Told
from complaintflow.engine.outcome import Refused
from complaintflow.errors import RefusedError
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

ASKED = """
policy = {{ id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }}
[calendar.always]
timezone = "Asia/Shanghai"
week = {{ mon-sun = ["00:00-24:00"] }}
[clauses]
C1 = "a clause"
[roles]
a = "C1"
b = "C1"
c = "C1"
[facts]
disposition = "one of: rework, scrap"
reopened = "yes/no"
[step]
open = {{ clause = "C1", by = "a", to = "going" }}
touch = {{ clause = "C1", by = "a or b or c", from = "going", asks = ["disposition", "reopened"] }}
ask = {{ clause = "C1", by = "a", from = "going" }}
go = {{ clause = "C1", by = "a", from = "going", to = "done", needs = {{ C1 = "review is {wanted}" }} }}
[approval]
review = {{ clause = "C1", starts = "ask", by = "{by}"{more} }}
"""


def asked(by: str, wanted: str = "yes", more: str = "") -> Rehearsal:
    play = Rehearsal(loads(ASKED.format(by=by, wanted=wanted, more=more)))
    play.receive("2026-03-10 08:00", role="a")
    play.do("2026-03-10 09:00", "ask", role="a")
    return play


def answer(play: Rehearsal, role: str, value: object) -> None:
    play.desk.approve(play.number, "review", value, by=f"p-{role}", role=role)


def state(play: Rehearsal, approval: str = "review") -> object:
    from complaintflow.engine.standing import view_of

    case = play.case
    return view_of(case.program, case.standing)[approval]


@pytest.mark.parametrize(
    ("by", "answers", "wanted"),
    [
        ("a", [("a", True)], "yes"),
        ("a", [("a", False)], "no"),
        ("a or b", [("a", False)], "pending"),
        ("a or b", [("a", False), ("b", True)], "yes"),
        ("a or b", [("a", False), ("b", False)], "no"),
        ("a and b", [("a", True)], "pending"),
        ("a and b", [("a", True), ("b", True)], "yes"),
        ("a and b", [("b", False)], "no"),
        ("a then b", [("a", True)], "pending"),
        ("a then b", [("a", True), ("b", True)], "yes"),
        ("2 of a, b, c", [("a", True), ("b", False)], "pending"),
        ("2 of a, b, c", [("a", True), ("b", False), ("c", True)], "yes"),
        ("2 of a, b, c", [("a", False), ("b", False)], "no"),
    ],
)
def test_how_answers_are_joined(by: str, answers: list[tuple[str, bool]], wanted: str) -> None:
    play = asked(by)
    assert state(play) == "pending"
    for role, value in answers:
        answer(play, role, value)
    assert state(play) == wanted


def test_before_it_is_asked_there_is_nothing_to_answer() -> None:
    play = Rehearsal(loads(ASKED.format(by="a", wanted="yes", more="")))
    play.receive("2026-03-10 08:00", role="a")
    assert state(play) == "none"
    with pytest.raises(RefusedError):
        answer(play, "a", value=True)


def test_in_order() -> None:
    play = asked("a then b")
    with pytest.raises(RefusedError, match="review: a"):
        answer(play, "b", value=True)


def test_asking_again_begins_anew() -> None:
    play = asked("a")
    answer(play, "a", value=True)
    play.do("2026-03-10 10:00", "ask", role="a")
    assert state(play) == "pending"
    assert isinstance(play.try_do("2026-03-10 10:00", "go", role="a"), Refused)


CHAINED = """
consent = { clause = "C1", starts = "review is yes", by = "b" }
[tell]
agreed = { clause = "C1", on = "consent is yes", to = "c" }
"""


@pytest.mark.parametrize("how", ["asked again", "reset"])
def test_an_approval_asked_by_another_is_asked_anew_with_it(how: str) -> None:
    text = ASKED.format(by="a", wanted="yes", more=', resets = "reopened"') + CHAINED
    play = Rehearsal(loads(text))
    play.receive("2026-03-10 08:00", role="a")
    play.do("2026-03-10 09:00", "ask", role="a")
    answer(play, "a", value=True)
    play.desk.approve(play.number, "consent", False, by="p-b", role="b")
    if how == "reset":
        play.note("2026-03-10 10:00", reopened=True)
    else:
        play.do("2026-03-10 10:00", "ask", role="a")
    assert (state(play), state(play, "consent")) == ("pending", "no")
    answer(play, "a", value=True)
    assert (state(play), state(play, "consent")) == ("yes", "pending")


def test_a_reset_throws_the_answers_away() -> None:
    play = asked("a", more=', resets = "reopened"')
    answer(play, "a", value=True)
    play.note("2026-03-10 10:00", reopened=True)
    assert state(play) == "pending"


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ([("a", "rework"), ("b", "rework")], "agreed"),
        ([("a", "rework"), ("b", "scrap")], "split"),
        ([("a", "rework")], "pending"),
    ],
)
def test_a_fact_answered_by_several(answers: list[tuple[str, str]], wanted: str) -> None:
    """s004d: a disposition on which the parties agree, or split."""
    play = asked("a and b", "agreed", ', asks = "disposition"')
    for role, value in answers:
        answer(play, role, value)
    assert state(play) == wanted
    with pytest.raises(RefusedError, match="expected one of rework, scrap"):
        answer(play, "a", "burn")


WATCHED = """
[tell]
agreed = {{ clause = "C1", on = "{on}", to = "b" }}
"""


@pytest.mark.parametrize("on", ["ask and review is yes", "known(reopened) and review is yes"])
def test_what_looks_at_the_step_that_asks_anew_sees_no_old_answer(on: str) -> None:
    text = ASKED.format(by="a", wanted="yes", more="") + WATCHED.format(on=on)
    play = Rehearsal(loads(text))
    play.receive("2026-03-10 08:00", role="a")
    play.do("2026-03-10 09:00", "ask", role="a")
    play.note("2026-03-10 09:30", reopened=True)
    assert times_told(play) == 0
    answer(play, "a", value=True)
    assert times_told(play) == 1
    play.do("2026-03-10 10:00", "ask", role="a")  # the answer counts no more
    assert times_told(play) == 1
    answer(play, "a", value=True)
    assert times_told(play) == 2


def times_told(play: Rehearsal) -> int:
    return sum(isinstance(event.body, Told) for event in play.case.events)
