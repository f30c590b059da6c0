"""The ledger and its summary as tables."""

from __future__ import annotations

import datetime as dt

import pytest

from complaintflow.moments import instant
from complaintflow.report.ledger import LedgerRow, TargetOutcome
from complaintflow.report.ledger_grids import ledger_grid, span, summary_grid, targets_grid
from complaintflow.report.summary import summarise

NAMES = {"A": "A级", "plant": "分厂", "report": "整改报告", "in_hand": "处理中"}
ROWS = (
    LedgerRow(
        "KS-1",
        instant("2026-03-02T10:00:59+08:00", "Asia/Shanghai"),
        customer="远程重卡",
        product="转向拉杆",
        grade="A",
        reason="C1.1",
        departments=("plant",),
        owner=("plant", "quality"),
        state="in_hand",
        next_duty="report",
        next_due=instant("2026-03-03T10:00+08:00", "Asia/Shanghai"),
        overdue_by=dt.timedelta(days=1, hours=2, minutes=3, seconds=59),
        escalated_to=("quality",),
        targets=(TargetOutcome("report", "overdue"),),
    ),
    LedgerRow("KS-2", instant("2026-03-03T10:00+08:00", "Asia/Shanghai"), next_duty="report"),
)


def label(code: str) -> str:
    return NAMES.get(code, code)


def test_a_row_in_chinese() -> None:
    grid = ledger_grid(ROWS, label, "zh")
    assert dict(zip(grid.headings, grid.rows[0], strict=True)) == {
        "编号": "KS-1",
        "受理时间": "2026-03-02 10:00",
        "客户": "远程重卡",
        "产品": "转向拉杆",
        "等级": "A级",
        "依据": "C1.1",
        "责任人": "分厂、quality",
        "状态": "处理中",
        "下一期限": "2026-03-03 10:00 整改报告",
        "已超期": "1 天 02:03",
        "已上报": "quality",
    }


def test_a_case_that_nobody_has_graded() -> None:
    row = ledger_grid(ROWS, str).rows[1]
    assert (row[4], row[8], row[9]) == ("undetermined", "report", "")


def test_a_policy_without_grades_has_no_such_columns() -> None:
    assert ledger_grid(ROWS, str, graded=False).headings[:5] == (
        "number",
        "received",
        "customer",
        "product",
        "owner",
    )
    summary = summary_grid(summarise(ROWS), str, graded=False)
    assert summary.headings == ("department", "cases", "open", "report")
    assert summary.right == {1, 2, 3}
    assert summary.rows[-1][:2] == ("all", "2")


def test_the_summary() -> None:
    grid = summary_grid(summarise(ROWS), label, "zh")
    assert grid.headings == ("等级", "责任部门", "件数", "未结", "整改报告")
    assert grid.rows == (
        ("A级", "分厂", "1", "1", "0/1    0.0 %"),
        ("未定", "未定", "1", "1", ""),
        ("合计", "", "2", "2", "0/1    0.0 %"),
    )


def test_the_targets() -> None:
    (row,) = targets_grid(summarise(ROWS), label).rows
    assert row == ("整改报告", "1", "0", "0", "0", "1", "0.0 %")


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (None, ""),
        (dt.timedelta(seconds=59), "00:00"),
        (dt.timedelta(minutes=61), "01:01"),
        (dt.timedelta(hours=24), "1 d 00:00"),
        (dt.timedelta(days=30, minutes=5), "30 d 00:05"),
    ],
)
def test_span(length: dt.timedelta | None, text: str) -> None:
    assert span(length) == text
