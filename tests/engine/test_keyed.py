"""Duties that several owe: clocks from each one's own entry, chains key by key."""

from __future__ import annotations

import pytest

from complaintflow.engine.standing import view_of
from complaintflow.errors import PolicyFileError
from complaintflow.policyfile import dump, loads
from complaintflow.testing.rehearsal import Rehearsal

HEAD = """
    policy = { id = "relay", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
    roles = { desk = "R1", production = "R2", purchasing = "R3", quality = "R4" }
    [facts]
    "at_production, at_purchasing, serious" = "yes/no"
    [decide.units]
    pick = "all"
    production.Q1 = "at_production"
    purchasing.Q2 = "at_purchasing"
    [step]
    receive = { by = "desk", to = "open", asks = ["at_production", "at_purchasing"] }
    again = { by = "desk", from = "open" }
    close = { by = "desk", from = "open", to = "closed", needs = { W1 = "TAIL" } }
    [calendar.always]
    timezone = "Asia/Shanghai"
    week = { "mon-sun" = ["00:00-24:00"] }
    [duty]
"""
HANDLE = loads(
    HEAD.replace("TAIL", "handle")
    + """
    handle = { each = "units", starts = "receive or again", within = "12 h" }
    look = { owner = "quality", starts = "serious" }
    """
)
RELAY = loads(
    HEAD.replace("TAIL", "fetch and process")
    + """
    fetch = { each = "units", starts = "receive or again", within = "0.5 h", waived_by = "desk" }
    process = { each = "units", starts = "fetch.key", within = "4 h" }
    report = { owner = "desk", starts = "process", within = "1 h" }
    look = { owner = "quality", starts = "serious" }
    """
)


def begun(policy: object, **facts: bool) -> Rehearsal:
    play = Rehearsal(policy)  # type: ignore[arg-type]
    known = {"at_production": True, "at_purchasing": False, **facts}
    play.receive("2026-03-25 14:00", role="desk", facts=known)
    return play


class TestEntry:
    """s004h:X8: a unit that is added by a reroute has twelve hours from its own receipt."""

    def test_a_key_that_enters_later_has_its_own_start(self) -> None:
        play = begun(HANDLE)
        play.note("2026-03-26 10:00", role="desk", at_production=False, at_purchasing=True)
        assert play.owed() == ("handle:purchasing",)
        assert play.due("handle", "purchasing") == "2026-03-26 22:00:00"

    def test_the_others_keep_theirs(self) -> None:
        play = begun(HANDLE)
        play.note("2026-03-25 15:00", role="desk", at_purchasing=True)
        assert play.due("handle", "production") == "2026-03-26 02:00:00"
        assert play.due("handle", "purchasing") == "2026-03-26 03:00:00"

    def test_one_that_comes_back_in_the_same_round_has_its_first_start(self) -> None:
        """As after A, B, A: the due instant is as if nobody had ever rerouted."""
        play = begun(HANDLE)
        play.note("2026-03-25 15:00", role="desk", at_production=False, at_purchasing=True)
        play.note("2026-03-25 16:00", role="desk", at_production=True)
        assert play.due("handle", "production") == "2026-03-26 02:00:00"

    def test_in_a_new_round_every_key_that_there_is_starts_with_it(self) -> None:
        play = begun(HANDLE)
        play.note("2026-03-25 15:00", role="desk", at_purchasing=True)
        play.do("2026-03-25 18:00", "again", role="desk")
        assert play.due("handle", "production") == "2026-03-26 06:00:00"
        assert play.due("handle", "purchasing") == "2026-03-26 06:00:00"
        play.note("2026-03-25 19:00", role="desk", at_purchasing=False)
        play.do("2026-03-25 20:00", "again", role="desk")
        play.note("2026-03-25 21:00", role="desk", at_purchasing=True)
        assert play.due("handle", "purchasing") == "2026-03-26 09:00:00"

    def test_a_correction_enters_when_the_mended_entry_did(self) -> None:
        play = begun(HANDLE)
        play.at("2026-03-25 17:00")
        position = play.case.standing.case.facts["at_purchasing"].position
        said = {"reason": "misread", "by": "desk", "role": "desk"}
        play.desk.correct(play.number, position, {"at_purchasing": True}, **said)
        assert play.due("handle", "purchasing") == "2026-03-26 02:00:00"


