"""Tells: who hears what, and when."""

from __future__ import annotations

import attrs

from complaintflow.policy.expression import Expression

__all__ = ["Tell"]


@attrs.frozen
class Tell:
    """Each time *on* turns true, the roles in *to* are told."""

    code: str
    on: Expression
    to: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    channel: str = ""
