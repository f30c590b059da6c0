"""What the database says, in the words of the store."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from complaintflow.errors import StaleVersionError, StoreError

__all__ = ["translate"]

_LOST_A_RACE = {"40001", "40P01"}  # serialization failure, deadlock


def translate(error: DBAPIError) -> StoreError:
    """A lost race as StaleVersionError, so that it is tried again; anything else as StoreError."""
    text = str(error.orig)
    if getattr(error.orig, "sqlstate", None) in _LOST_A_RACE:
        return StaleVersionError(f"another transaction came first; start again ({text})")
    if "database is locked" in text or "database table is locked" in text:
        return StoreError(
            "the database stayed locked by another process or thread; end its transaction, or "
            f"wait longer with a greater timeout in the URL or connect_args ({text})"
        )
    if "no such table" in text or getattr(error.orig, "sqlstate", None) == "42P01":
        return StoreError(f"the tables are not there: call create_tables() or migrate ({text})")
    return StoreError(f"the database refused: {text}")
