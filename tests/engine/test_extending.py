"""Extensions: granted at a moment, counted from the due instant or the ask, bounded."""

from __future__ import annotations

import pytest

from complaintflow.audit.events import Missed
from complaintflow.errors import PolicyFileError, RefusedError
from complaintflow.policyfile import dump, loads
from complaintflow.testing.rehearsal import Rehearsal

BANK = """
policy = { id = "t", version = "1", semantics = 1, calendar = "office", final = ["archived"] }
[calendar.office]
timezone = "Asia/Shanghai"
week = { mon-fri = ["08:00-12:00", "13:00-17:00"] }
[roles]
liaison = "R6"
unit = "R7"
customer = { clause = "W6", outside = true }
[facts]
extension_asked = "limit"
severity = "one of: high, low"
[decide.level]
order = ["high", "low"]
high.C1 = "severity is high"
low.C1 = "severity is low"
[step]
raise = { clause = "W9", by = "liaison", to = "with_unit", asks = ["severity"] }
ask = { clause = "W13", by = "unit", from = "with_unit", asks = ["extension_asked"], needs = { W13 = "settle.extended < 2" } }
answer = { clause = "W10", by = "unit", from = "with_unit", to = "archived" }
[approval]
extension = { clause = "W13", starts = "ask", by = "customer then liaison" }
[duty.settle]
clause = "T2"
owner = "unit"
starts = "raise"
ends = "answer"
per = "level"
within = { high = "1 working day", low = "3 working days" }
extended = { clause = "W13", on = "extension is yes", by = "extension_asked", from = "ask", most = 2 }
rungs = [{ at = "due", to = "liaison" }]
"""


def asked(text: str = BANK, limit: str = "2 working days") -> Rehearsal:
    """Raised on Monday 2026-03-09; an extension is asked for on Thursday, the due day."""
    play = Rehearsal(loads(text))
    play.receive("2026-03-09 10:00", role="liaison", facts={"severity": "low"})
    play.do("2026-03-12 14:00", "ask", role="unit", facts={"extension_asked": limit})
    return play


def consent(play: Rehearsal, wall: str, *, customer: bool = True, liaison: bool = True) -> None:
    play.at(wall)
    play.desk.approve(play.number, "extension", customer, by="c", role="customer")
    if customer:
        play.desk.approve(play.number, "extension", liaison, by="l", role="liaison")


class TestGranted:
    """What consents in order give."""

    def test_counted_from_the_ask(self) -> None:
        play = asked()
        assert play.due("settle") == "2026-03-12 17:00:00"
        consent(play, "2026-03-12 15:00")
        assert play.due("settle") == "2026-03-16 17:00:00"
        assert play.clock("settle").state.round == 1

    def test_counted_from_the_due_instant(self) -> None:
        play = asked(BANK.replace(', from = "ask"', ""))
        consent(play, "2026-03-12 15:00")
        assert play.due("settle") == "2026-03-16 17:00:00"
        play.do("2026-03-13 09:00", "ask", role="unit", facts={"extension_asked": "1 working day"})
        consent(play, "2026-03-13 10:00")
        assert play.due("settle") == "2026-03-17 17:00:00"

    def test_one_consent_is_not_enough(self) -> None:
        play = asked()
        play.at("2026-03-12 15:00")
        play.desk.approve(play.number, "extension", True, by="c", role="customer")
        assert play.due("settle") == "2026-03-12 17:00:00"

    @pytest.mark.parametrize("customer", [True, False])
    def test_refused_by_either(self, customer: bool) -> None:
        play = asked()
        consent(play, "2026-03-12 15:00", customer=customer, liaison=False)
        assert play.due("settle") == "2026-03-12 17:00:00"

    def test_it_never_shortens(self) -> None:
        play = asked(limit="30 min")
        consent(play, "2026-03-12 15:00")
        assert play.due("settle") == "2026-03-12 17:00:00"

    def test_each_gives_what_was_asked_for_it(self) -> None:
        play = asked()
        consent(play, "2026-03-12 15:00")
        play.note("2026-03-13 09:00", extension_asked="9 working days")
        assert play.due("settle") == "2026-03-16 17:00:00"

    def test_a_wrong_entry_is_mended_in_the_extension_as_well(self) -> None:
        play = asked()
        consent(play, "2026-03-12 15:00")
        (entry,) = [e for e in play.case.events if getattr(e.body, "step", "") == "ask"]
        for limit, due in (("3 working days", "17"), ("1 working day", "13")):
            position = play.case.standing.case.facts["extension_asked"].position
            assert limit == "1 working day" or position == entry.position
            play.desk.correct(
                play.number,
                position,
                {"extension_asked": limit},
                reason="slip",
                by="u",
                role="unit",
            )
            assert play.due("settle") == f"2026-03-{due} 17:00:00"


