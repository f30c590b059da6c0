"""pytest plugin: every ``scenarios.toml`` beside a ``policy.toml`` is a file of tests.

It is found by itself where the package is installed. Each scenario is a test, each row of a table
one of its own, so ``-k``, ``-x``, ``--junitxml`` and ``-n`` (pytest-xdist) work as with any test.
A scenario that waits for something counts as an expected failure, and fails if it passes. At the
end it says how many expectations there were, which rules no scenario touched, and what the
procedure leaves open.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from complaintflow.policy.policy import Policy
    from complaintflow.policyfile.load import Host
    from complaintflow.simulation.scenarios.report import Result
    from complaintflow.simulation.scenarios.scenario import Scenario

# Nothing of the package is imported before a scenario file is met: hosts that have none pay
# nothing for the plugin.

__all__ = ["Hooks", "ScenarioFailedError", "ScenarioFile", "ScenarioItem"]

FILE = "scenarios.toml"
POLICY = "policy.toml"
_DATA = "complaintflow"


class Hooks:
    """Hooks that a ``conftest.py`` may implement."""

    @pytest.hookspec(firstresult=True)
    def pytest_complaintflow_domain(self, folder: Path) -> Host | None:
        """The host's domain for the policy in *folder*: its own facts and functions."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the hooks."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("complaintflow")
    group.addoption(
        "--scenario-language",
        choices=("en", "zh"),
        default="en",
        help="Language in which scenarios say what failed and why.",
    )
    group.addoption(
        "--policy-domain",
        metavar="MODULE:NAME",
        help="The domain of policies for which no conftest.py gives one.",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take scenario files that lie beside a policy."""
    if file_path.name == FILE and file_path.with_name(POLICY).is_file():
        return ScenarioFile.from_parent(parent, path=file_path)
    return None


class ScenarioFailedError(Exception):
    """What was expected of a scenario did not come; the text says what, and why."""


class ScenarioFile(pytest.File):
    """The scenarios of one policy."""

    def collect(self) -> Iterator[ScenarioItem]:
        """One test for each scenario."""
        from complaintflow.errors import ComplaintFlowError
        from complaintflow.simulation.scenarios.reader import load_scenarios

        try:
            policy = _policy(self.config, self.path)
            scenarios = load_scenarios(
                _shown(self.path),
                policy,
                variant=lambda parameters: _policy(self.config, self.path, parameters),
            )
        except ComplaintFlowError as error:
            raise self.CollectError(str(error)) from None
        for scenario in scenarios:
            yield ScenarioItem.from_parent(
                self, name=scenario.name, policy=policy, scenario=scenario, total=len(scenarios)
            )


class ScenarioItem(pytest.Item):
    """One scenario."""

    def __init__(self, *, policy: Policy, scenario: Scenario, total: int, **rest: Any) -> None:
        super().__init__(**rest)
        self.policy = policy
        self.scenario = scenario
        self.total = total
        self.result: Result | None = None

    def runtest(self) -> None:
        """Run it.

        Raises:
            ScenarioFailedError: it is not as its status says.
        """
        from complaintflow.simulation.runner import run_scenario
        from complaintflow.simulation.scenarios.printing import result_text

        self.result = result = run_scenario(self.policy, self.scenario)
        self.user_properties.append(("expectations", result.expectations))
        if result.status == "waits":
            pytest.xfail(f"waits for {self.scenario.waits_for}")
        if result.status != "passed":
            language = self.config.getoption("--scenario-language")
            raise ScenarioFailedError(result_text(result, language))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was expected, what came, and why; a traceback only for what is no scenario's."""
        if isinstance(excinfo.value, ScenarioFailedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line from 0, and name."""
        return self.path, max(0, self.scenario.line - 1), self.scenario.name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the report carry what the summary needs, from wherever the scenario ran."""
    report = yield
    if isinstance(item, ScenarioItem) and item.result is not None and call.when == "call":
        data = {
            "file": str(item.path),
            "total": item.total,
            "status": item.result.status,
            "name": item.scenario.name,
            "waits": item.scenario.waits_for,
            "expectations": item.result.expectations,
            "touched": [[rule.kind, rule.code] for rule in item.result.touched],
        }
        setattr(report, _DATA, data)
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say how many expectations there were, what was not touched, what is left open."""
    found: dict[str, list[dict[str, Any]]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            data = getattr(report, _DATA, None)
            if isinstance(data, dict):
                found.setdefault(data["file"], []).append(data)
    for file in sorted(found):
        policy = _policy(config, Path(file))
        terminalreporter.section(f"scenarios of {policy.id}")
        language = config.getoption("--scenario-language")
        terminalreporter.write_line(_summary(policy, found[file], language))


def _summary(policy: Policy, reports: list[dict[str, Any]], language: str) -> str:
    from complaintflow.simulation.scenarios.printing import (
        head_text,
        open_items_text,
        rules_text,
        waiting_text,
    )
    from complaintflow.simulation.scenarios.rules import Rule, rules_of

    held = [data for data in reports if data["status"] != "waits"]
    lines = [
        head_text(
            f"{policy.id} {policy.version}",
            tuple(data["status"] for data in reports),
            sum(data["expectations"] for data in held),
            language,
        )
    ]
    lines += [
        waiting_text(data["name"], data["waits"], language)
        for data in reports
        if data["status"] == "waits"
    ]
    # Of a part of the scenarios it would be unfair to say what they leave out.
    if len(reports) == reports[0]["total"]:
        touched = {Rule(kind, code) for data in held for kind, code in data["touched"]}
        rules = rules_of(policy)
        lines.append(rules_text(rules, [rule for rule in rules if rule not in touched], language))
    if policy.open_items:
        lines.append(open_items_text(policy, language))
    return "\n".join(lines)


def _policy(
    config: pytest.Config, file: Path, parameters: Mapping[str, Any] | None = None
) -> Policy:
    from complaintflow.policyfile.load import load_policy

    domain = config.hook.pytest_complaintflow_domain(folder=file.parent)
    named = config.getoption("--policy-domain")
    if domain is None and named is not None:
        from complaintflow.cli.domains import find_domain

        domain = find_domain(named)
    return load_policy(_shown(file.parent), domain=domain, parameters=parameters)


def _shown(path: Path) -> Path:
    """*path* as people see it from where they stand."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
