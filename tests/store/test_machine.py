"""complaintflow.testing.store_machine: every store of ours against the plain model."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore
from complaintflow.testing.store_machine import StoreMachine
from complaintflow.testing.store_model import NaiveStore


def run(
    make: Callable[[], CaseStore], examples: int, phases: tuple[Phase, ...] = tuple(Phase)
) -> None:
    class Machine(StoreMachine):
        make_store: ClassVar[Callable[[], CaseStore]] = staticmethod(make)

    count = examples * max(1, settings().max_examples // 100)  # more in the long profile
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=count, stateful_step_count=30, phases=phases)
    )


def test_memory() -> None:
    run(MemoryStore, 100)


class TestSql:
    @pytest.fixture
    def sql(self) -> type:
        pytest.importorskip("sqlalchemy")
        from complaintflow.store.sql import SqlStore

        return SqlStore

    def test_sqlite(self, sql: type) -> None:
        """One database for all runs: what a run leaves behind is emptied before the next."""
        store = sql("sqlite://", cache=2)
        run(lambda: emptied(store), 40)
        store.close()

    def test_postgres(self, sql: type, postgres: str) -> None:
        store = sql(postgres, cache=2)
        run(lambda: emptied(store), 15)
        store.close()


def emptied(store: object) -> CaseStore:
    from complaintflow.store.sql import SqlStore

    assert isinstance(store, SqlStore)
    with store.engine.begin() as connection:
        for table in store.metadata.sorted_tables:
            if table is not store.tables.schema:
                connection.execute(table.delete())
    return store


def test_the_machine_finds_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its silence about our stores would say nothing."""
    from complaintflow.store.memory import MemoryUnit

    def careless(self: MemoryUnit, series: str) -> int:
        serials = self._data.serials
        serials[series] = serials.get(series, 0) + 1
        return serials[series]

    monkeypatch.setattr(MemoryUnit, "next_serial", careless)
    with pytest.raises(AssertionError):
        run(MemoryStore, 300, (Phase.generate,))  # it stops at the first


def test_the_model_rolls_back_too() -> None:
    store = NaiveStore()
    with pytest.raises(ZeroDivisionError), store.begin() as unit:  # noqa: PT012
        unit.next_serial("2026")
        raise ZeroDivisionError
    with store.begin() as unit:
        assert unit.next_serial("2026") == 1
