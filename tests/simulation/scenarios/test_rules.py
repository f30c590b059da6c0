"""What counts as a rule that a scenario can touch."""

from __future__ import annotations

from complaintflow.policyfile import loads
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import loads_scenarios

HALF_SAID = """
policy = { id = "half", version = "1", semantics = 1, calendar = "office", final = ["closed"] }
[calendar.office]
timezone = "Europe/Berlin"
week = { "mon-fri" = ["09:00-17:00"] }
[roles]
clerk = "1"
[step]
receive = { by = "clerk", to = "open" }
go_on = { by = "clerk", from = "open", to = "$where_to" }
close = { by = "clerk", from = "open", to = "closed" }
[duty]
think = { owner = "clerk", starts = "$when", within = "4 h" }
write = { owner = "clerk", starts = "receive" }
[choices]
where_to = { why = "the page is torn" }
when = { why = "no start is given" }
"""

FIRST = """
[[scenario]]
name = "open"
entries = [{ at = "2026-03-03 10:00", do = "receive" }, { do = "close" }]
"""

SECOND = """
[[scenario]]
name = "torn"
entries = [{ at = "2026-03-03 10:00", do = "receive" }, { do = "go_on", refused = "open-item" }]
"""


def test_a_duty_without_a_start_is_no_rule_and_a_step_to_nowhere_is_touched_by_its_refusal() -> (
    None
):
    policy = loads(HALF_SAID)
    first = run_scenarios(policy, loads_scenarios(FIRST, policy))
    assert {(rule.kind, rule.code) for rule in first.rules} == {
        *(("state", "open"), ("state", "closed")),
        *(("step", "receive"), ("step", "go_on"), ("step", "close")),
        ("duty", "write"),
    }
    assert [(rule.kind, rule.code) for rule in first.untouched] == [("step", "go_on")]
    both = run_scenarios(policy, loads_scenarios(FIRST + SECOND, policy))
    assert both.passed
    assert not both.untouched


GUARDED = """
policy = { id = "guarded", version = "1", semantics = 1, calendar = "office", final = ["open"] }
[calendar.office]
timezone = "Europe/Berlin"
week = { "mon-fri" = ["09:00-17:00"] }
[roles]
clerk = "1"
[facts]
sold = "yes/no"
[step]
receive = { by = "clerk", to = "open", needs = { 2 = "sold" } }
"""

NOT_SOLD = """
[[scenario]]
name = "not sold"
entries = [{ at = "2026-03-03 10:00", do = "receive", facts = { sold = false }, refused = true }]
"""


def test_a_need_of_the_step_that_opens_a_case_is_touched_by_its_refusal() -> None:
    policy = loads(GUARDED)
    report = run_scenarios(policy, loads_scenarios(NOT_SOLD, policy))
    assert report.passed
    assert ("need", "receive 2: sold") in {(rule.kind, rule.code) for rule in report.touched}
