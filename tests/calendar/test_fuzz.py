"""Whatever is thrown at it, a calendar answers or refuses with an error of its own family."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.amounts import working_micros
from complaintflow.calendar.hours import parse_days, parse_hours
from complaintflow.errors import ComplaintFlowError

PIECES = st.sampled_from(
    [
        *[
            "08:00",
            "24:00",
            "-",
            ",",
            ":",
            "mon",
            "fri",
            " ",
            "9",
            "\u2013",
            "working",
            "hours",
            "h",
        ],
        *["\u5de5\u4f5c", "\u5c0f\u65f6", "99999999999", "1e9", "0.5", "+", "min", "days", "\x00"],
    ]
)
TEXT = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        TEXT,
        st.dates(),
        st.datetimes(),
        st.timedeltas(),
        st.binary(max_size=5),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(TEXT, st.dates()), inner, max_size=3),
        st.tuples(inner, inner),
    ),
    max_leaves=6,
)
OFFICE = WorkingCalendar("Europe/London", {"mon-fri": ["09:00-17:00"]})


@given(TEXT)
def test_texts(text: str) -> None:
    for read in (parse_hours, parse_days, working_micros):
        try:
            read(text)
        except ComplaintFlowError as error:
            assert str(error)


def test_long_texts_take_no_longer_than_their_length() -> None:
    """Each of these would take hours if any step were quadratic, or worse."""
    for piece in (
        "08:00-12:00,",
        "1" * 50,
        " ",
        "mon,",
        "mon-",
        "working ",
        "-",
        ".",
        "\u5de5\u4f5c",
    ):
        text = piece * (2_000_000 // len(piece))
        for read in (parse_hours, parse_days, working_micros):
            try:
                read(text)
            except ComplaintFlowError as error:
                assert len(str(error)) < 2_000


KEYS = ["week", "closed", "special", "coverage", "periods", "standard_day", "name"]


@given(
    st.one_of(st.just("UTC"), ANYTHING),
    st.dictionaries(st.sampled_from(KEYS), ANYTHING),
)
def test_any_constructor(zone: Any, rest: dict[str, Any]) -> None:
    rest.setdefault("week", {"mon": "08:00-12:00"})
    try:
        calendar = WorkingCalendar(zone, **rest)
    except ComplaintFlowError as error:
        assert str(error)
    else:
        assert WorkingCalendar.from_mapping(calendar.to_mapping()) == calendar


@given(
    st.one_of(
        ANYTHING,
        st.dictionaries(
            st.sampled_from([*KEYS, "timezone", "union", "difference", "china", "holidays"]),
            ANYTHING,
        ),
    )
)
def test_any_mapping(mapping: Any) -> None:
    try:
        WorkingCalendar.from_mapping(mapping)
    except ComplaintFlowError as error:
        assert str(error)


@settings(max_examples=60)
@given(
    st.one_of(ANYTHING, st.datetimes(timezones=st.timezones())),
    st.one_of(ANYTHING, st.timedeltas()),
    st.one_of(ANYTHING, st.dates()),
    st.one_of(ANYTHING, st.integers()),
)
def test_any_question(at: Any, amount: Any, date: Any, n: Any) -> None:
    for question in (
        lambda: OFFICE.add(at, amount),
        lambda: OFFICE.subtract(at, amount),
        lambda: OFFICE.between(at, amount),
        lambda: OFFICE.is_open(at),
        lambda: OFFICE.next_opening(at),
        lambda: OFFICE.previous_closing(at),
        lambda: OFFICE.add_many(at, amount),
        lambda: OFFICE.between_many(at, n),
        lambda: OFFICE.is_working_day(date),
        lambda: OFFICE.add_working_days(date, n),
        lambda: OFFICE.working_days_between(date, at),
        lambda: OFFICE.day(date),
    ):
        try:
            question()
        except ComplaintFlowError as error:
            assert str(error)


@given(st.dates(), st.integers())
def test_any_number_of_working_days(date: dt.date, n: int) -> None:
    sundays = WorkingCalendar("UTC", {"sun": "00:00-24:00"})
    try:
        found = sundays.add_working_days(date, n)
    except ComplaintFlowError as error:
        assert str(error)
    else:
        assert n == 0 or found.weekday() == 6
