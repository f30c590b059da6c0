"""The life of a duty: rejected and ruled on, passed on, waived (s003l:W9-W11, s003f:W1)."""

from __future__ import annotations

import pytest

from complaintflow.audit.life import Ruled
from complaintflow.engine.custody import custody_in
from complaintflow.engine.outcome import Accepted
from complaintflow.engine.reasons import (
    ActedAlready,
    BadValue,
    BouncedOut,
    NeedNotMet,
    NotAKey,
    NotForeseen,
    NotOwed,
    OpenItem,
    OutOfTime,
    Reason,
    SamePerson,
    UnknownName,
    WrongRole,
)
from complaintflow.engine.standing import view_of
from complaintflow.errors import RefusedError
from complaintflow.moments import instant
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

TICKETS = loads(
    """
    policy = { id = "tickets", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
    roles = { centre = "R1", liaison = "R2", unit = "R3", branch = "R4", head = "R5" }
    [facts]
    in_scope = "yes/no"
    [choices]
    who_waives = { clause = "W9", why = "the text does not say who" }
    [step]
    open_ticket = { by = "centre", to = "open", asks = ["in_scope"] }
    again = { by = "centre", from = "open" }
    close = { by = "centre", from = "open", to = "closed", needs = { W12 = "settle and contribute" } }
    [duty.settle]
    clause = "W9, W10"
    owner = "liaison"
    starts = "open_ticket or again"
    if = "in_scope"
    within = "8 h"
    ruled_by = "centre"
    passed_on_by = "liaison or unit"
    waived_by = "head"
    bounces = 3
    arbiter = "head"
    rungs = [{ at = "50 %", to = "head" }]
    [duty.contribute]
    owner = "liaison"
    each = ["production", "logistics"]
    starts = "open_ticket"
    within = "2 days"
    passed_on_by = "liaison"
    waived_by = "centre"
    [duty.file]
    owner = "centre"
    starts = "open_ticket"
    waived_by = "$who_waives"
    [tell]
    N1 = { on = "settle.rejection is pending", to = "centre" }
    N3 = { on = "settle.rejection is no", to = "liaison" }
    N4 = { on = "contribute.waived", to = "head" }
    [calendar.always]
    timezone = "Asia/Shanghai"
    week = { "mon-sun" = ["00:00-24:00"] }
    """
)


class Play(Rehearsal):
    """A ticket that was opened on Wednesday 2026-05-06 at 09:00."""

    def __init__(self) -> None:
        super().__init__(TICKETS)
        self.receive("2026-05-06 09:00", role="centre", facts={"in_scope": True})

    def life(
        self, wall: str, command: str, duty: str, *said: object, **details: object
    ) -> Accepted:
        self.at(f"2026-05-06 {wall}")
        if "late" in details:
            details["at"] = instant(f"2026-05-06 {details.pop('late')}", "Asia/Shanghai")
        details = {"reason": "because", "by": str(details["role"]), **details}
        accepted: Accepted = getattr(self.desk, command)(self.number, duty, *said, **details)
        return accepted

    def refusals(
        self, wall: str, command: str, duty: str, *said: object, **details: object
    ) -> list[Reason]:
        before = self.case.standing
        with pytest.raises(RefusedError) as error:
            self.life(wall, command, duty, *said, **details)
        assert self.case.standing == before
        return list(error.value.refused.reasons)

    def roles(self, duty: str, key: str = "") -> tuple[str, ...]:
        (found,) = (one.roles for one in self.case.owed if (one.duty, one.key) == (duty, key))
        return found

    def told(self) -> list[str]:
        return [tell for tell, _ in self.case.standing.case.told]

    @property
    def rejection(self) -> str:
        return str(view_of(self.case.program, self.case.standing)["settle.rejection"])


@pytest.fixture
def play() -> Play:
    return Play()


