"""Links: another case, problem, return or procedure that a case opens or waits for."""

from __future__ import annotations

import attrs

from complaintflow.policy.expression import Expression
from complaintflow.policy.party import Party

__all__ = ["Link"]


@attrs.frozen
class Link:
    """From *starts* on, while *when* holds, something outside is open.

    As a condition its code means "opened, and all of it closed again". A link never sees inside
    the other: facts are copied down when it opens and up when it closes, nothing in between.

    Args:
        code: Its name.
        opens: What is opened, in words.
        starts: Each time it turns true, what is closed by then or was never open is opened.
        when: It is opened only while this holds (the file says ``if``).
        each: One for each of these, or for each that this decision or fact answers.
        member: The fact of the new case that says for which one of *each* it is.
        step: The step by which a new case is opened; without it and without *policy* what is
            opened lies outside, and a person reports its closing.
        policy: The identifier of the policy under which it is opened, if it is another one.
        takes: Facts that the new case takes over as they stand.
        gives: Facts that its closing makes known here.
        closed_by: Who may report that something outside is closed; None anybody.
    """

    code: str
    opens: str
    starts: Expression
    clauses: tuple[str, ...] = ()
    when: Expression | None = None
    each: tuple[str, ...] | str = ()
    member: str | None = None
    step: str | None = None
    policy: str | None = None
    takes: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    closed_by: Party | None = None

    @property
    def is_outside(self) -> bool:
        """Whether no case of this desk is opened."""
        return self.step is None and self.policy is None
