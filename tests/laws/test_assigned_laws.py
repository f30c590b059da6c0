"""Who has a case knows it: every assignment leads to one message, and a repetition to none."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.events import Assigned
from complaintflow.audit.messages import Message
from complaintflow.desk.desk import Desk
from complaintflow.desk.people import Entry, People
from complaintflow.errors import RefusedError
from complaintflow.moments import instant, to_micros
from complaintflow.policy.person import Person
from complaintflow.policyfile import loads

POLICY = """
policy = { id = "t", version = "1", semantics = 1, calendar = "c", keeper = "lead", final = ["closed"] }
[roles]
desk = "1"
engineer = { clause = "2", above = "lead" }
checker = { clause = "3", above = "engineer" }
lead = "4"
[step]
receive = { by = "desk", to = "open" }
close = { by = "lead", from = "open", to = "closed" }
[duty]
look = { owner = "engineer", starts = "receive" }
check = { owner = "checker", starts = "look" }
[route]
engineer = { clause = "2", by = "round robin" }
checker = { clause = "3", by = "receiver, least loaded" }
lead = { clause = "4", by = "first" }
[calendar.c]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
"""
START = instant("2026-03-10T08:00", "Asia/Shanghai")
IDS = ("a", "b", "c", "d")
ROLES = ("desk", "engineer", "checker", "lead")
MINUTES = st.integers(0, 60)


@st.composite
def companies(draw: st.DrawFn) -> People:
    """Four people with any roles, each of them now and then away; and one who receives."""
    entries = [Entry(Person("ma", roles=["desk"]))]
    for code in IDS:
        roles = draw(st.lists(st.sampled_from(ROLES), unique=True, max_size=3))
        begin, end = sorted((draw(MINUTES), draw(MINUTES)))
        away = tuple(to_micros(START + dt.timedelta(minutes=one), "at") for one in (begin, end))
        entries.append(Entry(Person(code, roles=roles), ((away[0], away[1]),)))
    return People(entries)


ACTS = st.tuples(
    MINUTES,
    st.sampled_from(["receive", "look", "check", "assign", "recuse", "admit", "hand over"]),
    st.sampled_from(IDS),
    st.sampled_from(IDS),
    st.sampled_from(ROLES),
)


def act(desk: Desk, case: str, number: int, what: str, by: str, other: str, role: str) -> bool:
    """One command; whether it was taken, so that giving it again is a repetition."""
    said: dict[str, Any] = {"by": by, "role": role, "command_id": str(number)}
    try:
        match what:
            case "receive":
                desk.receive({}, by=by, role="desk", command_id=str(number))
            case "assign":
                desk.assign(case, role, other, reason="so", **said)
            case "recuse" | "admit":
                desk.recuse(case, other, reason="so", lifted=what == "admit", **said)
            case "hand over":
                desk.hand_over(by, other, reason="away", **said)
                return False  # of several commands, each may have been refused
            case _:
                desk.do(case, what, **said)
    except RefusedError:
        return False
    return True


def posted(desk: Desk) -> list[Message]:
    with desk.store.begin() as work:
        return [one.message for one in work.pending(2**60, 10_000, lease=0)]


@given(companies(), st.lists(ACTS, min_size=1, max_size=12))
def test_every_assignment_leads_to_one_message_and_a_repetition_to_none(
    people: People, acts: list[tuple[int, str, str, str, str]]
) -> None:
    present = START
    desk = Desk(loads(POLICY), directory=people, now=lambda: present)
    taken: list[tuple[str, int, str, str, str, str]] = []
    last = ""
    first = (0, "receive", "ma", "ma", "desk")
    for number, (minute, what, by, other, role) in enumerate([first, *sorted(acts)]):
        present = START + dt.timedelta(minutes=minute)
        if act(desk, last, number, what, by, other, role):
            taken.append((last, number, what, by, other, role))
        last = list(desk.cases())[-1].number
    assigned = [
        (f"{case.number}:{event.position}", event.body.role, event.body.person, event.recorded)
        for case in desk.cases()
        for event in case.events
        if isinstance(event.body, Assigned)
    ]
    messages = posted(desk)
    assert sorted(
        (message.key.rsplit(":", 2)[0], message.role, message.person, message.at)
        for message in messages
        if message.kind == "assigned"
    ) == sorted(assigned)
    assert len({message.key for message in messages}) == len(messages)
    for again in taken:
        assert act(desk, *again)
    assert posted(desk) == messages
