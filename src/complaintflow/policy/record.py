"""Records: what is kept, numbered, counted and shown to whom. They decide nothing."""

from __future__ import annotations

import attrs

from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Expression

__all__ = ["Record"]


@attrs.frozen
class Record:
    """One duty of record-keeping.

    Args:
        code: Its clause or a name.
        ledger: What it is called, if it is a list.
        columns: Facts shown in it.
        keep: How long it is kept, in words, or an open item.
        where: Which cases it holds; None all.
        number: The pattern of case numbers, such as ``{YY}{MM}{serial:02}``.
        read: What may be read only by *roles*; others ask *others_ask*.
        numbered: When a case gets such a number; None, or a step that opens a case: at its
            opening, as the number of the case itself.
    """

    code: str
    clauses: tuple[str, ...] = ()
    ledger: str = ""
    columns: tuple[str, ...] = ()
    keep: str | Open | None = None
    where: Expression | None = None
    number: str = ""
    read: str = ""
    roles: tuple[str, ...] = ()
    others_ask: str = ""
    numbered: Expression | None = None
