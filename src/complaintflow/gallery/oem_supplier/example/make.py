"""Makes the packed example: an invented register of an OEM supplier, January to May 2026.

Run it to write ``register.xlsx``, ``register-gbk.csv`` and ``events.csv`` beside this file.
Everything is invented: companies, persons, lots and complaints. The same program always
writes the same bytes.
"""

from __future__ import annotations

import csv
import datetime as _dt
import io
from collections.abc import Iterator
from pathlib import Path

from complaintflow.gallery.oem_supplier.example.stories import COMPLAINTS, Complaint
from complaintflow.gallery.oem_supplier.example.tellings import Deed, tell

__all__ = ["EVENT_HEADINGS", "HEADINGS", "events_csv", "register_csv", "register_xlsx", "rows"]

HEADINGS = (
    "客诉编号",
    "反馈日期",
    "客户名称",
    "产品名称",
    "产品型号",
    "批号",
    "发货日期",
    "数量",
    "不良数",
    "反馈内容",
    "不良现象",
    "客诉分类",
    "严重等级",
    "责任部门",
    "根本原因分析",
    "纠正措施",
    "可能损失(元)",
    "索赔金额(元)",
    "口头反馈",
    "客户诉求",
    "处置结果",
    "反馈人",
)
EVENT_HEADINGS = (
    "客诉编号",
    "发生时间",
    "录入时间",
    "事项",
    "对象",
    "角色",
    "人员",
    "内容",
    "到场人员",
    "附件",
    "理由",
)
Cell = str | int | _dt.datetime | _dt.date | None


def rows() -> Iterator[tuple[Cell, ...]]:
    """The rows of the register, in the order of the headings."""
    for number, complaint in enumerate(COMPLAINTS, 1):
        yield _row(f"KS2026-{number:03}", complaint)


def deeds() -> Iterator[tuple[str, Deed]]:
    """What was done about which complaint, in the order in which it was written down."""
    told = [
        (deed.recorded, number, index, deed)
        for number, complaint in enumerate(COMPLAINTS, 1)
        for index, deed in enumerate(tell(complaint))
    ]
    for _, number, _, deed in sorted(told, key=lambda each: each[:3]):
        yield f"KS2026-{number:03}", deed


def _row(number: str, complaint: Complaint) -> tuple[Cell, ...]:
    return (
        number,
        complaint.received,
        complaint.customer,
        complaint.product,
        complaint.model,
        complaint.lot,
        complaint.shipped_on,
        complaint.quantity,
        complaint.defective,
        complaint.words,
        complaint.defect,
        complaint.kind,
        complaint.severity,
        complaint.department,
        complaint.cause,
        complaint.remedy,
        complaint.loss,
        complaint.claim,
        "是" if complaint.oral else None,
        complaint.demand,
        complaint.disposal,
        complaint.reporter,
    )


def register_xlsx() -> bytes:
    """The register as a workbook; the same bytes every time."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    made = _dt.datetime(2026, 5, 25, 9, 0)  # noqa: DTZ001 - a workbook's times have no zone
    book.set_properties({"title": "客诉台账", "created": made})
    sheet = book.add_worksheet("客诉台账")
    bold = book.add_format({"bold": True})
    minute = book.add_format({"num_format": "yyyy/m/d h:mm"})
    day = book.add_format({"num_format": "yyyy/m/d"})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(HEADINGS) - 1, 14)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(0, column, heading, bold)
    for line, row in enumerate(rows(), 1):
        for column, cell in enumerate(row):
            match cell:
                case None:
                    continue
                case _dt.datetime():
                    sheet.write_datetime(line, column, cell, minute)
                case _dt.date():
                    sheet.write_datetime(line, column, cell, day)
                case int():
                    sheet.write_number(line, column, cell)
                case str():
                    sheet.write_string(line, column, cell)
    book.close()
    return stream.getvalue()


def register_csv() -> bytes:
    """The register as a Chinese spreadsheet program exports it: GBK, dates like 2026/3/5."""
    return _csv(HEADINGS, rows()).encode("gbk")


def events_csv() -> bytes:
    """What was done when, in UTF-8 with a byte order mark."""
    table = ((number, *deed.cells()) for number, deed in deeds())
    return _csv(EVENT_HEADINGS, table).encode("utf-8-sig")


def _csv(headings: tuple[str, ...], table: Iterator[tuple[Cell, ...]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    for row in table:
        writer.writerow([_text(cell) for cell in row])
    return stream.getvalue()


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case _dt.datetime():
            return f"{cell.year}/{cell.month}/{cell.day} {cell.hour}:{cell.minute:02}"
        case _dt.date():
            return f"{cell.year}/{cell.month}/{cell.day}"
        case _:
            return str(cell)


def main() -> None:
    """Write the three files."""
    folder = Path(__file__).parent
    for name, data in (
        ("register.xlsx", register_xlsx()),
        ("register-gbk.csv", register_csv()),
        ("events.csv", events_csv()),
    ):
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
