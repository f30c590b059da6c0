"""Times of registers: formats, zones, false offsets, repeated hours."""

from __future__ import annotations

import datetime as dt

import pytest

from complaintflow.simulation.register.reason import CellError
from complaintflow.simulation.register.stamps import Stamp, Times, read_stamp

SHANGHAI = Times("Asia/Shanghai")
NEW_YORK = Times("America/New_York")
AT = Stamp("received")


def iso(text: str, stamp: Stamp = AT, times: Times = SHANGHAI, number: str = "") -> str:
    return read_stamp(text, stamp, times, number).isoformat()


def why(text: str, stamp: Stamp = AT, times: Times = SHANGHAI) -> str:
    with pytest.raises(CellError) as caught:
        read_stamp(text, stamp, times)
    return caught.value.reason.code


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05 09:20",
        "2026-03-05T09:20:00",
        "2026/3/5 9:20",
        "2026.3.5 9:20",
        "2026年3月5日 9:20",
        "2026年3月5日 9时20分",
        "２０２６／３／５　９：２０",
        "2026-03-05 01:20Z",
        "2026-03-05 01:20+00",
        "2026-03-05 09:20 +08:00",
        "2026-03-04 20:20-05:00",
    ],
)
def test_formats(text: str) -> None:
    assert iso(text) == "2026-03-05T09:20:00+08:00"


def test_fractions_of_a_second_are_kept() -> None:
    assert iso("2026-03-05 09:20:05.25") == "2026-03-05T09:20:05.250000+08:00"


def test_a_date_gets_the_time_that_the_mapping_says() -> None:
    assert iso("2026/3/5", Stamp("r", dt.time(8, 30))) == "2026-03-05T08:30:00+08:00"
    assert why("2026/3/5") == "no_time"


def test_a_format_of_its_own() -> None:
    assert iso("05/03/2026 09:20", Stamp("r", None, "%d/%m/%Y %H:%M")) == (
        "2026-03-05T09:20:00+08:00"
    )
    day = Stamp("r", dt.time(9), "%d/%m/%Y")
    assert iso("05/03/2026", day) == "2026-03-05T09:00:00+08:00"
    assert why("2026-03-05", day) == "stamp"


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-02-30 09:00", "2026-13-01 09:00", "2026-03-05 24:00", "46000"]
)
def test_broken_dates(text: str) -> None:
    assert why(text) == "stamp"


@pytest.mark.parametrize("text", ["=NOW()", "@x", "+1"])
def test_formulas(text: str) -> None:
    assert why(text) == "formula"


def test_naive_times_are_refused_unless_a_zone_is_named() -> None:
    assert why("2026-03-05 09:20", times=Times()) == "no_zone"
    assert iso("2026-03-05 09:20+08:00", times=Times()) == "2026-03-05T01:20:00+00:00"


def test_a_false_offset_is_dropped() -> None:
    false = Times("America/New_York", false_offset=True)
    assert iso("2025-08-01 06:35:06+00", times=false) == "2025-08-01T06:35:06-04:00"
    assert iso("2025-08-01 06:35:06+00", times=NEW_YORK) == "2025-08-01T02:35:06-04:00"


def test_a_repeated_hour_has_two_passes() -> None:
    text = "2025-11-02 01:29:47"
    assert why(text, times=NEW_YORK) == "twice_an_hour"
    first = Times("America/New_York", ambiguous="first")
    second = Times("America/New_York", ambiguous="second")
    assert iso(text, times=first) == "2025-11-02T01:29:47-04:00"
    assert iso(text, times=second) == "2025-11-02T01:29:47-05:00"
    one = Times("America/New_York", second_pass=frozenset({"A-1"}))
    assert iso(text, times=one, number="A-1") == "2025-11-02T01:29:47-05:00"


def test_a_skipped_hour_is_the_end_of_the_gap() -> None:
    assert iso("2025-03-09 02:30", times=NEW_YORK) == "2025-03-09T03:00:00-04:00"


@pytest.mark.parametrize("text", ["1960-01-01 09:00", "2300-01-01 09:00", "1960-01-01 09:00Z"])
def test_years_out_of_range(text: str) -> None:
    assert why(text) == "range"
