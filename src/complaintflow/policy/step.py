"""Steps: what a role may do now. A step moves the case; it never waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Expression
from complaintflow.policy.fact import Ask
from complaintflow.policy.party import Party

__all__ = ["ANY", "Branch", "Need", "Step"]

ANY = "any"
"""A step ``from = "any"`` is possible in every state that is not final."""


@attrs.frozen
class Branch:
    """Where a step leads when *when* holds; None is ``else``."""

    to: str | Open
    when: Expression | None = None


@attrs.frozen
class Need:
    """A guard: *condition* must be true; *clause* is cited when it is not."""

    clause: str
    condition: Expression


@attrs.frozen
class Step:
    """Something a role may do; it moves the case from state to state.

    Args:
        code: Its name; as a condition it means "has happened".
        by: Who may take it.
        source: States in which it is possible; empty opens a case; ``("any",)`` everywhere.
        to: Branches in order; empty leaves the state as it is.
        asks: Facts that must be known once it is taken.
        form: A form that must be filled once it is taken.
        needs: Guards that refuse, each citing its clause.
        should: Guards that can be passed with a reason.
        sets: Facts that it sets.
        signed: Who signs, if the procedure asks for a signature.
        meaning: What signing it means.
        via: Channels of which one must be used.
        makes: Documents that come out of it; each must be among the evidence.
    """

    code: str
    by: Party | Open
    clauses: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    to: tuple[Branch, ...] = ()
    asks: tuple[Ask, ...] = ()
    form: str | None = None
    needs: tuple[Need, ...] = ()
    should: tuple[Need, ...] = ()
    sets: Mapping[str, Any] = attrs.Factory(dict)
    signed: Party | Open | None = None
    via: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    meaning: str | None = None

    @property
    def opens(self) -> bool:
        """Whether it opens a case."""
        return not self.source
