"""How far back a window of history reaches."""

from __future__ import annotations

import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.limits import Limit
from complaintflow.engine.window import back
from complaintflow.errors import InvalidValueError
from complaintflow.gallery import load_pack
from complaintflow.moments import from_micros, instant, to_micros

CALENDAR = WorkingCalendar.always("America/New_York")


@pytest.mark.parametrize(
    ("at", "window", "since"),
    [
        ("2026-03-10T09:00", "24 h", "2026-03-09 09:00"),
        ("2026-03-09T09:00", "2 calendar days", "2026-03-07 09:00"),
        ("2026-03-31T09:00", "1 month", "2026-02-28 09:00"),
        ("2024-02-29T09:00", "1 year", "2023-02-28 09:00"),
    ],
)
def test_back(at: str, window: str, since: str) -> None:
    """Days, months and years are civil ones, also across a change of the clocks."""
    found = back(CALENDAR, to_micros(instant(at, "America/New_York")), Limit.parse(window))
    assert from_micros(found, CALENDAR.tz).strftime("%Y-%m-%d %H:%M") == since


def test_what_cannot_be_counted_backwards() -> None:
    with pytest.raises(InvalidValueError, match="window of history"):
        back(CALENDAR, to_micros(instant("2026-03-10T09:00+00:00")), Limit.parse("same day"))


def test_a_window_forgets_what_is_older() -> None:
    """The other reading of s000:C1.5, with a window of one year."""
    import attrs

    from complaintflow.testing.rehearsal import Rehearsal

    policy = load_pack("oem_supplier")
    facts = tuple(
        attrs.evolve(fact, count=attrs.evolve(fact.count, within=Limit.parse("30 calendar days")))
        if fact.code == "repeats" and fact.count
        else fact
        for fact in policy.facts
    )
    play = Rehearsal(attrs.evolve(policy, facts=facts))
    sheet = {
        "customer": "O",
        "subject": "quality",
        "oral": False,
        "model": "H",
        "defect": "c",
        "possible_loss": "1 CNY",
        "line_stopped": False,
        "batch_problem": False,
        "heavy_effect": False,
        "noncompliant": False,
        "batch_return_or_huge_claim": False,
    }
    counts = []
    for wall in ("2026-01-01 09:00", "2026-01-20 09:00", "2026-02-10 09:00", "2026-04-01 09:00"):
        play.receive(wall, role="sales_point", facts=sheet)
        counts.append(play.case.facts["repeats"])
    assert counts == [1, 2, 2, 1]
