"""complaintflow.store.sql: units of work in a transaction of the host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sqlalchemy")

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.pool import StaticPool

from complaintflow.errors import StaleVersionError, StoreError
from complaintflow.store.sql import SqlStore
from complaintflow.testing.store_builders import note, put, status


def rows(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        count: int = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
        return count


class TestWithin:
    """SqlStore.within(connection) and SqlStore.on(connection)"""

    @pytest.fixture
    def host(self, engine: Engine) -> SqlStore:
        made = SqlStore(engine)
        made.create_tables()
        return made

    @pytest.mark.parametrize("commit", [True, False])
    def test_the_host_decides(self, engine: Engine, host: SqlStore, commit: bool) -> None:
        with engine.connect() as connection:
            connection.execute(text("INSERT INTO orders VALUES (1)"))
            unit = host.within(connection)
            unit.append("C-1", [note(1)], expected_version=0, status=status())
            if commit:
                connection.commit()
        assert rows(engine, "orders") == rows(engine, "complaintflow_case") == int(commit)

    @pytest.mark.parametrize("commit", [True, False])
    def test_also_when_the_store_comes_first(
        self, engine: Engine, host: SqlStore, commit: bool
    ) -> None:
        """On SQLite a savepoint outside a transaction would commit by itself."""
        with engine.connect() as connection:
            put(host.on(connection), "C-1")
            connection.execute(text("INSERT INTO orders VALUES (1)"))
            if commit:
                connection.commit()
        assert rows(engine, "orders") == rows(engine, "complaintflow_case") == int(commit)

    def test_a_failed_unit_leaves_the_hosts_work(self, engine: Engine, host: SqlStore) -> None:
        with engine.connect() as connection:
            connection.execute(text("INSERT INTO orders VALUES (1)"))
            put(host.on(connection), "C-1")
            with pytest.raises(StaleVersionError), host.on(connection).begin() as unit:  # noqa: PT012
                unit.next_serial("2026")
                unit.append("C-1", [note(1)], expected_version=0, status=status())
            connection.commit()
        assert rows(engine, "orders") == rows(engine, "complaintflow_case") == 1
        assert rows(engine, "complaintflow_serial") == 0

    def test_it_works_under_sqlalchemys_own_begin(self, engine: Engine, host: SqlStore) -> None:
        with engine.begin() as connection:
            host.within(connection).next_serial("2026")
        assert rows(engine, "complaintflow_serial") == 1

    def test_an_engine_that_begins_by_itself_is_left_alone(self, tmp_path: Path) -> None:
        """The recipe of SQLAlchemy's manual for SQLite: the driver's own BEGIN switched off."""
        made = create_engine(f"sqlite:///{tmp_path / 'recipe.db'}")

        @event.listens_for(made, "connect")
        def quiet(connection: Any, _: Any) -> None:
            connection.isolation_level = None

        @event.listens_for(made, "begin")
        def begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN")

        store = SqlStore(made)
        store.create_tables()
        put(store, "C-1")
        with made.connect() as connection:
            put(store.on(connection), "C-1")
        assert rows(made, "complaintflow_event") == 1
        made.dispose()

    def test_a_connection_that_commits_by_itself_is_refused(self, postgres: str) -> None:
        made = create_engine(postgres)
        store = SqlStore(made)
        store.create_tables()
        automatic = made.execution_options(isolation_level="AUTOCOMMIT")
        with (
            automatic.connect() as connection,
            pytest.raises(StoreError, match="commits each statement"),
        ):
            store.within(connection)
        made.dispose()

    def test_a_connection_to_another_kind_of_database_is_refused(
        self, engine: Engine, host: SqlStore, postgres: str
    ) -> None:
        made = create_engine(postgres)
        with (
            made.connect() as connection,
            pytest.raises(StoreError, match="expected a connection to sqlite, got postgresql"),
        ):
            host.within(connection)
        made.dispose()

    def test_a_database_in_memory_is_shared_by_threads(self) -> None:
        store = SqlStore("sqlite://")
        assert isinstance(store.engine.pool, StaticPool)
        store.close()
