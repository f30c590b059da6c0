"""Roles: who there is, as the procedure names them. The directory knows the people."""

from __future__ import annotations

import attrs

__all__ = ["Role"]


@attrs.frozen
class Role:
    """One role; *clauses* say where the procedure names it."""

    code: str
    clauses: tuple[str, ...] = ()
