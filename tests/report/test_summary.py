"""Counting: every target that was owed, so that nothing looks better than it is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.moments import instant
from complaintflow.report.ledger import LedgerRow, Outcome, TargetOutcome
from complaintflow.report.summary import Summary, Tally, percent, summarise

OUTCOMES: tuple[Outcome, ...] = ("on time", "late", "running", "overdue")
RECEIVED = instant("2026-03-02T10:00+08:00")


def row(
    number: str, grade: str | None, departments: tuple[str, ...], *targets: tuple[str, Outcome]
) -> LedgerRow:
    listed = tuple(TargetOutcome(duty, outcome) for duty, outcome in targets)
    return LedgerRow(number, RECEIVED, grade=grade, departments=departments, targets=listed)


ROWS = (
    row("1", "A", ("plant",), ("reply", "on time"), ("report", "late")),
    row("2", "B", ("plant", "sales"), ("reply", "overdue")),
    row("3", "A", ("plant",), ("reply", "running")),
    row("4", None, (), ("reply", "on time")),
)


def places(summary: Summary) -> list[tuple[str | None, str | None, int]]:
    return [(group.grade, group.department, group.cases) for group in summary.groups]


def test_groups_are_by_grade_and_department() -> None:
    assert places(summarise(ROWS, ("A", "B"))) == [
        ("A", "plant", 2),
        ("B", "plant", 1),
        ("B", "sales", 1),
        (None, None, 1),
    ]


def test_the_order_of_grades_is_the_policys() -> None:
    assert [group.grade for group in summarise(ROWS, ("B", "A")).groups] == ["B", "B", "A", None]


def test_the_whole_counts_a_case_once() -> None:
    whole = summarise(ROWS).whole
    assert (whole.cases, whole.open) == (4, 4)
    assert whole.targets["reply"] == Tally(on_time=2, running=1, overdue=1)


def test_duties_stand_in_the_order_that_is_asked_for() -> None:
    assert summarise(ROWS, duties=("report", "reply")).duties == ("report", "reply")
    assert summarise(ROWS).duties == ("reply", "report")


def test_overdue_counts_against_the_rate_and_running_for_it() -> None:
    assert Tally(on_time=1, running=1, late=1, overdue=1).rate == Fraction(1, 2)
    assert Tally().rate is None


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (None, ""),
        (Fraction(1), "100.0 %"),
        (Fraction(0), "0.0 %"),
        (Fraction(1, 3), "33.3 %"),
        (Fraction(2, 3), "66.7 %"),
        (Fraction(1, 2000), "0.1 %"),
        (Fraction(1999, 2000), "100.0 %"),
    ],
)
def test_percent_is_rounded_half_up(rate: Fraction | None, text: str) -> None:
    assert percent(rate) == text


@given(
    st.lists(
        st.builds(
            row,
            st.text(max_size=3),
            st.sampled_from(["A", "B", None]),
            st.sampled_from([(), ("p",), ("p", "q")]),
            st.tuples(st.sampled_from(["x", "y"]), st.sampled_from(OUTCOMES)),
        ),
        max_size=20,
    )
)
def test_nothing_is_lost(rows: list[LedgerRow]) -> None:
    summary = summarise(rows)
    assert summary.whole.cases == len(rows)
    total = sum(tally.total for tally in summary.whole.targets.values())
    assert total == sum(len(each.targets) for each in rows)
    in_groups = sum(group.cases for group in summary.groups)
    assert in_groups == sum(max(1, len(each.departments)) for each in rows)
