"""The rules of a policy, and what touches each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.policy.policy import Policy
from complaintflow.simulation.scenarios.report import Report
from complaintflow.simulation.scenarios.rules import Rule, rules_of
from complaintflow.simulation.scenarios.texts import TEXTS

Entries = Callable[[str], Report]


def test_every_rule_of_a_policy_is_one(policy: Policy) -> None:
    found: dict[str, list[str]] = {}
    for rule in rules_of(policy):
        found.setdefault(rule.kind, []).append(rule.code)
    assert found == {
        "state": ["open", "judged", "settled"],
        "step": ["receive", "reopen", "judge", "settle"],
        "branch": ["judge to judged", "judge to $whole"],
        "need": ["judge P2: known(grade)", "judge P1: filled(slip)", "settle P5: consent is yes"],
        "criterion": [
            "grade high P2",
            "grade low P3",
            "size bulky P3",
            "units depot P3",
            "units lab P3",
            "major yes P2",
        ],
        "residual": ["size handy"],
        "undetermined": ["size bulky"],
        "overrule": ["grade"],
        "duty": ["reply", "inspect", "store", "visit", "keep_word", "thank"],
        "life": ["thank ruled_by", "thank passed_on_by", "thank waived_by"],
        "target": ["reply high", "reply low", "inspect", "store", "keep_word", "thank"],
        "rung": ["reply 50 %", "reply again"],
        "approval": ["consent"],
        "action": ["repair patch", "repair swap"],
        "link": ["police"],
        "tell": ["news", "alarm"],
        "route": ["depot"],
    }
    found |= {"apart": ["payer"], "allow": ["void"]}  # see test_people
    assert {f"rule {kind}" for kind in found} == {key for key in TEXTS if key.startswith("rule ")}


TOUCHES = {
    "": {
        "state open",
        "step receive",
        "undetermined size bulky",
        "duty reply",
        "duty keep_word",
        "duty thank",
    },
    "{ note = { loss = '1 EUR' } },": {"criterion grade low P3"},
    "{ note = { loss = '1 EUR' }, expect = { due = { reply = '2026-03-05 17:00' } } },": {
        "target reply low"
    },
    "{ expect = { not_missed = ['thank'] } },": {"target thank"},
    "{ do = 'judge', refused = ['need-not-met', 'need-not-met', 'fact-missing'] },": {
        "need judge P2: known(grade)",
        "need judge P1: filled(slip)",
    },
    "{ note = { loss = '1 EUR', pieces = 1, broken = false } }, "
    "{ do = 'judge', refused = 'open-item' },": {"branch judge to $whole"},
    "{ note = { loss = '1 EUR', pieces = 1, broken = true } }, { do = 'judge' },": {
        "state judged",
        "step judge",
        "branch judge to judged",
        "duty visit",
        "duty inspect",
        "tell news",
        "criterion units lab P3",
    },
    "{ note = { loss = '1000 EUR' } }, { at = '12:00' },": {"rung reply 50 %"},
    "{ note = { pieces = 2 } },": {"residual size handy"},
    "{ overrule = 'grade', answer = 'low', role = 'chief', reason = 'r' },": {"overrule grade"},
    "{ note = { loss = '1 EUR', pieces = 1, broken = true } }, { do = 'judge' }, "
    "{ approve = 'consent', role = 'clerk', answer = true },": {"approval consent"},
    "{ raise = 'repair', kind = 'swap' },": {"action repair swap"},
    "{ reject = 'thank', reason = 'r' }, "
    "{ rule = 'thank', answer = true, to = 'lab', reason = 'r' },": {"life thank ruled_by"},
    "{ pass_on = 'thank', to = 'lab', reason = 'r' },": {"life thank passed_on_by"},
    "{ waive = 'thank', reason = 'r' },": {"life thank waived_by"},
    "{ note = { urgent = true } },": {"criterion major yes P2", "link police", "tell alarm"},
}


@pytest.mark.parametrize("happens", TOUCHES)
def test_what_happens_touches_its_rules(entries: Entries, happens: str) -> None:
    report = entries(happens)
    before = {f"{rule.kind} {rule.code}" for rule in entries("").touched}
    touched = {f"{rule.kind} {rule.code}" for rule in report.touched}
    assert not [one for one in report.results[0].failures if one.kind == "accepted"]
    assert TOUCHES[happens] <= touched
    assert not happens or not TOUCHES[happens] & before


def test_a_rule_is_the_same_whatever_clauses_it_carries() -> None:
    assert Rule("step", "judge", ("P2",)) == Rule("step", "judge")
    assert len({Rule("step", "judge", ("P2",)), Rule("step", "judge")}) == 1
