"""Random commands under a real policy: what must hold whatever people do."""

from __future__ import annotations

import datetime as _dt
import itertools
from typing import Any

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from complaintflow.audit.chain import verify
from complaintflow.audit.events import Missed, RungReached
from complaintflow.desk.desk import Desk
from complaintflow.engine.clocks import clocks_of
from complaintflow.engine.draft import Draft
from complaintflow.engine.duties import states_of
from complaintflow.engine.outcome import Accepted, Refused
from complaintflow.engine.settle import settle
from complaintflow.engine.standing import Course, fold, view_of
from complaintflow.gallery import load_pack
from complaintflow.moments import from_micros, instant, to_micros
from complaintflow.policy.world import World
from complaintflow.store.memory import MemoryStore

POLICY = load_pack("oem_supplier")
ROLES = [role.code for role in POLICY.roles]
PEOPLE = {role: f"p-{role}" for role in ROLES}
KEYS = ["", "plant", "planning", "technical", "materials", "stock", "work_in_progress", "1", "2"]
WHAT = [
    *(step.code for step in POLICY.steps if not step.opens),
    *(duty.code for duty in POLICY.duties),
    "measure",
    "verify measure",
]
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "line_stopped": st.booleans(),
    "batch_problem": st.booleans(),
    "heavy_effect": st.booleans(),
    "noncompliant": st.booleans(),
    "batch_return_or_huge_claim": st.booleans(),
    "possible_loss": st.sampled_from(["0 CNY", "4999.99 CNY", "5000 CNY"]),
    "claim": st.sampled_from(["0 CNY", "5000 CNY"]),
    "cause": st.sampled_from(["design", "manufacturing", "raw_material", "wrong_count"]),
    "vague": st.booleans(),
    "signatory_absent": st.booleans(),
    "cause_hard": st.booleans(),
    "effective": st.booleans(),
    "problem_real": st.just(value=True),
    "report": st.just("report.pdf"),
    "evidence": st.just("photo.jpg"),
    "disposal": st.sampled_from(["held", None]),
    "reason": st.just("unclear"),
}
SHEET = {
    "customer": "OEM-1",
    "subject": "quality",
    "product": "hinge",
    "model": "H1",
    "defect": "crack",
    "shipped": "100 pcs",
    "defective": "3 pcs",
    "disposal": "held",
    "produced_on": "2026-02-01",
}
facts = st.fixed_dictionaries({}, optional=FACTS)
MOVES = {
    (source, step.code): {b.to for b in step.to} or {source}
    for step in POLICY.steps
    for source in step.source
}


