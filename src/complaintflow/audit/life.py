"""What happens in the life of a duty, beside its being done."""

from __future__ import annotations

from typing import TypeAlias

import attrs

__all__ = ["Episode", "LifeBody", "PassedOn", "Rejected", "Ruled", "Waived"]


@attrs.frozen
class Rejected:
    """The owner of a duty rejected it; it stays owed until somebody has ruled."""

    duty: str
    key: str
    round: int
    reason: str


@attrs.frozen
class Ruled:
    """A rejection was ruled on.

    Args:
        upheld: Whether the rejection stands. Then the duty goes to the role *to*, with the
            start and the due time that it has; without one nothing more is owed of it.
    """

    duty: str
    key: str
    round: int
    upheld: bool
    reason: str
    to: str = ""


@attrs.frozen
class PassedOn:
    """A duty went to the role *to*, with the start and the due time that it has."""

    duty: str
    key: str
    round: int
    to: str
    reason: str


@attrs.frozen
class Waived:
    """A duty was waived: nothing more is owed of it for that key in that round."""

    duty: str
    key: str
    round: int
    reason: str


LifeBody: TypeAlias = Rejected | Ruled | PassedOn | Waived


@attrs.frozen
class Episode:
    """One of these as it stands in a case: by whom, in which role, when (microseconds UTC)."""

    body: LifeBody
    by: str
    role: str
    at: int
    position: int
