"""The ledger and its summary as JSON, one object a line: codes, ISO 8601 instants, seconds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pendulum import DateTime

from complaintflow.report.ledger import LedgerRow
from complaintflow.report.summary import Group, Summary, Tally

__all__ = ["json_line", "ledger_lines", "summary_lines"]


def json_line(data: Mapping[str, Any]) -> str:
    """*data* on one line, Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def ledger_lines(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """One object a case, ``"kind": "case"``."""
    for row in rows:
        yield json_line(
            {
                "kind": "case",
                "number": row.number,
                "received": _iso(row.received),
                "customer": row.customer,
                "product": row.product,
                "grade": row.grade,
                "reason": row.reason,
                "departments": list(row.departments),
                "owner": list(row.owner),
                "state": row.state,
                "open": row.open,
                "next_duty": row.next_duty or None,
                "next_due": _iso(row.next_due),
                "overdue_by_seconds": None
                if row.overdue_by is None
                else int(row.overdue_by.total_seconds()),
                "escalated_to": list(row.escalated_to),
                "targets": [
                    {
                        "duty": target.duty,
                        "key": target.key,
                        "round": target.round,
                        "outcome": target.outcome,
                        "due": _iso(target.due),
                        "done": _iso(target.done),
                    }
                    for target in row.targets
                ],
            }
        )


def summary_lines(summary: Summary) -> Iterator[str]:
    """One object a grade and department, ``"kind": "group"``; the whole is ``"all"``."""
    for group in summary.groups:
        yield json_line({"kind": "group", **_group(group)})
    yield json_line({"kind": "all", **_group(summary.whole)})


def _group(group: Group) -> dict[str, Any]:
    return {
        "grade": group.grade,
        "department": group.department,
        "cases": group.cases,
        "open": group.open,
        "targets": {duty: _tally(tally) for duty, tally in group.targets.items()},
    }


def _tally(tally: Tally) -> dict[str, Any]:
    rate = tally.rate
    return {
        "total": tally.total,
        "on_time": tally.on_time,
        "late": tally.late,
        "running": tally.running,
        "overdue": tally.overdue,
        # a decimal as text: JSON numbers become floats on the way
        "rate": None if rate is None else f"{rate.numerator}/{rate.denominator}",
    }


def _iso(at: DateTime | None) -> str | None:
    return None if at is None else at.isoformat()
