"""Running scenarios: a pure function from a policy and scenarios to a report.

Each scenario has a desk, a memory store and a clock of its own; nothing outside is read or
written, so scenarios may run in any order and in parallel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import attrs
from pendulum import DateTime

from complaintflow.audit.events import Event
from complaintflow.desk.desk import Desk
from complaintflow.engine.commands import Do, Merge, Receive
from complaintflow.engine.outcome import Decision, Refused
from complaintflow.engine.period import number_of_period
from complaintflow.engine.program import Program
from complaintflow.engine.standing import fold
from complaintflow.errors import ComplaintFlowError, RefusedError
from complaintflow.moments import from_micros
from complaintflow.policy.policy import Policy
from complaintflow.simulation.scenarios.checks import check
from complaintflow.simulation.scenarios.entries import PERIOD
from complaintflow.simulation.scenarios.giving import give
from complaintflow.simulation.scenarios.look import Look, Seen
from complaintflow.simulation.scenarios.refusals import check_refusal
from complaintflow.simulation.scenarios.report import Checked, Report, Result
from complaintflow.simulation.scenarios.rules import (
    Rule,
    rules_of,
    touched_by_case,
    touched_by_expectation,
    touched_by_people,
    touched_by_refusal,
)
from complaintflow.simulation.scenarios.scenario import Entry, Scenario
from complaintflow.simulation.scenarios.texts import LANGUAGES, same, say
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore

__all__ = ["NewStore", "run_scenario", "run_scenarios"]


NewStore: TypeAlias = Callable[[], CaseStore]
"""Makes an empty store for one scenario."""


def run_scenarios(
    policy: Policy, scenarios: Iterable[Scenario], *, store: NewStore = MemoryStore
) -> Report:
    """Run *scenarios* through *policy*.

    A pure function: the same policy and scenarios give the same report. What the policy refuses
    and what goes wrong in a scenario stands in the report; nothing is raised.

    Args:
        policy: The policy.
        scenarios: From `complaintflow.simulation.scenarios.load_scenarios`.
        store: What keeps the cases of a scenario; by default memory. A host may try its own.
    """
    program = Program(policy)
    results = tuple(
        _Run(Program(one.policy) if one.policy else program, one, store()).result()
        for one in scenarios
    )
    return Report(policy, results, rules_of(policy))


def run_scenario(policy: Policy, scenario: Scenario) -> Result:
    """Run one scenario."""
    return _Run(Program(scenario.policy or policy), scenario, MemoryStore()).result()


class _Run:
    """One scenario being run."""

    def __init__(self, program: Program, scenario: Scenario, store: CaseStore) -> None:
        self.program = program
        self.policy = program.policy
        self.scenario = scenario
        self.now = 0
        self.desk = Desk(self.policy, store=store, now=self._present)
        self.numbers: dict[str, str] = {}
        self.fresh: dict[str, tuple[Event, ...]] = {}
        self.checks: list[Checked] = []
        self.touched: set[Rule] = set()

    def _present(self) -> DateTime:
        return self._instant(self.now)

    def _instant(self, micros: int) -> DateTime:
        return from_micros(micros, self.policy.calendar.tz)

    def result(self) -> Result:
        """Run it to its end, or to the first command that does not go as expected."""
        if not self.scenario.problems:
            for index, entry in enumerate(self.scenario.entries):
                if not self._entry(index, entry):
                    break
        return Result(self.scenario, tuple(self.checks), frozenset(self.touched))

    def _entry(self, index: int, entry: Entry) -> bool:
        """Run one entry; whether the scenario can go on."""
        self.now = max(self.now, entry.recorded)
        if entry.case.startswith(PERIOD) and entry.case not in self.numbers:
            label = entry.case.removeprefix(PERIOD)
            self.desk.sweep()  # opens it, if it has begun
            self.numbers[entry.case] = number_of_period(self.policy, label)
        try:
            entry = self._placed(entry)
            fresh, good = self._acted(index, entry)
            if good and entry.refused is None:
                self._look(entry, fresh)
        except ComplaintFlowError as error:
            self._add("error", "", "-", Seen(False, same(str(error))), entry.line)
            return False
        return good

    def _placed(self, entry: Entry) -> Entry:
        """An entry inside a link is about a case of its own, which has its number from there."""
        if not entry.inside:
            return entry
        name = f"{entry.case}/{entry.inside}"
        if name not in self.numbers:
            self.numbers[name] = f"{self.numbers.get(entry.case, '')}/{entry.inside}"
            opened = self.desk.case(self.numbers[name])
            self.fresh[name] = opened.events
            self.touched |= touched_by_case(self.program, opened.standing, opened.events)
        return attrs.evolve(entry, case=name)

    def _acted(self, index: int, entry: Entry) -> tuple[tuple[Event, ...], bool]:
        """Give the command; what it added to the case, and whether it went as expected."""
        if entry.what is None:
            return (self._swept(entry) if entry.sweep else self.fresh.get(entry.case, ())), True
        before = self._version(entry.case)
        try:
            number = self.numbers.get(entry.case, "")
            decision: Decision = give(self.desk, number, self._named(entry), f"{index + 1}")
        except RefusedError as error:
            decision = error.refused
        if isinstance(decision, Refused):
            return (), self._refused(entry, decision, before)
        self.numbers.setdefault(entry.case, decision.standing.case.id)
        if entry.refused is not None:
            seen = Seen(False, say("came accepted"))
            self._add("refused", "", entry.refused.said, seen, entry.refused.line)
            return (), False
        return decision.events, True

    def _named(self, entry: Entry) -> Entry:
        """*entry* with the number of the case that it merges into, in place of its name."""
        if not isinstance(entry.what, Merge):
            return entry
        into = self.numbers.get(entry.what.into, entry.what.into)
        return attrs.evolve(entry, what=attrs.evolve(entry.what, into=into))

    def _refused(self, entry: Entry, refused: Refused, before: int) -> bool:
        self.touched |= touched_by_people(self.program, refused)
        match entry.what:
            case Do(step) | Receive(str(step)):
                self.touched |= touched_by_refusal(self.program, step, refused)
        text = {language: refused.text(language) for language in LANGUAGES}
        wanted = entry.refused
        if wanted is None:
            seen = Seen(False, say("came refused"), (text,))
            self._add("accepted", "", "accepted", seen, entry.line)
            return False
        self._add("refused", "", "refused", Seen(True, say("came refused")), wanted.line)
        for said, seen in check_refusal(wanted, refused):
            self._add("reason", "", said, seen, wanted.line)
        if self._version(entry.case) != before:
            seen = Seen(False, say("came changed"))
            self._add("unchanged", "", "unchanged", seen, wanted.line)
        self._look(entry, ())
        return True

    def _version(self, case: str) -> int:
        number = self.numbers.get(case)
        return 0 if number is None else self.desk.case(number).standing.case.version

    def _swept(self, entry: Entry) -> tuple[Event, ...]:
        number = self.numbers.get(entry.case)
        found: list[Event] = []
        for accepted in self.desk.sweep():
            self.touched |= touched_by_case(self.program, accepted.standing, accepted.events)
            if accepted.standing.case.id == number:
                found += accepted.events
        return tuple(found)

    def _look(self, entry: Entry, fresh: tuple[Event, ...]) -> None:
        """Check everything that must be so after *entry*."""
        self.fresh[entry.case] = fresh
        look = self._case(entry.case, fresh)
        if look.standing.case.state:
            self.touched |= touched_by_case(self.program, look.standing, fresh)
        for wanted in entry.expects:
            self.touched |= touched_by_expectation(self.program, look.standing, wanted)
            self._add(wanted.kind, wanted.subject, wanted.said, check(look, wanted), wanted.line)

    def _case(self, name: str, fresh: tuple[Event, ...]) -> Look:
        names = {number: label for label, number in self.numbers.items()}
        number = self.numbers.get(name)
        if number is None:
            return Look(self.program, fold(self.program, "", ()), self.now, (), (), names)
        case = self.desk.case(number)
        return Look(self.program, case.standing, self.now, case.events, fresh, names)

    def _add(self, kind: str, subject: str, wanted: str, seen: Seen, line: int) -> None:
        self.checks.append(Checked(kind, subject, wanted, seen, line))
