"""Clocks: a pure fold over the case's events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.events import Missed, RungReached
from complaintflow.errors import PolicyFileError
from complaintflow.gallery import load_pack
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

OEM = load_pack("oem_supplier")

TIMED = """
policy = { id = "t", version = "1", semantics = 1, calendar = "office", final = ["done"] }
[calendar.office]
timezone = "Asia/Shanghai"
week = { mon-fri = ["08:00-12:00", "13:00-17:00"] }
[clauses]
C1 = "a clause"
[roles]
clerk = "C1"
chief = "C1"
head = "C1"
[facts]
"waiting, urgent" = "yes/no"
severity = "one of: high, low"
promised_for = "instant"
agreed_on = "date"
own_limit = "limit"
[decide.level]
order = ["high", "low"]
high."C1" = "severity is high"
low."C1" = "severity is low"
[step]
open = { clause = "C1", by = "clerk", to = "going" }
start = { clause = "C1", by = "clerk", from = "going" }
end = { clause = "C1", by = "clerk", from = "going", to = "done" }
[duty]
hours = { clause = "C1", owner = "clerk", starts = "start", within = "8 working hours", pauses = "waiting" }
elapsed = { clause = "C1", owner = "clerk", starts = "start", within = "24 h", pauses = "waiting" }
graded = { clause = "C1", owner = "clerk", starts = "start", per = "level", within = { high = "24 h", low = "72 h" } }
fresh = { clause = "C1", owner = "clerk", starts = "start", per = "level", regrade = "regrade", within = { high = "24 h", low = "72 h" } }
promise = { clause = "C1", owner = "clerk", starts = "known(promised_for)", date = "promised_for", kind = "promise" }
agreed = { clause = "C1", owner = "clerk", starts = "known(agreed_on)", date = "agreed_on" }
chosen = { clause = "C1", owner = "clerk", starts = "known(own_limit)", date = "own_limit" }
[duty.ladder]
clause = "C1"
owner = "clerk"
starts = "urgent"
within = "10 h"
rungs = [
  { at = "50 %", to = "clerk" },
  { at = "2 h before", to = "chief" },
  { at = "due", to = "chief" },
  { at = "every 12 h after, 2 times", to = "head" },
]
"""


def started() -> Rehearsal:
    """Started on Tuesday 2026-03-10 at 09:00."""
    play = Rehearsal(loads(TIMED))
    play.receive("2026-03-10 08:30", role="clerk", facts={"severity": "low"})
    play.do("2026-03-10 09:00", "start", role="clerk")
    return play


class TestPauses:
    """Time inside a pause never counts; a paused clock has no due instant."""

    def test_resumed_with_what_was_left(self) -> None:
        play = started()
        assert play.due("hours") == "2026-03-11 09:00:00"
        play.note("2026-03-10 10:00", waiting=True)
        assert (play.due("hours"), play.clock("hours").paused) == (None, True)
        play.note("2026-03-12 08:00", waiting=False)
        assert play.due("hours") == "2026-03-12 16:00:00"
        assert play.due("elapsed") == "2026-03-13 07:00:00"

    def test_a_paused_clock_is_never_missed(self) -> None:
        play = started()
        play.note("2026-03-10 10:00", waiting=True)
        play.sweep("2026-04-10 10:00")
        assert {body.duty for body in play.bodies(Missed)} == {"graded", "fresh"}

    def test_a_pause_after_the_due_instant_changes_nothing(self) -> None:
        play = started()
        play.note("2026-03-20 10:00", waiting=True)
        assert play.due("elapsed") == "2026-03-11 09:00:00"


class TestGrades:
    """A limit for each answer of a decision; regrades."""

    def test_from_the_original_start(self) -> None:
        play = started()
        assert play.due("graded") == "2026-03-13 09:00:00"
        play.note("2026-03-10 15:00", severity="high")
        assert play.due("graded") == "2026-03-11 09:00:00"
        assert play.due("fresh") == "2026-03-11 15:00:00"

    @given(st.lists(st.sampled_from(["high", "low"]), max_size=6))
    def test_back_at_the_same_answer_the_due_instant_is_as_if_never_regraded(
        self, answers: list[str]
    ) -> None:
        """[T13] after A, B, A ... A."""
        play = started()
        for hour, answer in enumerate(answers, start=10):
            play.note(f"2026-03-10 {hour}:00", severity=answer)
        play.note("2026-03-10 20:00", severity="low")
        assert play.due("graded") == "2026-03-13 09:00:00"

    def test_a_regrade_into_the_past_is_missed_at_the_regrade(self) -> None:
        """A rung's true time is never before the event that made it ready."""
        play = started()
        play.note("2026-03-12 15:00", severity="high")
        missed = [e for e in play.case.events if isinstance(e.body, Missed)]
        graded = next(e for e in missed if e.body.duty == "graded")  # type: ignore[union-attr]
        assert play.wall(graded.occurred) == "2026-03-12 15:00:00"
        assert play.due("graded") == "2026-03-11 09:00:00"


