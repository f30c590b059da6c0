"""What came of scenarios, as data."""

from __future__ import annotations

import attrs

from complaintflow.policy.policy import Policy
from complaintflow.simulation.scenarios.look import Seen
from complaintflow.simulation.scenarios.rules import Rule
from complaintflow.simulation.scenarios.scenario import Scenario
from complaintflow.simulation.scenarios.texts import Text, say

__all__ = ["Checked", "Report", "Result"]


@attrs.frozen
class Checked:
    """One expectation and what came of it.

    Args:
        kind: As in the file: ``due``, ``state`` ...; ``accepted`` for a command that had to be.
        subject: What it is about; empty for the case as a whole.
        wanted: What was expected.
        seen: What came, and why.
        line: Line in the file.
    """

    kind: str
    subject: str
    wanted: str
    seen: Seen
    line: int

    @property
    def passed(self) -> bool:
        """Whether it is so."""
        return self.seen.passed

    @property
    def what(self) -> Text:
        """What it is about, in words."""
        return say(self.kind, subject=self.subject)


@attrs.frozen
class Result:
    """What came of one scenario.

    Args:
        scenario: The scenario.
        checks: Its expectations, in order, as far as it came. A command that was refused and
            should not have been ends it.
        touched: The rules that it touched.
    """

    scenario: Scenario
    checks: tuple[Checked, ...]
    touched: frozenset[Rule] = frozenset()

    @property
    def failures(self) -> tuple[Checked, ...]:
        """What is not as expected."""
        return tuple(one for one in self.checks if not one.passed)

    @property
    def expectations(self) -> int:
        """How many expectations were looked at."""
        return sum(1 for one in self.checks if one.kind not in ("accepted", "error"))

    @property
    def unreached(self) -> int:
        """How many expectations were not reached."""
        return max(0, self.scenario.count - self.expectations)

    @property
    def holds(self) -> bool:
        """Whether everything is as expected, whatever the status says."""
        return not self.failures and not self.scenario.problems

    @property
    def status(self) -> str:
        """``passed``, ``failed``, ``waits``, or ``early``: it waits for something, but passes."""
        if self.scenario.waits_for:
            return "early" if self.holds else "waits"
        return "passed" if self.holds else "failed"


@attrs.frozen
class Report:
    """What came of the scenarios of a policy.

    Args:
        policy: The policy.
        results: What came of each scenario, in the order of the file.
        rules: Every rule of the policy, in its order.
    """

    policy: Policy = attrs.field(repr=lambda policy: policy.id)
    results: tuple[Result, ...]
    rules: tuple[Rule, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every scenario is as its status says."""
        return all(result.status in ("passed", "waits") for result in self.results)

    @property
    def expectations(self) -> int:
        """How many expectations were looked at, those of waiting scenarios left out."""
        return sum(result.expectations for result in self.results if not result.scenario.waits_for)

    @property
    def touched(self) -> frozenset[Rule]:
        """The rules that a scenario touches that must pass."""
        return frozenset().union(
            *(result.touched for result in self.results if not result.scenario.waits_for)
        )

    @property
    def untouched(self) -> tuple[Rule, ...]:
        """The rules that no scenario touches, in the order of the policy."""
        touched = self.touched
        return tuple(rule for rule in self.rules if rule not in touched)

    def count(self, *statuses: str) -> int:
        """How many scenarios have one of these statuses."""
        return sum(result.status in statuses for result in self.results)

    def text(self, language: str = "en", *, verbose: bool = False) -> str:
        """The report for people, in ``en`` or ``zh``; *verbose* lists what passed too."""
        from complaintflow.simulation.scenarios.printing import report_text

        return report_text(self, language, verbose=verbose)
