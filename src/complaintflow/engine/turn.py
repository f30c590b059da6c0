"""Whose turn it is: who owes, who is asked, who may move a case, and on which side it waits."""

from __future__ import annotations

import attrs

from complaintflow.engine.approvals import approval_state
from complaintflow.engine.owed import owed_in
from complaintflow.engine.view import View
from complaintflow.policy.choice import Open
from complaintflow.policy.step import ANY

__all__ = ["Turn", "turn_of"]


@attrs.frozen
class Turn:
    """Whose turn it is in a case.

    Args:
        owes: Roles that owe something whose clock does not stand.
        asked: Roles that an approval waits for.
        may: Roles that may take a step that leads on from this very state; a step that is
            possible ``from = "any"`` state is nobody's turn.
        outside: Those of them that are not the company's own.
    """

    owes: tuple[str, ...]
    asked: tuple[str, ...]
    may: tuple[str, ...]
    outside: frozenset[str]

    @property
    def roles(self) -> tuple[str, ...]:
        """Whose turn it is: who owes or is asked; where nobody does, who may move the case."""
        return tuple(dict.fromkeys((*self.owes, *self.asked))) or self.may

    @property
    def waits(self) -> str:
        """``inside``, ``outside`` when only outsiders can act, ``nowhere`` when nobody has to."""
        if not self.roles:
            return "nowhere"
        return "outside" if self.outside.issuperset(self.roles) else "inside"


def turn_of(view: View, now: int) -> Turn:
    """Whose turn it is at *now*."""
    policy = view.program.policy
    if view.case.voided is not None:
        return Turn((), (), (), frozenset())
    owes = dict.fromkeys(
        role for owed in owed_in(view, now) if not owed.paused for role in owed.roles
    )
    asked = dict.fromkeys(
        role for approval in policy.approvals for role in approval_state(view, approval).turn
    )
    may: dict[str, None] = {}
    for step in policy.steps:
        named = view.case.state in step.source and ANY not in step.source
        if named and not isinstance(step.by, Open):
            may.update(dict.fromkeys(step.by.members(view.roles)))
    outside = {role.code for role in policy.roles if role.outside}
    return Turn(tuple(owes), tuple(asked), tuple(may), frozenset(outside & {*owes, *asked, *may}))
