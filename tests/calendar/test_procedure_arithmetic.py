"""The arithmetic of the 35 procedures: every expression, as the catalogue wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintflow.calendar.due import due
from complaintflow.calendar.working import WorkingCalendar
from complaintflow.moments import instant

UNITS = {"h": "h", "wh": "working hours", "wd": "working days", "cd": "calendar days", "y": "years"}
LINES = [
    line.split(" | ")
    for line in Path(__file__)
    .with_name("procedure_arithmetic.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


def test_nothing_was_lost() -> None:
    assert len(LINES) == 75
    assert len({line[0] for line in LINES}) > 10


@pytest.mark.parametrize(("procedure", "start", "amount", "unit", "expected"), LINES)
def test_expression(
    factory: WorkingCalendar, procedure: str, start: str, amount: str, unit: str, expected: str
) -> None:
    limit = "same day" if (amount, unit) == ("0", "cd") else f"{amount} {UNITS[unit]}"
    begin = instant(start if " " in start else f"{start} 12:00", "Asia/Shanghai")
    found = due(factory, begin, limit)
    assert found.at is not None
    shown = f"{found.at:%Y-%m-%d %H:%M:%S}"
    seconds = expected if expected.count(":") != 1 else f"{expected}:00"
    assert shown.startswith(seconds), procedure
    assert not found.provisional or expected > "2026-12-31"
