"""The packed example of the OEM supplier: three files, one story, no row rejected."""

from __future__ import annotations

import csv
import io

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.gallery.oem_supplier.example import make
from complaintflow.gallery.oem_supplier.example.stories import COMPLAINTS
from complaintflow.policy.policy import Policy
from complaintflow.report.ledger import LedgerRow
from complaintflow.simulation.register import (
    RegisterMapping,
    check_entry_headings,
    check_mapping,
    load_mapping,
    read_entries,
    read_register,
    read_sheet,
)
from complaintflow.simulation.run import RunResult, run_register

FOLDER = pack_folder("oem_supplier") / "example"
ASKED = [
    "客诉编号",
    "反馈日期",
    "客户名称",
    "产品型号",
    "批号",
    "数量",
    "不良数",
    "反馈内容",
    "客诉分类",
    "严重等级",
    "责任部门",
    "根本原因分析",
    "纠正措施",
    "客户诉求",
    "处置结果",
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_pack("oem_supplier")


@pytest.fixture(scope="module")
def mapping() -> RegisterMapping:
    return load_mapping(FOLDER / "mapping.toml")


@pytest.fixture(scope="module")
def result(policy: Policy, mapping: RegisterMapping) -> RunResult:
    sheet = read_sheet(FOLDER / "register-gbk.csv", mapping.layout)
    check_mapping(policy, mapping, sheet)
    events = read_sheet(FOLDER / "events.csv")
    check_entry_headings(mapping, events)
    rows = read_register(policy, sheet, mapping)
    return run_register(policy, rows, mapping, read_entries(policy, events, mapping))


@pytest.fixture(scope="module")
def ledger(result: RunResult) -> dict[str, LedgerRow]:
    return {row.number: row for row in result.ledger}


class TestFiles:
    """What make.py writes is what is packed."""

    @pytest.mark.parametrize("name", ["register-gbk.csv", "events.csv"])
    def test_the_csv_files_are_current(self, name: str) -> None:
        made = {"register-gbk.csv": make.register_csv, "events.csv": make.events_csv}[name]()
        assert (FOLDER / name).read_bytes() == made

    def test_the_workbook_is_the_same_bytes_every_time(self) -> None:
        pytest.importorskip("xlsxwriter")
        assert make.register_xlsx() == make.register_xlsx()

    def test_the_workbook_says_what_the_csv_file_says(
        self, policy: Policy, mapping: RegisterMapping
    ) -> None:
        pytest.importorskip("openpyxl")
        books = [
            read_register(policy, read_sheet(FOLDER / name, mapping.layout), mapping)
            for name in ("register.xlsx", "register-gbk.csv")
        ]
        told = [
            [(row.opening.number, row.opening.recorded, row.opening.facts, row.later)
             for row in book.rows]
            for book in books
        ]  # fmt: skip
        assert told[0] == told[1]

    def test_the_register_is_gbk_with_the_usual_headings(self) -> None:
        text = (FOLDER / "register-gbk.csv").read_bytes().decode("gbk")
        headings = next(csv.reader(io.StringIO(text)))
        assert set(ASKED) <= set(headings)

    def test_the_history_is_long_enough(self) -> None:
        assert 40 <= len(COMPLAINTS) <= 60
        months = {complaint.received.month for complaint in COMPLAINTS}
        assert months == {1, 2, 3, 4, 5}


class TestLedger:
    """What comes out of it."""

    def test_no_row_is_rejected(self, result: RunResult) -> None:
        assert result.rejected == ()
        assert result.processed == result.total
        assert len(result.ledger) == len(COMPLAINTS)

    def test_the_third_b_becomes_a(self, ledger: dict[str, LedgerRow]) -> None:
        """C1.5: the same customer, model and defect for the third time."""
        assert [ledger[f"KS2026-{n:03}"].grade for n in (1, 11, 23)] == ["B", "B", "A"]
        assert [ledger[f"KS2026-{n:03}"].grade for n in (7, 18, 27)] == ["B", "B", "A"]
        assert ledger["KS2026-023"].reason == "C1.5, E4"

    def test_all_grades_and_states(self, ledger: dict[str, LedgerRow]) -> None:
        assert {row.grade for row in ledger.values()} == {"A", "B", "C"}
        states = {row.state for row in ledger.values()}
        assert {"received", "in_review", "verified", "in_hand", "closed"} <= states
        assert {row.open for row in ledger.values()} == {True, False}

    def test_may_day(self, ledger: dict[str, LedgerRow]) -> None:
        """24 hours run through the holiday; half a working day waits until it is over."""
        hours = {t.duty: t for t in ledger["KS2026-043"].targets}["preliminary_report"]
        assert hours.due is not None
        assert f"{hours.due:%m-%d}" == "05-01"
        days = {t.duty: t for t in ledger["KS2026-044"].targets}["transmit"]
        assert days.due is not None
        assert f"{days.due:%m-%d}" >= "05-06"

    def test_every_way_in_which_a_target_can_stand(self, ledger: dict[str, LedgerRow]) -> None:
        outcomes = {target.outcome for row in ledger.values() for target in row.targets}
        assert outcomes == {"on time", "late", "running", "overdue"}

    def test_typed_in_late_is_escalated_and_yet_in_time(self, ledger: dict[str, LedgerRow]) -> None:
        row = ledger["KS2026-021"]
        report = {target.duty: target for target in row.targets}["rectification_report"]
        assert report.outcome == "on time"
        assert row.escalated_to == ("quality", "sales")

    def test_an_effect_that_was_not_proven_begins_a_second_round(
        self, ledger: dict[str, LedgerRow]
    ) -> None:
        reports = [t for t in ledger["KS2026-022"].targets if t.duty == "rectification_report"]
        assert [target.round for target in reports] == [1, 2]
        assert reports[0].done is not None
        assert reports[1].due is not None
        assert reports[0].done < reports[1].due

    def test_overdue_cases_are_escalated(self, ledger: dict[str, LedgerRow]) -> None:
        overdue = [
            row
            for row in ledger.values()
            if any(t.outcome == "overdue" and "report" in t.duty for t in row.targets)
        ]
        assert len(overdue) >= 3
        for row in overdue:
            assert row.overdue_by is not None
            assert row.escalated_to == ("quality", "sales")

    def test_what_the_procedure_leaves_open_is_listed(self, result: RunResult) -> None:
        assert {"repeatedly", "not_real"} <= {item.code for item in result.open_items}
