"""The ledger: one row a case, as plain data that whoever asks the cases fills in.

Nothing is decided here: grades, due instants and outcomes are taken as they are given.
"""

from __future__ import annotations

import datetime as _dt
from typing import Literal, TypeAlias

import attrs
from pendulum import DateTime

__all__ = ["LedgerRow", "Outcome", "TargetOutcome"]

Outcome: TypeAlias = Literal["on time", "late", "running", "overdue"]
"""How a target stands: done in time, done late, not due yet, or due and not done."""


@attrs.frozen
class TargetOutcome:
    """How one round of one duty with a limit stands.

    Args:
        duty: The duty's code.
        outcome: How it stands at the moment of the ledger.
        due: The due instant, if the limit has one.
        done: When it was discharged, if it was.
        key: The member of ``each`` that it is about, else empty.
        round: Which round of the duty, from 1.
    """

    duty: str
    outcome: Outcome
    due: DateTime | None = None
    done: DateTime | None = None
    key: str = ""
    round: int = 1


@attrs.frozen
class LedgerRow:
    """One case in the ledger. Codes, not names: printing turns them into words.

    Args:
        number: The complaint's number.
        received: When it was received, in the zone of the policy's calendar.
        customer: Who complains; empty where the register does not say.
        product: What about; empty where the register does not say.
        grade: The answer of the grading decision; None while it is undetermined.
        reason: Why: the clauses that matched, or by whom it was overruled.
        departments: Who is responsible; empty while nobody is.
        owner: The roles that owe what is due next.
        state: The workflow state's code.
        open: Whether the case still is in a state that is not final.
        next_duty: The duty that is due next, if one is owed.
        next_due: When it is due; None also for a duty without an instant.
        overdue_by: How long the most overdue target has been due.
        escalated_to: Roles that were told by a rung, in the order in which they were told.
        targets: Every target that the case had.
    """

    number: str
    received: DateTime
    customer: str = ""
    product: str = ""
    grade: str | None = None
    reason: str = ""
    departments: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    state: str = ""
    open: bool = True
    next_duty: str = ""
    next_due: DateTime | None = None
    overdue_by: _dt.timedelta | None = None
    escalated_to: tuple[str, ...] = ()
    targets: tuple[TargetOutcome, ...] = ()
