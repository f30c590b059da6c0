"""A table of text: data for whoever prints it, and plain printing for any terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import attrs

__all__ = ["Grid", "plain", "shown", "width"]


@attrs.frozen
class Grid:
    """A titled table.

    Args:
        title: What stands above it.
        headings: One a column.
        rows: Each with one text a column.
        right: Columns that are set to the right, by index.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


def width(text: str) -> int:
    """How many terminal cells *text* takes: a Chinese character takes two."""
    cells = 0
    for character in text:
        if unicodedata.combining(character):
            continue
        cells += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return cells


def shown(text: str) -> str:
    """*text* on one line and without control characters: data never steers the terminal."""
    kept = (
        " " if character in "\t\r\n" else character
        for character in text
        if character in "\t\r\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return " ".join("".join(kept).split())


def plain(grid: Grid) -> Iterator[str]:
    """The lines of *grid*: columns two blanks apart, a rule below the headings."""
    table = [tuple(shown(cell) for cell in row) for row in (grid.headings, *grid.rows)]
    widths = [max(width(row[index]) for row in table) for index in range(len(grid.headings))]
    if grid.title:
        yield grid.title
    for number, row in enumerate(table):
        cells = []
        for index, cell in enumerate(row):
            pad = " " * (widths[index] - width(cell))
            cells.append(pad + cell if index in grid.right else cell + pad)
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield "  ".join("-" * each for each in widths)
