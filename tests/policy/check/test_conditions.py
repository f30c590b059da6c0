"""Guards, conditions and moments that can never hold, or always do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.policy.check import Finding

pytest.importorskip("z3", reason="the solver is an extra")

Findings = Callable[..., tuple[Finding, ...]]

FACTS = """
[facts]
real = "yes/no"
loss = "money CNY"
"""


def guarded(needs: str, key: str = "needs") -> str:
    return f"""{FACTS}
[step]
receive = {{ by = "desk", to = "open", asks = ["real", "loss"] }}
close = {{ by = "desk", from = "open", to = "closed", {key} = {{ {needs} }} }}
"""


def test_a_guard_that_contradicts_itself(found: Findings) -> None:
    (never,) = found(guarded('W1 = "real and not real"'), "CF321", "CF322")
    assert (never.code, never.severity, never.clauses) == ("CF321", "error", ("W1",))
    assert never.path == ("step", "close", "needs", 0, "when")


def test_guards_that_contradict_each_other(found: Findings) -> None:
    (never,) = found(guarded('W1 = "real", W2 = "not real"'), "CF321", "CF322")
    assert (never.clauses, never.path) == (("W1", "W2"), ("step", "close", "needs"))


def test_a_guard_that_always_holds(found: Findings) -> None:
    (always,) = found(guarded('W1 = "loss >= 0 CNY or loss < 0 CNY"'), "CF321", "CF322")
    assert (always.code, always.severity) == ("CF322", "note")


def test_that_an_answer_is_known_is_worth_asking_although_every_fact_gives_one(
    found: Findings,
) -> None:
    grade = """
[decide.grade]
order = ["high", "low"]
by = "desk"
high.C1 = "loss >= 10 CNY"
low.C2 = "loss < 10 CNY"
"""
    assert not found(guarded('W1 = "known(grade)"') + grade, "CF321", "CF322")


def test_a_reminder_that_can_never_be_met(found: Findings) -> None:
    (never,) = found(guarded('W1 = "real and not real"', "should"), "CF321", "CF323")
    assert never.code == "CF323"


@pytest.mark.parametrize(
    "needs",
    ['W1 = "real"', 'W1 = "known(loss)"', 'W1 = "real", W2 = "loss > 10 CNY"', 'W1 = "receive"'],
)
def test_a_guard_that_may_hold_or_not(found: Findings, needs: str) -> None:
    assert not found(guarded(needs), "CF321", "CF322")


def test_what_an_open_choice_leaves_open_may_hold(found: Findings) -> None:
    text = guarded('W1 = "loss <= limit"').replace('"money CNY"\n', '"money CNY"\n' + FORMULA)
    assert not found(text + '[choices]\nyears = { why = "not said" }', "CF321", "CF322")


FORMULA = 'limit = { type = "money CNY", is = "loss * max(0, 1 - 2 / $years)" }\n'


def test_whether_a_form_is_filled_depends_on_its_facts(found: Findings) -> None:
    text = guarded('W1 = "filled(sheet)"') + '[form]\nsheet = { asks = ["real | loss"] }'
    assert not found(text, "CF321", "CF322")


@pytest.mark.parametrize(
    ("section", "what"),
    [
        ('[duty]\nx = { owner = "desk", starts = "receive", if = "BAD" }', "duty.x.if"),
        ('[duty]\nx = { owner = "desk", starts = "receive", ends = "BAD" }', "duty.x.ends"),
        (
            '[duty]\nx = { owner = "desk", starts = "receive", within = "2 h", pauses = "BAD" }',
            "duty.x.pauses",
        ),
        ('[link]\nx = { opens = "a return", starts = "receive", if = "BAD" }', "link.x.if"),
        ('[records]\nx = { ledger = "all", where = "BAD" }', "records.x.where"),
    ],
)
def test_a_condition_that_can_never_hold(found: Findings, section: str, what: str) -> None:
    bad = section.replace("BAD", "loss > 10 CNY and loss < 5 CNY and real")
    (never,) = found(FACTS + bad, "CF323")
    assert never.values == {"what": what}
    good = section.replace("BAD", "loss > 5 CNY and loss < 10 CNY and real")
    assert not found(FACTS + good, "CF323")


@pytest.mark.parametrize(
    ("section", "code"),
    [
        ('[duty]\nx = { owner = "desk", starts = "BAD" }', "CF501"),
        ('[approval]\nx = { by = "desk", starts = "BAD" }', "CF505"),
        ('[tell]\nx = { on = "BAD", to = "desk" }', "CF506"),
    ],
)
def test_a_moment_that_can_never_come(found: Findings, section: str, code: str) -> None:
    if "approval" in section:
        section += '\n[duty]\ny = { owner = "desk", starts = "x is yes" }'
    facts = FACTS.replace('loss = "money CNY"\n', "")
    (never,) = found(facts + section.replace("BAD", "receive and real and not real"), code)
    assert never.code == code
    assert not found(facts + section.replace("BAD", "receive and real"), code)


KEYS = """
[facts]
cause = "one of: design, transport, handling"
[duty]
report = { each = "units", starts = "receive", if = "known(cause)" }
[decide.units]
pick = "all"
RESIDUAL
desk.Q1 = "cause in (design, transport)"
"""


def test_each_of_a_decision_that_may_name_nobody(found: Findings) -> None:
    (nobody,) = found(KEYS.replace("RESIDUAL", ""), "CF502")
    assert nobody.values == {"duty": "report", "each": "units"}
    assert nobody.example is not None
    assert nobody.example.text() == "cause = handling"
    assert not found(KEYS.replace("RESIDUAL", 'residual = "desk"'), "CF502")


def test_duties_that_one_complaint_leaves_without_anybody_are_one_finding(found: Findings) -> None:
    more = 'answer = { each = "units", starts = "receive", if = "known(cause)" }\n[decide.units]'
    text = KEYS.replace("RESIDUAL", "").replace("[decide.units]", more)
    (nobody,) = found(text, "CF502")
    assert nobody.message() == "each of units owes report, answer, but that can be nobody"
