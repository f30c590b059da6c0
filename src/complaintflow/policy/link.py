"""Links: another case, problem, return or procedure that a case opens or waits for."""

from __future__ import annotations

import attrs

from complaintflow.policy.expression import Expression

__all__ = ["Link"]


@attrs.frozen
class Link:
    """From *starts* on, while *when* holds, something outside is open.

    As a condition its code means "opened, and closed again".
    """

    code: str
    opens: str
    starts: Expression
    clauses: tuple[str, ...] = ()
    when: Expression | None = None
