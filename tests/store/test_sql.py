"""complaintflow.store.sql and its parts: what is their own, beyond the contract."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

sqlalchemy = pytest.importorskip("sqlalchemy")

from sqlalchemy import Engine, MetaData, create_engine, event, inspect, text  # noqa: E402
from sqlalchemy.exc import DBAPIError  # noqa: E402
from sqlalchemy.pool import StaticPool  # noqa: E402

from complaintflow.audit.chain import verify  # noqa: E402
from complaintflow.errors import (  # noqa: E402
    BrokenTrailError,
    CodecError,
    InvalidValueError,
    StaleVersionError,
    StoreError,
)
from complaintflow.store.sql import SqlStore  # noqa: E402
from complaintflow.store.sql_errors import translate  # noqa: E402
from complaintflow.store.sql_schema import SCHEMA_VERSION, Tables  # noqa: E402
from complaintflow.testing.store_builders import note, put, status  # noqa: E402

STATES = {"state": "x"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    made = SqlStore(f"sqlite:///{path}")
    yield made
    made.close()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A host's engine, with a table of the host's own."""
    made = create_engine(f"sqlite:///{tmp_path / 'host.db'}")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE orders (id INTEGER)"))
    yield made
    made.dispose()


def rows(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        count: int = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
        return count


def statements_of(engine: Engine) -> list[str]:
    """What *engine* is told from now on."""
    said: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def listen(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        said.append(statement.split("\n", 1)[0].strip())

    return said


class TestOpening:
    """SqlStore(where)"""

    def test_a_file_is_kept_with_a_write_ahead_log(self, store: SqlStore) -> None:
        with store.engine.connect() as connection:
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        assert mode == "wal"

    def test_what_was_written_is_there_when_the_file_is_opened_again(
        self, store: SqlStore, path: Path
    ) -> None:
        put(store, "C-1")
        again = SqlStore(f"sqlite:///{path}")
        with again.begin() as unit:
            assert unit.load("C-1") == (note(1),)
        again.close()

    def test_another_database_is_refused(self) -> None:
        with pytest.raises(StoreError, match="expected SQLite or PostgreSQL, got mysql"):
            SqlStore(create_engine("mysql://", module=__import__("sqlite3")))

    def test_a_url_without_its_driver_says_what_to_install(self) -> None:
        code = (
            "import sys; sys.modules['psycopg'] = None\n"
            "from complaintflow.store.sql import SqlStore\n"
            "SqlStore('postgresql+psycopg://nowhere/x')"
        )
        found = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert "pip install 'complaintflow[postgres]'" in found.stderr.splitlines()[-1]

    def test_without_sqlalchemy_it_says_what_to_install(self) -> None:
        code = (
            "import sys; sys.modules['sqlalchemy'] = None\n"
            "from complaintflow.errors import MissingExtraError\n"
            "try:\n    import complaintflow.store.sql\n"
            "except MissingExtraError as error:\n    print(error, error.extra)"
        )
        found = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        expected = "the SQL store needs SQLAlchemy: pip install 'complaintflow[sql]' sql\n"
        assert found.stdout == expected

    def test_a_hosts_engine_gets_no_tables_unasked(self, engine: Engine) -> None:
        store = SqlStore(engine)
        assert inspect(engine).get_table_names() == ["orders"]
        with pytest.raises(StoreError, match=r"call create_tables\(\)"), store.begin():
            pass
        store.create_tables()
        store.create_tables()
        put(store, "C-1")
        assert rows(engine, "complaintflow_schema") == 1

    def test_a_hosts_engine_is_not_closed(self, engine: Engine) -> None:
        store = SqlStore(engine)
        pool = engine.pool
        store.close()
        assert engine.pool is pool

    def test_tables_of_another_version_are_refused(self, store: SqlStore, path: Path) -> None:
        with store.engine.begin() as connection:
            connection.execute(store.tables.schema.update().values(version=99))
        with pytest.raises(StoreError, match=f"version 99.*needs {SCHEMA_VERSION}"):
            SqlStore(f"sqlite:///{path}")

    def test_two_desks_may_share_a_database_under_two_prefixes(self, engine: Engine) -> None:
        metadata = MetaData()
        first = SqlStore(engine, tables=Tables.into(metadata, prefix="plant_a_"))
        second = SqlStore(engine, tables=Tables.into(metadata, prefix="plant_b_"))
        first.create_tables()
        second.create_tables()
        put(first, "C-1")
        with second.begin() as unit:
            assert unit.version("C-1") == 0
        assert rows(engine, "plant_a_case") == 1

    def test_the_hosts_metadata_has_the_tables_for_alembic(self) -> None:
        metadata = MetaData()
        tables = Tables.into(metadata, schema="quality")
        assert tables.case.fullname == "quality.complaintflow_case"
        assert len(metadata.tables) == 8

    def test_a_schema_of_its_own_in_postgres(self, postgres: str) -> None:
        made = create_engine(postgres)
        with made.begin() as connection:
            connection.execute(text("CREATE SCHEMA IF NOT EXISTS quality"))
        store = SqlStore(made, tables=Tables.into(MetaData(), schema="quality"))
        store.create_tables()
        put(store, "C-1", keys=frozenset({("lot", "L7")}))
        assert rows(made, "quality.complaintflow_case") == 1
        made.dispose()


class TestTransactions:
    def test_sqlite_is_locked_from_the_beginning(self, store: SqlStore, path: Path) -> None:
        """Who reads and then writes must not find, too late, that another wrote in between."""
        impatient = SqlStore(f"sqlite:///{path}?timeout=0")
        with store.begin() as unit:
            unit.version("C-1")
            with pytest.raises(StoreError, match="stayed locked"), impatient.begin():
                pass
        put(impatient, "C-1")
        impatient.close()

    def test_a_lost_race_of_the_database_is_tried_again(self) -> None:
        class RaceError(Exception):
            sqlstate = "40001"

        assert isinstance(translate(DBAPIError("", {}, RaceError("x"))), StaleVersionError)
        assert type(translate(DBAPIError("", {}, Exception("x")))) is StoreError

    def test_errors_of_the_hosts_own_statements_are_its_own(self, store: SqlStore) -> None:
        problem = DBAPIError("", {}, Exception("not ours"))
        with pytest.raises(DBAPIError) as caught, store.begin():
            raise problem
        assert caught.value is problem

    def test_a_step_says_little(self, store: SqlStore) -> None:
        """Each statement is a round trip: an event more on a known case takes these."""
        put(store, "C-1", keys=frozenset({("lot", "L7")}))
        with store.begin() as unit:
            unit.load("C-1")
        said = statements_of(store.engine)
        with store.begin() as unit:
            events = unit.load("C-1")
            known = unit.status("C-1")
            unit.append("C-1", [note(2)], expected_version=len(events), status=known)
        assert [line.split()[0] for line in said] == [
            "BEGIN",
            "SELECT",
            "SELECT",
            "UPDATE",
            "INSERT",
        ]

    @pytest.mark.parametrize(
        ("question", "index"),
        [
            ("due", "attention"),
            ("open", "open"),
            ("state", "state"),
            ("all", "received"),
            ("ready", "waiting"),
            ("dead", "dead"),
        ],
    )
    def test_each_question_has_its_index(self, store: SqlStore, question: str, index: str) -> None:
        said: list[tuple[str, Any]] = []

        @event.listens_for(store.engine, "before_cursor_execute")
        def listen(_c: Any, _k: Any, statement: str, known: Any, *_: Any) -> None:
            said.append((statement, known))

        with store.begin() as unit:
            match question:
                case "due":
                    unit.due(5, 5)
                case "ready":
                    unit.pending(5, 5)
                case "dead":
                    unit.dead()
                case _:
                    unit.cases(open=question == "open" or None, state=STATES.get(question))
        statement, known = said[-1]
        with store.engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", known).all()
        assert f"complaintflow_ix_{index}" in str(plan)
        assert "TEMP B-TREE" not in str(plan)


class TestTampering:
    """What somebody with the database can do is found."""

    def test_a_changed_event_is_found_by_verify(self, store: SqlStore) -> None:
        put(store, "C-1", "C-1", "C-1")
        with store.engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE complaintflow_event SET text = replace(text, 'wang', 'wei') "
                    "WHERE position = 2"
                )
            )
        with store.begin() as unit:
            assert verify(unit.trail("C-1"), unit.anchor("C-1")).position == 2

    def test_events_cut_off_the_end_are_found_by_the_head(self, store: SqlStore) -> None:
        put(store, "C-1", "C-1", "C-1")
        with store.engine.begin() as connection:
            connection.execute(text("DELETE FROM complaintflow_event WHERE position = 3"))
        with store.begin() as unit:
            assert verify(unit.trail("C-1")).ok
            assert verify(unit.trail("C-1"), unit.anchor("C-1")).problem == "end"

    def test_a_changed_personal_value_does_not_load(self, path: Path, store: SqlStore) -> None:
        with store.begin() as unit:
            unit.append(
                "C-1",
                [note(1, phone="138")],
                expected_version=0,
                status=status(),
                personal=frozenset({"phone"}),
            )
        with store.engine.begin() as connection:
            connection.execute(text("UPDATE complaintflow_event SET vault=replace(vault,'8','9')"))
        with pytest.raises(BrokenTrailError), store.begin() as unit:
            unit.load("C-1")

    def test_a_damaged_event_does_not_load(self, store: SqlStore) -> None:
        put(store, "C-1")
        with store.engine.begin() as connection:
            connection.execute(text("UPDATE complaintflow_event SET text = '{'"))
        with pytest.raises(CodecError), store.begin() as unit:
            unit.load("C-1")

    def test_what_cannot_be_written_is_refused_at_once(self, store: SqlStore) -> None:
        with pytest.raises(InvalidValueError, match="float"), store.begin() as unit:
            unit.append("C-1", [note(1, weight=1.5)], expected_version=0, status=status())


