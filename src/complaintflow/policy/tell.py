"""Tells: who hears what, and when."""

from __future__ import annotations

import attrs

from complaintflow.policy.expression import Expression

__all__ = ["Tell"]


@attrs.frozen
class Tell:
    """Each time *on* turns true, the roles in *to* are told.

    Args:
        code: Its name.
        on: The moment.
        to: Roles, or decisions that answer roles.
        clauses: The clauses that say so.
        channel: How they are told; the host's own word, such as ``mail``.
        shows: Facts and decisions whose values go with it. Nothing else of the case leaves the
            house, so that personal data leave only where the policy says so.
    """

    code: str
    on: Expression
    to: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    channel: str = ""
    shows: tuple[str, ...] = ()
