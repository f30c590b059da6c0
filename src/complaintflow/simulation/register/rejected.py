"""``rejected.csv``: every row that was not processed, with its line and its reasons."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from complaintflow.errors import Problem, RegisterError
from complaintflow.simulation.register.reason import Rejection

__all__ = ["COLUMNS", "harmless", "write_rejected"]

COLUMNS = ("file", "line", "number", "reasons")


def harmless(text: str) -> str:
    """*text* with an apostrophe before it where a spreadsheet would evaluate it."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def write_rejected(path: Path | str, rows: Iterable[Rejection], language: str = "en") -> None:
    """Write *rows* to *path* as CSV in UTF-8 with BOM, so that spreadsheets read it rightly.

    Raises:
        RegisterError: the file cannot be written.
    """
    try:
        with Path(path).open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            for row in rows:
                cells = (row.file, str(row.line), row.number, row.text(language))
                writer.writerow([harmless(cell) for cell in cells])
    except OSError as error:
        problem = Problem(error.strerror or "it cannot be written", file=str(path))
        raise RegisterError("the rejected rows cannot be written", (problem,)) from None
