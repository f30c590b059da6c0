"""JSON lines: codes, instants with offset, exact numbers."""

from __future__ import annotations

import datetime as dt
import json

from complaintflow.moments import instant
from complaintflow.report.ledger import LedgerRow, TargetOutcome
from complaintflow.report.ledger_json import ledger_lines, summary_lines
from complaintflow.report.summary import summarise

DUE = instant("2026-03-03T10:00+08:00", "Asia/Shanghai")
ROW = LedgerRow(
    "KS-1",
    instant("2026-03-02T10:00+08:00", "Asia/Shanghai"),
    customer="远程重卡",
    grade="A",
    departments=("plant",),
    next_duty="report",
    next_due=DUE,
    overdue_by=dt.timedelta(hours=2),
    targets=(TargetOutcome("report", "overdue", DUE, key="x"),),
)


def test_a_case() -> None:
    (line,) = ledger_lines([ROW])
    assert "远程重卡" in line
    data = json.loads(line)
    assert data["kind"] == "case"
    assert data["received"] == "2026-03-02T10:00:00+08:00"
    assert data["overdue_by_seconds"] == 7200
    assert data["targets"] == [
        {
            "duty": "report",
            "key": "x",
            "round": 1,
            "outcome": "overdue",
            "due": "2026-03-03T10:00:00+08:00",
            "done": None,
        }
    ]


def test_the_summary_ends_with_the_whole() -> None:
    group, whole = (json.loads(line) for line in summary_lines(summarise([ROW])))
    assert (group["kind"], group["grade"], group["department"]) == ("group", "A", "plant")
    assert whole["kind"] == "all"
    assert whole["targets"]["report"] == {
        "total": 1,
        "on_time": 0,
        "late": 0,
        "running": 0,
        "overdue": 1,
        "rate": "0/1",
    }


def test_a_number_with_line_breaks_stays_one_line() -> None:
    (line,) = ledger_lines([LedgerRow("a\nb\u2028", ROW.received)])
    assert "\n" not in line
    assert json.loads(line)["number"] == "a\nb\u2028"
