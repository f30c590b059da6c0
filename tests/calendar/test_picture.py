"""The week view: well-formed, deterministic, and the same in the documentation."""

from __future__ import annotations

import datetime as dt
import runpy
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from complaintflow.calendar.due import due
from complaintflow.calendar.picture import week_view
from complaintflow.calendar.working import WorkingCalendar
from complaintflow.errors import InvalidValueError
from complaintflow.moments import instant

DOCS = Path(__file__).parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"


def t(text: str) -> dt.datetime:
    return instant(text, "Asia/Shanghai")


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def fills(svg: str, colour: str) -> int:
    return sum(one.get("fill") == colour for one in ElementTree.fromstring(svg).iter(f"{SVG}rect"))


def test_the_pictures_of_the_documentation_are_current() -> None:
    made: dict[str, str] = runpy.run_path(str(DOCS / "make_pictures.py"))["pictures"]()
    for name, drawn in made.items():
        current = (DOCS / "_static" / name).read_text(encoding="utf-8")
        assert current == drawn, f"run: python docs/make_pictures.py ({name})"


def test_it_shows_what_counted_in_real_text(factory: WorkingCalendar) -> None:
    found = due(factory, t("2026-04-29 16:30"), "3 working days")
    drawn = week_view(found)
    assert drawn == week_view(found)
    shown = texts(drawn)
    assert shown[0] == "3 working days"
    assert found.explain().splitlines()[0] in shown
    assert {"start 16:30", "due 17:00", "1", "2", "3", "Wed 04-29", "Thu 05-07"} <= set(shown)
    assert sum("Labour Day" in text for text in shown) == 5
    assert fills(drawn, "#2a6fb0") == 3 * 2 + 1  # three days of two sessions, and the legend


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "limit",
    ["24 h", "4 working hours", "1.5 working days", "3 calendar days", "1 month", "same day",
     "09:00 on the next working day", "10 working days (also written: 2 weeks)"],
)  # fmt: skip
def test_every_unit_can_be_drawn(factory: WorkingCalendar, limit: str, lang: Any) -> None:
    found = due(factory, t("2026-04-29 16:30"), limit)
    drawn = week_view(found, lang)
    assert ElementTree.fromstring(drawn).get("role") == "img"
    assert any(("due" if lang == "en" else "到期") in text for text in texts(drawn))


def test_of_a_long_limit_the_middle_is_left_out(factory: WorkingCalendar) -> None:
    shown = texts(week_view(due(factory, t("2026-01-05 09:30"), "60 working days")))
    assert "7 weeks not shown" in shown
    assert "60" in shown
    assert "30" not in shown


def test_a_paused_clock_is_drawn_up_to_its_pause(factory: WorkingCalendar) -> None:
    stop = [(t("2026-04-30 10:00"), None)]
    drawn = week_view(due(factory, t("2026-04-29 16:30"), "12 working hours", pauses=stop))
    assert fills(drawn, "url(#paused)") == 2  # the rest of the day's quarter, and the legend
    assert not any(text.startswith("due") for text in texts(drawn))


def test_what_is_provisional_says_so(factory: WorkingCalendar) -> None:
    drawn = week_view(due(factory, t("2026-12-30 09:30"), "3 working days"))
    assert any(text.startswith("Provisional") for text in texts(drawn))


def test_names_are_escaped_and_shortened() -> None:
    day = dt.date(2026, 3, 10)
    name = "<b>A & B's very long holiday</b>"
    calendar = WorkingCalendar("UTC", {"mon-sun": ["08:00-16:00"]}, closed={day: name})
    drawn = week_view(due(calendar, instant("2026-03-09T09:00", "UTC"), "2 working days"))
    assert any(text.startswith(name) for text in texts(drawn))  # in full as the title
    assert "<b>" not in drawn


def test_without_an_instant_there_is_nothing_to_draw(factory: WorkingCalendar) -> None:
    with pytest.raises(InvalidValueError, match="nothing to draw"):
        week_view(due(factory, t("2026-03-09 10:00"), "word: promptly"))
