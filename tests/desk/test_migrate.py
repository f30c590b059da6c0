"""Moving running cases to a new version: what moves, what stays, what cannot."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pytest
from pendulum import DateTime

from complaintflow.audit.events import Migrated, Missed, RungReached, Told
from complaintflow.desk.desk import Desk
from complaintflow.desk.migration import TEXTS, AnswerMoved, Migration
from complaintflow.engine import reasons as r
from complaintflow.engine.standing import fold, view_of
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.store.protocol import CaseStore

OLD = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
[roles]
clerk = "C1"
chief = "C1"
[facts]
loss = "number"
seen = "text"
[decide.grade]
order = ["high", "low"]
by = "chief"
high."C1" = "loss >= 100"
low."C1" = "loss < 100"
[step]
receive = { clause = "C1", by = "clerk", to = "open", asks = ["loss"] }
look = { clause = "C1", by = "clerk", from = "open", to = "looked", asks = ["seen"] }
again = { clause = "C1", by = "clerk", from = "looked", to = "open" }
close = { clause = "C1", by = "clerk", from = "open", to = "closed" }
[duty]
answer = { clause = "C1", owner = "clerk", starts = "receive", per = "grade", within = { high = "24 h", low = "72 h" }, rungs = [{ at = "50 %", to = "chief" }] }
visit = { clause = "C1", owner = "clerk", starts = "receive", within = "10 h" }
[tell]
opened = { clause = "C1", on = "receive", to = "chief" }
"""
NEW = (
    OLD.replace('version = "1"', 'version = "2"')
    .replace("loss >= 100", "loss >= 50")
    .replace("loss < 100", "loss < 50")
    .replace('high = "24 h", low = "72 h"', 'high = "12 h", low = "48 h"')
    .replace('visit = { clause = "C1", owner = "clerk", starts = "receive", within = "10 h" }', "")
    .replace(
        "[tell]",
        """record = { clause = "C1", owner = "clerk", starts = "receive", within = "6 h" }
[tell]
opened_too = { clause = "C1", on = "receive or look", to = "chief" }""",
    )
    .replace('"looked"', '"inspected"')
)


class Stage:
    """One case, received on 10 March at nine with a loss of 60; the clock stands at noon."""

    def __init__(self, store: CaseStore, loss: int = 60) -> None:
        self.present = instant("2026-03-10T09:00", "Asia/Shanghai")
        self.old, self.new = loads(OLD), loads(NEW)
        self.store = store
        self.desk = Desk(self.old, store=store, now=self._now)
        self.desk.receive({"loss": loss}, by="Ma", role="clerk", number="K1")
        self.at("2026-03-10T12:00")

    def _now(self) -> DateTime:
        return self.present

    def at(self, wall: str) -> None:
        self.present = instant(wall, "Asia/Shanghai")

    def migrate(self, how: str, to: Policy | None = None, **more: Any) -> Migration:
        (report,) = self.desk.migrate(
            ["K1"],
            to=to or self.new,
            how=how,
            reason="new procedure",
            by="Head",
            role="chief",
            **more,
        )
        return report

    def due(self) -> dict[str, str]:
        return {o.duty: o.due.format("DD HH:mm") for o in self.desk.owed("K1") if o.due}

    def bodies(self, kind: type) -> list[Any]:
        return [e.body for e in self.desk.case("K1").events if isinstance(e.body, kind)]


@pytest.fixture
def stage(store: CaseStore) -> Stage:
    return Stage(store)


def test_from_now_what_runs_keeps_its_limit_and_what_is_new_counts_from_now(stage: Stage) -> None:
    assert stage.due() == {"answer": "13 09:00", "visit": "10 19:00"}
    report = stage.migrate("from now")
    # The grade is judged anew (60 is high now), so its limit is the new one, from the receipt.
    assert report.answers == (AnswerMoved("grade", "low", "high"),)
    assert stage.due() == {"answer": "13 09:00", "record": "10 18:00"}
    assert [(d.duty, d.was_owed, d.is_owed) for d in report.duties] == [
        ("record", False, True),
        ("visit", True, False),
    ]
    assert stage.desk.case("K1").program.policy == stage.new


def test_a_regrade_after_the_move_is_the_new_versions(stage: Stage) -> None:
    stage.migrate("from now")
    stage.at("2026-03-10T13:00")
    stage.desk.note("K1", {"loss": 10}, by="Ma", role="clerk")
    assert stage.due()["answer"] == "12 09:00"


def test_recompute_is_as_if_the_new_version_had_always_held(stage: Stage) -> None:
    report = stage.migrate("recompute")
    assert stage.due() == {"answer": "10 21:00", "record": "10 15:00"}
    assert report.moves
    moved = {d.duty: (d.old_due, d.new_due) for d in report.duties}
    assert moved["answer"] == (
        instant("2026-03-13T09:00", "Asia/Shanghai"),
        instant("2026-03-10T21:00", "Asia/Shanghai"),
    )


def test_moving_twice_from_now_gives_no_time_back_and_takes_none(stage: Stage) -> None:
    stage.migrate("from now")
    due = stage.due()
    for hour in (13, 14):
        stage.at(f"2026-03-10T{hour}:00")
        stage.migrate("from now", to=loads(NEW.replace('version = "2"', 'version = "3"')))
        assert stage.due() == due


def test_keep_writes_nothing(stage: Stage) -> None:
    before = stage.desk.case("K1").events
    report = stage.migrate("keep")
    assert not report.moves
    assert stage.desk.case("K1").events == before
    assert report.text() == "K1: stays with version 1"
    assert report.text("zh") == "K1：保留 1 版"