class OneCase(RuleBasedStateMachine):
    """One case, any commands by anybody at any time, swept now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.now = instant("2026-03-10T09:00", "Asia/Shanghai")
        self.store = MemoryStore()
        self.desk = Desk(POLICY, store=self.store, now=lambda: self.now)
        self.number = ""
        self.done: list[tuple[str, dict[str, Any], Accepted]] = []

    @initialize(oral=st.booleans(), given=facts)
    def receive(self, oral: bool, given: dict[str, Any]) -> None:
        accepted = self.desk.receive(
            {**SHEET, **given, "oral": oral}, by="li", role="sales_point", command_id="open"
        )
        self.number = accepted.standing.case.id

    @rule(minutes=st.integers(1, 60 * 40))
    def wait(self, minutes: int) -> None:
        self.now = self.now.add(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        self.desk.sweep()
        assert self.desk.sweep() == ()

    @rule(given=facts)
    def note(self, given: dict[str, Any]) -> None:
        self.desk.note(self.number, given, by="li", role="sales")

    @rule(answer=st.sampled_from(["A", "B", "C"]))
    def overrule(self, answer: str) -> None:
        self.desk.overrule(
            self.number, "grade", answer, reason="seen on site", by="q", role="quality"
        )

    @precondition(lambda self: self.number)
    @rule(how=st.sampled_from(["from now", "recompute"]), dry_run=st.booleans())
    def migrate(self, how: str, dry_run: bool) -> None:
        """Moving to the very policy under which a case runs changes nothing but the trail."""
        self.desk.sweep()
        before = self.desk.case(self.number)
        (report,) = self.desk.migrate(
            [self.number], to=POLICY, how=how, reason="-", by="q", role="quality", dry_run=dry_run
        )
        after = self.desk.case(self.number)
        assert report.moves is not before.is_final
        assert (report.old_state, report.duties, report.answers, report.left) == (
            report.new_state,
            (),
            (),
            (),
        )
        moved = report.moves and not dry_run
        assert len(after.events) == len(before.events) + moved
        assert after.owed == before.owed
        assert after.standing.case.missed == before.standing.case.missed
        assert after.standing.case.rungs == before.standing.case.rungs
        if how == "recompute":
            clocks = [
                {
                    c.identity: (c.due, c.state)
                    for c in clocks_of(view_of(one.program, one.standing))
                }
                for one in (before, after)
            ]
            assert clocks[0] == clocks[1]

    @precondition(lambda self: self.number)
    @rule(person=st.sampled_from(["li", "p-plant", "next"]))
    def hand_over(self, person: str) -> None:
        before = self.desk.case(self.number).standing.case.people
        report = self.desk.hand_over("li", person, reason="-", by="q", role="quality")
        after = self.desk.case(self.number).standing.case.people
        moved = any(isinstance(one, Accepted) for one in report.values())
        expected = {r: person if moved and p == "li" else p for r, p in before.items()}
        assert after == expected

    @rule(kind=st.sampled_from(["emergency", "long_term"]))
    def raise_measure(self, kind: str) -> None:
        self.desk.raise_action(self.number, "measure", kind, by="pl", role="plant")

    @rule(
        what=st.sampled_from(WHAT),
        role=st.sampled_from(ROLES),
        key=st.sampled_from(KEYS),
        given=facts,
        everybody=st.booleans(),
        late=st.integers(0, 300),
    )
    def act(
        self,
        what: str,
        role: str,
        key: str,
        given: dict[str, Any],
        everybody: bool,
        late: int,
    ) -> None:
        self._act(what, role, key, given, everybody, late)

    @precondition(lambda self: self.number)
    @rule(pick=st.integers(0, 50), given=facts, late=st.integers(0, 300))
    def act_sensibly(self, pick: int, given: dict[str, Any], late: int) -> None:
        """Something that is owed or possible, by the right role: so that cases get far."""
        view = self.desk.case(self.number)
        options = [(o.duty, (*o.lacking, *o.roles, "sales")[0], o.key) for o in view.owed]
        for code in view.possible:
            step = next(s for s in POLICY.steps if s.code == code)
            options.append((code, getattr(step.by, "names", ("quality",))[0], ""))
        if options:
            what, role, key = options[pick % len(options)]
            role = role if role in ROLES else "plant"
            full = {"effective": True, "problem_real": True, "vague": False, "reason": "r", **given}
            self._act(what, role, key, full, True, late)

    def _act(
        self, what: str, role: str, key: str, given: dict[str, Any], everybody: bool, late: int
    ) -> None:
        before = self.desk.case(self.number)
        received = from_micros(before.standing.case.received, POLICY.calendar.tz)
        details: dict[str, Any] = {
            "by": PEOPLE[role],
            "role": role,
            "key": key,
            "facts": given,
            "present": PEOPLE if everybody else {},
            "at": max(received, self.now - _dt.timedelta(minutes=late)),
            "command_id": f"c{len(self.done)}-{before.standing.case.version}-{what}-{role}-{late}",
        }
        outcome = self.desk.try_do(self.number, what, **details)
        after = self.desk.case(self.number)
        if isinstance(outcome, Refused):
            assert after.events == before.events
            assert outcome.reasons
            for language in ("en", "zh"):
                assert len(outcome.text(language).splitlines()) == len(outcome.reasons)
            return
        assert after.events == (*before.events, *outcome.events)
        step = MOVES.get((before.state, what))
        assert after.state in step if step else after.state == before.state
        self.done.append((what, details, outcome))

    @precondition(lambda self: self.done)
    @rule(pick=st.integers(0, 50))
    def repeat(self, pick: int) -> None:
        """The same command with the same id gives the first outcome and changes nothing."""
        what, details, first = self.done[pick % len(self.done)]
        before = self.desk.case(self.number).events
        again = self.desk.try_do(self.number, what, **details)
        assert isinstance(again, Accepted)
        assert again.events == first.events
        assert self.desk.case(self.number).events == before

    @invariant()
    def the_fold_is_the_standing(self) -> None:
        if self.number:
            case = self.desk.case(self.number)
            assert fold(case.program, self.number, case.events) == case.standing

    @invariant()
    def settling_again_adds_nothing(self) -> None:
        if self.number:
            case = self.desk.case(self.number)
            draft = Draft(case.program, case.standing, World(), to_micros(self.now), "")
            draft.events = list(case.events)
            settle(draft, to_micros(self.now))
            assert draft.events == list(case.events)

    @invariant()
    def a_rung_fires_once(self) -> None:
        if self.number:
            events = self.desk.case(self.number).events
            rungs = [
                (b.duty, b.key, b.round, b.rung, b.repetition)
                for b in (e.body for e in events)
                if isinstance(b, RungReached)
            ]
            missed = [
                (b.duty, b.key, b.round) for b in (e.body for e in events) if isinstance(b, Missed)
            ]
            assert len(rungs) == len(set(rungs))
            assert len(missed) == len(set(missed))

    @invariant()
    def the_trail_is_in_order_and_verifies(self) -> None:
        if self.number:
            events = self.desk.case(self.number).events
            assert [e.position for e in events] == list(range(1, len(events) + 1))
            assert all(a.recorded <= b.recorded for a, b in itertools.pairwise(events))
            assert all(e.occurred <= e.recorded for e in events)
            with self.store.begin() as work:
                assert verify(work.trail(self.number)).ok

    @invariant()
    def closed_means_that_every_gate_held(self) -> None:
        if self.number and (case := self.desk.case(self.number)).state == "closed":
            steps = case.standing.case.steps
            assert {"file_sheet", "verify", "confirm_grade"} <= set(steps)

    def teardown(self) -> None:
        """What is carried over from view to view is what a new view would compute."""
        if not self.number:
            return
        case = self.desk.case(self.number)
        program = case.program
        course = Course(program, fold(program, self.number, ()))
        for event in case.events:
            course.add(event)
            bare = attrs.evolve(course.standing, waits=None, answers={})
            view, fresh = course.view, view_of(program, bare)
            assert {name: view[name] for name in program.readers} == {
                name: fresh[name] for name in program.readers
            }
            for duty in POLICY.duties:
                assert states_of(view, duty) == states_of(fresh, duty)
            assert course.first() == Course(program, bare).first()


OneCase.TestCase.settings = settings(max_examples=40, stateful_step_count=40)
TestOneCase = OneCase.TestCase
