"""The ledger and its summary as tables, in English or Chinese."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from pendulum import DateTime

from complaintflow.report.grid import Grid
from complaintflow.report.ledger import LedgerRow
from complaintflow.report.ledger_messages import MESSAGES
from complaintflow.report.summary import Group, Summary, percent

__all__ = ["ledger_grid", "span", "summary_grid", "targets_grid"]

Label = Callable[[str], str]
"""A code to what people call it."""


_COLUMNS = (
    "number",
    "received",
    "customer",
    "product",
    "grade",
    "reason",
    "owner",
    "state",
    "next_due",
    "overdue_by",
    "escalated_to",
)


def ledger_grid(
    rows: Iterable[LedgerRow], label: Label, language: str = "en", *, graded: bool = True
) -> Grid:
    """One line a case: number, received, customer ... overdue by, escalated to.

    Args:
        rows: The ledger.
        label: A code to what people call it.
        language: Headings in ``en`` or ``zh``.
        graded: Whether the policy grades at all; without grades their columns are left out.
    """
    lines = tuple(
        (
            row.number,
            _minute(row.received),
            row.customer,
            row.product,
            label(row.grade) if row.grade else say("undetermined", language),
            row.reason,
            _list(row.owner, label, language),
            label(row.state),
            _next(row, label),
            span(row.overdue_by, language),
            _list(row.escalated_to, label, language),
        )
        for row in rows
    )
    headings = tuple(say(column, language) for column in _COLUMNS)
    grid = Grid(say("ledger", language), headings, lines)
    return grid if graded else _without(grid, {4, 5})


def summary_grid(
    summary: Summary, label: Label, language: str = "en", *, graded: bool = True
) -> Grid:
    """One line a grade and department; for each target how many are in time of how many."""
    head = tuple(say(each, language) for each in ("grade", "department", "cases", "open"))
    lines = [_line(group, summary.duties, label, language) for group in summary.groups]
    whole = _line(summary.whole, summary.duties, label, language)
    everything = say("all", language)
    lines.append((everything, "" if graded else everything, *whole[2:]))
    grid = Grid(
        say("summary" if graded else "by_department", language),
        (*head, *(label(duty) for duty in summary.duties)),
        tuple(lines),
        frozenset(range(2, 4 + len(summary.duties))),
    )
    return grid if graded else _without(grid, {0})


def _without(grid: Grid, columns: AbstractSet[int]) -> Grid:
    kept = [index for index in range(len(grid.headings)) if index not in columns]
    return Grid(
        grid.title,
        tuple(grid.headings[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in grid.rows),
        frozenset(place for place, index in enumerate(kept) if index in grid.right),
    )


def targets_grid(summary: Summary, label: Label, language: str = "en") -> Grid:
    """One line a target: how many were owed, and how each of them stands."""
    columns = ("target", "owed", "on_time", "late", "running", "overdue", "rate")
    lines = tuple(
        (
            label(duty),
            str(tally.total),
            str(tally.on_time),
            str(tally.late),
            str(tally.running),
            str(tally.overdue),
            percent(tally.rate),
        )
        for duty, tally in summary.whole.targets.items()
    )
    headings = tuple(say(column, language) for column in columns)
    return Grid(say("targets", language), headings, lines, frozenset(range(1, 7)))


def span(length: _dt.timedelta | None, language: str = "en") -> str:
    """Elapsed time for people: ``2 d 03:15``, whole minutes; empty for None."""
    if length is None:
        return ""
    minutes = length // _dt.timedelta(minutes=1)
    days, minutes = divmod(minutes, 24 * 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{days} {say('day', language)} {clock}" if days else clock


def say(key: str, language: str) -> str:
    """A word of the ledger in *language*."""
    return MESSAGES[key][language]


def _minute(at: DateTime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _list(codes: Iterable[str], label: Label, language: str) -> str:
    return ("、" if language == "zh" else ", ").join(label(code) for code in codes)


def _next(row: LedgerRow, label: Label) -> str:
    name = label(row.next_duty) if row.next_duty else ""
    return f"{_minute(row.next_due)} {name}".rstrip() if row.next_due else name


def _line(group: Group, duties: Iterable[str], label: Label, language: str) -> tuple[str, ...]:
    cells = [
        label(group.grade) if group.grade else say("undetermined", language),
        label(group.department) if group.department else say("nobody", language),
        str(group.cases),
        str(group.open),
    ]
    for duty in duties:
        tally = group.targets.get(duty)
        if tally is None:
            cells.append("")
        else:
            good = tally.on_time + tally.running
            cells.append(f"{good}/{tally.total}  {percent(tally.rate):>7}")
    return tuple(cells)
