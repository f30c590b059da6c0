"""Duplicates and parts: both cases say so, in one unit of work."""

from __future__ import annotations

from typing import Any

import pytest
from pendulum import DateTime

from complaintflow.audit.events import Related, StepTaken
from complaintflow.desk.desk import Desk
from complaintflow.domain.values import Evidence
from complaintflow.engine import reasons as r
from complaintflow.engine.outcome import Refused
from complaintflow.errors import RefusedError, UnknownCaseError
from complaintflow.moments import instant
from complaintflow.policyfile import loads
from complaintflow.store.protocol import CaseStore

TEXT = """
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
"product, defect" = "text"
checked = "yes/no"
same_before = { count = "cases", same = "defect", this_one = true, clause = "C1" }
[step]
receive = { clause = "C1", by = "clerk", to = "open", asks = ["product", "defect"], via = ["mail", "visit"], sets = { checked = false } }
close = { clause = "C1", by = "clerk or chief", from = "open", to = "closed", should = { C1 = "checked and same_before < 9" } }
[duty]
answer = { clause = "C1", owner = "clerk", starts = "receive", within = "24 h" }
"""
WHEN = ("2026-03-10T09:00", "2026-03-10T15:00", "2026-03-11T08:00")


class Stage:
    """Three complaints, K1 before K2 before K3."""

    def __init__(self, store: CaseStore) -> None:
        self.present = instant(WHEN[0], "Asia/Shanghai")
        self.desk = Desk(loads(TEXT), store=store, now=self._now)
        for number, (wall, product) in enumerate(
            zip(WHEN, ("pump", "pump", "fan"), strict=True), 1
        ):
            self.at(wall)
            self.desk.receive(
                {"product": product, "defect": "leak"},
                by="Ma",
                role="clerk",
                number=f"K{number}",
                via="mail",
                evidence=[Evidence(f"letter {number}")],
            )

    def _now(self) -> DateTime:
        return self.present

    def at(self, wall: str) -> None:
        self.present = instant(wall, "Asia/Shanghai")

    def related(self, case: str) -> tuple[Related, ...]:
        return self.desk.case(case).standing.case.related

    def merge(self, case: str, into: str, reason: str = "the same pump") -> Any:
        return self.desk.merge(case, into=into, reason=reason, by="Li", role="chief")

    def refused(self, case: str, into: str, reason: str = "the same pump") -> tuple[r.Reason, ...]:
        with pytest.raises(RefusedError) as error:
            self.merge(case, into, reason)
        refused = error.value.refused
        assert isinstance(refused, Refused)
        return refused.reasons


@pytest.fixture
def stage(store: CaseStore) -> Stage:
    return Stage(store)


# -- duplicates --------------------------------------------------------------------------------


def test_a_duplicate_owes_nothing_more_and_both_know(stage: Stage) -> None:
    stage.merge("K2", "K1")
    assert stage.related("K2") == (Related("duplicate_of", "K1", "the same pump"),)
    assert stage.related("K1") == (Related("has_duplicate", "K2", "the same pump"),)
    duplicate = stage.desk.case("K2")
    assert (duplicate.is_final, duplicate.owed, duplicate.state) == (True, (), "open")
    assert [owed.case for owed in stage.desk.owed()] == ["K1", "K3"]
    assert [case.number for case in stage.desk.cases(is_open=True)] == ["K1", "K3"]
    assert "merged into case K1; reason: the same pump" in stage.desk.explain("K2").text("en")
    assert "案件 K2 并入本案" in stage.desk.explain("K1").text("zh")


def test_a_merge_never_gives_anybody_more_time(stage: Stage) -> None:
    (reason,) = stage.refused("K1", "K2")
    assert reason == r.LaterSurvivor("K1", "K2", "2026-03-10 15:00:00+08:00")
    assert stage.related("K1") == stage.related("K2") == ()


def test_what_the_duplicate_missed_stays_on_record_and_nothing_more_is_missed(stage: Stage) -> None:
    stage.at("2026-03-11T16:00")
    stage.merge("K2", "K1")
    assert ("answer", "", 1) in stage.desk.case("K2").standing.case.missed
    stage.merge("K3", "K1")
    stage.at("2026-03-20T16:00")
    assert [one.case.id for one in stage.desk.sweep() if one.events] == []
    assert stage.desk.case("K3").standing.case.missed == {}


def test_a_duplicate_is_not_counted_as_a_case_of_its_own(stage: Stage) -> None:
    assert stage.desk.case("K3").facts["same_before"] == 3
    stage.merge("K2", "K1")
    stage.at("2026-03-12T08:00")
    stage.desk.receive(
        {"product": "pump", "defect": "leak"}, by="Ma", role="clerk", number="K4", via="mail"
    )
    assert stage.desk.case("K4").facts["same_before"] == 3


