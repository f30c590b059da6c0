"""The life of a duty against a plain table: whatever people do to it, in whatever order."""

from __future__ import annotations

import itertools
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from complaintflow.engine.clocks import clocks_of
from complaintflow.engine.duties import keys_of, states_of
from complaintflow.engine.standing import fold, view_of
from complaintflow.errors import RefusedError
from complaintflow.moments import from_micros
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

POLICY = loads(
    """
    policy = { id = "p", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
    roles = { desk = "1", owner = "2", other = "3", third = "4", judge = "5" }
    [facts]
    wanted = "yes/no"
    [step]
    open_it = { by = "desk", to = "open", asks = ["wanted"] }
    again = { by = "desk", from = "open" }
    close = { by = "desk", from = "open", to = "closed", needs = { 1 = "job and beside" } }
    [duty.job]
    owner = "owner"
    each = ["a", "b"]
    starts = "open_it or again"
    if = "wanted"
    within = "72 h"
    ruled_by = "desk"
    passed_on_by = "owner or other"
    waived_by = "third"
    bounces = 2
    arbiter = "judge"
    rungs = [{ at = "50 %", to = "desk" }]
    [duty.beside]
    owner = "third"
    starts = "open_it"
    within = "2 days"
    waived_by = "desk"
    [calendar.always]
    timezone = "UTC"
    week = { "mon-sun" = ["00:00-24:00"] }
    """
)
ROLES = ("desk", "owner", "other", "third", "judge")
KEYS = ("a", "b")
roles, keys = st.sampled_from(ROLES), st.sampled_from(KEYS)
people = st.sampled_from(("p", "q"))


@attrs.define
class Row:
    """One key, as somebody with a pencil would note it."""

    has: str = "owner"
    rejected_by: str = ""
    ruled: str = "none"
    bounces: int = 0
    over: str = ""

    def reject(self, role: str) -> bool:
        return role == self.has and not self.rejected_by and self.bounces < 2

    def decides(self, role: str, usually: tuple[str, ...]) -> bool:
        return role == "judge" if self.bounces >= 2 else role in usually


