"""A register as a sheet: headings and rows of text, each with the line it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from complaintflow.errors import Problem, RegisterError
from complaintflow.simulation.register.reason import Rejection, reason

__all__ = ["Layout", "Row", "Sheet", "make_sheet"]


@attrs.frozen
class Layout:
    """How a file is laid out; what is None is found out.

    Args:
        encoding: Name of a text encoding, such as ``gb18030``.
        delimiter: The character between cells of a CSV file.
        sheet: Name of a worksheet; None takes the first.
        header: The line of the headings, from 1; lines above it are ignored.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header: int = 1


@attrs.frozen
class Row:
    """One row: *line* is where a person finds it in the file; *cells* heading to text."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


@attrs.frozen
class Sheet:
    """What a file says, before anybody asks what it means.

    Args:
        file: The file's name as the user gave it.
        headings: In the order of the file; a heading given twice stands once.
        rows: Rows that are not blank, in the order of the file.
        broken: Rows that could not even be split into cells.
        twice: Headings that stand more than once; the leftmost column counts.
    """

    file: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[Rejection, ...] = ()
    twice: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        """Rows in the file that are not blank."""
        return len(self.rows) + len(self.broken)


def make_sheet(
    file: str,
    lines: Iterable[tuple[int, list[str]] | Rejection],
    header: int = 1,
) -> Sheet:
    """Take the headings from the line *header* and name the cells of every later row.

    Args:
        file: The file's name as the user gave it.
        lines: Line number and cells, or why a line has none.
        header: The line of the headings, from 1.

    Raises:
        RegisterError: the file has no such line, or it is blank.
    """
    headings: list[str] | None = None
    rows: list[Row] = []
    broken: list[Rejection] = []
    for item in lines:
        if isinstance(item, Rejection):
            if headings is not None:
                broken.append(attrs.evolve(item, file=file))
            continue
        line, cells = item
        if headings is None:
            if line >= header and any(cell.strip() for cell in cells):
                headings = [" ".join(cell.split()) for cell in cells]
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(headings) :]):
            wide = reason("too_wide", cells=len(cells), headings=len(headings))
            broken.append(Rejection(line, (wide,), file=file))
            continue
        named: dict[str, str] = {}
        for heading, cell in zip(headings, cells, strict=False):
            if heading and heading not in named:
                named[heading] = cell.strip()
        rows.append(Row(line, named))
    if headings is None:
        message = f"expected headings in line {header}, and found no text there or below"
        raise RegisterError(f"{file} is empty", (Problem(message, file=file),))
    names = [heading for heading in headings if heading]
    twice = frozenset(name for name in names if names.count(name) > 1)
    return Sheet(file, tuple(dict.fromkeys(names)), tuple(rows), tuple(broken), twice)
