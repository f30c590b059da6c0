"""The check as a whole: order, repeatability, the missing solver, and the packed example."""

from __future__ import annotations

import sys

import pytest

from complaintflow.errors import PolicyError
from complaintflow.gallery import load_pack
from complaintflow.policy.check import Finding, check
from complaintflow.policy.policy import Policy


@pytest.fixture(scope="module")
def s000() -> Policy:
    return load_pack("oem_supplier")


def of(findings: tuple[Finding, ...], *codes: str) -> list[Finding]:
    return [finding for finding in findings if finding.code in codes]


def test_a_policy_checks_itself(s000: Policy) -> None:
    assert s000.check() == check(s000)


def test_without_the_solver_the_report_says_so(
    s000: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    findings = check(s000)
    (skipped,) = of(findings, "CF001")
    assert skipped.severity == "note"
    assert "complaintflow[verify]" in skipped.advice()
    assert not of(findings, "CF302", "CF303")
    assert of(findings, "CF601")


def test_errors_come_first_then_warnings(s000: Policy) -> None:
    order = [("error", "warning", "note").index(finding.severity) for finding in check(s000)]
    assert order == sorted(order)


def test_a_policy_that_cannot_be_used_is_not_checked(s000: Policy) -> None:
    import attrs

    broken = attrs.evolve(s000, steps=(attrs.evolve(s000.steps[0], source=("nowhere",)),))
    with pytest.raises(PolicyError, match="nowhere"):
        check(broken)


def test_the_example_has_no_errors(s000: Policy) -> None:
    assert not [finding for finding in check(s000) if finding.severity == "error"]


def test_the_example_overlaps_at_5000(s000: Policy) -> None:
    pytest.importorskip("z3", reason="the solver is an extra")
    overlap = next(f for f in of(check(s000), "CF303") if f.values["second"] == "B")
    assert overlap.example is not None
    assert overlap.example.text() == (
        "subject = quality, possible_loss = 5000.00 CNY, claim = 5000.00 CNY: "
        "A by C1.3 and B by C2.4"
    )
    assert overlap.path == ("decide", "grade", "rules", 9, "when")


def test_the_example_has_a_gap_that_quality_decides(s000: Policy) -> None:
    pytest.importorskip("z3", reason="the solver is an extra")
    (gap,) = of(check(s000), "CF301", "CF302")
    assert (gap.code, gap.values["by"]) == ("CF302", "quality")
    assert gap.example is not None
    assert gap.example.text().endswith("nothing fits")


def test_the_reports_of_the_example_can_fall_due_over_a_weekend(s000: Policy) -> None:
    """T6 and T7 run on round the clock, T5 stops at the weekend."""
    crossing = of(check(s000), "CF403")
    pairs = [(finding.values["first"], finding.values["second"]) for finding in crossing]
    assert pairs == [("preliminary_report", "transmit"), ("rectification_report", "transmit")]
    example = crossing[1].example
    assert example is not None
    assert example.text() == (
        "start Fri 2026-01-09 14:00: rectification_report is due Sun 2026-01-11 14:00 and "
        "transmit is due Mon 2026-01-12 09:00"
    )


def test_the_open_items_of_the_example(s000: Policy) -> None:
    codes = [finding.values["choice"] for finding in of(check(s000), "CF601")]
    assert codes == ["repeatedly", "signatory", "not_real", "keep"]


def test_examples_hold_when_the_engine_grades_them(s000: Policy) -> None:
    """The solver and the engine read the same criteria."""
    pytest.importorskip("z3", reason="the solver is an extra")
    from complaintflow.policy.expression import compile as compiled

    class Known(dict[str, object]):
        def __missing__(self, name: str) -> object:
            return None

    grade = next(decision for decision in s000.decisions if decision.code == "grade")
    for finding in of(check(s000), "CF302", "CF303"):
        example = finding.example
        assert example is not None
        view = Known(example.facts)
        rules = [
            c for c in grade.criteria if not {"C1.5"} & set(c.clauses)
        ]  # C1.5 asks for B's criteria, which are looked at by themselves
        matched = {rule.clauses for rule in rules if compiled(rule.when)(view) is True}
        wanted = {clauses for answer, clauses in example.outcomes if answer}
        assert {clauses for clauses in wanted if "C1.5" not in clauses} <= matched
        if not wanted:
            assert not matched
