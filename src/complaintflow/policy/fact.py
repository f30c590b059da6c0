"""Facts: what is known about a case, and forms: named lists of facts."""

from __future__ import annotations

import attrs

from complaintflow.calendar.limits import Limit
from complaintflow.domain.types import FactType
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Expression

__all__ = ["Ask", "Count", "Fact", "Form"]


@attrs.frozen
class Count:
    """A fact answered from history: how many cases are like this one, or what they add up to.

    Args:
        same: Facts that must be equal in the other case and in this one, or an open item.
        where: What must hold of the other case; None asks nothing more of it.
        within: How far back from this case's receipt; None is without limit.
        this_one: Whether this case itself adds one, or its own amount, whatever *where* says.
        sum: The fact that is added up over the cases, a number or money; None counts them.
    """

    same: tuple[str, ...] | Open
    where: Expression | None = None
    within: Limit | Open | None = None
    this_one: bool = False
    sum: str | None = None


@attrs.frozen
class Fact:
    """One fact of a case.

    Args:
        code: Its name in expressions and forms.
        type: What values it may take.
        count: Asked of the history instead of being given.
        formula: Computed from other facts instead of being given.
        personal: Whether it says something about a person; the trail keeps a digest of it.
    """

    code: str
    type: FactType
    clauses: tuple[str, ...] = ()
    count: Count | None = None
    formula: Expression | None = None
    personal: bool = False

    @property
    def given(self) -> bool:
        """Whether people give it (else it is counted or computed)."""
        return self.count is None and self.formula is None


@attrs.frozen
class Ask:
    """A fact that must be known: one of *names*; asked only *when* a condition holds."""

    names: tuple[str, ...]
    when: Expression | None = None

    def __str__(self) -> str:
        text = " | ".join(self.names)
        return text if self.when is None else f"{text} if {self.when}"


@attrs.frozen
class Form:
    """A named list of facts; ``filled(form)`` is true when each of its asks is met."""

    code: str
    fields: tuple[Ask, ...]
    clauses: tuple[str, ...] = ()
