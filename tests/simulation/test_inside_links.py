"""Scenarios that go on inside the case that a link has opened."""

from __future__ import annotations

import pytest

from complaintflow.errors import ScenarioFileError
from complaintflow.policyfile import loads
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import loads_scenarios
from complaintflow.simulation.scenarios.report import Report

GROUP = loads("""
policy = { id = "group", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[roles]
office = "L1"
company = "L1"
[facts]
"companies" = "some of: north, south"
"company" = "one of: north, south"
cause = "text"
[step]
receive = { by = "office", to = "open", asks = ["companies"] }
take_over = { by = "company", to = "inside" }
find = { by = "company", from = "inside", to = "closed", asks = ["cause"] }
close = { by = "office", from = "open", to = "closed", needs = { L1 = "sites" } }
[duty]
answer = { owner = "company", starts = "take_over", ends = "find", within = "24 h" }
[link]
sites = { clause = "L1", opens = "a case of each", starts = "receive", each = "companies", member = "company", step = "take_over" }
lab = { clause = "L1", opens = "the laboratory", starts = "receive" }
""")


def run(entries: str) -> Report:
    text = f"[[scenario]]\nname = 'x'\nentries = [{entries}]"
    return run_scenarios(GROUP, loads_scenarios(text, GROUP))


OPENED = "{ at = '2026-03-10 09:00', do = 'receive', facts = { companies = ['north', 'south'] } },"


def test_an_entry_inside_is_about_the_case_that_the_link_opened() -> None:
    report = run(
        OPENED
        + "{ at = '09:30', in = 'sites.north', expect = { state = 'inside', company = 'north',"
        " due = { answer = '2026-03-11 09:00' } } },"
        "{ at = '10:00', in = 'sites.north', do = 'find', facts = { cause = 'seal' },"
        " expect = { final = true } },"
        "{ at = '10:01', expect = { state = 'open', not_opened = [] } },"
        "{ at = '10:02', do = 'close', refused = [{ reason = 'need-not-met', clause = 'L1' }] },"
        "{ at = '11:00', in = 'sites.south', do = 'find', refused = 'fact-missing' },"
        "{ at = '11:00', in = 'sites.south', do = 'find', facts = { cause = 'seal' } },"
        "{ at = '11:01', do = 'close', expect = { final = true, closed = ['sites'] } }"
    )
    assert report.passed, report.text()
    assert report.untouched == ()


def test_what_is_expected_of_the_case_inside_can_fail() -> None:
    report = run(OPENED + "{ at = '09:30', in = 'sites.north', expect = { company = 'south' } }")
    assert not report.passed


def test_a_case_that_was_never_opened_stops_the_scenario() -> None:
    report = run(
        "{ at = '2026-03-10 09:00', do = 'receive', facts = { companies = ['north'] } },"
        "{ at = '09:30', in = 'sites.south', expect = { state = 'inside' } },"
        "{ at = '09:40', expect = { state = 'open' } }"
    )
    (result,) = report.results
    assert [check.kind for check in result.checks] == ["error"]


@pytest.mark.parametrize(
    ("entry", "message", "suggestion"),
    [
        ("in = 'site.north', expect = { state = 'open' }", "no link is called 'site'", "sites"),
        ("in = 'lab', expect = { state = 'open' }", "lab opens no case under this policy", None),
        (
            "in = 'sites.north', do = 'take_over'",
            "the link has opened that case already",
            None,
        ),
    ],
)
def test_only_a_link_that_opens_a_case_has_an_inside(
    entry: str, message: str, suggestion: str | None
) -> None:
    with pytest.raises(ScenarioFileError) as caught:
        run(OPENED + f"{{ at = '10:00', {entry} }}")
    (problem,) = caught.value.problems
    assert message in problem.message
    assert problem.suggestion == suggestion
