"""What a moment names that is about one key of a duty.

These names, ``fetch.key.plant`` and ``fetch.each.plant``, are in no scope: no policy says them.
"""

from __future__ import annotations

from complaintflow.domain.types import Simple
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import Expression, Name
from complaintflow.policy.expression.walk import renamed
from complaintflow.policy.keys import KEY, followed_by, known_keys
from complaintflow.policy.policy import Policy

__all__ = ["entering", "for_key", "is_key", "over"]


def over(duty: str, key: str) -> str:
    """The name of one part: that it is done, or waived."""
    return f"{duty}.key.{key}"


def is_key(duty: str, key: str) -> Name:
    """The membership of a key: that it is one of those that owe the duty now."""
    return Name(f"{duty}.each.{key}", Simple("yes/no"))


def for_key(starts: Expression, duty: Duty, key: str) -> Expression:
    """The moment *starts* for one key of *duty*."""
    parts = {f"{code}{KEY}": over(code, key) for code in followed_by(duty)}
    return renamed(starts, parts)


def entering(policy: Policy, duty: Duty) -> tuple[str, ...]:
    """The keys of a timed duty that may enter while it is owed: its clock starts with that."""
    if duty.target is None or isinstance(duty.each, tuple):
        return ()
    return known_keys(policy, duty)
