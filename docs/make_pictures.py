"""Draw the pictures of the documentation again: ``python docs/make_pictures.py``.

A test compares what this makes with the files in ``docs/_static``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from complaintflow.calendar import WorkingCalendar, week_view
from complaintflow.gallery import load_pack
from complaintflow.moments import instant
from complaintflow.report.timeline import timeline
from complaintflow.testing.rehearsal import Rehearsal

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
        **forecasts(),
    }


def forecasts() -> dict[str, str]:
    """The relay of the component supplier, foreseen from its first hour."""
    play = Rehearsal(load_pack("component_supplier"))
    sheet = {
        "own_quality": True, "zero_km": False, "product": "Pump", "model": "P-20",
        "identification": "P20-0317-004", "quantity": "3 pcs", "customer_name": "NMW",
        "place_found": "line 2", "finder": "Zhao", "circumstances": "first start",
        "failure": "no pressure", "demands_made": False,
    }  # fmt: skip
    play.receive("2026-03-17 14:10", role="after_sales", facts=sheet)
    play.at("2026-03-17 14:40")
    forecast = play.desk.forecast(play.number, play.present.add(hours=4))
    return {
        "forecast.svg": timeline(forecast),
        "forecast-zh.svg": timeline(forecast, "zh"),
    }


if __name__ == "__main__":
    for name, drawn in pictures().items():
        (STATIC / name).write_text(drawn, encoding="utf-8")
