"""Expectations about what is ahead: whose turn it is, what is projected."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.simulation.scenarios.report import Report

Entries = Callable[[str], Report]
HIGH = '{ note = { loss = "1000 EUR" } },'


@pytest.mark.parametrize(
    ("happens", "holds", "wrong", "came"),
    [
        ("", 'turn = ["clerk"]', 'turn = ["clerk", "chief"]', "clerk"),
        (
            HIGH,
            'projected = { store = "2026-03-03 15:00" }',
            'projected = { store = "2026-03-03 14:00" }',
            "2026-03-03 15:00:00",
        ),
        ("", "turn = 'clerk'", 'projected = { store = "2026-03-03 14:00" }', "no due instant"),
    ],
)
def test_it_passes_where_it_holds_and_else_says_what_came(
    entries: Entries, happens: str, holds: str, wrong: str, came: str
) -> None:
    assert entries(f"{happens}\n{{ expect = {{ {holds} }} }},").passed
    report = entries(f"{happens}\n{{ expect = {{ {wrong} }} }},")
    (failed,) = report.results[0].failures
    assert failed.seen.came["en"] == came
