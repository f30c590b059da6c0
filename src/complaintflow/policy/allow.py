"""Permissions: who may use the commands beside the flow, and how long after."""

from __future__ import annotations

from typing import Final

import attrs

from complaintflow.calendar.limits import Limit
from complaintflow.policy.choice import Open
from complaintflow.policy.party import Party

__all__ = ["ALLOWED", "Permission"]

ALLOWED: Final = (
    "note",
    "correct",
    "void",
    "adopt",
    "recuse",
    "back_date",
    "merge",
    "split",
    "hand_over",
    "migrate",
)
"""What a permission may be about: a command, or entering any command late."""


@attrs.frozen
class Permission:
    """Who may use one command beside the flow; without a row anybody may.

    Args:
        code: One of `ALLOWED`.
        by: Who may; None everybody.
        within: How long: ``back_date`` counts from when the entry occurred to when it is
            recorded, ``correct`` from when what is mended occurred, ``adopt`` and all others
            from the receipt of the complaint. None without end.
        clauses: The clauses that say so.
    """

    code: str
    by: Party | Open | None = None
    within: Limit | Open | None = None
    clauses: tuple[str, ...] = ()
