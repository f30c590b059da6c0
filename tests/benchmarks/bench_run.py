"""How fast a register runs: complaints a second, in memory and with SQLite.

``python tests/benchmarks/bench_run.py [COPIES]`` runs that many copies (20) of the packed
example, each with customers and reporters of its own so that no count crosses copies, and
prints a Markdown table. With ``COMPLAINTFLOW_DATA`` it also runs the city's requests.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import load_policy
from complaintflow.simulation.batched import BatchedStore
from complaintflow.simulation.register import (
    Register,
    RegisterMapping,
    Row,
    Sheet,
    load_mapping,
    read_entries,
    read_register,
    read_sheet,
)
from complaintflow.simulation.register.entries import EntryList
from complaintflow.simulation.run import run_register
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore
from complaintflow.store.sql import SqlStore

CITY = Path(__file__).parents[2] / "examples" / "city_311"
NAME = "boston_311_2025-08_2026-02.csv.gz"


def copies(sheet: Sheet, count: int) -> Sheet:
    """The sheet *count* times, with numbers, customers and reporters of its own each time."""
    rows: list[Row] = []
    for copy in range(count):
        for row in sheet.rows:
            cells = {**row.cells, "客诉编号": f"{row['客诉编号']}-{copy}"}
            for heading in ("客户名称", "反馈人"):
                if heading in cells:
                    cells[heading] += f" {copy}"
            rows.append(Row(len(rows) + 2, cells))
    return attrs.evolve(sheet, rows=tuple(rows))


@contextmanager
def sqlite() -> Iterator[CaseStore]:
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(f"sqlite:///{folder}/cases.db")
        with BatchedStore(store) as batched:
            yield batched
        store.close()


@contextmanager
def memory() -> Iterator[CaseStore]:
    yield MemoryStore()


def measure(
    name: str,
    policy: Policy,
    read: Callable[[], tuple[Register, EntryList]],
    mapping: RegisterMapping,
) -> None:
    """Print one line for each store."""
    begin = time.perf_counter()
    register, entries = read()
    reading = time.perf_counter() - begin
    for where, store in (("memory", memory), ("SQLite", sqlite)):
        with store() as kept:
            begin, busy = time.perf_counter(), time.process_time()
            result = run_register(policy, register, mapping, entries, store=kept)
            took, busy = time.perf_counter() - begin, time.process_time() - busy
        cases = len(result.ledger)
        print(
            f"| {name} | {where} | {cases:,} | {result.processed:,} | {reading:.2f} s "
            f"| {took:.2f} s | {busy:.2f} s | {cases / took:,.0f} | {result.processed / took:,.0f} |"
        )


def main(count: int) -> None:
    print(
        "| register | store | complaints | rows | reading | running | CPU | complaints/s | rows/s |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    oem = load_pack("oem_supplier")
    folder = pack_folder("oem_supplier") / "example"
    mapping = load_mapping(folder / "mapping.toml")
    sheet = copies(read_sheet(folder / "register-gbk.csv", mapping.layout), count)
    events = copies(read_sheet(folder / "events.csv"), count)
    measure(
        "OEM supplier",
        oem,
        lambda: (read_register(oem, sheet, mapping), read_entries(oem, events, mapping)),
        mapping,
    )
    data = os.environ.get("COMPLAINTFLOW_DATA")
    if data and (Path(data) / NAME).exists():
        city, plan = load_policy(CITY), load_mapping(CITY / "mapping.toml")
        measure(
            "city requests",
            city,
            lambda: (read_register(city, read_sheet(Path(data) / NAME), plan), EntryList("")),
            plan,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
