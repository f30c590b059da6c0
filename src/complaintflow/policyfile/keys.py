"""Keys and sections: of what the table of the language is made."""

from __future__ import annotations

import attrs

__all__ = ["CLAUSE", "Key", "Section"]


@attrs.frozen
class Key:
    """One key of a row.

    Args:
        name: The key.
        kind: What it takes; the kinds are in `complaintflow.policyfile.schema`.
        says: What it means.
        needed: Whether a row must have it.
        choice: Whether ``$choice`` may stay open there.
    """

    name: str
    kind: str
    says: str
    needed: bool = False
    choice: bool = False


@attrs.frozen
class Section:
    """One section, or a part of a row.

    Args:
        name: Its key at the top of a file.
        says: What it declares.
        row: What a row's key is; empty for a section that is one table itself.
        keys: The keys of a row.
        short: The kind that a row may be instead of a table.
        shorter: What the short form means.
    """

    name: str
    says: str
    row: str = ""
    keys: tuple[Key, ...] = ()
    short: str = ""
    shorter: str = ""


CLAUSE = Key("clause", "clauses", "the clauses that say so")
"""The key that most rows have."""
