"""The pytest plugin: scenario files beside a policy are files of tests."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

pytest_plugins = ("pytester",)

PLUGIN = ("-p", "complaintflow.testing.plugin", "-p", "no:cacheprovider")

POLICY = """
policy = { id = "shop", version = "1", semantics = 1, calendar = "office", final = ["closed"] }
[calendar.office]
timezone = "Europe/Berlin"
week = { "mon-fri" = ["09:00-17:00"] }
[clauses]
C1 = "Complaints are received"
[roles]
clerk = "C1"
[facts]
"calm" = "yes/no"
[step]
receive = { clause = "C1", by = "clerk", to = "open" }
close = { clause = "C1", by = "clerk", from = "open", to = { calm = "closed", else = "$angry" } }
[duty]
answer = { clause = "C1", owner = "clerk", starts = "receive", within = "2 h" }
[choices]
angry = { clause = "C1", why = "nothing is said of angry customers" }
"""

GOOD = """
[[scenario]]
name = "answered in time"
entries = [{ at = "2026-03-03 10:00", do = "receive", expect = { due = { answer = "2026-03-03 12:00" } } }]
[[scenario]]
name = "calm is {calm}"
columns = ["calm"]
rows = [[true], [false]]
entries = [
  { at = "2026-03-03 10:00", do = "receive", facts = { calm = "{calm}" }, expect = { calm = "{calm}" } },
]
"""
WRONG = """
[[scenario]]
name = "too early"
entries = [{ at = "2026-03-03 10:00", do = "receive", expect = { due = { answer = "2026-03-03 11:00" } } }]
"""
WAITS = """
[[scenario]]
name = "{name}"
status = "waits for spring"
entries = [{ at = "2026-03-03 10:00", do = "receive", expect = { state = "{state}" } }]
columns = ["name", "state"]
"""


def run(pytester: pytest.Pytester, scenarios: str, *arguments: str) -> pytest.RunResult:
    folder = pytester.mkdir("shop")
    (folder / "policy.toml").write_text(POLICY, "utf-8")
    (folder / "scenarios.toml").write_text(scenarios, "utf-8")
    return pytester.runpytest_inprocess(*PLUGIN, *arguments)


def test_every_scenario_and_every_row_is_a_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, GOOD, "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        [
            "*shop/scenarios.toml::answered in time PASSED*",
            "*shop/scenarios.toml::calm is yes PASSED*",
            "*shop/scenarios.toml::calm is no PASSED*",
            "*shop 1: scenarios 3 (3 passed, 0 failed, 0 waiting), expectations 3*",
            "*rules touched by a scenario: 4 of 8*",
            "*no scenario touches:*",
            "*state closed*",
            "*branch close to $angry (C1)*",
            "*open items of the procedure:*",
            "*angry (C1): nothing is said of angry customers*",
        ]
    )


def test_a_failure_says_what_was_expected_what_came_and_why(pytester: pytest.Pytester) -> None:
    result = run(pytester, WRONG)
    result.assert_outcomes(failed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "*FAILED too early (*scenarios.toml:3)*",
            "*line 4: due instant of answer: expected 2026-03-03 11:00:00, got 2026-03-03 12:00:00*",
            "*2 h from Tue 2026-03-03 10:00*",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_it_speaks_chinese(pytester: pytest.Pytester) -> None:
    result = run(pytester, WRONG, "--scenario-language=zh")
    result.stdout.fnmatch_lines(
        ["*应为 2026-03-03 11:00:00，实为 2026-03-03 12:00:00*", "*程序文件的未决事项*"]
    )


def test_a_part_of_the_scenarios_is_not_blamed_for_the_rest(pytester: pytest.Pytester) -> None:
    result = run(pytester, GOOD, "-k", "calm")
    result.assert_outcomes(passed=2, deselected=1)
    result.stdout.fnmatch_lines(["*scenarios 2 (2 passed, 0 failed, 0 waiting), expectations 2*"])
    result.stdout.no_fnmatch_line("*no scenario touches*")


def test_what_waits_is_an_expected_failure(pytester: pytest.Pytester) -> None:
    result = run(pytester, f'{WAITS}rows = [["not yet", "closed"]]', "-rx")
    result.assert_outcomes(xfailed=1)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        [
            "*(0 passed, 0 failed, 1 waiting)*",
            "*waiting not yet: waits for spring*",
            "XFAIL*waits for spring*",
        ]
    )


def test_what_waits_and_passes_fails(pytester: pytest.Pytester) -> None:
    result = run(pytester, f'{WAITS}rows = [["early", "open"]]')
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(['*waits for spring, but passes; say status = "passes"*'])


def test_a_file_that_cannot_be_read_is_an_error_with_every_problem(
    pytester: pytest.Pytester,
) -> None:
    result = run(pytester, GOOD.replace("do =", "doo ="))
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*scenarios.toml:4:*did you mean 'do'?*", "*scenarios.toml:10:*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_policy_that_cannot_be_read_is_an_error(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("shop")
    (folder / "policy.toml").write_text(POLICY.replace('"2 h"', '"2 hrz"'), "utf-8")
    (folder / "scenarios.toml").write_text(GOOD, "utf-8")
    result = pytester.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*policy.toml:*duty.answer.within*"])


def test_a_scenario_file_without_a_policy_is_somebody_elses(pytester: pytest.Pytester) -> None:
    (pytester.path / "scenarios.toml").write_text("x = 1", "utf-8")
    assert pytester.runpytest_inprocess(*PLUGIN).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_junit_knows_how_many_expectations_there_were(pytester: pytest.Pytester) -> None:
    run(pytester, GOOD, "--junitxml=found.xml")
    properties = ElementTree.parse(pytester.path / "found.xml").findall(".//property")
    assert [(one.get("name"), one.get("value")) for one in properties] == [
        ("expectations", "1")
    ] * 3


def test_the_summary_is_whole_when_the_scenarios_run_side_by_side(
    pytester: pytest.Pytester,
) -> None:
    pytest.importorskip("xdist")
    result = run(pytester, GOOD, "-n", "1")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*scenarios 3 (3 passed*", "*touched by a scenario: 4 of 8*"])


def test_a_host_brings_functions_of_its_own(pytester: pytest.Pytester) -> None:
    """The hook gives the domain with which the policy is loaded."""
    pytester.makeconftest(
        """
        from complaintflow.domain.types import Simple
        from complaintflow.policy.expression import Function

        class Domain:
            facts = {}
            functions = {"loud": Function((Simple("text"),), Simple("yes/no"), str.isupper)}

        def pytest_complaintflow_domain(folder):
            assert folder.name == "shop"
            return Domain()
        """
    )
    folder = pytester.mkdir("shop")
    policy = POLICY.replace('"calm" = "yes/no"', 'calm = "yes/no"\nwords = "text"').replace(
        'answer = { clause = "C1", ', 'answer = { clause = "C1", if = "loud(words)", '
    )
    (folder / "policy.toml").write_text(policy, "utf-8")
    scenario = GOOD.replace('do = "receive",', 'do = "receive", facts = { words = "HO" },', 1)
    (folder / "scenarios.toml").write_text(scenario, "utf-8")
    pytester.runpytest_inprocess(*PLUGIN).assert_outcomes(passed=3)


def test_other_tests_are_left_alone(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_one():\n    assert True")
    result = pytester.runpytest_inprocess(*PLUGIN)
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*scenarios*")
