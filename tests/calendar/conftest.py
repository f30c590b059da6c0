"""The factory's calendar that the procedures' scenarios assume."""

from __future__ import annotations

import datetime as dt

import pytest

from complaintflow.calendar.working import WorkingCalendar


@pytest.fixture(scope="session")
def factory() -> WorkingCalendar:
    """Monday to Friday 08-12 and 13-17; May Day 2026 off from 1 to 5, Saturday 9 worked."""
    return WorkingCalendar(
        "Asia/Shanghai",
        {"mon-fri": ["08:00-12:00", "13:00-17:00"]},
        closed={dt.date(2026, 5, day): "Labour Day" for day in range(1, 6)},
        special={dt.date(2026, 5, 9): "fri"},
        coverage=(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
    )
