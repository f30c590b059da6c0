"""XLSX workbooks: every cell becomes the text that a CSV file would have."""

from __future__ import annotations

import datetime as _dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from complaintflow.errors import MissingExtraError, Problem, RegisterError, did_you_mean
from complaintflow.simulation.register.sheet import Layout, Sheet, make_sheet

__all__ = ["cell_text", "parse_xlsx"]


def parse_xlsx(data: bytes, file: str, layout: Layout | None = None) -> Sheet:
    """Read one worksheet. Formulas are not evaluated: their text is the cell.

    Raises:
        MissingExtraError: openpyxl is not installed.
        RegisterError: no workbook, or it has no such worksheet or no headings.
    """
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError(
            f"reading {file} needs openpyxl: pip install 'complaintflow[xlsx]'", "xlsx"
        ) from None
    layout = layout or Layout()
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        try:
            return make_sheet(file, _lines(_choose(book, file, layout)), layout.header)
        finally:
            book.close()
    except RegisterError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged file fails anywhere inside openpyxl
        message = (
            "this is no XLSX workbook, or a damaged one; save it as .xlsx again or as CSV UTF-8 "
            f"({type(error).__name__}: {error})"
        )
        problem = Problem(message, file=file)
        raise RegisterError(f"{file} cannot be read", (problem,)) from None


def _choose(book: Any, file: str, layout: Layout) -> Any:
    names = list(book.sheetnames)
    name = layout.sheet or (names[0] if names else "")
    if name not in names:
        problem = Problem(
            f"no worksheet is called {name!r}; there are: {', '.join(names)}",
            file=file,
            suggestion=did_you_mean(name, names),
        )
        raise RegisterError(f"{file} cannot be read", (problem,))
    return book[name]


def _lines(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # some programs write a wrong size into the file
    for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        yield line, [cell_text(cell) for cell in cells]


def cell_text(value: Any) -> str:
    """The text of a cell's value: dates in ISO form, numbers without exponent."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case _dt.datetime():
            return value.isoformat(" ", "milliseconds" if value.microsecond else "seconds")
        case _dt.date() | _dt.time():
            return value.isoformat()
        case int():
            return str(value)
        case float():  # the shortest decimal that means it is what the person typed
            return format(Decimal(repr(value)), "f").removesuffix(".0")
        case _:  # an array formula or a data table has its formula in .text or .ref
            return str(getattr(value, "text", None) or f"={getattr(value, 'ref', value)}")
