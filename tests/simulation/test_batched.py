"""Many units of work in one transaction: whole units, or none of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")

from complaintflow.policy.policy import Policy
from complaintflow.simulation.batched import BatchedStore
from complaintflow.simulation.register.csvfile import parse_csv
from complaintflow.simulation.register.mappingfile import parse_mapping
from complaintflow.simulation.register.rows import read_register
from complaintflow.simulation.run import run_register
from complaintflow.store.sql import SqlStore


@pytest.fixture
def sql(tmp_path: Path) -> Iterator[SqlStore]:
    store = SqlStore(f"sqlite:///{tmp_path / 'cases.db'}")
    yield store
    store.close()


def saved(store: SqlStore) -> list[str]:
    with store.begin() as work:
        return [text for key in "abcd" if (text := work.document("x", key)) is not None]


def save(store: BatchedStore, key: str) -> None:
    with store.begin() as work:
        work.save_document("x", key, key)


def test_units_are_committed_together_and_at_the_end(sql: SqlStore) -> None:
    with BatchedStore(sql, size=2) as store:
        for key in "abc":
            save(store, key)
    assert saved(sql) == ["a", "b", "c"]


def test_what_was_not_committed_is_gone_when_the_block_fails(sql: SqlStore) -> None:
    def fail() -> None:
        with BatchedStore(sql, size=2) as store:
            for key in "abc":
                save(store, key)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert saved(sql) == ["a", "b"]


def test_a_unit_that_fails_takes_nothing_else_with_it(sql: SqlStore) -> None:
    def fail(store: BatchedStore) -> None:
        with store.begin() as work:
            work.save_document("x", "b", "b")
            raise RuntimeError

    with BatchedStore(sql) as store:
        save(store, "a")
        with pytest.raises(RuntimeError):
            fail(store)
        save(store, "c")
    assert saved(sql) == ["a", "c"]


def test_a_block_that_does_nothing_commits_nothing(sql: SqlStore) -> None:
    with BatchedStore(sql) as store:
        store.commit()
    assert saved(sql) == []


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_a_run_is_the_same_in_batches_of_any_size(shop: Policy, sql: SqlStore, size: int) -> None:
    mapping = parse_mapping('zone = "Asia/Shanghai"')
    text = "number,received,customer,urgent\n" + "".join(
        f"A-{n},2026-03-{n:02} 10:00,Ann,no\n" for n in range(1, 20)
    )
    register = read_register(shop, parse_csv(text, "r"), mapping)
    with BatchedStore(sql, size=size) as store:
        batched = run_register(shop, register, mapping, store=store)
    assert batched == run_register(shop, register, mapping)
