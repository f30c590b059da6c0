"""Databases as commands name them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from complaintflow.errors import ComplaintFlowError, StoreError
from complaintflow.simulation.batched import BatchedStore
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore

__all__ = ["open_store"]


@contextmanager
def open_store(url: str | None) -> Iterator[CaseStore]:
    """The store that *url* means; without one the cases are gone when the block ends.

    Raises:
        StoreError: there is no such database.
    """
    if url is None:
        yield MemoryStore()
        return
    from complaintflow.store.sql import SqlStore

    try:
        store = SqlStore(url)
    except ComplaintFlowError:
        raise
    except Exception as error:  # noqa: BLE001 - what a driver says about a bad URL is its own
        raise StoreError(
            f"{url} cannot be used as a database ({type(error).__name__}: {error}); expected a "
            "URL such as sqlite:///cases.db"
        ) from None
    try:
        with BatchedStore(store) as batched:
            yield batched
    finally:
        store.close()