class TestCache:
    """Decoded events are kept between units of work, and never believed without their link."""

    def test_an_unchanged_case_is_not_read_again(self, store: SqlStore) -> None:
        put(store, "C-1")
        with store.begin() as unit:
            first = unit.load("C-1")
        with store.begin() as unit:
            assert unit.load("C-1") is first

    def test_what_another_process_wrote_is_seen(self, store: SqlStore, path: Path) -> None:
        other = SqlStore(f"sqlite:///{path}")
        put(store, "C-1")
        for version in (1, 2, 3):
            with store.begin() as unit:
                assert len(unit.load("C-1")) == version
            put(other, "C-1")
        other.close()

    def test_what_another_process_erased_is_seen(self, store: SqlStore, path: Path) -> None:
        other = SqlStore(f"sqlite:///{path}")
        event = note(1, phone="138")
        with store.begin() as unit:
            unit.append(
                "C-1",
                [event],
                expected_version=0,
                status=status(),
                personal=frozenset({"phone"}),
            )
        with store.begin() as unit:
            assert unit.load("C-1") == (event,)
        with other.begin() as unit:
            unit.erase("C-1")
        with store.begin() as unit:
            assert unit.load("C-1") != (event,)
        other.close()

    def test_a_case_that_began_anew_is_read_anew(self, store: SqlStore) -> None:
        """As after restoring a backup under a running process."""
        put(store, "C-1")
        with store.begin() as unit:
            unit.load("C-1")
        with store.engine.begin() as connection:
            for table in (store.tables.case, store.tables.event):
                connection.execute(table.delete())
        fresh = [attrs.evolve(note(position), by="li") for position in (1, 2)]
        with store.begin() as unit:
            unit.append("C-1", fresh, expected_version=0, status=status())
        with store.begin() as unit:
            assert list(unit.load("C-1")) == fresh

    def test_it_is_small(self, path: Path, store: SqlStore) -> None:
        small = SqlStore(f"sqlite:///{path}", cache=2)
        put(small, "a", "b", "c")
        for case_id in ("a", "b", "a", "c"):
            with small.begin() as unit:
                unit.load(case_id)
        assert list(small._cache._known) == ["a", "c"]
        small.close()


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
