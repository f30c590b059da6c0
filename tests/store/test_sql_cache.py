"""complaintflow.store.sql_cache, through the store."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

pytest.importorskip("sqlalchemy")

from complaintflow.store.sql import SqlStore
from complaintflow.testing.store_builders import note, put, status


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
