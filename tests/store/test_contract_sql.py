"""complaintflow.testing.contracts, run against SQLite, PostgreSQL and a host's connection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from complaintflow.store.protocol import CaseStore
from complaintflow.testing.contracts import StoreContract

sqlalchemy = pytest.importorskip("sqlalchemy")

from complaintflow.store.sql import SqlStore  # noqa: E402 - only where SQLAlchemy is


def emptied(store: SqlStore) -> SqlStore:
    """The store without a row, which is quicker than making its tables anew."""
    with store.engine.begin() as connection:
        for table in store.metadata.sorted_tables:
            if table is not store.tables.schema:
                connection.execute(table.delete())
    return store


class TestSqliteFile(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[CaseStore]:
        store = SqlStore(f"sqlite:///{tmp_path / 'cases.db'}")
        yield store
        store.close()


class TestSqliteMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Iterator[CaseStore]:
        store = SqlStore("sqlite://")
        yield store
        store.close()


@pytest.fixture(scope="module")
def in_postgres(postgres: str) -> Iterator[SqlStore]:
    store = SqlStore(postgres)
    yield store
    store.close()


class TestPostgres(StoreContract):
    @pytest.fixture
    def store(self, in_postgres: SqlStore) -> CaseStore:
        return emptied(in_postgres)


class TestHostsSqlite(StoreContract):
    """Units of work as savepoints in a transaction of the host."""

    threads = False

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[CaseStore]:
        engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'host.db'}")
        store = SqlStore(engine)
        store.create_tables()
        with engine.connect() as connection:
            yield store.on(connection)
        engine.dispose()


class TestHostsPostgres(StoreContract):
    threads = False

    @pytest.fixture
    def store(self, in_postgres: SqlStore) -> Iterator[CaseStore]:
        store = SqlStore(emptied(in_postgres).engine)
        with store.engine.connect() as connection:
            yield store.on(connection)