class TestRelay:
    def test_each_hop_starts_at_the_real_end_of_the_one_before(self) -> None:
        play = begun(RELAY, at_purchasing=True)
        assert play.owed() == ("fetch:production", "fetch:purchasing")
        play.do("2026-03-25 14:10", "fetch", role="production", key="production")
        assert play.owed() == ("fetch:purchasing", "process:production")
        assert play.due("process", "production") == "2026-03-25 18:10:00"
        play.do("2026-03-25 15:00", "fetch", role="purchasing", key="purchasing")
        assert play.due("process", "production") == "2026-03-25 18:10:00"
        assert play.due("process", "purchasing") == "2026-03-25 19:00:00"

    def test_an_end_that_was_typed_in_late_counts_from_when_it_was(self) -> None:
        play = begun(RELAY)
        late = "2026-03-25 14:20"
        play.do("2026-03-25 17:00", "fetch", role="production", key="production", late=late)
        assert play.due("process", "production") == "2026-03-25 18:20:00"

    def test_nothing_more_is_owed_only_once_every_key_has_come_through(self) -> None:
        play = begun(RELAY, at_purchasing=True)
        play.do("2026-03-25 14:10", "fetch", role="production", key="production")
        play.do("2026-03-25 15:00", "process", role="production", key="production")
        assert "report" not in play.owed()
        assert view_of(play.case.program, play.case.standing)["process"] is False
        play.do("2026-03-25 15:10", "fetch", role="purchasing", key="purchasing")
        play.do("2026-03-25 15:30", "process", role="purchasing", key="purchasing")
        assert play.due("report") == "2026-03-25 16:30:00"

    def test_a_waived_hop_lets_the_next_begin(self) -> None:
        play = begun(RELAY)
        play.at("2026-03-25 14:15")
        said = {"reason": "by phone", "by": "desk", "role": "desk"}
        play.desk.waive(play.number, "fetch", key="production", **said)  # type: ignore[arg-type]
        assert play.due("process", "production") == "2026-03-25 18:15:00"

    def test_a_new_round_of_a_hop_begins_a_new_round_of_the_next_when_it_is_over(self) -> None:
        play = begun(RELAY)
        play.do("2026-03-25 14:10", "fetch", role="production", key="production")
        play.do("2026-03-25 15:00", "process", role="production", key="production")
        play.do("2026-03-25 16:00", "again", role="desk")
        assert play.owed() == ("report", "fetch:production")
        play.do("2026-03-25 16:20", "fetch", role="production", key="production")
        assert play.due("process", "production") == "2026-03-25 20:20:00"
        assert play.clock("process", "production").state.round == 2
        assert "process:production" in play.owed()

    def test_a_hop_done_before_it_was_asked_for_is_done(self) -> None:
        play = begun(RELAY)
        play.do("2026-03-25 14:05", "process", role="production", key="production")
        play.do("2026-03-25 14:10", "fetch", role="production", key="production")
        assert "process:production" not in play.owed()

    def test_a_key_that_leaves_begins_nothing(self) -> None:
        play = begun(RELAY, at_purchasing=True)
        play.note("2026-03-25 14:20", role="desk", at_purchasing=False)
        play.note("2026-03-25 14:30", role="desk", at_purchasing=True)
        assert "process:purchasing" not in play.owed()
        assert play.due("fetch", "purchasing") == "2026-03-25 14:30:00"

    def test_the_policy_can_be_written_down(self) -> None:
        assert loads(dump(RELAY)) == RELAY


@pytest.mark.parametrize(
    ("duties", "says"),
    [
        ('fetch = { owner = "desk", starts = "receive" }', "fetch has no 'each'"),
        (
            'fetch = { each = "units", starts = "fetch.key" }',
            "a duty cannot follow itself",
        ),
        (
            (
                'fetch = { each = "units", starts = "receive" }\n'
                '    hop = { each = "units", starts = "fetch.key", within = "1 h", '
                'extended = { on = "again", by = "1 h" } }'
            ),
            "follows another one key by key cannot be extended",
        ),
        ('fetch = { each = ["x"], owner = "desk", starts = "receive" }', "no key of process"),
        (
            (
                'fetch = { each = "units", starts = "receive", if = "look.key" }\n'
                '    look = { each = "units", starts = "receive" }'
            ),
            "'look.key' stands only in 'starts' of a duty with 'each'",
        ),
    ],
)
def test_a_chain_through_which_no_key_passes(duties: str, says: str) -> None:
    rest = 'process = { each = "units", starts = "fetch.key" }\n    extra = { owner = "quality", starts = "serious" }'
    with pytest.raises(PolicyFileError, match=says):
        loads(f"{HEAD.replace('TAIL', 'process')}\n    {duties}\n    {rest}")
