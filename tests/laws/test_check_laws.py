"""What the check proves about grading is what trying every complaint finds."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintflow.calendar import WorkingCalendar
from complaintflow.domain.types import MoneyOf, OneOf, Simple
from complaintflow.domain.values import Money
from complaintflow.policy.check import Finding, check
from complaintflow.policy.decision import Criterion, Decision
from complaintflow.policy.expression import compile as compiled
from complaintflow.policy.expression import parse
from complaintflow.policy.fact import Fact
from complaintflow.policy.party import parse_party
from complaintflow.policy.policy import Name, Policy
from complaintflow.policy.role import Role
from complaintflow.policy.step import Branch, Step
from complaintflow.policy.tell import Tell
from complaintflow.policy.validate import checked

pytest.importorskip("z3", reason="the solver is an extra")

BOUNDS = (0, 10, 20)
ANSWERS = ("A", "B", "C")


def leaves() -> st.SearchStrategy[str]:
    amounts = st.tuples(
        st.sampled_from(("loss", "claim")),
        st.sampled_from(("<", "<=", ">", ">=", "==")),
        st.sampled_from(BOUNDS),
    ).map(lambda parts: f"{parts[0]} {parts[1]} {parts[2]} CNY")
    codes = st.sampled_from(
        ("kind is quality", "kind in (quality, delivery)", "kind is not notice", "loss < claim")
    )
    return amounts | codes | st.just("stopped")


def conditions() -> st.SearchStrategy[str]:
    def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        two = st.tuples(inner, st.sampled_from(("and", "or")), inner)
        return two.map(lambda p: f"({p[0]} {p[1]} {p[2]})") | inner.map(lambda p: f"(not {p})")

    return st.recursive(leaves(), joined, max_leaves=4)


def policy_with(rules: list[tuple[str, str]], pick: str) -> Policy:
    """A policy with one decision; everything is used somewhere, so that nothing is a problem."""
    criteria = tuple(
        Criterion((answer,), parse(text), (f"K{n}",)) for n, (answer, text) in enumerate(rules)
    )
    answers = tuple(a for a in ANSWERS if any(a == answer for answer, _ in rules))
    decision = Decision("grade", pick, criteria, answers if pick == "highest" else ())
    facts = (
        Fact("loss", MoneyOf("CNY")),
        Fact("claim", MoneyOf("CNY")),
        Fact("kind", OneOf(("quality", "delivery", "notice"))),
        Fact("stopped", Simple("yes/no")),
    )
    desk = parse_party("desk")
    uses = (
        f"grade is {answers[0]} or loss > claim or kind in (quality, delivery, notice) or stopped"
    )
    return checked(
        Policy(
            "small",
            "1",
            WorkingCalendar.always("UTC"),
            ("closed",),
            roles=(Role("desk"),),
            facts=facts,
            decisions=(decision,),
            steps=(
                Step("receive", desk, to=(Branch("open"),)),
                Step("close", desk, source=("open",), to=(Branch("closed"),)),
            ),
            names={answer: Name(answer, answer) for answer in answers},
            tells=(Tell("t", parse(uses), ("desk",)),),
        )
    )


def every_complaint() -> list[dict[str, Any]]:
    """Both sides of each bound and the bounds themselves; more cannot make a difference."""
    amounts = [Decimal(b) + d for b in BOUNDS for d in (Decimal("-0.01"), 0, Decimal("0.01"))]
    amounts += [Decimal(5), Decimal("5.01"), Decimal(15), Decimal("15.01"), Decimal("20.02")]
    money = [Money(amount, "CNY") for amount in amounts if amount >= 0]
    return [
        {"loss": loss, "claim": claim, "kind": kind, "stopped": stopped}
        for loss, claim, kind, stopped in product(
            money, money, ("quality", "delivery", "notice"), (False, True)
        )
    ]


COMPLAINTS = every_complaint()
rules_of_a_grade = st.lists(
    st.tuples(st.sampled_from(ANSWERS), conditions()), min_size=2, max_size=4
)


@settings(max_examples=40)
@given(rules_of_a_grade, st.sampled_from(("highest", "first", "unique")))
def test_the_solver_finds_what_trying_finds(rules: list[tuple[str, str]], pick: str) -> None:
    policy = policy_with(rules, pick)
    decision = policy.decisions[0]
    tests = [compiled(criterion.when) for criterion in decision.criteria]
    table = [tuple(test(view) is True for test in tests) for view in COMPLAINTS]
    findings = check(policy)

    never = {f.path[3] for f in findings if f.code == "CF306"}
    assert never == {n for n in range(len(tests)) if not any(row[n] for row in table)}

    gaps = [f for f in findings if f.code in ("CF301", "CF302")]
    assert bool(gaps) == any(not any(row) for row in table)

    overlaps = {
        (f.values["first"], f.values["second"])
        for f in findings
        if f.code in ("CF303", "CF304", "CF305")
    }
    given_ = [criterion.answers[0] for criterion in decision.criteria]
    wanted = {
        tuple(sorted({given_[i], given_[j]}, key=decision.answers.index))
        for row in table
        for i in range(len(tests))
        for j in range(i)
        if row[i] and row[j] and given_[i] != given_[j]
    }
    assert overlaps == wanted

    if pick == "first":
        shadowed = {f.path[3] for f in findings if f.code == "CF308"} | never
        assert shadowed == {
            n for n in range(len(tests)) if not any(row[n] and not any(row[:n]) for row in table)
        }
    for finding in findings:
        shows_what_it_says(finding, decision, tests)


def shows_what_it_says(finding: Finding, decision: Decision, tests: list[Any]) -> None:
    """Its facts alone are enough, whatever the other facts are."""
    if finding.example is None or finding.path[:1] != ("decide",):
        return
    facts = finding.example.facts
    for view in COMPLAINTS[:: len(COMPLAINTS) // 7]:
        row = [test({**view, **facts}) is True for test in tests]
        if finding.code in ("CF301", "CF302"):
            assert not any(row)
        else:
            clauses = {clause for _, each in finding.example.outcomes for clause in each}
            matched = {
                c.clauses[0] for c, holds in zip(decision.criteria, row, strict=True) if holds
            }
            assert clauses <= matched
