"""Roles: who there is, as the procedure names them. The directory knows the people."""

from __future__ import annotations

import attrs

__all__ = ["Role"]


@attrs.frozen
class Role:
    """One role.

    Args:
        code: Its name.
        clauses: Where the procedure names it.
        outside: Whether it is not one of the company's own: a customer, a supplier. A case in
            which only such a role can act waits outside.
        above: The role to which it climbs while nobody acts in it.
        calendar: The calendar whose closed times are its quiet hours; None: it has none.
    """

    code: str
    clauses: tuple[str, ...] = ()
    outside: bool = False
    above: str | None = None
    calendar: str | None = None