def test_nobody_is_told_of_what_lies_behind(stage: Stage) -> None:
    stage.migrate("recompute")
    assert [one.tell for one in stage.bodies(Told)] == ["opened"]
    stage.desk.do("K1", "look", by="Ma", role="clerk", facts={"seen": "a crack"})
    assert [one.tell for one in stage.bodies(Told)] == ["opened", "opened_too"]


def test_a_breach_stays_and_what_fired_never_fires_again(stage: Stage) -> None:
    stage.at("2026-03-12T09:00")  # the visit is missed, and half of the answer's time is over
    stage.desk.sweep()
    assert [one.duty for one in stage.bodies(Missed)] == ["visit"]
    stage.migrate("recompute")
    stage.desk.sweep()
    assert [one.duty for one in stage.bodies(Missed)] == ["visit", "answer", "record"]
    assert [(one.duty, one.rung) for one in stage.bodies(RungReached)] == [("answer", "50 %")]
    assert ("visit", "", 1) in stage.desk.case("K1").standing.case.missed
    stage.migrate("recompute", to=stage.old)
    stage.at("2026-03-12T09:01")
    stage.desk.sweep()
    assert [one.duty for one in stage.bodies(Missed)] == ["visit", "answer", "record"]
    assert len(stage.bodies(RungReached)) == 1


def test_what_was_missed_under_the_old_version_is_recorded_before_the_move(stage: Stage) -> None:
    stage.at("2026-03-10T20:00")
    stage.migrate("from now")
    kinds = [type(event.body).__name__ for event in stage.desk.case("K1").events]
    assert kinds.index("Missed") < kinds.index("Migrated")


def test_states_are_mapped_and_a_state_that_is_nowhere_is_a_reason(stage: Stage) -> None:
    stage.desk.do("K1", "look", by="Ma", role="clerk", facts={"seen": "a crack"})
    report = stage.migrate("from now")
    (reason,) = report.reasons
    assert isinstance(reason, r.UnknownName)
    assert not report.moves
    assert "cannot move to version 2" in report.text()
    assert "不能转入 2 版" in report.text("zh")
    report = stage.migrate("from now", states={"looked": "inspected"})
    assert (report.old_state, report.new_state) == ("looked", "inspected")
    assert "state looked becomes inspected" in report.text()
    stage.desk.do("K1", "again", by="Ma", role="clerk")
    assert stage.desk.case("K1").state == "open"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.replace('loss = "number"', 'loss = "text"').replace("loss >= 50", "loss is 'x'").replace("loss < 50", "loss is 'y'"), "on record is not text|expected text"),
        (lambda t: t.replace('"high", "low"', '"top", "low"').replace("high.", "top.").replace("high =", "top ="), "answer 'high'"),
    ],
)  # fmt: skip
def test_what_the_new_version_has_no_place_for(stage: Stage, change: Any, says: str) -> None:
    stage.desk.overrule("K1", "grade", "high", reason="seen", by="Head", role="chief")
    before = stage.desk.case("K1").events
    report = stage.migrate("from now", to=loads(change(NEW)))
    assert report.reasons
    assert re.search(says, report.text())
    assert stage.desk.case("K1").events == before


def test_closed_and_nameless_moves_are_refused(stage: Stage) -> None:
    assert isinstance(stage.migrate("sometime").reasons[0], r.BadValue)
    (report,) = stage.desk.migrate(
        ["K1"], to=stage.new, how="recompute", reason=" ", by="Head", role="chief"
    )
    assert isinstance(report.reasons[0], r.BadValue)
    stage.desk.do("K1", "close", by="Ma", role="clerk")
    assert isinstance(stage.migrate("recompute").reasons[0], r.CaseClosed)


@pytest.mark.parametrize("how", ["from now", "recompute", "keep"])
def test_a_dry_run_says_what_the_real_run_does_and_writes_nothing(stage: Stage, how: str) -> None:
    before = stage.desk.case("K1").events
    dry = stage.migrate(how, dry_run=True)
    assert stage.desk.case("K1").events == before
    assert stage.migrate(how) == dry


def test_a_migration_that_was_interrupted_goes_on_and_repeats_nothing(stage: Stage) -> None:
    first = stage.migrate("from now", command_id="v2")
    events = stage.desk.case("K1").events
    stage.at("2026-03-10T13:00")
    assert stage.migrate("from now", command_id="v2") == first
    assert stage.desk.case("K1").events == events


@pytest.mark.parametrize("how", ["from now", "recompute"])
def test_the_fold_of_the_trail_is_what_the_desk_works_with(stage: Stage, how: str) -> None:
    stage.migrate(how)
    stage.at("2026-03-10T16:00")
    stage.desk.sweep()
    case = stage.desk.case("K1")
    fresh = Desk(stage.new, store=stage.store, now=stage._now)
    assert fresh.case("K1").standing == case.standing
    assert fold(case.program, "K1", case.events) == case.standing
    answers = view_of(case.program, case.standing)
    fresh_answers = view_of(case.program, attrs.evolve(case.standing, answers={}))
    assert all(answers[code] == fresh_answers[code] for code in case.program.decisions)


def test_the_story_tells_of_the_move(stage: Stage) -> None:
    stage.migrate("from now")
    told = stage.desk.explain("K1").text("en")
    assert "moved to version 2, from now on, in open; reason: new procedure" in told
    assert "转入 2 版（自此起适用）" in stage.desk.explain("K1").text("zh")
    (body,) = stage.bodies(Migrated)
    assert body.limits == {"answer:1:": "72 h", "visit:1:": "10 h"}


def test_every_text_is_in_both_languages() -> None:
    assert all(set(one) == {"en", "zh"} for one in TEXTS.values())