class TestDates:
    """A promise is an instant that was told; it is never moved."""

    def test_a_promise_on_a_sunday_at_night(self) -> None:
        play = started()
        play.note("2026-03-10 10:00", promised_for="2026-03-15T22:00+08:00")
        assert play.due("promise") == "2026-03-15 22:00:00"

    def test_a_date_is_its_end(self) -> None:
        play = started()
        play.note("2026-03-10 10:00", agreed_on="2026-03-15")
        assert play.due("agreed") == "2026-03-15 23:59:59"

    def test_a_limit_chosen_in_the_case(self) -> None:
        play = started()
        play.note("2026-03-10 10:00", own_limit="2 working days")
        assert play.due("chosen") == "2026-03-12 17:00:00"


def told(play: Rehearsal) -> list[tuple[str, int, str]]:
    return [
        (e.body.rung, e.body.repetition, play.wall(e.occurred))
        for e in play.case.events
        if isinstance(e.body, RungReached)
    ]


LADDER = [
    ("50 %", 1, "2026-03-10 14:00:00"),
    ("2 h before", 1, "2026-03-10 17:00:00"),
    ("due", 1, "2026-03-10 19:00:01"),
    ("every 12 h after, 2 times", 1, "2026-03-11 07:00:00"),
    ("every 12 h after, 2 times", 2, "2026-03-11 19:00:00"),
]


class TestLadder:
    """Each rung fires once, at its true time, however late the sweep runs."""

    def test_in_order(self) -> None:
        play = started()
        play.note("2026-03-10 09:00", urgent=True)
        play.sweep("2026-03-20 09:00")
        assert told(play) == LADDER
        assert play.sweep("2026-03-21 09:00") == ()

    @given(st.lists(st.integers(9 * 60, 7 * 24 * 60), max_size=8))
    def test_whenever_it_is_swept(self, minutes: list[int]) -> None:
        """[T14], [T16] the fired keys and true times do not depend on the sweeps."""
        play = started()
        play.note("2026-03-10 09:00", urgent=True)
        for minute in sorted(minutes):
            day, rest = divmod(minute, 24 * 60)
            play.sweep(f"2026-03-{10 + day} {rest // 60:02}:{rest % 60:02}")
        play.sweep("2026-03-20 09:00")
        assert told(play) == LADDER

    def test_done_in_time_tells_nobody_more(self) -> None:
        play = started()
        play.note("2026-03-10 09:00", urgent=True)
        play.do("2026-03-10 15:00", "ladder", role="clerk")
        play.sweep("2026-03-20 09:00")
        assert told(play) == LADDER[:1]

    def test_a_late_entry_leaves_what_was_told(self) -> None:
        """Done on Tuesday, typed in on Friday: the miss was recorded in good faith and stays."""
        play = started()
        play.note("2026-03-10 09:00", urgent=True)
        play.sweep("2026-03-11 09:00")
        play.do("2026-03-13 09:00", "ladder", role="clerk", late="2026-03-10 15:00")
        assert told(play)[:4] == LADDER[:4]
        clock = play.clock("ladder")
        assert clock.in_time(0) is True

    def test_found_by_the_command_that_stops_the_clock(self) -> None:
        """Too late to tell: recorded, not sent."""
        play = started()
        play.note("2026-03-10 09:00", urgent=True)
        accepted = play.do("2026-03-10 18:00", "ladder", role="clerk", late="2026-03-10 16:00")
        rungs = [e.body for e in accepted.events if isinstance(e.body, RungReached)]
        assert [(rung.rung, rung.too_late) for rung in rungs] == [
            ("50 %", True),
            ("2 h before", True),
        ]
        assert accepted.messages == ()

    def test_a_forecast_is_what_a_sweep_would_find(self) -> None:
        play = started()
        play.note("2026-03-10 09:00", urgent=True)
        foreseen = play.desk.forecast(play.number, play.at("2026-03-20 09:00")).events
        assert told(play) == []
        swept = play.sweep("2026-03-20 09:00")
        assert [(e.body, e.occurred) for e in foreseen] == [(e.body, e.occurred) for e in swept]


