"""Choices: where the text can be read in several ways, or says nothing."""

from __future__ import annotations

from typing import Any

import attrs

__all__ = ["Choice", "Open"]


@attrs.frozen
class Open:
    """Stands where a value would stand that the procedure does not give.

    Args:
        choice: The code of the choice (an open item) that would have to be settled.
    """

    choice: str

    def __str__(self) -> str:
        return f"${self.choice}"


@attrs.frozen
class Choice:
    """One place of the text that had to be read somehow.

    Args:
        code: Its name; the policy writes ``$code`` where the value stands.
        clauses: The clauses it is about.
        taken: The reading taken, as written; None for an *open item*.
        others: The other readings, as written.
        why: Why there is a choice at all.
    """

    code: str
    clauses: tuple[str, ...]
    taken: Any = None
    others: tuple[Any, ...] = ()
    why: str = ""

    @property
    def is_open(self) -> bool:
        """Whether no reading was taken: an error when a case needs it."""
        return self.taken is None
