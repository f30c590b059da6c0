"""complaintflow.engine.quiet: rungs wait for, or come before, the quiet hours of who hears them."""

from __future__ import annotations

import pytest

from complaintflow.audit.events import RungReached
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

POLICY = """
policy = {{ id = "small", version = "1", semantics = 1, calendar = "works", final = ["closed"] }}
[roles]
desk = "1"
{roles}
[step]
receive = {{ clause = "1", by = "desk", to = "open" }}
close = {{ clause = "4", by = "engineer", from = "open", to = "closed" }}
[duty]
look = {{ clause = "2", owner = "engineer", starts = "receive", within = "{within}", rungs = [{rungs}] }}
[tell]
heard = {{ on = "close", to = "lead, gm" }}
[calendar.works]
timezone = "Asia/Shanghai"
week = {{ "mon-sun" = ["00:00-24:00"] }}
[calendar.office]
timezone = "Asia/Shanghai"
week = {{ "mon-fri" = ["09:00-17:00"] }}
[calendar.night]
timezone = "Asia/Shanghai"
week = {{ "mon-fri" = ["22:00-06:00"] }}
"""
OFFICE = {"lead": "office", "gm": "office"}


def policy(rungs: str, within: str = "24 h", calendars: dict[str, str] | None = None) -> Policy:
    calendars = OFFICE if calendars is None else calendars
    roles = "\n".join(
        f'{role} = {{ clause = "2", calendar = "{calendars[role]}" }}'
        if role in calendars
        else f'{role} = "2"'
        for role in ("engineer", "lead", "gm")
    )
    return loads(POLICY.format(rungs=rungs, within=within, roles=roles))


def fired(play: Rehearsal) -> list[str]:
    """Rungs with their true times, ``due 1: 03-16 09:00:00``."""
    return [
        f"{event.body.rung} {event.body.repetition}: {play.wall(event.occurred)[5:]}"
        for event in play.case.events
        if isinstance(event.body, RungReached)
    ]


def played(rungs: str, received: str, *, within: str = "24 h", **calendars: str) -> list[str]:
    """What fires of a case received then, swept a month later."""
    play = Rehearsal(policy(rungs, within, calendars or None))
    play.receive(received, role="desk")
    play.sweep("2026-04-20 12:00")
    return fired(play)


class TestBreaches:
    def test_a_breach_waits_for_the_next_opening_and_the_lags_behind_it_with_it(self) -> None:
        rungs = '{ at = "due", to = "lead" }, { at = "every 24 h after, 2 times", to = "gm" }'
        # Friday 20:00 + 24 h; Monday 09:00 is 36 h 59 min 59 s after the second behind it.
        assert played(rungs, "2026-03-13 20:00") == [
            "due 1: 03-16 09:00:00",
            "every 24 h after, 2 times 1: 03-17 09:00:00",
            "every 24 h after, 2 times 2: 03-18 09:00:00",
        ]

    def test_without_a_calendar_nobody_has_quiet_hours(self) -> None:
        assert played('{ at = "due", to = "engineer" }', "2026-03-13 20:00") == [
            "due 1: 03-14 20:00:01"
        ]

    def test_at_once_does_not_wait(self) -> None:
        rungs = '{ at = "due", to = "lead", quiet = "at once" }'
        assert played(rungs, "2026-03-13 20:00") == ["due 1: 03-14 20:00:01"]

    def test_several_recipients_are_told_when_all_of_them_are_there(self) -> None:
        rungs = '{ at = "due", to = "lead, engineer" }'
        # On Saturday the night shift of Friday lasts to 06:00; the office opens on Monday.
        assert played(rungs, "2026-03-12 23:30", lead="office", engineer="works") == [
            "due 1: 03-16 09:00:00"
        ]

    def test_who_never_meet_are_told_when_the_last_has_opened(self) -> None:
        rungs = '{ at = "due", to = "lead, engineer" }'
        assert played(rungs, "2026-03-14 12:00", lead="office", engineer="night") == [
            "due 1: 03-16 22:00:00"
        ]


class TestWarnings:
    def test_a_warning_comes_in_the_last_open_second_before(self) -> None:
        rungs = '{ at = "2 h before", to = "lead" }'
        assert played(rungs, "2026-03-12 21:00") == ["2 h before 1: 03-13 16:59:59"]

    def test_one_that_would_come_before_the_start_waits_for_the_next_opening(self) -> None:
        rungs = '{ at = "50 %", to = "lead" }, { at = "due", to = "lead" }'
        assert played(rungs, "2026-03-14 20:00", within="48 h") == [
            "50 % 1: 03-16 09:00:00",
            "due 1: 03-17 09:00:00",
        ]

    @pytest.mark.parametrize("quiet", ["next opening", "before"])
    def test_one_that_could_only_come_behind_the_due_instant_does_not_wait(
        self, quiet: str
    ) -> None:
        rungs = (
            f'{{ at = "2 h before", to = "lead", quiet = "{quiet}" }}, '
            '{ at = "due", to = "engineer" }'
        )
        assert played(rungs, "2026-03-13 20:00") == [
            "2 h before 1: 03-14 18:00:00",
            "due 1: 03-14 20:00:01",
        ]

    def test_the_order_of_rungs_is_kept(self) -> None:
        rungs = (
            '{ at = "due", to = "lead" }, '
            '{ code = "all", at = "1 h after", to = "gm, engineer", quiet = "at once" }'
        )
        assert played(rungs, "2026-03-13 20:00") == [
            "due 1: 03-16 09:00:00",
            "all 1: 03-16 09:59:59",
        ]


class TestDownAWeek:
    def test_what_a_late_sweep_finds_has_its_true_times(self) -> None:
        rungs = '{ at = "due", to = "lead" }, { at = "every 24 h after, 2 times", to = "gm" }'
        late, often = Rehearsal(policy(rungs)), Rehearsal(policy(rungs))
        for play in (late, often):
            play.receive("2026-03-13 20:00", role="desk")
        for day in range(13, 31):
            often.sweep(f"2026-03-{day} 23:00")
        late.sweep("2026-03-30 23:00")
        assert fired(late) == fired(often)
