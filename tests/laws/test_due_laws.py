"""Laws of limits and due instants: [T0], [T10], [T11], [T12], and the naive oracle [T8]."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from complaintflow.calendar import limits as _l
from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.due import due, due_many, due_us
from complaintflow.calendar.limits import Limit
from complaintflow.calendar.outcome import Left, outcome
from complaintflow.calendar.pauses import merged
from complaintflow.calendar.pausing import point_at_share, project
from complaintflow.calendar.working import WorkingCalendar
from complaintflow.moments import from_micros, to_micros
from complaintflow.testing.due_oracle import naive_due
from complaintflow.testing.limits import (
    SORTS,
    amounts,
    conventions,
    counted_limits,
    disagreeing,
    large_amounts,
    pauses,
    recurring,
    register,
    timed_limits,
    wordings,
)

SECOND = 1_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR

UNMOVED = ("same day", "fixed points")

WEEKS: list[dict[str, list[str]]] = [
    {"mon-fri": ["08:00-12:00", "13:00-17:00"]},
    {"mon-fri": ["09:00-17:30"], "sat": ["09:00-12:00"]},
    {"mon-sun": ["00:00-24:00"]},
    {"mon-fri": ["22:00-06:00"]},
    {"mon-sun": ["22:00-06:00"]},
    {"mon": ["08:00-07:00"], "tue": ["01:00-02:00"], "thu": ["00:30-02:30", "23:00-03:00"]},
    {"mon-thu": ["08:00-24:00"], "fri": ["00:00-01:00"]},
    {"sun": ["01:00-04:00", "05:00-06:00"]},
]
PLACES = [  # zone, an instant near which something odd happens to its clocks
    ("Asia/Shanghai", dt.datetime(2026, 4, 30, tzinfo=dt.UTC)),
    ("America/New_York", dt.datetime(2026, 3, 8, tzinfo=dt.UTC)),
    ("America/New_York", dt.datetime(2026, 11, 1, tzinfo=dt.UTC)),
    ("Australia/Lord_Howe", dt.datetime(2026, 4, 4, tzinfo=dt.UTC)),
    ("Australia/Lord_Howe", dt.datetime(2026, 10, 3, tzinfo=dt.UTC)),
    ("Pacific/Apia", dt.datetime(2011, 12, 30, tzinfo=dt.UTC)),
    ("Pacific/Kwajalein", dt.datetime(1993, 8, 21, tzinfo=dt.UTC)),
    ("America/Sao_Paulo", dt.datetime(2018, 11, 4, tzinfo=dt.UTC)),
    ("Europe/London", dt.datetime(2024, 2, 29, tzinfo=dt.UTC)),
    ("UTC", dt.datetime(2025, 12, 31, tzinfo=dt.UTC)),
]


@st.composite
def situations(draw: st.DrawFn) -> tuple[WorkingCalendar, int]:
    """A calendar and the start of a clock near something odd."""
    zone, odd = draw(st.sampled_from(PLACES))
    week = draw(st.sampled_from(WEEKS))
    near = odd.date()
    days = st.integers(-5, 20).map(lambda n: near + dt.timedelta(days=n))
    closed = draw(st.dictionaries(days, st.sampled_from(["Holiday", ""]), max_size=6))
    like: list[Any] = [["10:00-12:00"], ["08:00-12:00", "13:00-17:00"], ["20:00-04:00"]]
    if "sun" not in week:  # a make-up day takes the hours of a day that has some
        like.append("mon")
    special = draw(st.dictionaries(days, st.sampled_from(like), max_size=2))
    calendar = WorkingCalendar(
        zone,
        week,
        closed=closed,
        special=special,
        coverage=(dt.date(1970, 1, 1), dt.date(2100, 12, 31)),
        standard_day=dt.timedelta(hours=8),
    )
    offset = draw(
        st.integers(-96 * 4, 96 * 8).map(lambda quarters: quarters * 900)
        | st.integers(-4 * 86_400, 8 * 86_400)
    )
    return calendar, to_micros(odd) + offset * SECOND


def _count(limit: Limit) -> bool:
    """Whether the limit counts one day or more."""
    if isinstance(limit, _l.WorkingDays):
        return limit.days >= 1
    return isinstance(limit, (_l.CalendarDays, _l.Months)) or (
        isinstance(limit, _l.FixedPoint) and limit.on != "day of month"
    )


@pytest.mark.parametrize("sort", SORTS)
@given(situations(), conventions(), st.data())
def test_t8_a_due_instant_is_that_of_the_naive_oracle(
    sort: str, situation: tuple[WorkingCalendar, int], chosen: Conventions, data: st.DataObject
) -> None:
    calendar, start = situation
    limit = data.draw(SORTS[sort]())
    assert due_us(calendar, start, limit, chosen) == naive_due(calendar, start, limit, chosen)


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort not in UNMOVED])
@given(situations(), conventions(), st.data())
def test_t12_under_pauses_it_is_that_of_the_naive_oracle(
    sort: str, situation: tuple[WorkingCalendar, int], chosen: Conventions, data: st.DataObject
) -> None:
    calendar, start = situation
    limit = data.draw(SORTS[sort]())
    stops = data.draw(pauses(start))
    found = project(calendar, limit, chosen, start, stops)
    assert found.due_us == naive_due(calendar, start, limit, chosen, stops)
    assert found.paused == (found.due_us is None)


@given(situations(), amounts(), conventions())
def test_t0_never_before_the_start_and_after_it_for_a_count_of_days(
    situation: tuple[WorkingCalendar, int], limit: Limit, chosen: Conventions
) -> None:
    calendar, start = situation
    found = outcome(calendar, start, limit, chosen, ())
    assert found.due is not None
    assert found.due % SECOND == 0
    assert found.due >= found.effective >= found.start
    if _count(limit):
        assert found.due > found.effective


@given(situations(), st.data(), conventions())
def test_t10_a_longer_limit_is_never_due_earlier(
    situation: tuple[WorkingCalendar, int], data: st.DataObject, chosen: Conventions
) -> None:
    calendar, start = situation
    short, more = data.draw(st.integers(1, 30)), data.draw(st.integers(0, 15))
    make = data.draw(
        st.sampled_from(
            [
                lambda n: _l.Elapsed(n * 1_800),
                lambda n: _l.WorkingTime(n * 1_800),
                lambda n: _l.WorkingDays(Decimal(n) / 4),
                _l.CalendarDays,
                _l.Months,
                lambda n: _l.FixedPoint("working day", n),
                lambda n: _l.FixedPoint("half day", n),
            ]
        )
    )
    earlier = due_us(calendar, start, make(short), chosen)
    later = due_us(calendar, start, make(short + more), chosen)
    assert earlier is not None
    assert later is not None
    assert earlier <= later


@given(situations(), counted_limits(), conventions(), st.integers(0, 10 * 86_400))
def test_t10_a_later_effective_start_is_never_due_earlier(
    situation: tuple[WorkingCalendar, int], limit: Limit, chosen: Conventions, wait: int
) -> None:
    calendar, start = situation
    first = outcome(calendar, start, limit, chosen, ())
    second = outcome(calendar, start + wait * SECOND, limit, chosen, ())
    assume(first.effective <= second.effective)
    assert first.due is not None
    assert second.due is not None
    if chosen.end == "same time of day":
        assume(first.day < second.day)
        assert _date(calendar, first.due) <= _date(calendar, second.due)
    else:
        assert first.due <= second.due


def _date(calendar: WorkingCalendar, at: int) -> dt.date:
    return from_micros(at, calendar.tz).date()


@given(situations(), amounts(), conventions())
def test_t11_working_units_end_inside_or_at_the_end_of_an_open_interval(
    situation: tuple[WorkingCalendar, int], limit: Limit, chosen: Conventions
) -> None:
    calendar, start = situation
    whole = attrs.evolve(chosen, end="by unit")
    if isinstance(limit, _l.WorkingDays):
        chosen = whole  # at close of business
    elif not isinstance(limit, _l.WorkingTime):
        limit = _l.WorkingTime(3_600)
    at = due_us(calendar, start, limit, chosen)
    assert at is not None
    assert calendar._between_us(at - SECOND, at) == SECOND


@given(situations(), st.integers(1, 40), conventions(), st.integers(-4, 16))
def test_t6b_opening_a_closed_day_never_makes_working_days_fall_later(
    situation: tuple[WorkingCalendar, int], halves: int, chosen: Conventions, ahead: int
) -> None:
    calendar, start = situation
    limit = _l.WorkingDays(Decimal(halves) / 2)
    own = calendar.day_of(start - start % SECOND)
    date = own + dt.timedelta(days=ahead)
    assume(date not in (own, _date(calendar, start)) and not calendar.is_working_day(date))
    # hours that end on their own date; `docs/explanation/conventions.md` has the counterexample
    wider = calendar.edition(special={date: ["10:00-12:00"]})
    before, after = (due_us(cal, start, limit, chosen) for cal in (calendar, wider))
    assert before is not None
    assert after is not None
    assert after <= before


@given(situations(), amounts(), conventions(), st.data())
def test_t12_splitting_a_pause_or_pausing_for_no_time_changes_nothing(
    situation: tuple[WorkingCalendar, int], limit: Limit, chosen: Conventions, data: st.DataObject
) -> None:
    calendar, start = situation
    stops = data.draw(pauses(start))
    cut: list[tuple[int, int | None]] = []
    for begin, end in stops:
        last = begin + 30 * DAY if end is None else end
        middle = data.draw(st.integers(begin, last))
        cut += [(begin, middle), (middle, middle), (middle, end)]
    nothing = start + data.draw(st.integers(0, 20 * DAY))
    cut.append((nothing, nothing))
    plain = project(calendar, limit, chosen, start, stops)
    assert project(calendar, limit, chosen, start, reversed(cut)) == plain


@given(situations(), timed_limits(), st.data())
def test_t12_time_resumes_with_exactly_what_was_left(
    situation: tuple[WorkingCalendar, int], limit: Limit, data: st.DataObject
) -> None:
    assert isinstance(limit, (_l.Elapsed, _l.WorkingTime))
    calendar, start = situation
    begin = start + data.draw(st.integers(0, 5 * 86_400)) * SECOND
    paused = project(calendar, limit, None, start, [(begin, None)])
    length = data.draw(st.integers(1, 5 * 86_400)) * SECOND
    resumed = project(calendar, limit, None, start, [(begin, begin + length)])
    if not paused.paused:
        assert resumed == project(calendar, limit, None, start)
        return
    assert paused.left is not None
    assert resumed.due_us is not None
    left = paused.left.micros
    if isinstance(limit, _l.WorkingTime):
        assert left == limit.micros - calendar._between_us(start - start % SECOND, begin)
        assert calendar._between_us(begin + length, resumed.due_us) == left
    else:
        assert resumed.due_us - (begin + length) == left


@given(situations(), counted_limits(), conventions(), st.data())
def test_t12_a_pause_that_begins_after_the_due_instant_changes_nothing(
    situation: tuple[WorkingCalendar, int], limit: Limit, chosen: Conventions, data: st.DataObject
) -> None:
    calendar, start = situation
    stops = data.draw(pauses(start, lasting=False))
    before = project(calendar, limit, chosen, start, stops)
    assert before.due_us is not None
    begin = before.due_us + data.draw(st.integers(1, 10 * 86_400)) * SECOND
    later = [stop for stop in stops if stop[0] <= before.due_us]
    assert project(calendar, limit, chosen, start, [*later, (begin, None)]) == before


@given(situations(), amounts(), conventions(), st.data())
def test_a_due_instant_never_lies_inside_a_pause_it_can_be_moved_by(
    situation: tuple[WorkingCalendar, int], limit: Limit, chosen: Conventions, data: st.DataObject
) -> None:
    calendar, start = situation
    stops = data.draw(pauses(start, lasting=False))
    found = project(calendar, limit, chosen, start, stops)
    assert found.left is None
    assert found.due_us is not None
    if limit.movable:
        assert not any(begin <= found.due_us < end for begin, end in stops if end is not None)


@given(situations(), amounts(), conventions(), st.data())
def test_looking_no_further_than_now_is_forgetting_what_comes_later(
    situation: tuple[WorkingCalendar, int], limit: Limit, chosen: Conventions, data: st.DataObject
) -> None:
    calendar, start = situation
    stops = data.draw(pauses(start))
    now = start + data.draw(st.integers(0, 12 * 86_400)) * SECOND
    known = merged(stops, now)
    assert project(calendar, limit, chosen, start, stops, until=now) == project(
        calendar, limit, chosen, start, known
    )
    assert all(begin <= now and (end is None or end <= now) for begin, end in known)


@given(situations(), amounts(), st.lists(st.integers(0, 96), min_size=2, max_size=6), st.data())
def test_points_at_a_share_are_in_order_and_reach_the_due_instant(
    situation: tuple[WorkingCalendar, int], limit: Limit, parts: list[int], data: st.DataObject
) -> None:
    calendar, start = situation
    stops = data.draw(pauses(start, lasting=False))
    found = project(calendar, limit, None, start, stops)
    assert found.due_us is not None
    shares = sorted(Fraction(part, 96) for part in parts)
    points = [
        point_at_share(calendar, limit, found.effective_us, found.due_us, share, stops)
        for share in [*shares, Fraction(1)]
    ]
    assert points == sorted(points)
    assert points[0] >= found.effective_us
    assert points[-1] == found.due_us
    assert all(point % SECOND == 0 for point in points)


@pytest.mark.parametrize(
    "strategy", [*SORTS.values(), large_amounts, recurring, wordings, disagreeing]
)
@given(data=st.data(), lang=st.sampled_from(["en", "zh"]))
def test_a_limit_is_what_its_text_says_in_both_languages(
    strategy: Any, data: st.DataObject, lang: Any
) -> None:
    limit = data.draw(strategy())
    text = limit.text(lang)
    assert Limit.parse(text) == limit
    assert Limit.parse(text).text(lang) == text


@given(conventions())
def test_conventions_survive_a_file(chosen: Conventions) -> None:
    assert Conventions.from_mapping(chosen.to_mapping()) == chosen


@given(situations(), amounts(), conventions(), st.integers(0, 3))
def test_many_are_due_as_each_of_them_is(
    situation: tuple[WorkingCalendar, int], limit: Limit, chosen: Conventions, step: int
) -> None:
    calendar, start = situation
    starts = [start + i * step * HOUR for i in range(4)]
    one_by_one = [due_us(calendar, at, limit, chosen) for at in starts]
    assert due_many(calendar, starts, limit, chosen) == one_by_one
    moments = [from_micros(at, calendar.tz) for at in starts]
    assert [one.us for one in due_many(calendar, moments, limit, chosen)] == one_by_one


@given(situations(), amounts(), conventions(), st.data())
def test_the_explanation_counts_what_the_limit_says(
    situation: tuple[WorkingCalendar, int], limit: Limit, chosen: Conventions, data: st.DataObject
) -> None:
    from complaintflow.calendar.steps import CountedInterval

    calendar, start = situation
    stops = data.draw(pauses(start))
    moments = [
        (from_micros(a, calendar.tz), None if b is None else from_micros(b, calendar.tz))
        for a, b in stops
    ]
    found = due(calendar, from_micros(start, calendar.tz), limit, chosen, moments)
    if isinstance(limit, (_l.Elapsed, _l.WorkingTime)):
        spans = [step for step in found.steps if isinstance(step, CountedInterval)]
        left = (found.left or Left()).micros
        assert sum(span.end - span.start for span in spans) + left == limit.micros
    for lang in ("en", "zh"):
        assert found.explain(lang).splitlines()


def test_limits_and_conventions_can_be_drawn_by_type() -> None:
    register()

    @settings(max_examples=10)
    @given(st.from_type(Limit), st.from_type(Conventions))
    def drawn(limit: Limit, chosen: Conventions) -> None:
        assert Limit.parse(str(limit)) == limit
        assert isinstance(chosen, Conventions)

    drawn()
