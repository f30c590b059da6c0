"""Ladders, [T14] to [T16] of the rules of working time: whenever the sweeps come, the same rungs."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintflow.audit.events import Event, Missed, RungReached
from complaintflow.desk.desk import Desk
from complaintflow.desk.view import CaseView
from complaintflow.engine.clocks import clocks_of
from complaintflow.engine.standing import view_of
from complaintflow.errors import RefusedError
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.testing.lived import FLAGS, policy_texts

START = instant("2026-03-10T09:00", "Asia/Shanghai")


@attrs.frozen
class Course:
    """What people do, each *wait* minutes after the one before; *swept* are minutes of sweeps."""

    deeds: tuple[tuple[int, str, Any], ...]
    swept: tuple[int, ...]


DEEDS = st.one_of(
    st.tuples(st.integers(1, 4_000), st.sampled_from([*FLAGS, "waiting"]), st.booleans()),
    st.tuples(st.integers(1, 4_000), st.just("loss"), st.sampled_from(["0 CNY", "5000 CNY"])),
    st.tuples(st.integers(1, 4_000), st.just("do"), st.integers(0, 3)),
)
COURSES = st.builds(
    Course,
    st.lists(DEEDS, min_size=1, max_size=8).map(tuple),
    st.lists(st.integers(0, 40_000), max_size=10).map(lambda found: tuple(sorted(found))),
)


def _play(policy: Policy, course: Course, sweeps: tuple[int, ...]) -> CaseView:
    """The deeds of *course* at their times, with sweeps at minutes of their own."""
    now = [START]
    desk = Desk(policy, now=lambda: now[0])
    number = desk.receive({}, by="li", role="sales").case.id
    at = 0
    moments: list[tuple[int, int, tuple[int, str, Any] | None]] = []
    for order, deed in enumerate(course.deeds):
        at += deed[0]
        moments.append((at, order, deed))
    moments += [(minute, -1, None) for minute in sweeps]
    for minute, _, found in sorted(moments, key=lambda one: one[:2]):
        now[0] = START.add(minutes=minute)
        if found is None:
            desk.sweep()
        else:
            _happen(desk, policy, number, found[1], found[2])
    now[0] = START.add(days=60)
    desk.sweep()
    return desk.case(number)


def _happen(desk: Desk, policy: Policy, number: str, what: str, value: Any) -> None:
    if what != "do":
        desk.note(number, {what: value}, by="li", role="sales")
        return
    duty = policy.duties[value % len(policy.duties)]
    role = getattr(duty.owner, "names", ("sales",))[0]
    try:
        desk.do(number, duty.code, by=role, role=role)
    except RefusedError:
        return  # done already; the same in every course


def _fired(case: CaseView) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Identity of each rung and miss to its true time, whom it tells and the due instant."""
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for event in case.events:
        match event.body:
            case RungReached() as rung:
                key = (rung.duty, rung.key, rung.round, rung.rung, rung.repetition)
                assert key not in found, "a rung fired twice"
                found[key] = (event.occurred, rung.to, rung.due)
            case Missed(duty, key_, number, due):
                assert (duty, key_, number) not in found, "a miss was recorded twice"
                found[duty, key_, number] = (event.occurred, due)
    return found


def _due(case: CaseView) -> list[tuple[Any, ...]]:
    return [(c.identity, c.due, c.paused) for c in clocks_of(view_of(case.program, case.standing))]


def _true_times_in_order(events: tuple[Event, ...]) -> bool:
    """What one sweep records comes in the order of its true times."""
    swept = [e for e in events if isinstance(e.body, (RungReached, Missed))]
    by_recorded: dict[int, list[int]] = {}
    for one in swept:
        by_recorded.setdefault(one.recorded, []).append(one.occurred)
    return all(times == sorted(times) for times in by_recorded.values())


@settings(max_examples=60, deadline=None)
@given(policy_texts(), COURSES)
def test_sweeps_at_any_time_fire_the_same_rungs_at_the_same_true_times(
    text: str, course: Course
) -> None:
    """[T14], [T16] Often, late, twice, or only once two months later: nothing else changes."""
    policy = loads(text)
    late = _play(policy, course, ())
    often = _play(policy, course, course.swept)
    twice = _play(policy, course, tuple(m for m in course.swept for _ in range(2)))
    assert _fired(often) == _fired(late)
    assert _fired(twice) == _fired(late)
    assert _due(often) == _due(late)
    assert _true_times_in_order(often.events)
    assert _true_times_in_order(late.events)


@settings(max_examples=60, deadline=None)
@given(policy_texts(), COURSES)
def test_what_has_fired_stays_fired_and_no_true_time_is_before_its_cause(
    text: str, course: Course
) -> None:
    """[T15] A due date that moves takes back no rung; none is true before its round began."""
    policy = loads(text)
    half = attrs.evolve(course, deeds=course.deeds[: len(course.deeds) // 2])
    minutes = sum(wait for wait, _, _ in half.deeds)
    before = {
        (b.duty, b.key, b.round, b.rung, b.repetition)
        for b in (e.body for e in _upto(policy, half, minutes))
        if isinstance(b, RungReached)
    }
    whole = _play(policy, course, (minutes,))
    after = {key for key in _fired(whole) if len(key) == 5}
    assert before <= after
    assert all(event.occurred <= event.recorded for event in whole.events)
    assert all(event.occurred >= whole.standing.case.received for event in whole.events)


def _upto(policy: Policy, course: Course, minute: int) -> tuple[Event, ...]:
    """The trail right after a sweep at *minute*, the last deed of *course*."""
    case = _play(policy, course, (minute,))
    limit = int(START.add(minutes=minute).timestamp()) * 1_000_000
    return tuple(event for event in case.events if event.recorded <= limit)
