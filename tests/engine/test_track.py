"""When moments turn, and how rounds are counted."""

from __future__ import annotations

from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

HEAD = """
[policy]
id = "t"
version = "1"
semantics = 1
calendar = "always"
final = ["done"]
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "the only clause"
[roles]
clerk = "C1"
"""

TWO = (
    HEAD
    + """
[facts]
"x, y" = "yes/no"
loss = "money CNY"
found_at = "instant"
[step]
open = { clause = "C1", by = "clerk", to = "going" }
a = { clause = "C1", by = "clerk", from = "going" }
b = { clause = "C1", by = "clerk", from = "going" }
end = { clause = "C1", by = "clerk", from = "going", to = "done" }
[duty]
after_both = { clause = "C1", owner = "clerk", starts = "a and b", within = "1 h" }
after_either = { clause = "C1", owner = "clerk", starts = "a or b", within = "1 h" }
when_x = { clause = "C1", owner = "clerk", starts = "x and not y", within = "1 h" }
dear = { clause = "C1", owner = "clerk", starts = "loss >= 5000 CNY", within = "1 h" }
from_finding = { clause = "C1", owner = "clerk", starts = "found_at", within = "2 h" }
next = { clause = "C1", owner = "clerk", starts = "after_both", within = "1 h" }
"""
)


def begun(text: str = TWO) -> Rehearsal:
    play = Rehearsal(loads(text))
    play.receive("2026-03-10 08:00", role="clerk")
    return play


class TestMoments:
    """The instant at which an expression last turned true."""

    def test_and_is_the_later_one(self) -> None:
        play = begun()
        play.do("2026-03-10 09:00", "a", role="clerk")
        assert "after_both" not in play.owed()
        play.do("2026-03-10 10:00", "b", role="clerk")
        assert play.due("after_both") == "2026-03-10 11:00:00"

    def test_and_is_the_later_one_also_when_the_first_is_entered_last(self) -> None:
        """b happened at 09:30 and is typed in at 12:00; a happened at 10:00."""
        play = begun()
        play.do("2026-03-10 10:00", "a", role="clerk")
        play.do("2026-03-10 10:30", "b", role="clerk", late="2026-03-10 09:30")
        assert play.due("after_both") == "2026-03-10 11:00:00"

    def test_a_repeated_step_begins_a_new_round(self) -> None:
        play = begun()
        play.do("2026-03-10 09:00", "a", role="clerk")
        assert (play.clock("after_either").state.round, play.due("after_either")) == (
            1,
            "2026-03-10 10:00:00",
        )
        play.do("2026-03-10 09:30", "b", role="clerk")
        assert (play.clock("after_either").state.round, play.due("after_either")) == (
            2,
            "2026-03-10 10:30:00",
        )

    def test_an_unknown_fact_turns_nothing(self) -> None:
        play = begun()
        play.note("2026-03-10 09:00", x=True)
        assert "when_x" not in play.owed()
        play.note("2026-03-10 09:10", y=False)
        assert play.due("when_x") == "2026-03-10 10:10:00"

    def test_a_condition_that_stays_true_does_not_turn_again(self) -> None:
        play = begun()
        play.note("2026-03-10 09:00", loss="6000 CNY")
        play.note("2026-03-10 09:30", loss="7000 CNY")
        assert (play.clock("dear").state.round, play.due("dear")) == (1, "2026-03-10 10:00:00")

    def test_a_condition_that_turns_again_begins_a_new_round(self) -> None:
        play = begun()
        play.note("2026-03-10 09:00", loss="6000 CNY")
        play.note("2026-03-10 09:30", loss="100 CNY")
        play.note("2026-03-10 09:40", loss="5000 CNY")
        assert (play.clock("dear").state.round, play.due("dear")) == (2, "2026-03-10 10:40:00")

    def test_a_fact_that_is_an_instant_is_that_moment(self) -> None:
        play = begun()
        play.note("2026-03-10 09:00", found_at="2026-03-10T07:30+08:00")
        assert play.due("from_finding") == "2026-03-10 09:30:00"

    def test_a_duty_turns_when_it_is_discharged(self) -> None:
        play = begun()
        play.do("2026-03-10 09:00", "a", role="clerk")
        play.do("2026-03-10 09:10", "b", role="clerk")
        assert "next" not in play.owed()
        play.do("2026-03-10 09:20", "after_both", role="clerk")
        assert play.due("next") == "2026-03-10 10:20:00"

    def test_a_duty_done_before_it_was_asked_for_still_hands_on(self) -> None:
        """A hop done before it started is done; the next one starts when it would have."""
        play = begun()
        play.do("2026-03-10 08:30", "after_both", role="clerk")
        play.do("2026-03-10 09:00", "a", role="clerk")
        play.do("2026-03-10 09:10", "b", role="clerk")
        assert "after_both" not in play.owed()
        assert play.due("next") == "2026-03-10 10:10:00"

    def test_a_correction_keeps_the_time_of_what_it_mends(self) -> None:
        play = begun()
        noted = play.note("2026-03-10 09:00", loss="100 CNY")
        position = noted.events[0].position
        play.at("2026-03-10 09:45")
        play.desk.correct(
            play.number, position, {"loss": "9000 CNY"}, reason="typing", by="c", role="clerk"
        )
        assert play.due("dear") == "2026-03-10 10:00:00"


BORN = (
    HEAD
    + """
[facts]
"cause, checked" = "yes/no"
[decide.way]
pick = "highest"
order = ["strict", "easy"]
undetermined = "strict"
strict."C1" = "cause"
easy."C1" = "not cause"
[step]
open = { clause = "C1", by = "clerk", to = "going" }
look = { clause = "C1", by = "clerk", from = "going", asks = ["checked"] }
end = { clause = "C1", by = "clerk", from = "going", to = "done" }
[duty]
find_cause = { clause = "C1", owner = "clerk", starts = "not known(cause)", within = "1 h" }
strictly = { clause = "C1", owner = "clerk", starts = "way is strict", within = "2 h" }
after = { clause = "C1", owner = "clerk", starts = "find_cause", within = "1 h" }
"""
)


class TestFromTheOutset:
    """What a case is born with."""

    def test_what_holds_of_the_facts_turns_with_the_opening(self) -> None:
        """An unknown cause is owed from the receipt; the strict side holds from the receipt."""
        play = begun(BORN)
        assert play.due("find_cause") == "2026-03-10 09:00:00"
        assert play.due("strictly") == "2026-03-10 10:00:00"

    def test_that_nothing_is_owed_yet_is_no_turn(self) -> None:
        play = begun(BORN)
        assert "after" not in play.owed()
        play.do("2026-03-10 08:30", "find_cause", role="clerk")
        assert play.due("after") == "2026-03-10 09:30:00"

    def test_a_fact_told_at_the_opening_is_not_unknown_first(self) -> None:
        play = Rehearsal(loads(BORN))
        play.receive("2026-03-10 08:00", role="clerk", facts={"cause": False})
        assert play.owed() == ()
