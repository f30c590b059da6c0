"""Draw the pictures of the documentation again: ``python docs/make_pictures.py``.

A test compares what this makes with the files in ``docs/_static``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from complaintflow.calendar import WorkingCalendar, week_view
from complaintflow.moments import instant

STATIC = Path(__file__).parent / "_static"


def pictures() -> dict[str, str]:
    """Every picture by the name of its file."""
    factory = WorkingCalendar(
        "Asia/Shanghai",
        {"mon-fri": ["08:00-12:00", "13:00-17:00"]},
        closed={dt.date(2026, 5, day): "Labour Day" for day in range(1, 6)},
        special={dt.date(2026, 5, 9): "fri"},
    )
    start = instant("2026-04-29T16:30", "Asia/Shanghai")
    stop = (
        instant("2026-04-30T10:00", "Asia/Shanghai"),
        instant("2026-05-06T09:00", "Asia/Shanghai"),
    )
    return {
        "week-view.svg": week_view(factory.due(start, "3 working days")),
        "week-view-zh.svg": week_view(factory.due(start, "3 个工作日"), "zh"),
        "week-view-paused.svg": week_view(factory.due(start, "12 working hours", pauses=[stop])),
    }


if __name__ == "__main__":
    for name, drawn in pictures().items():
        (STATIC / name).write_text(drawn, encoding="utf-8")