class OneDuty(RuleBasedStateMachine):
    """Every command about the life of one duty of two keys, by anybody."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Rehearsal(POLICY)
        self.minutes = itertools.count(1)
        self.rows = {key: Row() for key in KEYS}
        self.wanted = True
        self.began = self.play.present

    @initialize()
    def opened(self) -> None:
        self.play.receive("2026-03-10 09:00", role="desk", facts={"wanted": True})
        self.began = self.play.present

    def forth(self) -> None:
        self.play.present = self.play.present.add(minutes=next(self.minutes))

    def dues(self) -> dict[tuple[str, str, int], int | None]:
        case = self.play.case
        view = view_of(case.program, case.standing)
        return {clock.identity: clock.due for clock in clocks_of(view, ("owed",))}

    def ask(self, may: bool, command: str, *said: str, **details: Any) -> None:
        """The desk must say what the table says, and no due instant may move."""
        self.forth()
        self.play.desk.sweep()
        before, stood = self.dues(), self.play.case.standing
        try:
            getattr(self.play.desk, command)(self.play.number, "job", *said, reason="r", **details)
        except RefusedError:
            assert not may
            assert self.play.case.standing == stood
        else:
            assert may
        after = self.dues()
        assert all(before[which] == after[which] for which in before.keys() & after.keys())
        gone = before.keys() - after.keys()
        assert gone <= {which for which in before if which[:2] == ("job", details["key"])}

    def live(self, key: str) -> bool:
        return self.wanted and not self.rows[key].over

    @rule(key=keys, role=roles, by=people)
    def reject(self, key: str, role: str, by: str) -> None:
        row = self.rows[key]
        may = self.live(key) and row.reject(role)
        self.ask(may, "reject", key=key, role=role, by=by)
        if may:
            row.rejected_by, row.bounces = by, row.bounces + 1

    @rule(key=keys, role=roles, by=people, upheld=st.booleans(), to=st.sampled_from(("", *ROLES)))
    def rule_on_it(self, key: str, role: str, by: str, upheld: bool, to: str) -> None:
        row = self.rows[key]
        may = self.live(key) and row.rejected_by not in ("", by) and row.decides(role, ("desk",))
        may = may and (upheld or not to) and to != row.has
        self.ask(may, "rule", key=key, role=role, by=by, upheld=upheld, to=to)
        if may:
            row.rejected_by, row.ruled = "", "yes" if upheld else "no"
            row.has = to or row.has
            row.over = "rejected" if upheld and not to else ""

    @rule(key=keys, role=roles, to=roles)
    def pass_on(self, key: str, role: str, to: str) -> None:
        row = self.rows[key]
        may = self.live(key) and not row.rejected_by and to != row.has
        may = may and row.decides(role, ("owner", "other"))
        self.ask(may, "pass_on", to, key=key, role=role, by="p")
        if may:
            row.has, row.bounces = to, row.bounces + 1

    @rule(key=keys, role=roles)
    def waive(self, key: str, role: str) -> None:
        row = self.rows[key]
        may = self.live(key) and role == "third"
        self.ask(may, "waive", key=key, role=role, by="p")
        if may:
            row.over, row.rejected_by = "waived", ""

    @rule(key=keys, role=roles)
    def do_it(self, key: str, role: str) -> None:
        """Whoever has it may do it, also after it was let go: an act is never unmade."""
        self.forth()
        row = self.rows[key]
        refused = self.play.desk.try_do(self.play.number, "job", key=key, role=role, by="p")
        may = role == row.has and row.over != "done"
        assert (type(refused).__name__ == "Accepted") is may
        if may:
            row.over = "done"

    @rule()
    def begin_again(self) -> None:
        """A new round begins the life anew."""
        self.forth()
        self.play.desk.do(self.play.number, "again", role="desk", by="p")
        self.rows = {key: Row() for key in KEYS}
        self.began = self.play.present

    @rule(wanted=st.booleans())
    def want(self, wanted: bool) -> None:
        self.forth()
        self.play.desk.note(self.play.number, {"wanted": wanted}, role="desk", by="p")
        self.wanted = wanted

    @invariant()
    def the_states_are_those_of_the_table(self) -> None:
        if not self.play.number:
            return
        case = self.play.case
        view = view_of(case.program, case.standing)
        job = case.program.duties["job"]
        found = {state.key: state for state in states_of(view, job)}
        for key, row in self.rows.items():
            wanted = (row.over or "owed") if self.wanted else "not asked"
            assert found[key].progress == wanted
            if self.wanted:
                assert found[key].is_disputed == (not row.over and bool(row.rejected_by))
        owed = {one.key: one.roles for one in case.owed if one.duty == "job"}
        assert owed == {key: (row.has,) for key, row in self.rows.items() if self.live(key)}
        if self.wanted:
            rows = self.rows.values()
            pending = any(not row.over and row.rejected_by for row in rows)
            ruled = {row.ruled for row in rows} - {"none"} or {"none"}
            assert view["job.rejection"] in ({"pending"} if pending else ruled)
            assert view["job.waived"] == any(row.over == "waived" for row in rows)

    @invariant()
    def what_is_owed_is_due_three_days_after_its_round_began(self) -> None:
        """Whoever has it, however often it was not wanted in between."""
        if self.play.number:
            due = {one.key: one.due for one in self.play.case.owed if one.duty == "job"}
            assert due == dict.fromkeys(due, self.began.add(hours=72))

    @invariant()
    def folding_the_trail_gives_the_same(self) -> None:
        if self.play.number:
            case = self.play.case
            assert fold(case.program, case.number, case.events) == case.standing


TestOneDuty = OneDuty.TestCase
TestOneDuty.settings = settings(stateful_step_count=25)

LIVES = {
    "reject": {"role": "owner"},
    "pass_on": {"role": "owner", "to": "other"},
    "waive": {"role": "third"},
    "do": {"role": "owner"},
}


def lived(order: list[tuple[str, str]]) -> dict[str, Any]:
    """The states after each *command* on its key, all at one time, apart from positions."""
    play = Rehearsal(POLICY)
    play.receive("2026-03-10 09:00", role="desk", facts={"wanted": True})
    play.at("2026-03-10 10:00")
    for command, key in order:
        said: dict[str, Any] = {"by": "p", "key": key, **LIVES[command]}
        if command == "do":
            play.desk.do(play.number, "job", **said)
        else:
            getattr(play.desk, command)(play.number, "job", reason="r", **said)
    case = play.case
    view = view_of(case.program, case.standing)
    job = case.program.duties["job"]
    assert keys_of(view, job) == KEYS
    return {
        state.key: (
            state.progress,
            state.started,
            state.done_at and str(from_micros(state.done_at, POLICY.calendar.tz)),
            state.lived.holder,
            state.is_disputed,
            state.lived.bounces,
        )
        for state in states_of(view, job)
    }


@given(st.sampled_from(sorted(LIVES)), st.sampled_from(sorted(LIVES)))
def test_what_happens_to_different_keys_commutes(first: str, second: str) -> None:
    one, other = (first, "a"), (second, "b")
    assert lived([one, other]) == lived([other, one])
