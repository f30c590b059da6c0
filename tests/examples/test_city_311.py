"""Real input: the service requests of the City of Boston through examples/city_311.

The file is not part of the project; the folder that ``COMPLAINTFLOW_DATA`` names holds it (see
examples/city_311/README.md).
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import os
from pathlib import Path

import attrs
import pytest

from complaintflow.moments import from_naive
from complaintflow.policyfile import load_policy
from complaintflow.report.ledger import LedgerRow
from complaintflow.simulation.register import (
    check_mapping,
    load_mapping,
    read_register,
    read_sheet,
)
from complaintflow.simulation.run import RunResult, run_register

FOLDER = Path(__file__).parents[2] / "examples" / "city_311"
NAME = "boston_311_2025-08_2026-02.csv.gz"
ZONE = "America/New_York"

NO_TARGET = 10
"""Requests to which the city gave no target."""

MOVED = {
    # The city's target is another one than the opening plus 72 hours.
    "BCS-00098857": "35 minutes later: set anew while the request was worked on",
    "BCS-00107984": "77 seconds later: set anew",
    "BCS-00112429": "4.8 hours later: set anew when the request changed hands",
    "BCS-00117843": "49 minutes later: set anew",
    "BCS-00117845": "33 minutes later: set anew",
    "BCS-00123149": "two days later: moved by hand",
    "BCS-00125003": "eight days later: moved by hand",
    "BCS-00125304": "5 minutes later: set anew",
    "BCS-00128443": "six days later: moved by hand",
    "BCS-00128456": "six days later: moved by hand",
    "BCS-00131063": "1.8 hours later: set anew on the evening of 19 December",
    "BCS-00131064": "1.8 hours later: set anew on the evening of 19 December",
    "BCS-00131078": "1.5 hours later: set anew on the evening of 19 December",
    "BCS-00131079": "1.5 hours later: set anew on the evening of 19 December",
    "BCS-00131083": "1.3 hours later: set anew on the evening of 19 December",
    "BCS-00131087": "1.2 hours later: set anew on the evening of 19 December",
    "BCS-00131096": "46 minutes later: set anew on the evening of 19 December",
    "BCS-00138916": "ten days later: moved by hand",
    "BCS-00141655": "10 minutes later: set anew",
    "BCS-00156954": "19 hours later: set anew",
}
LABELLED = {
    # Closed after 72 hours, but before the target that the city had moved.
    "BCS-00123149": "target moved by two days",
    "BCS-00125003": "target moved by eight days",
    "BCS-00128443": "target moved by six days",
    "BCS-00138916": "target moved by ten days",
}


@pytest.fixture(scope="module")
def file() -> Path:
    folder = os.environ.get("COMPLAINTFLOW_DATA")
    if not folder:
        pytest.skip("COMPLAINTFLOW_DATA names no folder with the city's data")
    path = Path(folder) / NAME
    if not path.is_file():
        pytest.skip(f"the folder that COMPLAINTFLOW_DATA names has no {NAME}")
    return path


@pytest.fixture(scope="module")
def city(file: Path) -> list[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def result(file: Path) -> RunResult:
    policy = load_policy(FOLDER)
    mapping = load_mapping(FOLDER / "mapping.toml")
    sheet = read_sheet(file, mapping.layout)
    check_mapping(policy, mapping, sheet)
    return run_register(policy, read_register(policy, sheet, mapping), mapping)


@pytest.fixture(scope="module")
def ours(result: RunResult) -> dict[str, LedgerRow]:
    return {row.number: row for row in result.ledger}


def city_time(text: str) -> dt.datetime:
    """A time of the city's file, in whole seconds, as all due instants are."""
    wall = dt.datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0)
    return from_naive(wall, ZONE)


def test_every_row_is_processed(result: RunResult) -> None:
    assert (result.total, result.processed, result.rejected) == (5473, 5473, ())
    assert f"{result.until:%Y-%m-%d %H:%M:%S}" == "2026-02-10 22:54:04"


def test_the_targets_are_the_citys(city: list[dict[str, str]], ours: dict[str, LedgerRow]) -> None:
    apart = {}
    compared = 0
    for row in city:
        if not row["target_close_date"]:
            continue
        (target,) = ours[row["case_id"]].targets
        assert target.due is not None
        compared += 1
        seconds = (city_time(row["target_close_date"]) - target.due).total_seconds()
        if abs(seconds) > 60:
            apart[row["case_id"]] = seconds
    assert compared == len(city) - NO_TARGET == 5463
    assert apart.keys() == MOVED.keys()
    assert compared - len(apart) == 5443  # 5,442 were asked for


def test_all_requests_across_the_end_of_daylight_saving_agree(
    city: list[dict[str, str]], ours: dict[str, LedgerRow]
) -> None:
    """248 requests were open when the clocks went back; one needs the second pass."""
    back = "2025-11-02 02"
    crossing = [row for row in city if row["open_date"] < back < row["target_close_date"]]
    crossing = [row for row in crossing if row["case_id"] not in MOVED]
    assert len(crossing) == 248
    for row in crossing:
        (target,) = ours[row["case_id"]].targets
        assert target.due is not None
        assert abs((city_time(row["target_close_date"]) - target.due).total_seconds()) <= 60
    assert "2025-11-02 01:29:47" in {row["open_date"][:19] for row in crossing}


def test_the_label_from_our_own_target_is_the_citys(
    city: list[dict[str, str]], ours: dict[str, LedgerRow]
) -> None:
    apart = set()
    agree = 0
    for row in city:
        if not row["target_close_date"]:
            continue
        (target,) = ours[row["case_id"]].targets
        label = "ONTIME" if target.outcome in ("on time", "running") else "OVERDUE"
        if label == row["on_time"]:
            agree += 1
        else:
            apart.add(row["case_id"])
    assert apart == LABELLED.keys()
    assert agree == 5459


def test_the_second_pass_is_what_its_target_says(file: Path) -> None:
    """Without ``second_pass`` the request at 01:29:47 has two meanings, and is rejected."""
    policy = load_policy(FOLDER)
    mapping = load_mapping(FOLDER / "mapping.toml")
    plain = attrs.evolve(mapping, times=attrs.evolve(mapping.times, second_pass=frozenset()))
    register = read_register(policy, read_sheet(file, plain.layout), plain)
    (rejected,) = register.rejected
    assert rejected.number == "BCS-00110754"
    assert "happened twice" in rejected.text("en")
