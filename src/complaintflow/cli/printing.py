"""Printing for a terminal: tables, and a progress bar while something long runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from complaintflow.report.grid import Grid, plain, shown

__all__ = ["print_grid", "progress_bar"]

Advance = Callable[[int, int], None]


def print_grid(grid: Grid) -> None:
    """Print *grid*: fitted to the terminal, or as plain columns into a file or pipe."""
    if not sys.stdout.isatty():
        for line in plain(grid):
            typer.echo(line)
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=grid.title, box=SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for index, heading in enumerate(grid.headings):
        table.add_column(
            Text(heading), justify="right" if index in grid.right else "left", overflow="fold"
        )
    for row in grid.rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    Console(highlight=False).print(table)


@contextmanager
def progress_bar(label: str) -> Iterator[Advance | None]:
    """A bar on standard error when that is a terminal; else nothing to call."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)

        def advance(done: int, total: int) -> None:
            if done % 50 == 0 or done == total:
                bar.update(task, completed=done, total=total)

        yield advance
