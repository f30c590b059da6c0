"""Rows about people: who may use the commands beside the flow."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.calendar.limits import Limit
from complaintflow.errors import did_you_mean
from complaintflow.policy.allow import ALLOWED, Permission
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Finding, Path

__all__ = ["people_in"]

_LENGTHS = (
    *("elapsed", "working time", "working days", "calendar days", "months"),
    *("same day", "fixed point", "disagreeing"),
)
"""Sorts of limits that say until when."""


def people_in(policy: Policy) -> Iterator[Finding]:
    """What is wrong with the rows of ``[allow]``, and with what signatures mean."""
    seen: set[str] = set()
    for permission in policy.permissions:
        yield from _permission(permission, seen)
        seen.add(permission.code)
    for step in policy.steps:
        if step.meaning is not None and step.signed is None:
            message = "nobody signs this: say who, signed = 'quality'"
            yield Finding(("step", step.code, "meaning"), message, step.meaning)


def _permission(permission: Permission, seen: set[str]) -> Iterator[Finding]:
    path: Path = ("allow", permission.code)
    if permission.code not in ALLOWED:
        known = ", ".join(ALLOWED)
        message = f"no command is called {permission.code!r}; there are: {known}"
        meant = did_you_mean(permission.code, ALLOWED)
        yield Finding(path, message, permission.code, None, meant, key=True)
    if permission.code in seen:
        yield Finding(path, f"{permission.code!r} is allowed twice", permission.code, key=True)
    by, within = permission.by, permission.within
    if by is None and within is None:
        message = "say who may, or how long: by = 'quality', within = '24 h'"
        yield Finding(path, message, permission.code, key=True)
    if isinstance(by, Party) and by.how not in ("one", "or"):
        message = f"one person gives a command: 'a or b', not {str(by)!r}"
        yield Finding((*path, "by"), message, str(by))
    if isinstance(within, Limit) and within.sort not in _LENGTHS:
        message = f"expected how long, such as '24 h' or '3 working days', got {str(within)!r}"
        yield Finding((*path, "within"), message, str(within))
