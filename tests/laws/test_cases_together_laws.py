"""Random merges, splits, sub-cases and hand-overs: both sides always agree, nothing is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from complaintflow.desk.desk import Desk
from complaintflow.desk.view import CaseView
from complaintflow.engine.outcome import Accepted, Refused
from complaintflow.engine.standing import fold
from complaintflow.errors import RefusedError
from complaintflow.moments import instant
from complaintflow.policyfile import loads
from complaintflow.store.memory import MemoryStore

POLICY = loads("""
policy = { id = "g", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
[roles]
office = "C1"
[facts]
sites = "some of: north, south"
site = "one of: north, south"
[step]
receive = { clause = "C1", by = "office", to = "open" }
take_over = { clause = "C1", by = "office", to = "open" }
again = { clause = "C1", by = "office", from = "open" }
close = { clause = "C1", by = "office", from = "open", to = "closed" }
[duty]
reply = { clause = "C1", owner = "office", starts = "receive or take_over", within = "24 h" }
count = { clause = "C1", owner = "office", starts = "case.month", within = "every calendar month" }
[link]
parts = { clause = "C1", opens = "a case of each site", starts = "receive or again", each = "sites", member = "site", step = "take_over" }
""")
BACK = {
    "duplicate_of": "has_duplicate",
    "has_duplicate": "duplicate_of",
    "part_of": "has_part",
    "has_part": "part_of",
}
PEOPLE = ("Ma", "Li", "Sun")
some_case = st.integers(0, 30)
sites = st.frozensets(st.sampled_from(["north", "south"]))


class Together(RuleBasedStateMachine):
    """A few cases, related to each other in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.now = instant("2026-03-10T09:00", "Asia/Shanghai")
        self.desk = Desk(POLICY, store=MemoryStore(), now=lambda: self.now)
        self.lengths: dict[str, int] = {}
        self.by = "Ma"

    def numbers(self) -> list[str]:
        return [case.number for case in self.desk.cases()]

    def pick(self, index: int) -> str:
        numbers = self.numbers()
        return numbers[index % len(numbers)]

    def tried(self, act: Any, *args: Any, **details: Any) -> None:
        """Do it, or be refused and change nothing."""
        before = {case.number: case.events for case in self.desk.cases()}
        try:
            outcome = act(*args, by=self.by, role="office", **details)
        except RefusedError as refusal:
            outcome = refusal.refused
        if isinstance(outcome, Refused):
            assert {case.number: case.events for case in self.desk.cases()} == before
            assert outcome.text("zh")
        else:
            assert isinstance(outcome, Accepted)

    @initialize(given=sites)
    def first(self, given: frozenset[str]) -> None:
        self.receive(given)

    @rule(given=sites)
    def receive(self, given: frozenset[str]) -> None:
        if len(self.numbers()) < 25:
            self.tried(self.desk.receive, {"sites": given})

    @rule(hours=st.integers(1, 900), by=st.sampled_from(PEOPLE))
    def wait(self, hours: int, by: str) -> None:
        self.now = self.now.add(hours=hours)
        self.by = by

    @rule()
    def sweep(self) -> None:
        self.desk.sweep()
        assert self.desk.sweep() == ()

    @rule(which=some_case, step=st.sampled_from(["again", "close"]))
    def do(self, which: int, step: str) -> None:
        self.tried(self.desk.try_do, self.pick(which), step)

    @rule(which=some_case)
    def void(self, which: int) -> None:
        self.tried(self.desk.void, self.pick(which), reason="a mistake")

    @rule(which=some_case, into=some_case)
    def merge(self, which: int, into: int) -> None:
        self.tried(self.desk.merge, self.pick(which), into=self.pick(into), reason="the same")

    @rule(which=some_case, parts=st.lists(sites, max_size=2))
    def split(self, which: int, parts: list[frozenset[str]]) -> None:
        if len(self.numbers()) < 25:
            facts = [{"sites": part} for part in parts]
            self.tried(self.desk.split, self.pick(which), facts, reason="several")

    @rule(leaving=st.sampled_from(PEOPLE), successor=st.sampled_from(PEOPLE))
    def hand_over(self, leaving: str, successor: str) -> None:
        theirs = {
            case.number for case in self.desk.cases() if not case.is_final and _has(case, leaving)
        }
        report = self.desk.hand_over(leaving, successor, reason="-", by="Boss", role="office")
        assert set(report) == theirs
        if leaving != successor:
            assert not any(_has(case, leaving) for case in self.desk.cases() if not case.is_final)

    @rule(how=st.sampled_from(["from now", "recompute"]))
    def migrate(self, how: str) -> None:
        details: dict[str, Any] = {
            "to": POLICY,
            "how": how,
            "reason": "-",
            "by": "Boss",
            "role": "office",
        }
        dry = self.desk.migrate(self.numbers(), dry_run=True, **details)
        assert self.desk.migrate(self.numbers(), **details) == dry
        assert all(not report.duties for report in dry)

    @invariant()
    def both_sides_agree(self) -> None:
        cases = {case.number: case for case in self.desk.cases()}
        for case in cases.values():
            for related in case.standing.case.related:
                other = cases[related.case].standing.case
                if related.kind == "opened_by":
                    opening = other.links[related.link, related.key]
                    current = opening.case == case.number
                    if current and not other.put_aside:
                        assert (opening.closed_at is not None) is case.is_final
                else:
                    back = (BACK[related.kind], case.number)
                    assert back in [(one.kind, one.case) for one in other.related]
            for opening in case.standing.case.links.values():
                above = cases[opening.case].standing.case.related[0]
                assert (above.kind, above.case) == ("opened_by", case.number)

    @invariant()
    def no_event_is_lost_and_the_fold_is_the_standing(self) -> None:
        for case in self.desk.cases():
            assert len(case.events) >= self.lengths.get(case.number, 0)
            self.lengths[case.number] = len(case.events)
            assert fold(case.program, case.number, case.events) == case.standing

    @invariant()
    def what_was_merged_owes_nothing_and_its_survivor_is_not_merged_into_it(self) -> None:
        for case in self.desk.cases():
            into = case.standing.case.merged_into
            if into is None:
                continue
            assert case.owed == ()
            seen = {case.number}
            while into is not None:
                assert into not in seen
                seen.add(into)
                survivor = self.desk.case(into)
                assert survivor.received <= case.received
                into = survivor.standing.case.merged_into


def _has(case: CaseView, person: str) -> bool:
    return person in case.standing.case.people.values()


Together.TestCase.settings = settings(max_examples=25, stateful_step_count=20)
TestTogether = Together.TestCase
