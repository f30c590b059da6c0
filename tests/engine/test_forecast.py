"""Forecasts: when would what happen to whom, and why, if nobody did anything."""

from __future__ import annotations

import pytest

from complaintflow.errors import InvalidValueError
from complaintflow.policyfile import loads
from complaintflow.report.timeline import timeline
from complaintflow.testing.rehearsal import Rehearsal

# Three hops in a row, each from the real end of the one before, and what a miss costs.
HOPS = """
policy = { id = "t", version = "1", semantics = 1, calendar = "office", final = ["closed"] }
[calendar.office]
timezone = "Asia/Shanghai"
week = { mon-fri = ["08:00-12:00", "13:00-17:00"] }
[roles]
desk = "1"
unit = "2"
chief = "3"
customer = { clause = "4", outside = true }
[facts]
"easy, waiting" = "yes/no"
[step]
receive = { by = "desk", to = "open" }
close = { by = "desk", from = "open", to = "closed" }
[duty]
look = { clause = "T1", owner = "desk", starts = "receive", within = "2 working hours", rungs = [{ at = "50 %", to = "unit" }, { at = "due", to = "chief" }] }
mend = { clause = "T2", owner = "unit", starts = "look", within = "1 working day", pauses = "waiting" }
check = { clause = "T3", owner = "desk", starts = "mend", if = "not easy", within = "24 h", kind = "customer" }
assess = { clause = "R2", owner = "chief", starts = "look.missed" }
told_all = { clause = "T4", owner = "desk", starts = "check", within = "1 h" }
[tell]
N1 = { on = "look.missed", to = "customer" }
[names]
look = ["Look at it", "查看"]
N1 = ["Delay notice", "延误通知"]
"""


@pytest.fixture
def play() -> Rehearsal:
    found = Rehearsal(loads(HOPS))
    found.receive("2026-03-10 08:00", role="desk", facts={"easy": False})
    return found


def rows(play: Rehearsal, until: str) -> list[tuple[str, str, str]]:
    present = play.present
    end = play.at(until)
    play.present = present
    forecast = play.desk.forecast(play.number, end)
    return [(f"{row.at:%m-%d %H:%M:%S}", row.kind, row.what.code) for row in forecast.rows]


class TestOneCase:
    """The table of when, what, whom, why."""

    def test_everything_until_then(self, play: Rehearsal) -> None:
        assert rows(play, "2026-03-12 18:00") == [
            ("03-10 09:00:00", "rung", "look"),
            ("03-10 10:00:00", "due", "look"),
            ("03-10 10:00:01", "missed", "look"),
            ("03-10 10:00:01", "told", "N1"),
            ("03-10 10:00:01", "rung", "look"),
            ("03-10 10:00:01", "begins", "assess"),
            ("03-11 17:00:00", "projected", "mend"),
            ("03-12 17:00:00", "projected", "check"),
            ("03-12 18:00:00", "projected", "told_all"),
        ]

    def test_nothing_is_recorded(self, play: Rehearsal) -> None:
        before = play.case
        rows(play, "2026-03-12 18:00")
        assert play.case.events == before.events

    def test_no_further_than_asked(self, play: Rehearsal) -> None:
        assert rows(play, "2026-03-10 09:30") == [("03-10 09:00:00", "rung", "look")]

    def test_in_words(self, play: Rehearsal) -> None:
        forecast = play.desk.forecast(play.number, play.at("2026-03-10 09:59"))
        english, chinese = forecast.text("en"), forecast.text("zh")
        assert english.splitlines()[1] == (
            "2026-03-10 09:00  Look at it: 50 %; due 2026-03-10 10:00; told: unit (T1)"
        )
        assert "查看" in chinese
        assert "Look" not in chinese
        with pytest.raises(InvalidValueError, match="a language"):
            forecast.text("fr")

    def test_nothing_to_tell(self, play: Rehearsal) -> None:
        play.desk.void(play.number, reason="twice", by="x", role="desk")
        forecast = play.desk.forecast(play.number, play.at("2026-03-20 09:00"))
        assert (forecast.rows, forecast.spans) == ((), ())
        assert forecast.text().endswith("nothing falls due")


