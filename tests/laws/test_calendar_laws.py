"""The laws [T1]-[T9] of working time, in zones where clocks do strange things."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pendulum import DateTime

from complaintflow.calendar.working import WorkingCalendar
from complaintflow.errors import NeverOpenError
from complaintflow.moments import from_micros, to_micros, zone
from complaintflow.testing.calendars import (
    Scene,
    dates_near,
    instants_near,
    scenes,
    working_times,
)
from complaintflow.testing.oracles import SteppingCalendar

MINUTE = 60_000_000
HALF = 30_000_000
DAY = 86_400_000_000
SCENES = scenes(combined=True)
UTC = zone("UTC")


def aware(micros: int) -> DateTime:
    return from_micros(micros, UTC)


def micros(amount: dt.timedelta) -> int:
    return amount // dt.timedelta(microseconds=1)


def instants(data: st.DataObject, scene: Scene, count: int = 1, grid: int = 1) -> list[DateTime]:
    near = instants_near(scene.at, grid=grid)
    return [aware(at) for at in data.draw(st.lists(near, min_size=count, max_size=count))]


def never_empty(scene: Scene) -> None:
    """Leave out combinations that are open for less than 120 hours in two months."""
    calendar = scene.calendar
    ahead = calendar.between(aware(scene.at + 5 * DAY), aware(scene.at + 60 * DAY))
    behind = calendar.between(aware(scene.at - 60 * DAY), aware(scene.at - 5 * DAY))
    assume(min(ahead, behind) > dt.timedelta(hours=120))


@given(SCENES, working_times(), st.data())
def test_t1_what_is_added_lies_between(scene: Scene, w: dt.timedelta, data: st.DataObject) -> None:
    never_empty(scene)
    (t,) = instants(data, scene)
    calendar = scene.calendar
    assert calendar.between(t, calendar.add(t, w)) == w
    assert calendar.between(calendar.subtract(t, w), t) == w


@given(SCENES, working_times(), working_times(), st.data())
def test_t2_adding_twice_is_adding_the_sum(
    scene: Scene, w1: dt.timedelta, w2: dt.timedelta, data: st.DataObject
) -> None:
    never_empty(scene)
    (t,) = instants(data, scene)
    calendar = scene.calendar
    assert calendar.add(calendar.add(t, w1), w2) == calendar.add(t, w1 + w2)
    assert calendar.subtract(calendar.subtract(t, w1), w2) == calendar.subtract(t, w1 + w2)


@given(SCENES, st.data())
def test_t3_between_is_additive_and_antisymmetric(scene: Scene, data: st.DataObject) -> None:
    a, b, c = instants(data, scene, 3)
    between = scene.calendar.between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)
    assert between(a, a) == dt.timedelta(0)


@given(SCENES, working_times(), working_times(), st.data())
def test_t4_add_is_monotone(
    scene: Scene, w1: dt.timedelta, w2: dt.timedelta, data: st.DataObject
) -> None:
    never_empty(scene)
    early, late = sorted(instants(data, scene, 2))
    calendar = scene.calendar
    assert calendar.add(early, w1) <= calendar.add(late, w1)
    assert calendar.subtract(early, w1) <= calendar.subtract(late, w1)
    assert calendar.add(early, dt.timedelta(0)) <= calendar.add(late, dt.timedelta(0))
    if w1 < w2:
        assert calendar.add(early, w1) < calendar.add(early, w2)
        assert calendar.subtract(late, w2) < calendar.subtract(late, w1)


@given(SCENES, working_times(), st.data())
def test_t5_subtracting_and_adding_keeps_the_position(
    scene: Scene, w: dt.timedelta, data: st.DataObject
) -> None:
    never_empty(scene)
    (t,) = instants(data, scene)
    calendar = scene.calendar
    there = calendar.add(calendar.subtract(t, w), w)
    assert calendar.between(there, t) == dt.timedelta(0)
    back = calendar.subtract(calendar.add(t, w), w)
    assert calendar.between(back, t) == dt.timedelta(0)


@given(scenes(), scenes(), working_times(), st.data())
def test_t6_opening_more_is_never_later(
    scene: Scene, more: Scene, w: dt.timedelta, data: st.DataObject
) -> None:
    never_empty(scene)
    (t,) = instants(data, scene)
    wider = scene.calendar.union(more.calendar, zone=scene.calendar.timezone)
    assert wider.add(t, w) <= scene.calendar.add(t, w)


@given(scenes(), st.integers(1, 12), st.data())
def test_t6b_opening_a_closed_day_is_never_later(scene: Scene, n: int, data: st.DataObject) -> None:
    calendar = scene.calendar
    start = data.draw(dates_near(scene.date, 8))
    extra = data.draw(dates_near(scene.date, 12))
    assume(extra != start and not calendar.is_working_day(extra))
    wider = calendar.edition(special={extra: ["09:00-10:00"]})
    assert wider.add_working_days(start, n) <= calendar.add_working_days(start, n)


@given(scenes(), scenes(), st.data())
def test_t7_union_and_intersection_share_out_the_time(
    scene: Scene, other: Scene, data: st.DataObject
) -> None:
    start, end = instants(data, scene, 2)
    a, b = scene.calendar, other.calendar
    where = a.timezone
    union, both = a.union(b, zone=where), a.intersection(b, zone=where)
    only = a.difference(b, zone=where)
    assert union.between(start, end) + both.between(start, end) == (
        a.between(start, end) + b.between(start, end)
    )
    assert only.between(start, end) == a.between(start, end) - both.between(start, end)


def oracle_of(calendar: WorkingCalendar) -> SteppingCalendar:
    # Monrovia's clocks once moved by 44 minutes and a half.
    step = HALF if calendar.timezone == "Africa/Monrovia" else MINUTE
    return SteppingCalendar(calendar.to_mapping(), step)


@given(scenes(combined=True), st.integers(1, 40 * 60), st.data())
def test_t8_instants_as_the_oracle_says(scene: Scene, minutes: int, data: st.DataObject) -> None:
    never_empty(scene)
    start, end = instants(data, scene, 2, grid=MINUTE)
    calendar, oracle = scene.calendar, oracle_of(scene.calendar)
    a, b = to_micros(start), to_micros(end)
    assert calendar.is_open(start) == oracle.is_open(a)
    assert micros(calendar.between(start, end)) == oracle.between(a, b)
    amount = dt.timedelta(minutes=minutes)
    assert to_micros(calendar.add(start, amount)) == oracle.add(a, micros(amount))
    assert to_micros(calendar.subtract(start, amount)) == oracle.subtract(a, micros(amount))


@given(scenes(combined=True), st.data())
def test_t8_boundaries_as_the_oracle_says(scene: Scene, data: st.DataObject) -> None:
    (t,) = instants(data, scene, grid=MINUTE)
    never_empty(scene)
    calendar, oracle = scene.calendar, oracle_of(scene.calendar)
    closed = calendar.add_many([scene.at], dt.timedelta(hours=200))[0] - scene.at
    assume(closed > micros(dt.timedelta(hours=200)))  # open without a break has no boundary
    assume(calendar.between(t, t + dt.timedelta(days=9)) < dt.timedelta(days=9))
    assume(calendar.between(t - dt.timedelta(days=9), t) < dt.timedelta(days=9))
    at = to_micros(t)
    for question in ("next_opening", "next_closing", "previous_opening", "previous_closing"):
        found = getattr(calendar, question)(t)
        if found is None:  # open without a break, as far as anybody can see
            far, near = (9, 300) if question.startswith("next") else (-300, -9)
            far_off, near_by = t + dt.timedelta(days=far), t + dt.timedelta(days=near)
            assert calendar.between(far_off, near_by) == dt.timedelta(days=291)
            continue
        assert to_micros(found) == getattr(oracle, question)(at), question


@given(scenes(), st.integers(-15, 15).filter(bool), st.data())
def test_t8_dates_as_the_oracle_says(scene: Scene, n: int, data: st.DataObject) -> None:
    start, end = data.draw(dates_near(scene.date)), data.draw(dates_near(scene.date))
    calendar, oracle = scene.calendar, oracle_of(scene.calendar)
    assert calendar.is_working_day(start) == oracle.is_working_day(start)
    assert calendar.working_days_between(start, end) == oracle.working_days_between(start, end)
    assert calendar.add_working_days(start, n) == oracle.add_working_days(start, n)
    hours = sum(to_micros(b) - to_micros(a) for a, b in calendar.hours_of(start))
    assert hours <= sum(b - a for a, b in oracle.hours(start))  # touching passes of an hour join
    for a, b in calendar.hours_of(start):
        assert calendar.between(a, b) == b - a


@given(SCENES, working_times(), st.sampled_from(["Asia/Tokyo", "America/New_York"]), st.data())
def test_t9_the_zone_of_the_argument_does_not_matter(
    scene: Scene, w: dt.timedelta, where: str, data: st.DataObject
) -> None:
    never_empty(scene)
    (t,) = instants(data, scene)
    calendar = scene.calendar
    elsewhere = t.in_timezone(where)
    plain = dt.datetime.fromtimestamp(t.timestamp() // 1, dt.UTC).replace(microsecond=t.microsecond)
    own = from_micros(to_micros(t), calendar.tz)
    native = plain.astimezone(ZoneInfo(calendar.timezone))
    given = (t, elsewhere, plain, own, native)
    assert {to_micros(at) for at in given} == {to_micros(t)}
    answers = {calendar.add(at, w) for at in given}
    assert {to_micros(answer) for answer in answers} == {to_micros(calendar.add(t, w))}
    assert {calendar.is_open(at) for at in given} == {calendar.is_open(t)}
    assert {calendar.between(t, at) for at in given} == {dt.timedelta(0)}
    assert answers.pop().timezone_name == calendar.timezone


@given(scenes(), st.integers(-40, 40).filter(bool), st.data())
def test_add_working_days_inverts_working_days_between(
    scene: Scene, n: int, data: st.DataObject
) -> None:
    start = data.draw(dates_near(scene.date))
    calendar = scene.calendar
    found = calendar.add_working_days(start, n)
    assert calendar.working_days_between(start, found) == n
    assert calendar.is_working_day(found)
    assert calendar.add_working_days(start, 0) == start


@given(SCENES, st.lists(working_times(), min_size=1, max_size=4), st.data())
def test_bulk_answers_as_one_by_one(
    scene: Scene, amounts: list[dt.timedelta], data: st.DataObject
) -> None:
    never_empty(scene)
    calendar = scene.calendar
    amounts = [w if data.draw(st.booleans()) else -w for w in amounts]
    starts = instants(data, scene, len(amounts))
    ends = instants(data, scene, len(amounts))
    ints, int_ends = [to_micros(t) for t in starts], [to_micros(t) for t in ends]
    singly = [calendar.add(t, w) for t, w in zip(starts, amounts, strict=True)]
    assert calendar.add_many(starts, amounts) == singly
    assert calendar.add_many(ints, amounts) == [to_micros(t) for t in singly]
    same = [calendar.add(t, amounts[0]) for t in starts]
    assert calendar.add_many(starts, amounts[0]) == same
    spans = [calendar.between(a, b) for a, b in zip(starts, ends, strict=True)]
    assert calendar.between_many(starts, ends) == spans
    assert calendar.between_many(ints, int_ends) == [micros(span) for span in spans]


@given(SCENES, st.lists(working_times(), min_size=1, max_size=4), st.data())
def test_arrays_answer_as_one_by_one(
    scene: Scene, amounts: list[dt.timedelta], data: st.DataObject
) -> None:
    np = pytest.importorskip("numpy")
    never_empty(scene)
    calendar = scene.calendar
    starts = instants(data, scene, len(amounts))
    ends = instants(data, scene, len(amounts))
    ints = np.array([to_micros(t) for t in starts], np.int64)
    int_ends = np.array([to_micros(t) for t in ends], np.int64)
    each = np.array([micros(w) for w in amounts], np.int64)
    same = [to_micros(calendar.add(t, amounts[0])) for t in starts]
    singly = [to_micros(calendar.add(t, w)) for t, w in zip(starts, amounts, strict=True)]
    assert calendar.add_many(ints, amounts[0]).tolist() == same
    assert calendar.add_many(ints, each).tolist() == singly
    dated = calendar.add_many(ints.view("datetime64[us]"), each.view("timedelta64[us]"))
    assert dated.dtype == "datetime64[us]"
    assert dated.view(np.int64).tolist() == singly
    back = [to_micros(calendar.subtract(t, w)) for t, w in zip(starts, amounts, strict=True)]
    assert calendar.add_many(ints, -each).tolist() == back
    spans = [micros(calendar.between(a, b)) for a, b in zip(starts, ends, strict=True)]
    assert calendar.between_many(ints, int_ends).tolist() == spans


@given(SCENES, working_times(), st.data())
def test_answers_do_not_depend_on_what_was_asked_before(
    scene: Scene, w: dt.timedelta, data: st.DataObject
) -> None:
    never_empty(scene)
    (t,) = instants(data, scene)
    calendar = scene.calendar
    fresh = WorkingCalendar.from_mapping(calendar.to_mapping())
    for years in data.draw(st.lists(st.integers(-15, 15), max_size=3)):
        fresh.is_open(aware(min(max(scene.at + years * 366 * DAY, 0), 7_000_000_000_000_000)))
    assert fresh.add(t, w) == calendar.add(t, w)
    assert fresh.subtract(t, w) == calendar.subtract(t, w)
    assert fresh.next_opening(t) == calendar.next_opening(t)
    assert fresh.previous_closing(t) == calendar.previous_closing(t)


@given(SCENES, st.data())
def test_intervals_are_what_is_open(scene: Scene, data: st.DataObject) -> None:
    start, end = sorted(instants(data, scene, 2))
    calendar = scene.calendar
    found = calendar.intervals(start, end)
    assert sum((b - a for a, b in found), dt.timedelta(0)) == calendar.between(start, end)
    for (_, left), (right, _) in pairwise(found):
        assert left < right
    assert all(start <= a < b <= end for a, b in found)


@given(SCENES, st.data())
def test_days_cut_the_time_without_losing_any(scene: Scene, data: st.DataObject) -> None:
    """Every open instant belongs to the day whose hours contain it, in order."""
    early, late = sorted(instants(data, scene, 2))
    calendar = scene.calendar
    a, b = calendar.day_of(to_micros(early)), calendar.day_of(to_micros(late))
    if calendar.timezone != "America/St_Johns":  # whose dates themselves run backwards
        assert a <= b
    if calendar.is_open(early):
        pairs = calendar.day(a).intervals
        assert pairs[0][0] <= to_micros(early) < pairs[-1][1]


@given(SCENES, st.data())
def test_zero_reaches_the_next_opening(scene: Scene, data: st.DataObject) -> None:
    (t,) = instants(data, scene)
    never_empty(scene)
    calendar = scene.calendar
    zero = dt.timedelta(0)
    if calendar.is_open(t):
        assert calendar.add(t, zero) == calendar.subtract(t, zero) == t
    else:
        assert calendar.add(t, zero) == calendar.next_opening(t)
        closing = calendar.subtract(t, zero)
        assert closing == t or closing == calendar.previous_closing(t)


@given(SCENES)
def test_plain_data_give_an_equal_calendar(scene: Scene) -> None:
    calendar = scene.calendar
    again = WorkingCalendar.from_mapping(calendar.to_mapping())
    assert again == calendar
    assert hash(again) == hash(calendar)
    assert again.digest == calendar.digest
    assert again.to_mapping() == calendar.to_mapping()


@settings(max_examples=5)  # each compiles all supported years, to be sure
@given(scenes(), st.data())
def test_an_empty_combination_is_never_open(scene: Scene, data: st.DataObject) -> None:
    (t,) = instants(data, scene)
    empty = scene.calendar - scene.calendar
    assert empty.between(t, t + dt.timedelta(days=400)) == dt.timedelta(0)
    with pytest.raises(NeverOpenError):
        empty.add(t, dt.timedelta(microseconds=1))
    with pytest.raises(NeverOpenError):
        empty.next_opening(t)
    assert empty.previous_opening(t) is None
    assert not empty.is_working_day(scene.date)


def test_scenes_are_frozen() -> None:
    scene = Scene(WorkingCalendar.always("UTC"), dt.date(2026, 1, 1), 0)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        scene.at = 1  # type: ignore[misc]
