"""complaintflow.store.sql and its parts: what is their own, beyond the contract."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

sqlalchemy = pytest.importorskip("sqlalchemy")

from sqlalchemy import Engine, MetaData, create_engine, event, inspect, text  # noqa: E402
from sqlalchemy.exc import DBAPIError  # noqa: E402

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

    @pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
    def test_a_commit_waits_for_the_disk_unless_told_not_to(
        self, path: Path, durable: bool, level: int
    ) -> None:
        store = SqlStore(f"sqlite:///{path}", durable=durable)
        put(store, "C-1")
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == level
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        store.close()

    def test_a_file_that_is_no_database_is_refused(self, path: Path) -> None:
        path.write_text("number,received,customer\n" * 100)
        with pytest.raises(StoreError, match="not a database"):
            SqlStore(f"sqlite:///{path}")

    def test_also_in_postgres(self, postgres: str) -> None:
        store = SqlStore(postgres, durable=False)
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "off"
        store.close()

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
