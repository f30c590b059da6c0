"""Gaps, overlaps, and criteria that never, always or needlessly match."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.policy.check import Finding

pytest.importorskip("z3", reason="the solver is an extra")

Findings = Callable[..., tuple[Finding, ...]]

LOSS = """
[facts]
loss = "money CNY"
[duty]
report = { owner = "desk", starts = "receive", if = "grade in (A, B)" }
[decide.grade]
"""


def test_a_bound_that_neither_side_includes_is_a_gap(found: Findings) -> None:
    text = f'{LOSS}pick = "first"\nA.C1 = "loss > 5000 CNY"\nB.C2 = "loss < 5000 CNY"'
    (gap,) = found(text, "CF301", "CF302")
    assert (gap.code, gap.severity, gap.path) == ("CF301", "warning", ("decide", "grade"))
    assert gap.example is not None
    assert gap.example.text() == "loss = 5000.00 CNY: nothing fits"
    assert gap.example.text("zh") == "loss = 5000.00 CNY：均不符合"


def test_cents_between_two_whole_bounds_are_a_gap(found: Findings) -> None:
    text = f'{LOSS}pick = "first"\nA.C1 = "loss >= 5000 CNY"\nB.C2 = "loss <= 4999 CNY"'
    (gap,) = found(text, "CF301")
    assert gap.example is not None
    assert gap.example.text() == "loss = 4999.01 CNY: nothing fits"


def test_a_gap_that_a_person_decides_is_only_noted(found: Findings) -> None:
    rules = 'pick = "first"\nby = "desk"\nA.C1 = "loss > 5000 CNY"\nB.C2 = "loss < 5000 CNY"'
    (gap,) = found(LOSS + rules, "CF301", "CF302")
    assert (gap.code, gap.severity) == ("CF302", "note")
    assert gap.message() == "grade can find no answer; desk decides then"


@pytest.mark.parametrize(
    "rules",
    [
        'A.C1 = "loss >= 5000 CNY"\nB.C2 = "loss < 5000 CNY"',
        'residual = "B"\nA.C1 = "loss >= 5000 CNY"',
    ],
)
def test_bounds_that_meet_or_a_residual_leave_no_gap(found: Findings, rules: str) -> None:
    assert not found(f'{LOSS}pick = "first"\n{rules}', "CF301", "CF302")


OVERLAPPING = '\nA.C1 = "loss >= 5000 CNY"\nB.C2 = "loss <= 5000 CNY"'


@pytest.mark.parametrize(
    ("pick", "code", "severity"),
    [
        ('pick = "highest"\norder = ["A", "B"]', "CF303", "note"),
        ('pick = "unique"', "CF304", "warning"),
        ('pick = "first"', "CF305", "note"),
    ],
)
def test_a_bound_that_both_sides_include_is_an_overlap(
    found: Findings, pick: str, code: str, severity: str
) -> None:
    (overlap,) = found(LOSS + pick + OVERLAPPING, "CF303", "CF304", "CF305")
    assert (overlap.code, overlap.severity) == (code, severity)
    assert overlap.clauses == ("C1", "C2")
    assert overlap.example is not None
    assert overlap.example.text() == "loss = 5000.00 CNY: A by C1 and B by C2"
    assert overlap.example.text("zh") == "loss = 5000.00 CNY：A（依据 C1），B（依据 C2）"


def test_bounds_that_exclude_each_other_do_not_overlap(found: Findings) -> None:
    text = f'{LOSS}pick = "unique"\nA.C1 = "loss >= 5000 CNY"\nB.C2 = "loss < 5000 CNY"'
    assert not found(text, "CF303", "CF304", "CF305")


def test_answers_that_may_all_hold_do_not_overlap(found: Findings) -> None:
    text = LOSS.replace("grade in (A, B)", "A in grade or B in grade") + 'pick = "all"'
    assert not found(text + OVERLAPPING, "CF303", "CF304", "CF305")


def test_the_pair_with_the_same_bound_is_shown_first(found: Findings) -> None:
    """Of many pairs that overlap, the one that looks like a slip."""
    text = """
