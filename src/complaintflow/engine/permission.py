"""Permissions: who may use the commands beside the flow, and how long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from complaintflow.calendar.limits import Limit
from complaintflow.calendar.outcome import due_us
from complaintflow.engine.commands import (
    Adopt,
    Command,
    Correct,
    HandOver,
    Merge,
    Note,
    Recuse,
    Split,
    Void,
)
from complaintflow.engine.reasons import OpenItem, Reason, TooLate, WrongRole
from complaintflow.engine.view import View
from complaintflow.moments import from_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.party import Party

__all__ = ["not_allowed", "not_permitted"]

_SECOND = 1_000_000
_Since = Callable[[View, Any], int]


def _received(view: View, what: Any) -> int:
    return view.case.received


def _stated(view: View, what: Correct) -> int:
    """When the earliest of the facts that are to be mended occurred."""
    known = [view.case.facts[name].since for name in what.facts if name in view.case.facts]
    return min(known, default=view.case.received)


def _taken_over(view: View, what: Adopt) -> int:
    return what.received


_COMMANDS: Final[Mapping[type, tuple[str, _Since]]] = {
    Note: ("note", _received),
    Correct: ("correct", _stated),
    Void: ("void", _received),
    Adopt: ("adopt", _taken_over),
    Recuse: ("recuse", _received),
    HandOver: ("hand_over", _received),
    Merge: ("merge", _received),
    Split: ("split", _received),
}
"""Commands that may have a row, each with the instant from which its limit counts."""


def not_permitted(view: View, command: Command, now: int) -> list[Reason]:
    """What the policy's ``[allow]`` has against *command*, recorded *now*."""
    found: list[Reason] = []
    if command.occurred // _SECOND < now // _SECOND:
        found += not_allowed(view, "back_date", command.role, command.occurred, now)
    beside = _COMMANDS.get(type(command.what))
    if beside is not None:
        word, since = beside
        found += not_allowed(view, word, command.role, since(view, command.what), now)
    return found


def not_allowed(view: View, word: str, role: str, since: int, now: int) -> list[Reason]:
    """What stands against the use of a command; nothing where the policy has no row for it.

    Args:
        view: The case.
        word: The command, one of `complaintflow.policy.allow.ALLOWED`.
        role: The role in which somebody wants to use it.
        since: From when its limit counts, microseconds since 1970 UTC.
        now: The present.
    """
    program = view.program
    row = program.permissions.get(word)
    if row is None:
        return []
    clause = ", ".join(row.clauses) or f"allow.{word}"
    found: list[Reason] = []
    for item in (row.by, row.within):
        if isinstance(item, Open):
            choice = program.choices[item.choice]
            found.append(OpenItem(item.choice, choice.why, clause))
    if found:
        return found
    if isinstance(row.by, Party) and role not in row.by.members(view.roles):
        found.append(WrongRole(word, role, str(row.by), clause))
    if isinstance(row.within, Limit):
        calendar = program.policy.calendar
        until = due_us(calendar, since, row.within, program.policy.conventions)
        if until is not None and now // _SECOND * _SECOND > until:
            at = from_micros(until, calendar.tz).isoformat(" ", "seconds")
            found.append(TooLate(clause, word, str(row.within), at))
    return found
