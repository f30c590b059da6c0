"""The life of a duty beside being done: rejected and ruled on, passed on, waived."""

from __future__ import annotations

import attrs

from complaintflow.policy.choice import Open
from complaintflow.policy.party import Party

__all__ = ["REJECTIONS", "UNMOVED", "Life"]

REJECTIONS = ("none", "pending", "yes", "no")
"""What ``duty.rejection`` can be: never rejected, not ruled on yet, upheld, refused."""


@attrs.frozen
class Life:
    """What may become of a duty that is owed, apart from its being done.

    Args:
        ruled_by: Who rules when its owner rejects it; None: it cannot be rejected.
        passed_on_by: Who may pass it on to another role; None: nobody.
        waived_by: Who may waive it; None: nobody.
        bounces: How often it may be rejected and passed on in one round, for one key; None is
            any number.
        arbiter: Who alone rules and passes it on once it has bounced that often.
    """

    ruled_by: Party | Open | None = None
    passed_on_by: Party | Open | None = None
    waived_by: Party | Open | None = None
    bounces: int | None = None
    arbiter: Party | None = None

    @property
    def moves(self) -> bool:
        """Whether it may come to another owner."""
        return self.ruled_by is not None or self.passed_on_by is not None


UNMOVED = Life()
"""The life of a duty that is only done."""