[facts]
stopped = "yes/no"
"loss, claim" = "money CNY"
[duty]
report = { owner = "desk", starts = "receive", if = "grade in (A, B)" }
[decide.grade]
order = ["A", "B"]
A.C1 = "stopped"
A.C2 = "loss >= 5000 CNY"
B.C3 = "claim > 10 CNY and claim <= 5000 CNY"
"""
    (overlap,) = found(text, "CF303")
    assert overlap.values["pairs"] == "C2/C3, C1/C3"
    assert overlap.example is not None
    assert overlap.example.text() == "loss = 5000.00 CNY, claim = 5000.00 CNY: A by C2 and B by C3"


def test_a_criterion_that_contradicts_itself_never_matches(found: Findings) -> None:
    rules = 'pick = "first"\nresidual = "B"\nA.C1 = "loss > 10 CNY and loss < 5 CNY"'
    (never,) = found(LOSS + rules, "CF306", "CF307", "CF308")
    assert (never.code, never.severity, never.clauses) == ("CF306", "warning", ("C1",))
    assert never.path == ("decide", "grade", "rules", 0, "when")


def test_a_criterion_that_is_a_matter_of_course_always_matches(found: Findings) -> None:
    rules = 'order = ["A", "B"]\nA.C1 = "loss > 10 CNY or loss <= 10 CNY"\nB.C2 = "loss > 0 CNY"'
    assert [f.code for f in found(LOSS + rules, "CF306", "CF307", "CF308")] == ["CF307", "CF308"]


@pytest.mark.parametrize("last", ["loss >= 0 CNY", "true"])
def test_everything_else_at_the_end_is_no_finding(found: Findings, last: str) -> None:
    rules = f'pick = "first"\nA.C1 = "loss > 10 CNY"\nB.C2 = "{last}"'
    assert not found(LOSS + rules, "CF306", "CF307", "CF308")


def test_under_first_what_stands_before_can_shadow(found: Findings) -> None:
    rules = 'pick = "first"\nA.C1 = "loss > 10 CNY"\nB.C2 = "loss > 20 CNY"\nB.C3 = "true"'
    (shadowed,) = found(LOSS + rules, "CF308")
    assert shadowed.values == {"clause": "C2", "answer": "B", "winner": "A (C1)"}


def test_under_highest_a_more_severe_answer_can_shadow(found: Findings) -> None:
    rules = 'order = ["A", "B"]\nB.C2 = "loss > 20 CNY"\nB.C3 = "true"\nA.C1 = "loss > 10 CNY"'
    (shadowed,) = found(LOSS + rules, "CF308")
    assert shadowed.values["clause"] == "C2"


def test_several_criteria_can_shadow_one_together(found: Findings) -> None:
    rules = """pick = "first"
A.C1 = "loss > 10 CNY"
A.C2 = "loss <= 10 CNY and loss > 0 CNY"
B.C3 = "loss > 0 CNY"
B.C4 = "true"
"""
    (shadowed,) = found(LOSS + rules, "CF308")
    assert shadowed.values["winner"] == "A (C1), A (C2)"


def test_an_answer_without_criteria_never_comes_out(found: Findings) -> None:
    rules = 'order = ["A", "B", "C"]\nby = "desk"\nA.C1 = "loss > 1 CNY"\nB.C2 = "true"'
    mentioned = LOSS.replace("(A, B)", "(A, B, C)")  # else the loader says so already
    (lacking,) = found(mentioned + rules, "CF309")
    assert lacking.values == {"answers": "C"}
    assert not found(LOSS + rules.replace(', "C"', ""), "CF309")


def test_one_answer_may_ask_for_the_criteria_of_another(found: Findings) -> None:
    text = """
[facts]
customer = "text"
loss = "money CNY"
times = { count = "cases", same = ["customer"], this_one = true }
[duty]
report = { owner = "desk", starts = "receive", if = "grade in (A, B)" }
[decide.grade]
order = ["A", "B"]
residual = "B"
A.C1 = "grade.B and times >= 3"
B.C2 = "loss > 0 CNY"
"""
    (overlap,) = found(text, "CF303")
    assert overlap.example is not None
    assert overlap.example.text() == "loss = 1.00 CNY, times = 3: A by C1 and B by C2"


def test_the_solver_gives_up_within_its_budget(policy_of: Callable[[str], object]) -> None:
    from complaintflow.policy.check import check
    from complaintflow.policy.policy import Policy

    policy = policy_of(LOSS + 'pick = "unique"' + OVERLAPPING)
    assert isinstance(policy, Policy)
    codes = {finding.code for finding in check(policy, budget=1)}
    assert "CF002" in codes
    assert "CF304" not in codes