class TestRejected:
    def test_it_stays_owed_while_somebody_has_to_rule(self, play: Play) -> None:
        play.life("10:00", "reject", "settle", role="liaison")
        assert {"settle", "rule settle"} <= set(play.owed())
        assert play.roles("rule settle") == ("centre",)
        assert play.due("settle") == "2026-05-06 17:00:00"
        assert play.rejection == "pending"
        assert play.told() == ["N1"]

    def test_refused_the_owner_goes_on_with_the_clock_that_ran(self, play: Play) -> None:
        play.life("10:00", "reject", "settle", role="liaison")
        play.life("11:00", "rule", "settle", role="centre", upheld=False)
        assert play.roles("settle") == ("liaison",)
        assert play.due("settle") == "2026-05-06 17:00:00"
        assert "rule settle" not in play.owed()
        assert play.rejection == "no"
        assert play.told() == ["N1", "N3"]

    def test_upheld_it_goes_to_another_role_and_is_due_as_before(self, play: Play) -> None:
        play.life("10:00", "reject", "settle", role="liaison")
        play.life("11:00", "rule", "settle", role="centre", upheld=True, to="branch")
        assert play.roles("settle") == ("branch",)
        assert play.due("settle") == "2026-05-06 17:00:00"
        assert not isinstance(play.try_do("2026-05-06 11:30", "settle", role="liaison"), Accepted)
        play.do("2026-05-06 12:00", "settle", role="branch")
        assert "settle" not in play.owed()

    def test_upheld_without_another_role_nothing_more_is_owed(self, play: Play) -> None:
        play.life("10:00", "reject", "settle", role="liaison")
        play.life("11:00", "rule", "settle", role="centre", upheld=True)
        assert "settle" not in play.owed()
        assert play.rejection == "yes"
        assert not play.sweep("2026-05-06 20:00")

    def test_a_new_round_begins_the_life_anew(self, play: Play) -> None:
        play.life("10:00", "reject", "settle", role="liaison")
        play.life("11:00", "rule", "settle", role="centre", upheld=True, to="branch")
        play.do("2026-05-06 12:00", "again", role="centre")
        assert play.roles("settle") == ("liaison",)
        assert play.rejection == "none"

    def test_doing_it_settles_the_dispute(self, play: Play) -> None:
        play.life("10:00", "reject", "settle", role="liaison")
        play.do("2026-05-06 11:00", "settle", role="liaison")
        assert play.rejection == "none"
        assert play.refusals("12:00", "rule", "settle", role="centre", upheld=False) == [
            ActedAlready("settle", "liaison")
        ]
        assert play.refusals("12:00", "reject", "settle", role="liaison") == [
            ActedAlready("settle", "liaison")
        ]

    def test_who_may_what(self, play: Play) -> None:
        assert play.refusals("09:30", "reject", "settle", role="unit", reason=" ") == [
            WrongRole("settle", "unit", "liaison", "W9, W10"),
            BadValue("reason", "a duty is rejected with a reason"),
        ]
        assert play.refusals("09:30", "rule", "settle", role="centre", upheld=True) == [
            NeedNotMet("W9, W10", "settle.rejection is pending", "settle.rejection = none")
        ]
        play.life("10:00", "reject", "settle", role="liaison", by="li")
        assert play.refusals("10:30", "reject", "settle", role="liaison") == [
            NeedNotMet("W9, W10", "settle.rejection is not pending", "settle.rejection = pending")
        ]
        assert play.refusals("10:30", "rule", "settle", role="centre", by="li", upheld=True) == [
            SamePerson("W9, W10", "li", "reject settle", "rule settle")
        ]
        assert play.refusals("10:30", "rule", "settle", role="unit", upheld=False, to="unit") == [
            WrongRole("settle", "unit", "centre", "W9, W10"),
            BadValue("to", "a duty goes to another role if its rejection is upheld"),
        ]
        assert play.refusals(
            "10:30", "rule", "settle", role="centre", upheld=True, to="liason"
        ) == [
            UnknownName(
                "role",
                "liason",
                ("branch", "centre", "head", "liaison", "unit"),
                ", did you mean 'liaison'?",
            )
        ]
        assert play.refusals(
            "10:30", "rule", "settle", role="centre", upheld=True, to="liaison"
        ) == [BadValue("to", "liaison has it already")]

    def test_what_is_not_foreseen_names_what_is(self, play: Play) -> None:
        (reason,) = play.refusals("10:00", "reject", "contribute", role="liaison", key="production")
        assert reason == NotForeseen("contribute", "rejected", ("settle",), "")
        assert reason.text("en") == (
            "-: the procedure does not say that 'contribute' may be rejected; it says so of: settle"
        )
        assert "驳回" in reason.text("zh")

    def test_what_nobody_owes_cannot_be_rejected(self, play: Play) -> None:
        play.note("2026-05-06 09:10", role="centre", in_scope=False)
        (reason,) = play.refusals("10:00", "reject", "settle", role="liaison")
        assert reason == NotOwed("settle", "not asked", "W9, W10")
        assert reason.text("en") == "W9, W10: 'settle' is not owed now: it is not asked for"

    def test_a_condition_that_comes_back_finds_the_rejection_still_waiting(
        self, play: Play
    ) -> None:
        play.life("10:00", "reject", "settle", role="liaison")
        play.note("2026-05-06 10:10", role="centre", in_scope=False)
        assert "rule settle" not in play.owed()
        play.note("2026-05-06 10:20", role="centre", in_scope=True)
        assert "rule settle" in play.owed()
        assert play.due("settle") == "2026-05-06 17:00:00"


