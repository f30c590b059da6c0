"""What leaves the house: whom it reaches, and what may be said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.codec import decode_message, encode_message
from complaintflow.audit.messages import Message
from complaintflow.domain.values import Money
from complaintflow.engine.messages import messages_of
from complaintflow.engine.standing import view_of
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

TOLD = """
policy = {{ id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }}
[calendar.always]
timezone = "Asia/Shanghai"
week = {{ mon-sun = ["00:00-24:00"] }}
[clauses]
C1 = "a clause"
N1 = "a notice"
E1 = "a rung"
[roles]
desk = "C1"
boss = "C1"
[facts]
subject = "text"
phone = {{ type = "text", personal = true }}
loss = "money CNY"
colour = "one of: red, blue"
twice = {{ type = "money CNY", is = "loss * 2" }}
[decide.grade]
order = ["A", "B"]
A.C1 = "loss >= 5000 CNY"
B.C1 = "loss < 5000 CNY"
[step]
open = {{ clause = "C1", by = "desk", to = "going", asks = ["loss"] }}
note_it = {{ by = "desk", from = "going", asks = ["subject", "phone", "colour"] }}
go = {{ clause = "C1", by = "desk", from = "going", to = "done" }}
[duty]
reply = {{ clause = "C1", owner = "desk", starts = "open", within = "24 h", rungs = [{{ at = "2 h before", to = "boss", clause = "E1" }}, {{ at = "due", to = "boss" }}] }}
[tell]
news = {{ clause = "N1", on = "open", to = "boss, desk", channel = "mail", shows = {shows} }}
[records]
all = {{ ledger = "all", columns = ["twice", "grade"] }}
[names]
boss = ["Boss", "老板"]
news = ["News", "新闻"]
grade = ["Grade", "等级"]
A = ["Serious", "严重"]
reply = ["Reply", "答复"]
red = ["Red", "红"]
"""
FACTS = ("subject", "phone", "loss", "colour", "twice", "grade")


def play(shows: tuple[str, ...] = ()) -> Rehearsal:
    listed = str(list(shows)).replace("'", '"')
    return Rehearsal(loads(TOLD.format(shows=listed)))


def opened(shows: tuple[str, ...], **facts: object) -> tuple[Message, ...]:
    given_ = {"loss": "6000 CNY", "subject": "a crack", "phone": "138", "colour": "red"}
    return play(shows).receive("2026-03-10 08:00", role="desk", facts=given_ | facts).messages


def test_a_notice_shows_what_the_policy_says_and_nothing_else() -> None:
    to_boss, to_desk = opened(("loss", "grade", "colour", "twice"))
    assert to_boss == Message(
        key="2026-0001:4:boss",
        case="2026-0001",
        about="news",
        role="boss",
        person="",
        at=to_boss.at,
        kind="notice",
        channel="mail",
        zone="Asia/Shanghai",
        clauses=("N1",),
        names={
            "news": ("News", "新闻"),
            "boss": ("Boss", "老板"),
            "grade": ("Grade", "等级"),
            "A": ("Serious", "严重"),
            "red": ("Red", "红"),
        },
        facts={
            "loss": Money(Decimal(6000), "CNY"),
            "grade": "A",
            "colour": "red",
            "twice": Money(Decimal(12000), "CNY"),
        },
        data={"policy": "t", "occurred": to_boss.data["occurred"]},
    )
    assert to_boss.data["occurred"] == dt.datetime.fromisoformat("2026-03-10T08:00+08:00")
    assert (to_desk.role, to_desk.key) == ("desk", "2026-0001:4:desk")


def test_a_personal_fact_leaves_only_where_it_is_listed() -> None:
    silent, _ = opened(("subject",))
    assert (silent.facts, silent.personal) == ({"subject": "a crack"}, ())
    assert "138" not in encode_message(silent)
    said, _ = opened(("subject", "phone"))
    assert (said.facts["phone"], said.personal) == ("138", ("phone",))


def test_what_is_unknown_is_not_shown() -> None:
    rehearsed = play(("subject", "loss", "colour"))
    messages = rehearsed.receive("2026-03-10 08:00", role="desk", facts={"loss": "1 CNY"}).messages
    assert list(messages[0].facts) == ["loss"]


def test_a_rung_says_what_is_late_and_shows_no_fact() -> None:
    rehearsed = play(("loss",))
    rehearsed.receive("2026-03-10 08:00", role="desk", facts={"loss": "1 CNY"})
    rehearsed.at("2026-03-11 09:00")
    early, late = (message for done in rehearsed.desk.sweep() for message in done.messages)
    assert (early.kind, early.about, early.clauses, early.channel) == ("rung", "reply", ("E1",), "")
    assert late.clauses == ("C1",)
    assert (early.facts, late.facts) == ({}, {})
    due = dt.datetime.fromisoformat("2026-03-11T08:00+08:00")
    assert early.data == {
        "policy": "t",
        "occurred": dt.datetime.fromisoformat("2026-03-11T06:00+08:00"),
        "key": "",
        "round": 1,
        "rung": "2 h before",
        "repetition": 1,
        "due": due,
        "overdue": True,
    }
    assert early.name("reply", "zh") == "答复"


def test_names_fall_back_to_the_other_language_and_to_the_code() -> None:
    message = Message("k", "C-1", "x", "r", "", 0, names={"x": ("", "甲"), "y": ("Why", "")})
    assert message.name("x") == "甲"
    assert message.name("y", "zh") == "Why"
    assert message.name("z", "zh") == "z"


def test_erased_facts_are_taken_out() -> None:
    message, _ = opened(("subject", "phone", "loss"))
    assert set(message.without(None).facts) == {"subject", "loss"}
    assert message.without(None).personal == ()
    assert set(message.without(frozenset({"phone", "loss"})).facts) == {"subject", "loss"}
    assert message.without(frozenset({"loss"})) == message  # it is not personal


@given(st.lists(st.sampled_from(FACTS), unique=True))
def test_no_value_leaves_that_is_not_listed(shows: list[str]) -> None:
    secrets = {"subject": "SUBJECT", "phone": "PHONE", "loss": "7777 CNY", "colour": "blue"}
    marks = {**secrets, "loss": "7777", "twice": "15554", "grade": '"A"'}
    for message in opened(tuple(shows), **secrets):
        assert set(message.facts) == set(shows)
        assert set(message.personal) == {"phone"} & set(shows)
        text = encode_message(attrs.evolve(message, names={}))
        assert {name for name, mark in marks.items() if mark in text} == set(shows)
        assert decode_message(text) == attrs.evolve(message, names={})


def test_the_same_events_make_the_same_messages() -> None:
    rehearsed = play(("loss",))
    done = rehearsed.receive("2026-03-10 08:00", role="desk", facts={"loss": "1 CNY"})
    program = rehearsed.case.program
    view = view_of(program, done.standing)
    assert messages_of(program, view, done.events) == done.messages
    assert len({message.key for message in done.messages}) == len(done.messages)


@pytest.mark.parametrize("slip", ["los", "gradee"])
def test_what_is_shown_must_be_declared(slip: str) -> None:
    with pytest.raises(ValueError, match=rf"tell.news.shows\[0\]: no fact or decision .* {slip!r}"):
        play((slip,))
