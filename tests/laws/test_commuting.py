"""Independent events commute: where no expression reads both, their order does not matter."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import assume, event, given, reject, settings
from hypothesis import strategies as st

from complaintflow.desk.desk import Desk
from complaintflow.desk.view import CaseView
from complaintflow.engine.clocks import clocks_of
from complaintflow.engine.duties import states_of
from complaintflow.engine.program import Program
from complaintflow.engine.standing import view_of
from complaintflow.errors import RefusedError
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.testing.lived import FLAGS, policy_texts

NOTES = st.one_of(
    st.tuples(st.sampled_from([*FLAGS, "waiting"]), st.booleans()),
    st.tuples(st.just("loss"), st.sampled_from(["0 CNY", "5000 CNY"])),
)


@attrs.frozen
class Deed:
    """A fact that is noted, a duty that is done, or an answer to the approval."""

    name: str
    value: Any


def _deeds(policy: Policy) -> st.SearchStrategy[Deed]:
    duties = st.sampled_from([duty.code for duty in policy.duties])
    votes = st.tuples(st.sampled_from(["sales", "quality", "plant"]), st.booleans())
    return st.one_of(
        NOTES.map(lambda note: Deed(*note)),
        duties.map(lambda code: Deed(code, "done")),
        votes.map(lambda vote: Deed("consent", vote)),
    )


def _play(policy: Policy, deeds: list[Deed], minutes: int) -> CaseView:
    now = [instant("2026-03-10T09:00", "Asia/Shanghai")]
    desk = Desk(policy, now=lambda: now[0])
    number = desk.receive({}, by="li", role="sales").case.id
    for index, deed in enumerate(deeds):
        if index < len(deeds) - 1:  # the last two happen in the same minute
            now[0] = now[0].add(minutes=minutes)
        if deed.name == "consent":
            role, said = deed.value
            desk.approve(number, "consent", said, by=role, role=role)
        elif deed.value == "done":
            duty = next(duty for duty in policy.duties if duty.code == deed.name)
            role = getattr(duty.owner, "names", ("sales",))[0]
            desk.do(number, deed.name, by=role, role=role)
        else:
            desk.note(number, {deed.name: deed.value}, by="li", role="sales")
    now[0] = now[0].add(days=2)
    desk.sweep()
    return desk.case(number)


def _independent(policy: Policy, one: Deed, other: Deed) -> bool:
    """Whether no moment, decision or condition reads both names."""
    program = Program(policy)
    read = [moment.depends for moment in program.moments]
    read += [program.depends(code) for code in (*program.decisions, *program.duties)]
    return one.name != other.name and not any(
        one.name in found and other.name in found for found in read
    )


def _told(case: CaseView) -> dict[str, Any]:
    """How the case stands, without the places of events in the trail."""
    view = view_of(case.program, case.standing)
    states = [state for duty in case.program.policy.duties for state in states_of(view, duty)]
    return {
        "state": case.state,
        "facts": case.facts,
        "answers": case.answers,
        "names": {name: view[name] for name in case.program.readers},
        "duties": [(s.duty.code, s.progress, s.round, s.started, s.done_at) for s in states],
        "due": [(clock.identity, clock.due, clock.paused) for clock in clocks_of(view)],
        "missed": dict(case.standing.case.missed),
        "rungs": case.standing.case.rungs,
    }


@settings(max_examples=40, deadline=None)
@given(policy_texts(), st.data(), st.integers(1, 60 * 20))
def test_two_independent_deeds_may_come_in_either_order(
    text: str, data: st.DataObject, minutes: int
) -> None:
    """The same minute, either order: the same answers, rounds, due instants, misses and rungs."""
    policy = loads(text)
    before = data.draw(st.lists(NOTES.map(lambda note: Deed(*note)), max_size=4))
    one, other = data.draw(_deeds(policy)), data.draw(_deeds(policy))
    assume(_independent(policy, one, other))
    try:
        there = _play(policy, [*before, one, other], minutes)
        back = _play(policy, [*before, other, one], minutes)
    except RefusedError:
        event("refused")  # a deed that is refused in one order is refused in the other
        reject()
    event("compared")
    assert _told(there) == _told(back)
