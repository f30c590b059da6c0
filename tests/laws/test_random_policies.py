"""Random commands under random policies: the engine against plain tables, whatever the policy."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from complaintflow.audit.chain import verify
from complaintflow.audit.events import Missed, RungReached
from complaintflow.desk.desk import Desk
from complaintflow.engine.clocks import clock_of
from complaintflow.engine.duties import states_of
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.engine.standing import fold, view_of
from complaintflow.errors import RefusedError
from complaintflow.moments import instant, to_micros
from complaintflow.policyfile import loads
from complaintflow.store.memory import MemoryStore
from complaintflow.testing.lived import FLAGS, ROLES, policy_texts
from complaintflow.testing.table_model import TableModel

FACTS = st.fixed_dictionaries(
    {},
    optional={
        **{flag: st.sampled_from([True, False, None]) for flag in FLAGS},
        "waiting": st.booleans(),
        "loss": st.sampled_from(["0 CNY", "4999.99 CNY", "5000 CNY", None]),
    },
)


class AnyPolicy(RuleBasedStateMachine):
    """One case under any policy, any commands by anybody; the tables follow what is accepted."""

    @initialize(text=policy_texts(), given=FACTS)
    def receive(self, text: str, given: dict[str, Any]) -> None:
        self.policy = loads(text)
        self.now = instant("2026-03-10T09:00", "Asia/Shanghai")
        self.store = MemoryStore()
        self.desk = Desk(self.policy, store=self.store, now=lambda: self.now)
        self.table = TableModel(self.policy)
        self.count = 0
        accepted = self.desk.receive(given, by="li", role="sales")
        self.number = accepted.case.id
        self.table.happen(self.at, step="receive", to="taken", facts=self.typed(accepted))

    @property
    def at(self) -> int:
        return to_micros(self.now)

    def typed(self, accepted: Accepted) -> dict[str, Any]:
        """The facts of the command's own event, as values."""
        bodies = [getattr(event.body, "facts", None) for event in accepted.events]
        return dict(next((found for found in bodies if found is not None), {}))

    def attempt(self, what: str, role: str, *, may: bool, **details: Any) -> Accepted | None:
        """Try it: accepted just when the tables say so; a refusal changes nothing."""
        before = self.desk.case(self.number)
        self.count += 1
        command = f"{self.number}/{self.count}"
        outcome: Decision = self.desk.try_do(
            self.number, what, by=f"p-{role}", role=role, command_id=command, **details
        )
        after = self.desk.case(self.number)
        if isinstance(outcome, Refused):
            assert not may, outcome.text()
            assert outcome.reasons
            assert after.events == before.events
            return None
        assert may, f"{what} by {role} was accepted"
        assert after.events == (*before.events, *outcome.events)
        again = self.desk.try_do(
            self.number, what, by=f"p-{role}", role=role, command_id=command, **details
        )
        assert isinstance(again, Accepted)
        assert again.events == outcome.events
        assert self.desk.case(self.number).events == after.events
        return outcome

    # -- what people do ------------------------------------------------------------------

    @rule(minutes=st.integers(1, 60 * 50))
    def wait(self, minutes: int) -> None:
        self.now = self.now.add(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        self.desk.sweep()
        assert self.desk.sweep() == ()

    @rule(given=FACTS)
    def note(self, given: dict[str, Any]) -> None:
        accepted = self.desk.note(self.number, given, by="li", role="sales")
        self.table.happen(self.at, facts=self.noted(accepted))

    def noted(self, accepted: Accepted) -> dict[str, Any]:
        swept = (Missed, RungReached)
        own = next(event.body for event in accepted.events if not isinstance(event.body, swept))
        return dict(getattr(own, "facts", {}))

    @rule(pick=st.integers(0, 20), role=st.sampled_from(ROLES), given=FACTS)
    def step(self, pick: int, role: str, given: dict[str, Any]) -> None:
        steps = [step for step in self.policy.steps if step.source]
        step = steps[pick % len(steps)]
        facts = self.values(given)
        to = self.table.target_of(step, role, facts)
        if self.attempt(step.code, role, may=to is not None, facts=given) is not None and to:
            self.table.happen(self.at, step=step.code, to=to, facts=facts)

    def values(self, given: dict[str, Any]) -> dict[str, Any]:
        from complaintflow.domain.types import read

        kinds = {fact.code: fact.type for fact in self.policy.facts}
        return {
            name: None if raw is None else read(kinds[name], raw) for name, raw in given.items()
        }

    @rule(pick=st.integers(0, 20), role=st.sampled_from(ROLES))
    def act(self, pick: int, role: str) -> None:
        duty = self.policy.duties[pick % len(self.policy.duties)]
        if self.attempt(duty.code, role, may=self.table.may_act(duty, role)) is not None:
            self.table.act(duty.code, self.at)

    @rule(pick=st.integers(0, 20))
    def act_as_owed(self, pick: int) -> None:
        """Something that is owed, by who owes it: so that cases get far."""
        owed = self.desk.case(self.number).owed
        if owed:
            one = owed[pick % len(owed)]
            assert self.attempt(one.duty, one.roles[0], may=True) is not None
            self.table.act(one.duty, self.at)

    @rule(pick=st.integers(0, 20), role=st.sampled_from(ROLES))
    def waive(self, pick: int, role: str) -> None:
        duty = self.policy.duties[pick % len(self.policy.duties)]
        may = duty.life.waived_by is not None and role == "quality"
        may = may and self.table.progress(duty, self.table.view()) == "owed"
        details: dict[str, Any] = {"by": f"p-{role}", "role": role, "reason": "not needed"}
        if may:
            self.desk.waive(self.number, duty.code, **details)
            self.table.waive(duty.code, self.at)
        else:
            with pytest.raises(RefusedError):
                self.desk.waive(self.number, duty.code, **details)

    @rule(role=st.sampled_from(ROLES), said=st.booleans())
    def vote(self, role: str, said: bool) -> None:
        (approval,) = self.policy.approvals
        details: dict[str, Any] = {"by": f"p-{role}", "role": role}
        if role in self.table.turn(approval):
            self.desk.approve(self.number, approval.code, said, **details)
            self.table.vote(approval.code, role, said, self.at)
        else:
            with pytest.raises(RefusedError):
                self.desk.approve(self.number, approval.code, said, **details)

    # -- what holds ----------------------------------------------------------------------

    @invariant()
    def the_tables_agree(self) -> None:
        """State, grade, the approval, and how each duty stands."""
        case = self.desk.case(self.number)
        view = view_of(case.program, case.standing)
        tables = self.table.view()
        assert case.state == self.table.state
        names = ["grade", "consent", *self.table.facts, *(step.code for step in self.policy.steps)]
        assert {name: view[name] for name in names} == {name: tables[name] for name in names}
        for duty in self.policy.duties:
            (state,) = states_of(view, duty)
            assert state.progress == self.table.progress(duty, tables), duty.code
            assert state.round == len(self.table.rounds[duty.code]), duty.code

    @invariant()
    def due_instants_are_those_of_the_naive_oracle(self) -> None:
        case = self.desk.case(self.number)
        view = view_of(case.program, case.standing)
        for duty in self.policy.duties:
            (state,) = states_of(view, duty)
            if duty.target is not None and state.progress in ("owed", "done"):
                assert clock_of(view, state).due == self.table.due(duty), duty.code

    @invariant()
    def the_fold_is_the_standing_and_the_trail_is_whole(self) -> None:
        case = self.desk.case(self.number)
        events = case.events
        assert fold(case.program, self.number, events) == case.standing
        assert [event.position for event in events] == list(range(1, len(events) + 1))
        assert all(a.recorded <= b.recorded for a, b in itertools.pairwise(events))
        with self.store.begin() as work:
            assert verify(work.trail(self.number)).ok

    @invariant()
    def each_rung_and_each_miss_is_recorded_once(self) -> None:
        bodies = [event.body for event in self.desk.case(self.number).events]
        rungs = [
            (b.duty, b.key, b.round, b.rung, b.repetition)
            for b in bodies
            if isinstance(b, RungReached)
        ]
        missed = [(b.duty, b.key, b.round) for b in bodies if isinstance(b, Missed)]
        assert len(rungs) == len(set(rungs))
        assert len(missed) == len(set(missed))


TestAnyPolicy = AnyPolicy.TestCase
TestAnyPolicy.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