class TestPassedOn:
    def test_a_chain_of_units_keeps_the_due_time(self, play: Play) -> None:
        play.life("10:00", "pass_on", "settle", "unit", role="liaison", reason="not able")
        play.life("11:00", "pass_on", "settle", "branch", role="unit", reason="further link")
        assert play.roles("settle") == ("branch",)
        assert play.due("settle") == "2026-05-06 17:00:00"
        view = view_of(play.case.program, play.case.standing)
        chain = [(held.roles, play.wall(held.since)[11:16], held.why) for held in custody_in(view)]
        assert chain == [
            (("liaison",), "09:00", ""),
            (("unit",), "10:00", "not able"),
            (("branch",), "11:00", "further link"),
        ]
        told = play.desk.explain(play.number).text("en")
        assert "settle: unit from 2026-05-06 10:00 to 2026-05-06 11:00 (not able)" in told
        assert "settle: branch from 2026-05-06 11:00 to now (further link)" in told

    def test_the_role_that_has_it_may_reject_it(self, play: Play) -> None:
        play.life("10:00", "pass_on", "settle", "unit", role="liaison")
        assert play.refusals("10:30", "reject", "settle", role="liaison") == [
            WrongRole("settle", "liaison", "unit", "W9, W10")
        ]
        play.life("10:30", "reject", "settle", role="unit")
        assert play.refusals("10:40", "pass_on", "settle", "branch", role="unit") == [
            NeedNotMet("W9, W10", "settle.rejection is not pending", "settle.rejection = pending")
        ]

    def test_one_key_is_passed_on_and_the_other_stays(self, play: Play) -> None:
        play.life("10:00", "pass_on", "contribute", "unit", role="liaison", key="logistics")
        assert play.roles("contribute", "logistics") == ("unit",)
        assert play.roles("contribute", "production") == ("liaison",)
        assert play.refusals("10:10", "pass_on", "contribute", "unit", role="liaison") == [
            NotAKey("contribute", ("production", "logistics"), "")
        ]

    def test_nothing_happens_before_what_happened(self, play: Play) -> None:
        play.life("11:00", "pass_on", "settle", "unit", role="liaison")
        (reason,) = play.refusals("12:00", "reject", "settle", role="unit", late="10:30")
        assert isinstance(reason, OutOfTime)
        play.life("12:00", "reject", "settle", role="unit", late="11:30")

    def test_it_stays_with_whom_it_is_while_it_is_not_asked_for(self, play: Play) -> None:
        play.life("10:00", "pass_on", "settle", "unit", role="liaison")
        play.note("2026-05-06 10:10", role="centre", in_scope=False)
        play.do("2026-05-06 10:20", "settle", role="unit")
        play.note("2026-05-06 10:30", role="centre", in_scope=True)
        assert "settle" not in play.owed()


