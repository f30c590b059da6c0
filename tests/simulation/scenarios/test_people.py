"""Scenarios about people: who must be apart, who is kept out, who signed, who may."""

from __future__ import annotations

from complaintflow.policyfile import loads
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import loads_scenarios
from complaintflow.simulation.scenarios.report import Report

POLICY = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
C2 = "another one"
[roles]
sales = "C1"
quality = "C1"
[facts]
customer = "text"
refund = "money CNY"
granted = { clause = "C2", sum = "refund", same = ["customer"], this_one = true }
[step]
open = { clause = "C1", by = "sales", to = "going", asks = ["customer", "refund"] }
pay = { clause = "C1", by = "sales", from = "going", to = "paid", needs = { C2 = "granted < 900 CNY" }, signed = "sales and quality", meaning = "approved" }
close = { clause = "C1", by = "quality", from = "paid", to = "done" }
[apart]
payer = { clause = "C2", acts = ["open", "close"] }
[allow]
void = { clause = "C2", by = "quality" }
"""
SCENARIOS = """
[[scenario]]
name = "paid and closed"
clause = "C1, C2"
history = [{ name = "first", at = "2026-03-02 09:00", do = "open", facts = { customer = "Huali", refund = "300 CNY" } }]
entries = [
  { at = "2026-03-10 09:00", do = "open", by = "li", facts = { customer = "Huali", refund = "500 CNY" }, expect = { granted = "800 CNY", counted = { granted = ["first"] } } },
  { at = "09:10", recuse = "wu", role = "quality", reason = "her brother" },
  { at = "09:20", do = "pay", signed = { sales = "li", quality = "wu" }, refused = [{ reason = "recused" }] },
  { at = "09:30", recuse = "wu", role = "quality", reason = "another Wu", lifted = true },
  { at = "09:40", do = "pay", signed = { sales = "li", quality = "wu" }, expect = { signed = { pay = ["sales", "quality"] } } },
  { at = "09:50", correct = { refund = "400 CNY" }, role = "quality", reason = "misread", expect = { signed = { pay = [] } } },
  { at = "10:00", void = "twice", role = "sales", refused = [{ reason = "wrong-role", clause = "C2", roles = "sales" }] },
  { at = "10:10", do = "close", by = "li", refused = [{ reason = "same-person", clause = "C2" }] },
  { at = "10:20", do = "close", by = "wu", expect = { final = true } },
]
"""


def run(scenarios: str) -> Report:
    policy = loads(POLICY)
    return run_scenarios(policy, loads_scenarios(scenarios, policy))


def test_what_people_may_can_be_expected() -> None:
    report = run(SCENARIOS)
    assert report.passed, report.text("en")
    assert [str(rule.kind) for rule in report.untouched] == ["need"]


def test_rules_about_people_are_untouched_until_they_refuse() -> None:
    lines = SCENARIOS.split("\n")
    shorter = "\n".join(line for line in lines if "same-person" not in line and "void" not in line)
    report = run(shorter)
    assert {"apart", "allow"} <= {rule.kind for rule in report.untouched}
    for language, wanted in {
        "en": {"persons kept apart payer (C2)", "permission void (C2)"},
        "zh": {"人员分离 payer (C2)", "权限 void (C2)"},
    }.items():
        assert wanted <= {line.strip() for line in report.text(language).splitlines()}


def test_a_signature_that_does_not_stand_fails_the_expectation() -> None:
    report = run(SCENARIOS.replace("{ pay = [] }", '{ pay = ["sales"] }'))
    assert not report.passed
    assert "signatures of pay" in report.text("en")