class TestBounds:
    """In number, in length, and by a regrade."""

    def test_no_more_than_so_many(self) -> None:
        play = asked(BANK.replace(', needs = { W13 = "settle.extended < 2" }', ""))
        for day in (12, 13, 16):
            if day != 12:
                play.do(
                    f"2026-03-{day} 14:00", "ask", role="unit", facts={"extension_asked": "1 h"}
                )
            consent(play, f"2026-03-{day} 15:00")
        assert len(play.clock("settle").extensions) == 2

    def test_a_guard_can_count_them(self) -> None:
        play = asked()
        consent(play, "2026-03-12 15:00")
        play.do("2026-03-13 14:00", "ask", role="unit", facts={"extension_asked": "1 working day"})
        consent(play, "2026-03-13 15:00")
        with pytest.raises(RefusedError, match="W13"):
            play.do("2026-03-16 14:00", "ask", role="unit")

    def test_none_is_longer_than_allowed(self) -> None:
        text = BANK.replace("most = 2 }", 'most = 2, longest = "5 working days" }')
        play = asked(text, limit="9 working days")
        consent(play, "2026-03-12 15:00")
        assert play.due("settle") == "2026-03-19 17:00:00"

    @pytest.mark.parametrize(("word", "due"), [("dropped", "12"), ("kept", "16")])
    def test_a_regrade(self, word: str, due: str) -> None:
        play = asked(BANK.replace("most = 2 }", f'most = 2, regrade = "{word}" }}'))
        consent(play, "2026-03-12 15:00")
        play.note("2026-03-12 15:30", severity="high")
        play.note("2026-03-12 16:00", severity="low")
        assert play.due("settle") == f"2026-03-{due} 17:00:00"

    def test_an_unknown_length_gives_nothing(self) -> None:
        play = asked(BANK.replace('asks = ["extension_asked"], ', ""))
        play.note("2026-03-12 14:30", extension_asked=None)
        consent(play, "2026-03-12 15:00")
        assert play.due("settle") == "2026-03-12 17:00:00"
        assert play.clock("settle").extensions == ()


class TestAfterABreach:
    """A miss stays on record; the extension begins a new round."""

    def test_a_new_round(self) -> None:
        play = asked()
        play.sweep("2026-03-12 18:00")
        consent(play, "2026-03-13 09:00")
        clock = play.clock("settle")
        assert (clock.state.round, play.due("settle")) == (2, "2026-03-16 17:00:00")
        assert [body.round for body in play.bodies(Missed)] == [1]
        play.sweep("2026-03-17 09:00")
        assert [body.round for body in play.bodies(Missed)] == [1, 2]

    def test_what_was_done_before_it_is_not_owed_again(self) -> None:
        text = BANK.replace('owner = "unit"', 'owner = "unit"\neach = ["north", "south"]')
        text = text.replace('ends = "answer"\n', "")
        play = asked(text)
        play.do("2026-03-12 16:00", "settle", role="unit", key="north")
        play.sweep("2026-03-12 18:00")
        consent(play, "2026-03-13 09:00")
        assert play.owed() == ("settle:south",)
        north, south = play.clock("settle", "north"), play.clock("settle", "south")
        assert (north.state.round, south.state.round) == (1, 2)
        assert north.in_time(now=0)

    def test_a_later_demand_has_a_number_of_its_own(self) -> None:
        text = BANK.replace(
            "[approval]",
            'again = { clause = "W9", by = "liaison", from = "archived", to = "with_unit" }\n[approval]',
        )
        play = asked(text.replace('starts = "raise"', 'starts = "raise or again"'))
        play.sweep("2026-03-12 18:00")
        consent(play, "2026-03-13 09:00")
        play.do("2026-03-13 10:00", "answer", role="unit")
        play.do("2026-03-16 10:00", "again", role="liaison")
        clock = play.clock("settle")
        assert (clock.state.round, play.due("settle")) == (3, "2026-03-19 17:00:00")
        assert clock.extensions == ()


class TestInTheFile:
    """Read, written, refused."""

    def test_written_as_it_is_read(self) -> None:
        policy = loads(BANK)
        assert loads(dump(policy)) == policy

    @pytest.mark.parametrize(
        ("old", "new", "path", "message"),
        [
            ('by = "extension_asked", from', 'by = "severity", from', "by", "expected a limit"),
            ('by = "extension_asked", from', 'by = "same day", from', "by", "a length of time"),
            ("most = 2", "most = 0", "most", "is 1 or more"),
            ("most = 2", 'most = "2"', "most", "a whole number"),
            ("most = 2", 'most = 2, regrade = "droped"', "regrade", "expected one of"),
            ("most = 2", 'most = 2, longest = "unset"', "longest", "a length of time"),
            ('on = "extension is yes", ', "", "", "an extension has 'on'"),
            ('"extension is yes"', '"extension is yess"', "on", "expected one of"),
            ('from = "ask"', 'from = "aks"', "from", "nothing is called 'aks'"),
        ],
    )
    def test_what_is_refused(self, old: str, new: str, path: str, message: str) -> None:
        assert old in BANK
        with pytest.raises(PolicyFileError) as caught:
            loads(BANK.replace(old, new, 1))
        where = f"duty.settle.extended.{path}".rstrip(".")
        assert any(p.path == where and message in p.message for p in caught.value.problems)

    def test_nothing_ever_grants_it(self) -> None:
        text = BANK.replace('on = "extension is yes"', 'on = "never"').replace(
            "[approval]",
            'never = { clause = "W9", by = "unit", from = "gone", to = "gone", '
            'needs = { W9 = "extension is yes" } }\n[approval]',
        )
        codes = {finding.code for finding in loads(text + '[states]\ngone = "W9"\n').check()}
        assert "CF410" in codes
