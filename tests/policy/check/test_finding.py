"""Findings as people and programs read them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from complaintflow.domain.values import Money, Quantity, Ratio
from complaintflow.errors import InvalidValueError
from complaintflow.policy.check.advice import ADVICE
from complaintflow.policy.check.finding import SEVERITY_ORDER, Example, Finding, shown
from complaintflow.policy.check.messages import CATALOGUE, FAMILIES, SEVERITIES


def test_every_code_has_a_message_advice_severity_and_family() -> None:
    assert set(CATALOGUE) == set(ADVICE) == set(SEVERITIES)
    assert set(SEVERITIES.values()) == set(SEVERITY_ORDER)
    assert not [code for code in CATALOGUE if not any(code.startswith(f) for f in FAMILIES)]


def test_a_code_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="CF999"):
        Finding("CF999")


def test_a_language_that_does_not_exist() -> None:
    with pytest.raises(InvalidValueError, match="'fr'"):
        Finding("CF201").message("fr")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money("5000", "CNY"), "5000.00 CNY"),
        (Money("0.125", "KWD"), "0.125 KWD"),
        (Decimal(3), "3"),
        (Quantity("12"), "12 pcs"),
        (Ratio("0.025"), "2.5 %"),
        (True, "yes"),
        (None, "unknown"),
        (frozenset(), "none"),
        (frozenset({"b", "a"}), "a, b"),
        (dt.date(2026, 3, 10), "2026-03-10"),
        (dt.datetime(2026, 3, 10, 9, 20, tzinfo=dt.UTC), "Tue 2026-03-10 09:20"),
    ],
)
def test_values_as_examples_print_them(value: object, text: str) -> None:
    assert shown(value) == text


def test_an_example_of_facts() -> None:
    facts = {"loss": Money("5000", "CNY"), "real": False}
    outcomes = (("A", ("C1.3",)), ("B", ()))
    example = Example(facts, outcomes)
    assert example.text() == "loss = 5000.00 CNY, real = no: A by C1.3 and B"
    assert example.text("zh") == "loss = 5000.00 CNY，real = 否：A（依据 C1.3），B"


def test_a_brief_example_leaves_out_what_is_no_or_zero() -> None:
    facts = {"loss": Money("0", "CNY"), "real": True, "n": Decimal(0)}
    example = Example(facts, (("", ()),), brief=True)
    assert example.text() == "real = yes (everything else no or zero): nothing fits"
    assert example.text("zh") == "real = 是（其余为否或零）：均不符合"


def test_an_example_of_a_start() -> None:
    start = dt.datetime(2026, 3, 13, 14, tzinfo=dt.UTC)
    example = Example(start=start, dues=(("report", start + dt.timedelta(days=1)),))
    assert example.text() == "start Fri 2026-03-13 14:00: report is due Sat 2026-03-14 14:00"
    assert example.plain()["start"] == "2026-03-13T14:00:00+00:00"


def test_a_finding_as_data() -> None:
    values = {"state": "island"}
    finding = Finding("CF202", ("step", "stay", "to", 0), values, ("W7",))
    assert finding.plain() == {
        "code": "CF202",
        "severity": "error",
        "message": "no step that can be taken leads to the state island",
        "path": ["step", "stay", "to", 0],
        "clauses": ["W7"],
        "advice": "Let a step lead there, or take the state and its steps out.",
        "example": None,
    }
    assert str(finding) == "CF202 error: no step that can be taken leads to the state island"
