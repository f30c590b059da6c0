"""Many at once: forms, and what is refused. That the answers are the same is a law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pendulum
import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.errors import BeyondCoverageError, InvalidValueError, NeverOpenError

CAL = WorkingCalendar(
    "UTC",
    {"mon-fri": "09:00-17:00"},
    coverage=(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
)
MONDAY = pendulum.datetime(2026, 5, 4, 9)
MICROS = int(MONDAY.timestamp()) * 1_000_000
HOUR = dt.timedelta(hours=1)


def test_forms() -> None:
    assert CAL.add_many([], HOUR) == []
    assert CAL.add_many([MICROS], HOUR) == [MICROS + 3_600_000_000]
    assert CAL.add_many((at for at in [MONDAY]), "1 working hour") == [MONDAY + HOUR]
    assert CAL.add_many([MONDAY, MONDAY], [HOUR, "2 working hours"]) == [
        MONDAY + HOUR,
        MONDAY + 2 * HOUR,
    ]
    assert CAL.between_many([], []) == []
    assert CAL.between_many([MONDAY], MONDAY + HOUR) == [HOUR]
    assert CAL.between_many([MICROS, MICROS], MICROS) == [0, 0]


@pytest.mark.parametrize(
    "question",
    [
        lambda: CAL.add_many([MICROS, MONDAY], HOUR),
        lambda: CAL.add_many([True], HOUR),
        lambda: CAL.add_many([1.5], HOUR),
        lambda: CAL.add_many("x", HOUR),
        lambda: CAL.add_many(3, HOUR),
        lambda: CAL.add_many([MICROS], 3),
        lambda: CAL.add_many([MICROS], [HOUR, HOUR]),
        lambda: CAL.add_many([MICROS], [3]),
        lambda: CAL.add_many([-1], HOUR),
        lambda: CAL.add_many([1 << 70], HOUR),
        lambda: CAL.between_many([MICROS], [MICROS, MICROS]),
        lambda: CAL.between_many([MICROS], [MONDAY]),
    ],
)
def test_what_is_refused(question: Any) -> None:
    with pytest.raises(InvalidValueError):
        question()


def test_beyond_the_coverage() -> None:
    late = pendulum.datetime(2026, 12, 31, 16)
    with pytest.raises(BeyondCoverageError):
        CAL.add_many([MONDAY, late], 2 * HOUR)
    assert CAL.add_many([late], 2 * HOUR, beyond="ordinary weeks") == [
        pendulum.datetime(2027, 1, 1, 10)
    ]
    with pytest.raises(InvalidValueError, match="ordinary weeks"):
        CAL.add_many([late], HOUR, beyond="x")  # type: ignore[arg-type]


def test_arrays() -> None:
    np = pytest.importorskip("numpy")
    at = np.array([[MICROS], [MICROS]], np.int64)
    assert CAL.add_many(at, HOUR).tolist() == [[MICROS + 3_600_000_000]] * 2
    assert CAL.add_many(at[:0], HOUR).shape == (0, 1)
    assert CAL.between_many(at[:0], at[:0]).shape == (0, 1)
    assert CAL.between_many(at, MICROS).tolist() == [[0], [0]]
    dated = at.view("datetime64[us]").astype("datetime64[s]")
    assert CAL.between_many(dated, MONDAY + HOUR).tolist() == [[HOUR], [HOUR]]
    assert CAL.add_many(at, dt.timedelta(0)).tolist() == at.tolist()
    assert at.tolist() == [[MICROS], [MICROS]]  # the argument is left alone


def test_arrays_that_are_refused() -> None:
    np = pytest.importorskip("numpy")
    at = np.array([MICROS, MICROS], np.int64)
    nat = np.array(["NaT"], "datetime64[us]")
    questions: list[Callable[[], object]] = [
        lambda: CAL.add_many(at.astype(float), HOUR),
        lambda: CAL.add_many(at.astype(object), HOUR),
        lambda: CAL.add_many(nat, HOUR),
        lambda: CAL.add_many(at, 3),
        lambda: CAL.add_many(at, np.array([1.5, 2.5])),
        lambda: CAL.add_many(at, np.array(["NaT"], "timedelta64[us]")),
        lambda: CAL.add_many(at, np.array([1, 2, 3], np.int64)),
        lambda: CAL.add_many(at, np.array([1, 1 << 62], np.int64)),
        lambda: CAL.add_many(-at, HOUR),
        lambda: CAL.between_many(at, "x"),
        lambda: CAL.between_many(at, at.view("datetime64[us]")),
    ]
    for question in questions:
        with pytest.raises(InvalidValueError):
            question()
    with pytest.raises(BeyondCoverageError):
        CAL.add_many(at, dt.timedelta(days=500))
    with pytest.raises(BeyondCoverageError):
        CAL.between_many(at, np.array([0, 0], np.int64))


def test_a_calendar_that_ends() -> None:
    once = WorkingCalendar("UTC", special={dt.date(2026, 5, 4): "09:00-10:00"})
    with pytest.raises(NeverOpenError):
        once.add_many([MICROS], 2 * HOUR, beyond="ordinary weeks")
