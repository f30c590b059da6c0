"""A store in SQLite or PostgreSQL, through SQLAlchemy.

Units of work follow one another on SQLite (BEGIN IMMEDIATE), so no two of them interleave. On
PostgreSQL they run side by side under READ COMMITTED: a case is guarded by its version, a
command by its id, and an index entry by a lock from the moment somebody asks `find` about it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

from complaintflow.errors import MissingExtraError, StoreError
from complaintflow.store.checks import no_sqlalchemy
from complaintflow.store.protocol import CaseStore, UnitOfWork

try:
    from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event, insert, make_url
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import StaticPool
except ImportError as error:
    raise no_sqlalchemy() from error

from complaintflow.store.sql_cache import Cache
from complaintflow.store.sql_errors import translate
from complaintflow.store.sql_schema import SCHEMA_VERSION, Tables
from complaintflow.store.sql_statements import statements
from complaintflow.store.sql_unit import SqlUnit

__all__ = ["SqlStore"]

_BUSY_SECONDS: Final = 30
_CREATE_LOCK: Final = 0x636F6D706C61696E  # "complain": two processes may start together


class SqlStore:
    """Cases in SQLite or PostgreSQL; see `CaseStore` for what it promises.

    Args:
        where: A URL (``sqlite:///cases.db``, ``postgresql://...``), whose tables are made when
            they are absent, or the host's own engine, whose tables the host migrates or makes
            by `create_tables`.
        tables: Other names or another schema: `Tables.into`.
        cache: How many cases' decoded events are kept between units of work.
        durable: Whether a commit waits until the disk has it. Without, a commit costs a fraction,
            survives the death of the process, and may be lost, as a whole, when the power fails.
            Only for a URL; a host's engine is as the host has set it.

    Raises:
        MissingExtraError: the driver is not installed.
        StoreError: the database is neither SQLite nor PostgreSQL, or its tables are of
            another version.
    """

    def __init__(
        self,
        where: str | Engine,
        *,
        tables: Tables | None = None,
        cache: int = 256,
        durable: bool = True,
    ) -> None:
        self.tables: Final = tables or Tables.into(MetaData())
        self.engine: Final = _engine(where, durable=durable) if isinstance(where, str) else where
        dialect = self.engine.dialect.name
        if dialect not in {"sqlite", "postgresql"}:
            raise StoreError(f"expected SQLite or PostgreSQL, got {dialect}")
        self._owned = isinstance(where, str)
        self._sql = statements(self.tables, dialect)
        self._cache = Cache(cache)
        self._mine = threading.local()
        # A database in memory is one connection, which threads must take in turn.
        self._turn = threading.Lock() if isinstance(self.engine.pool, StaticPool) else None
        self._checked = False
        if self._owned:
            try:
                self.create_tables()
            except BaseException:
                self.close()
                raise

    @property
    def metadata(self) -> MetaData:
        """What Alembic compares the database with."""
        return self.tables.metadata

    def create_tables(self) -> None:
        """Make the tables that are absent; two processes may do so at once.

        Raises:
            StoreError: tables of another version are there.
        """
        with self._transaction() as connection:
            with _translated():
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CREATE_LOCK})")
                self.metadata.create_all(connection, tables=list(self._all()))
                if connection.execute(self._sql.schema).scalar_one() is None:
                    connection.execute(insert(self.tables.schema), {"version": SCHEMA_VERSION})
            self._check(connection)

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """A unit of work in a transaction of its own; see `CaseStore.begin`."""
        return self._begin()

    @contextmanager
    def _begin(self) -> Iterator[UnitOfWork]:
        if getattr(self._mine, "busy", False):
            raise StoreError("this thread has a unit of work open already; end it first")
        self._mine.busy = True
        try:
            with self._transaction() as connection:
                self._check(connection)
                unit = self._unit(connection)
                try:
                    yield unit
                finally:
                    unit._end()
        finally:
            self._mine.busy = False

    def within(self, connection: Connection) -> SqlUnit:
        """A unit of work on the host's own connection and transaction.

        Nothing is committed here: what it writes becomes true with the host's commit, and is
        gone with the host's rollback. When a call raises, roll back.

        Raises:
            StoreError: the connection commits each statement by itself, or belongs to another
                kind of database, or the tables are not there.
        """
        _join(connection, self.engine.dialect.name)
        self._check(connection)
        return self._unit(connection)

    def on(self, connection: Connection) -> CaseStore:
        """A store whose units of work are savepoints in the host's transaction.

        Hand it to whatever wants a store, and commit on the connection when all is done.
        """
        return _HostStore(self, connection)

    def close(self) -> None:
        """Close the connections of a store that was made from a URL."""
        if self._owned:
            self.engine.dispose()

    def _unit(self, connection: Connection) -> SqlUnit:
        return SqlUnit(connection, self.tables, self._sql, self._cache)

    def _all(self) -> Iterator[Any]:
        t = self.tables
        yield from (t.schema, t.case, t.event, t.entry, t.command)
        yield from (t.message, t.serial, t.document)

    def _check(self, connection: Connection) -> None:
        """Refuse tables of another version, once."""
        if self._checked:
            return
        with _translated():
            found = connection.execute(self._sql.schema).scalar_one()
        if found != SCHEMA_VERSION:
            raise StoreError(
                f"the tables have version {found}, this complaintflow needs {SCHEMA_VERSION}"
            )
        self._checked = True

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """A transaction of our own, committed unless the block raises."""
        if self._turn:
            self._turn.acquire()
        try:
            with _translated():
                connection = self.engine.connect()
            with connection:  # what is not committed when it closes is rolled back
                _join(connection, self.engine.dialect.name)
                yield connection
                with _translated():
                    connection.commit()
        finally:
            if self._turn:
                self._turn.release()


class _HostStore:
    """A store on one connection of the host; its thread is the host's business."""

    def __init__(self, store: SqlStore, connection: Connection) -> None:
        self._store = store
        self._connection = connection
        self._busy = False

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        return self._begin()

    @contextmanager
    def _begin(self) -> Iterator[UnitOfWork]:
        if self._busy:
            raise StoreError("this connection has a unit of work open already; end it first")
        self._busy = True
        try:
            unit = self._store.within(self._connection)
            with _translated():
                savepoint = self._connection.begin_nested()
            try:
                yield unit
            except BaseException:
                savepoint.rollback()
                raise
            finally:
                unit._end()
            with _translated():
                savepoint.commit()
        finally:
            self._busy = False


@contextmanager
def _translated() -> Iterator[None]:
    """The database's errors in the words of the store."""
    try:
        yield
    except DBAPIError as error:
        raise translate(error) from error


def _join(connection: Connection, dialect: str) -> None:
    """See that *connection* is in a transaction that can be rolled back, and on SQLite writes."""
    if connection.dialect.name != dialect:
        raise StoreError(f"expected a connection to {dialect}, got {connection.dialect.name}")
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.dbapi_connection
    if dialect == "sqlite":
        if not driver.in_transaction:  # the driver would begin late, and only to read
            with _translated():
                connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif driver.autocommit:
        raise StoreError("this connection commits each statement by itself; use a transaction")


def _engine(url: str, *, durable: bool) -> Engine:
    """An engine as the store wants it: patient, and with a write-ahead log on SQLite."""
    made = _made(make_url(url))
    sqlite = made.dialect.name == "sqlite"
    if not durable:
        setting = "PRAGMA synchronous = NORMAL" if sqlite else "SET synchronous_commit TO off"

        @event.listens_for(made, "connect")
        def relax(connection: Any, _: Any) -> None:
            connection.execute(setting)
            connection.commit()

    if sqlite:
        try:
            with _translated(), made.connect() as connection:
                if connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete":
                    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except StoreError:
            made.dispose()
            raise
    return made


def _made(parsed: URL) -> Engine:
    try:
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed)
        patient = {} if "timeout" in parsed.query else {"timeout": _BUSY_SECONDS}
        if parsed.database in {None, "", ":memory:"}:
            return create_engine(
                parsed, poolclass=StaticPool, connect_args={"check_same_thread": False}
            )
        return create_engine(parsed, connect_args=patient)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"the driver {error.name!r} is not installed: pip install 'complaintflow[postgres]'",
            "postgres",
        ) from error