def test_merges_that_make_no_sense_are_refused_and_change_nothing(stage: Stage) -> None:
    assert isinstance(stage.refused("K1", "K1")[0], r.BadValue)
    assert isinstance(stage.refused("K2", "K1", " ")[0], r.BadValue)
    with pytest.raises(UnknownCaseError):
        stage.merge("K2", "K9")
    stage.merge("K2", "K1")
    assert stage.refused("K2", "K1") == (r.MergedAlready("K2", "K1"),)
    assert stage.refused("K3", "K2") == (r.MergedAlready("K2", "K1"),)
    outcome = stage.desk.try_do("K2", "close", by="Ma", role="clerk", reason="-")
    assert getattr(outcome, "reasons", ()) == (r.MergedAlready("K2", "K1"),)
    stage.desk.do("K1", "close", by="Ma", role="clerk", reason="-")
    assert isinstance(stage.refused("K3", "K1")[0], r.BadValue)
    stage.desk.do("K3", "close", by="Ma", role="clerk", reason="-")
    assert len(stage.related("K1")) == 1


def test_merging_twice_by_the_same_command_is_merging_once(stage: Stage) -> None:
    act: dict[str, Any] = {
        "into": "K1",
        "reason": "same",
        "by": "Li",
        "role": "chief",
        "command_id": "m1",
    }
    first = stage.desk.merge("K2", **act)
    assert stage.desk.merge("K2", **act).events == first.events
    assert len(stage.related("K1")) == 1


# -- parts -------------------------------------------------------------------------------------


def split(stage: Stage, *parts: dict[str, Any], reason: str = "two products") -> Any:
    return stage.desk.split("K1", parts, reason=reason, by="Li", role="chief")


def test_each_part_is_opened_as_the_case_was_and_received_when_it_was(stage: Stage) -> None:
    accepted = split(stage, {"product": "valve"}, {"product": "hose", "defect": "crack"})
    assert accepted.case.related == (
        Related("has_part", "K1/1", "two products"),
        Related("has_part", "K1/2", "two products"),
    )
    part = stage.desk.case("K1/2")
    assert part.received == stage.desk.case("K1").received
    assert {name: part.facts[name] for name in ("product", "defect")} == {
        "product": "hose",
        "defect": "crack",
    }
    assert stage.related("K1/2") == (Related("part_of", "K1", "two products"),)
    (opened,) = (e for e in part.events if isinstance(e.body, StepTaken))
    assert isinstance(opened.body, StepTaken)
    assert (opened.by, opened.role, opened.body.via) == ("Li", "clerk", "mail")
    assert opened.body.evidence == (Evidence("letter 1"),)
    assert opened.recorded > opened.occurred


def test_a_part_that_is_late_from_the_start_says_so_at_once(stage: Stage) -> None:
    stage.at("2026-03-13T09:00")
    split(stage, {"product": "valve"})
    assert ("answer", "", 1) in stage.desk.case("K1/1").standing.case.missed


def test_more_parts_are_numbered_on(stage: Stage) -> None:
    split(stage, {"product": "valve"})
    assert split(stage, {"product": "hose"}).case.related[-1].case == "K1/2"
    stage.desk.split("K1/1", [{"defect": "noise"}], reason="two", by="Li", role="chief")
    assert stage.desk.case("K1/1/1").facts["product"] == "valve"


def test_a_part_that_is_refused_opens_none(stage: Stage) -> None:
    before = stage.desk.case("K1").events
    for parts, kind in (
        ([{"product": "valve"}, {"defect": None}], r.FactMissing),
        ([{"produkt": "valve"}], r.UnknownName),
        ([], r.BadValue),
    ):
        with pytest.raises(RefusedError) as error:
            split(stage, *parts)
        assert isinstance(error.value.refused.reasons[0], kind)
    with pytest.raises(RefusedError):
        split(stage, {"product": "valve"}, reason="")
    assert stage.desk.case("K1").events == before
    assert [case.number for case in stage.desk.cases()] == ["K1", "K2", "K3"]


def test_a_case_of_an_old_system_is_split_by_the_step_that_opens(stage: Stage) -> None:
    received = instant("2026-03-01T09:00", "Asia/Shanghai")
    stage.desk.adopt("OLD", system="paper", state="open", received=received, by="Ma", role="clerk")
    with pytest.raises(RefusedError) as error:
        stage.desk.split("OLD", [{"product": "fan"}], reason="two", by="Ma", role="clerk")
    assert {type(one) for one in error.value.refused.reasons} == {r.FactMissing, r.ViaMissing}
