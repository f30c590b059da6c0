"""Small policies to choose from, and a store to work on."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore

Make = Callable[..., Policy]
TEXT = """
[policy]
id = "{id}"
version = "{version}"
semantics = 1
calendar = "c"
final = ["closed"]
{more}
[calendar.c]
timezone = "{zone}"
week = {{ "mon-fri" = ["09:00-17:00"] }}
[clauses]
R1 = "Everything"
[roles]
desk = "R1"
[facts]
{fact} = "text"
[step]
open = {{ clause = "R1", by = "desk", to = "open", asks = ["{fact}"] }}
close = {{ clause = "R1", by = "desk", from = "open", to = "closed" }}
"""


@pytest.fixture
def make() -> Make:
    """Makes a policy of an id, a version and a first day."""

    def make(
        name: str = "a",
        version: str = "1",
        effective: _dt.date | None = None,
        *,
        zone: str = "Asia/Shanghai",
        fact: str = "subject",
    ) -> Policy:
        more = f"effective = {effective}" if effective else ""
        return loads(TEXT.format(id=name, version=version, more=more, zone=zone, fact=fact))

    return make


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CaseStore]:
    """One in memory, one in a file; the bare package has the first alone."""
    if request.param == "memory":
        yield MemoryStore()
        return
    pytest.importorskip("sqlalchemy")
    made = import_module("complaintflow.store.sql").SqlStore(f"sqlite:///{tmp_path / 'cases.db'}")
    yield made
    made.close()