class TestWaived:
    def test_a_waived_key_counts_as_nothing_owed(self, play: Play) -> None:
        """The answer is blocked until all have contributed or are waived (s003f, scenario 1)."""
        play.do("2026-05-06 09:10", "settle", role="liaison")
        play.do("2026-05-06 10:00", "contribute", role="liaison", key="production")
        assert not isinstance(play.try_do("2026-05-06 10:10", "close", role="centre"), Accepted)
        play.life("10:20", "waive", "contribute", role="centre", key="logistics")
        assert play.told() == ["N4"]
        play.do("2026-05-06 10:30", "close", role="centre")

    def test_a_miss_on_record_is_not_waived_away(self, play: Play) -> None:
        play.sweep("2026-05-06 18:00")
        play.life("18:30", "waive", "settle", role="head")
        assert view_of(play.case.program, play.case.standing)["settle.missed"] is True
        assert view_of(play.case.program, play.case.standing)["settle.waived"] is True

    def test_a_waiver_typed_in_late_answers_a_miss(self, play: Play) -> None:
        play.sweep("2026-05-06 18:00")
        play.life("18:30", "waive", "settle", role="head", late="16:00")
        assert view_of(play.case.program, play.case.standing)["settle.missed"] is False

    def test_an_act_is_never_unmade(self, play: Play) -> None:
        """What was done before the waiver, and typed in after it, was done."""
        play.life("10:00", "waive", "settle", role="head")
        assert play.refusals("10:10", "waive", "settle", role="head") == [
            NotOwed("settle", "waived", "W9, W10")
        ]
        play.do("2026-05-06 11:00", "settle", role="liaison", late="2026-05-06 09:50")
        view = view_of(play.case.program, play.case.standing)
        assert view["settle.waived"] is False

    def test_an_open_item_cannot_be_used(self, play: Play) -> None:
        (reason,) = play.refusals("10:00", "waive", "file", role="head")
        assert isinstance(reason, OpenItem)


class TestArbitration:
    """After so many bounces one role decides."""

    def bounced(self) -> Play:
        play = Play()
        play.life("09:10", "reject", "settle", role="liaison")
        play.life("09:20", "rule", "settle", role="centre", upheld=True, to="unit")
        play.life("09:30", "pass_on", "settle", "liaison", role="unit")
        play.life("09:40", "reject", "settle", role="liaison")
        return play

    def test_the_last_rejection_is_ruled_on_by_the_arbiter(self) -> None:
        play = self.bounced()
        assert play.roles("rule settle") == ("head",)
        (reason,) = play.refusals("09:50", "rule", "settle", role="centre", upheld=False)
        assert reason == BouncedOut("settle", 3, "head", "W9, W10")
        assert reason.text("en") == (
            "W9, W10: 'settle' was rejected or passed on 3 times; now head decides"
        )
        play.life("09:50", "rule", "settle", role="head", upheld=True, to="branch")
        assert play.case.events[-1].body == Ruled("settle", "", 1, True, "because", "branch")

    def test_after_that_only_the_arbiter_moves_it(self) -> None:
        play = self.bounced()
        play.life("09:50", "rule", "settle", role="head", upheld=False)
        bounced = BouncedOut("settle", 3, "head", "W9, W10")
        assert play.refusals("10:00", "reject", "settle", role="liaison") == [bounced]
        assert play.refusals("10:00", "pass_on", "settle", "unit", role="liaison") == [bounced]
        play.life("10:00", "pass_on", "settle", "branch", role="head")
        assert play.roles("settle") == ("branch",)
        assert play.due("settle") == "2026-05-06 17:00:00"


def test_an_extension_after_a_miss_changes_nothing_about_whose_it_is() -> None:
    """It begins a new round of the same demand."""
    policy = loads(
        """
        policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
        roles = { centre = "R1", liaison = "R2", unit = "R3" }
        [step]
        open_ticket = { by = "centre", to = "open" }
        grant = { by = "centre", from = "open" }
        close = { by = "centre", from = "open", to = "closed", needs = { W1 = "settle" } }
        [duty]
        settle = { owner = "liaison", starts = "open_ticket", within = "8 h", passed_on_by = "liaison", extended = { on = "grant", by = "2 days" } }
        [calendar.always]
        timezone = "Asia/Shanghai"
        week = { "mon-sun" = ["00:00-24:00"] }
        """
    )
    play = Rehearsal(policy)
    play.receive("2026-05-06 09:00", role="centre")
    play.at("2026-05-06 10:00")
    play.desk.pass_on(play.number, "settle", "unit", reason="able", by="li", role="liaison")
    play.sweep("2026-05-06 18:00")
    play.do("2026-05-06 19:00", "grant", role="centre")
    (owed,) = play.case.owed
    assert (owed.roles, owed.round) == (("unit",), 2)
    play.do("2026-05-07 09:00", "settle", role="unit")
    assert not play.owed()
    assert "settle: liaison from 2026-05-06 09:00 to 2026-05-06 10:00" in play.desk.explain(
        play.number
    ).text("en")
