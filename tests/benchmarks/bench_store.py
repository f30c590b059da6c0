"""What a step costs in each store, and that a sweep costs what is due, not what is open.

Run it on a quiet machine::

    python tests/benchmarks/bench_store.py

It prints the Markdown table of ``docs/reference/store.md``. A step is a whole unit of work: ask for
the command, load the case, append an event with status and index entry, remember, post a message.
"""

from __future__ import annotations

import platform
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from complaintflow.audit.chain import verify
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore, Outcome
from complaintflow.store.sql import SqlStore
from complaintflow.testing.store_builders import message, note, put, status

STEPS, DUE, BATCH = 1_000, 1_000, 1_000
OPEN = (10_000, 100_000)


def stores(folder: Path) -> Iterator[tuple[str, CaseStore]]:
    """Every store, empty, with its files in *folder*."""
    folder.mkdir()
    yield "memory", MemoryStore()
    for label, url, durable in (
        ("SQLite in memory", "sqlite://", True),
        ("SQLite file, not durable", f"sqlite:///{folder / 'quick.db'}", False),
        ("SQLite file", f"sqlite:///{folder / 'durable.db'}", True),
    ):
        store = SqlStore(url, durable=durable)
        yield label, store
        store.close()


def steps(store: CaseStore) -> float:
    """Seconds a step, of a case that grows to a thousand events."""
    put(store, "C-1")
    began = time.perf_counter()
    for number in range(1, STEPS):
        with store.begin() as unit:
            assert unit.outcome(f"cmd-{number}") is None
            version = len(unit.load("C-1"))
            known = status(keys=frozenset({("lot", "L7")}), attention=number)
            event = note(version + 1, lot="L7")
            unit.append("C-1", [event], expected_version=version, status=known)
            unit.remember(f"cmd-{number}", Outcome("f", "C-1", version + 1, version + 1))
            unit.post([message(f"C-1:{version + 1}:quality", at=number)])
    took = (time.perf_counter() - began) / (STEPS - 1)
    with store.begin() as unit:
        assert verify(unit.trail("C-1"), unit.anchor("C-1")).ok
    return took


def fill(store: CaseStore, count: int) -> None:
    """So many open cases, of which a thousand are due at 5."""
    for first in range(0, count, BATCH):
        with store.begin() as unit:
            for number in range(first, first + BATCH):
                due = 3 if number < DUE else 9
                keys = frozenset({("lot", str(number % 50))})
                known = status(received=number, attention=due, keys=keys)
                unit.append(f"C-{number:06}", [note()], expected_version=0, status=known)


def sweep(store: CaseStore) -> float:
    """Seconds for a thousand cases, each in a unit of work of its own."""
    began = time.perf_counter()
    with store.begin() as unit:
        found = unit.due(5, 2 * DUE)
    assert len(found) == DUE
    for case_id in found:
        with store.begin() as unit:
            unit.load(case_id)
            known = unit.status(case_id)
            later = status(received=known.received, attention=9, keys=known.keys)
            unit.append(case_id, [note(2)], expected_version=1, status=later)
    return time.perf_counter() - began


def main() -> None:
    """Print the tables."""
    print(f"Python {platform.python_version()}, {platform.machine()}\n")
    print("| store | a step | 1,000 due among 10,000 | among 100,000 |")
    print("| --- | --: | --: | --: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows: dict[str, list[str]] = {}
        for label, store in stores(folder / "steps"):
            rows[label] = [f"{steps(store) * 1e6:,.0f} us"]
        for count in OPEN:
            for label, store in stores(folder / f"{count}"):
                fill(store, count)
                rows[label].append(f"{sweep(store) * 1e3:,.0f} ms")
    for label, cells in rows.items():
        print(f"| {label} | {' | '.join(cells)} |")
    tracemalloc.start()
    kept = MemoryStore()
    fill(kept, OPEN[0])
    size = tracemalloc.get_traced_memory()[0] / OPEN[0]
    print(f"\nAn open case of one event in memory: {size:,.0f} bytes")


if __name__ == "__main__":
    main()
