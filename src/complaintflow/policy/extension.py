"""Extensions: by how much a target is put off, once that is granted."""

from __future__ import annotations

import attrs

from complaintflow.calendar.limits import Limit
from complaintflow.policy.expression import Expression

__all__ = ["Extension"]


@attrs.frozen
class Extension:
    """How a target is extended.

    Args:
        on: The moment at which an extension is granted: each turn grants one.
        by: How much it gives: a limit, or the code of a fact of type limit, as it is known when
            the extension is granted.
        start: The moment from which it is counted, usually the ask (the file says ``from``);
            None counts from the due instant.
        most: How many there may be in a round; None as many as are granted.
        longest: The most that one may give, counted from where it is counted.
        regrade: Whether a regrade leaves it ``kept`` or ``dropped``.
        clauses: Where the procedure says so.
    """

    on: Expression
    by: Limit | str
    start: Expression | None = None
    most: int | None = None
    longest: Limit | None = None
    regrade: str = "dropped"
    clauses: tuple[str, ...] = ()
