"""Many units of work in one transaction of the database: a run waits for the disk less often."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from complaintflow.store.protocol import CaseStore, UnitOfWork

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from complaintflow.store.sql import SqlStore

__all__ = ["BatchedStore"]


class BatchedStore:
    """A store in SQL that commits after every *size* units of work, and at the end.

    Each unit of work still is all or nothing. What is lost when the process dies is whole
    units, from the last commit on, so that a run can be started again. No other process can
    write to an SQLite file in the meantime: this is for runs, not for a host's daily work.

    Args:
        store: The store; it is not closed here.
        size: How many units of work are committed together.
    """

    def __init__(self, store: SqlStore, size: int = 100) -> None:
        self._store = store
        self._size = size
        self._connection: Connection | None = None
        self._inner: CaseStore = store
        self._units = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.commit()
        elif self._connection is not None:
            self._connection.close()  # what is not committed is rolled back

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work; see `CaseStore.begin`."""
        return self._begin()

    def commit(self) -> None:
        """Commit what was done so far."""
        connection, self._connection, self._units = self._connection, None, 0
        if connection is not None:
            with connection:
                connection.commit()

    @contextmanager
    def _begin(self) -> Iterator[UnitOfWork]:
        if self._connection is None:
            with self._store.begin():  # sees to it that the tables are there and ours
                pass
            self._connection = self._store.engine.connect()
            self._inner = self._store.on(self._connection)
        with self._inner.begin() as unit:
            yield unit
        self._units += 1
        if self._units >= self._size:
            self.commit()