class TestConsequence:
    """What missing a target starts (s000:R2)."""

    def test_quality_owes_an_assessment(self) -> None:
        play = Rehearsal(OEM)
        facts = {
            "customer": "OEM-1",
            "subject": "quality",
            "oral": False,
            "product": "hinge",
            "model": "H1",
            "defect": "crack",
            "shipped": "100",
            "defective": "3",
            "disposal": "held",
            "produced_on": "2026-02-01",
            "line_stopped": True,
        }
        play.receive("2026-03-10 09:20", role="sales_point", facts=facts)
        play.do(
            "2026-03-10 10:00", "confirm_on_site", role="sales_point", facts={"problem_real": True}
        )
        play.do("2026-03-10 10:10", "file_sheet", role="sales_point")
        play.do("2026-03-10 10:30", "verify", role="sales", facts={"vague": False})
        play.do("2026-03-10 10:30", "confirm_grade", role="quality")
        assert "propose_assessment" not in play.owed()
        play.sweep("2026-03-11 10:31")
        assert "propose_assessment" in play.owed()


class TestLimitAndDate:
    """A target with a limit and a date that the customer names."""

    TEXT = TIMED.replace(
        'graded = { clause = "C1"',
        'first = { clause = "C1", owner = "clerk", starts = "start", within = "24 h", '
        'date = "promised_for" }\n'
        'named = { clause = "C1", owner = "clerk", starts = "start", within = "24 h", '
        'date = "promised_for", ranks = "replaces" }\n'
        'graded = { clause = "C1"',
    )

    def begun(self, promised: str | None = None) -> Rehearsal:
        play = Rehearsal(loads(self.TEXT))
        play.receive("2026-03-10 08:30", role="clerk", facts={"severity": "low"})
        play.do("2026-03-10 09:00", "start", role="clerk")
        if promised:
            play.note("2026-03-10 09:30", promised_for=f"{promised}+08:00")
        return play

    def test_the_limit_until_somebody_names_a_date(self) -> None:
        play = self.begun()
        assert play.due("first") == play.due("named") == "2026-03-11 09:00:00"
        beside = play.clock("first").beside
        assert beside is not None
        assert beside.sort == "unknown"

    def test_an_earlier_date_governs_either_way(self) -> None:
        play = self.begun("2026-03-10T12:00")
        assert play.due("first") == play.due("named") == "2026-03-10 12:00:00"
        beside = play.clock("first").beside
        assert beside is not None
        assert beside.due is not None
        assert play.wall(beside.due) == "2026-03-11 09:00:00"

    def test_a_later_date_only_where_it_replaces(self) -> None:
        play = self.begun("2026-03-12T12:00")
        assert play.due("first") == "2026-03-11 09:00:00"
        assert play.due("named") == "2026-03-12 12:00:00"

    def test_a_date_runs_on_while_the_limit_is_paused(self) -> None:
        paused = self.TEXT.replace(
            'date = "promised_for" }', 'date = "promised_for", pauses = "waiting" }'
        )
        play = Rehearsal(loads(paused))
        play.receive("2026-03-10 08:30", role="clerk", facts={"severity": "low"})
        play.do("2026-03-10 09:00", "start", role="clerk")
        play.note("2026-03-10 10:00", waiting=True)
        assert play.due("first") is None
        play.note("2026-03-10 11:00", promised_for="2026-03-13T12:00+08:00")
        assert (play.due("first"), play.clock("first").paused) == ("2026-03-13 12:00:00", False)

    def test_ranks_needs_both(self) -> None:
        text = TIMED.replace('date = "agreed_on"', 'date = "agreed_on", ranks = "replaces"')
        with pytest.raises(PolicyFileError, match="needs a limit and a date"):
            loads(text)
