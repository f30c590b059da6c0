"""Due instants of many starts: lists and arrays."""

from __future__ import annotations

import datetime as dt

import pytest

from complaintflow.calendar.due import due, due_many, due_us
from complaintflow.calendar.limits import Limit
from complaintflow.calendar.working import WorkingCalendar
from complaintflow.errors import (
    BeyondCoverageError,
    InvalidValueError,
)
from complaintflow.moments import instant, to_micros


def t(text: str) -> dt.datetime:
    return instant(text, "Asia/Shanghai")


def us(text: str) -> int:
    return to_micros(t(text))


def test_many_at_once(factory: WorkingCalendar) -> None:
    starts = [t("2026-03-06 10:00"), t("2026-03-07 10:00")]
    found = due_many(factory, starts, "1 working day")
    assert found == [due(factory, start, "1 working day") for start in starts]
    micros = [to_micros(start) for start in starts]
    assert due_many(factory, micros, "1 working day") == [one.us for one in found]
    assert due_many(factory, micros, "word: promptly") == [None, None]
    assert due_many(factory, [], "24 h") == []
    with pytest.raises(BeyondCoverageError):
        due_many(factory, [us("2026-12-31 10:00")], "1 working day")
    with pytest.raises(BeyondCoverageError):
        due_many(factory, [t("2026-12-31 10:00")], "1 working day")
    free = due_many(factory, [us("2026-12-31 10:00")], "1 working day", beyond="ordinary weeks")
    assert free == [us("2027-01-01 17:00")]


def test_many_in_an_array(factory: WorkingCalendar) -> None:
    np = pytest.importorskip("numpy")
    micros = [us("2026-03-06 10:00"), us("2026-03-07 10:00")]
    expected = due_many(factory, micros, "1 working day")
    integers = np.array(micros, dtype="int64")
    assert due_many(factory, integers, "1 working day").tolist() == expected
    moments = integers.astype("datetime64[us]")
    found = due_many(factory, moments, "1 working day")
    assert found.dtype == moments.dtype
    assert found.astype("int64").tolist() == expected
    hours = [due_us(factory, start + 999_999, Limit.parse("4 working hours")) for start in micros]
    assert due_many(factory, integers + 999_999, "4 working hours").tolist() == hours
    assert factory.due_many(moments, "4 working hours").astype("int64").tolist() == hours
    with pytest.raises(BeyondCoverageError):
        due_many(factory, np.array([us("2026-12-31 16:00")]), "4 working hours")
    with pytest.raises(InvalidValueError, match="no instant"):
        due_many(factory, integers, "word: promptly")
    with pytest.raises(InvalidValueError, match="NaT"):
        due_many(factory, np.array(["NaT"], dtype="datetime64[us]"), "24 h")
    with pytest.raises(InvalidValueError, match="float64"):
        due_many(factory, np.array([1.0]), "24 h")