class TestRelay:
    """A hop that waits is projected from the one before; it escalates nothing."""

    def projected(self, play: Rehearsal) -> dict[str, str]:
        ahead = play.case.ahead
        return {o.duty: f"{o.due:%m-%d %H:%M}" for o in ahead if o.due is not None}

    def test_from_the_due_instant_then_from_the_real_end(self, play: Rehearsal) -> None:
        assert self.projected(play)["mend"] == "03-11 17:00"
        play.at("2026-03-10 09:00")
        play.do("2026-03-10 09:00", "look", role="desk")
        assert "mend" not in self.projected(play)
        assert play.due("mend") == "2026-03-11 17:00:00"
        assert self.projected(play)["check"] == "03-12 17:00"
        play.do("2026-03-11 08:30", "mend", role="unit")
        assert play.due("check") == "2026-03-12 08:30:00"

    def test_an_overdue_hop_ends_no_earlier_than_now(self, play: Rehearsal) -> None:
        play.at("2026-03-12 09:00")
        assert self.projected(play)["mend"] == "03-13 17:00"

    def test_nothing_is_projected_over_a_clock_that_stands(self, play: Rehearsal) -> None:
        play.do("2026-03-10 09:00", "look", role="desk")
        play.note("2026-03-10 09:30", waiting=True)
        assert "check" not in self.projected(play)

    def test_what_is_not_asked_for_is_left_out(self, play: Rehearsal) -> None:
        play.note("2026-03-10 08:30", easy=True)
        assert set(self.projected(play)) == {"mend"}

    def test_done_before_it_began_is_done_and_unused(self, play: Rehearsal) -> None:
        play.do("2026-03-10 08:10", "mend", role="unit")
        assert set(self.projected(play)) == {"check", "told_all"}
        assert self.projected(play)["check"] == "03-11 10:00"  # when the look ends
        play.do("2026-03-10 09:00", "look", role="desk")
        assert play.owed() == ("check",)

    def test_a_join_waits_for_what_begins_before_it(self) -> None:
        text = HOPS.replace(
            'starts = "check", within = "1 h"', 'starts = "mend and check", within = "1 h"'
        )
        play = Rehearsal(loads(text))
        play.receive("2026-03-10 08:00", role="desk", facts={"easy": False})
        assert self.projected(play)["told_all"] == "03-11 18:00"  # when the mending ends
        text = text.replace('starts = "mend and check"', 'starts = "look and mend"')
        play = Rehearsal(loads(text))
        play.receive("2026-03-10 08:00", role="desk", facts={"easy": False})
        assert self.projected(play)["told_all"] == "03-10 11:00"  # nothing is owed of the mending
        play.do("2026-03-10 09:00", "look", role="desk")
        assert play.due("told_all") == "2026-03-10 10:00:00"

    def test_a_chain_of_each_department_by_itself(self) -> None:
        text = HOPS.replace(
            "[step]",
            """[decide.units]
pick = "all"
"unit, chief".Q1 = "easy"
[step]""",
        ).replace(
            "[tell]",
            """fetch = { each = "units", starts = "receive", within = "1 h" }
process = { each = "units", starts = "fetch.key", within = "4 h" }
[tell]""",
        )
        play = Rehearsal(loads(text))
        play.receive("2026-03-10 08:00", role="desk", facts={"easy": True})
        play.do("2026-03-10 08:10", "fetch", role="unit", key="unit")
        found = {(o.duty, o.key): f"{o.due:%H:%M}" for o in play.case.ahead if o.due is not None}
        assert play.due("process", "unit") == "2026-03-10 12:10:00"
        assert found["process", "chief"] == "13:00"
        assert ("process", "unit") not in found
        assert "process" in play.desk.explain(play.number).text("en")

    def test_it_misses_nothing(self, play: Rehearsal) -> None:
        assert {o.duty for o in play.case.owed} == {"look"}
        play.sweep("2026-03-20 09:00")
        assert {body.duty for body in play.bodies(object) if type(body).__name__ == "Missed"} == {
            "look"
        }


class TestOutlook:
    """For those who plan the week: over all open cases."""

    def test_counts(self, play: Rehearsal) -> None:
        play.receive("2026-03-13 15:30", role="desk", facts={"easy": True})
        play.do("2026-03-13 15:40", "look", role="desk")
        outlook = play.desk.outlook(play.at("2026-03-17 09:00"))
        assert outlook.by_day == {}
        play.present = play.at("2026-03-13 15:45")
        until = play.present.add(days=7)
        outlook = play.desk.outlook(until)
        assert [row.what.code for row in outlook.overdue] == ["look"]
        assert {f"{day:%m-%d}": n for day, n in outlook.by_day.items()} == {
            "03-16": 2, "03-17": 2,
        }  # fmt: skip
        assert outlook.by_week == {"2026-W12": 4}
        assert outlook.by_role == {"desk": 3, "unit": 2}
        assert outlook.by_person == {}
        assert outlook.text("en").startswith("until 2026-03-20 15:45: 4 due in 2 cases, 1 overdue")
        assert "法定" not in outlook.text("zh")


class TestPicture:
    """A bar for each clock."""

    def test_bars_ticks_and_words(self, play: Rehearsal) -> None:
        until = play.at("2026-03-13 09:00")
        play.at("2026-03-10 08:30")
        forecast = play.desk.forecast(play.number, until)
        svg = timeline(forecast)
        assert svg == timeline(forecast)
        assert svg.count("<polygon") == 2
        assert "Look at it" in svg
        assert "查看" in timeline(forecast, "zh")
        assert "03-11 17:00" in svg

    def test_an_empty_one(self, play: Rehearsal) -> None:
        play.desk.void(play.number, reason="twice", by="x", role="desk")
        forecast = play.desk.forecast(play.number, play.at("2026-03-20 09:00"))
        assert "nothing falls due" in timeline(forecast)
