"""complaintflow.store.memory: what is its own, beyond the contract."""

from __future__ import annotations

import subprocess
import sys

import pytest

from complaintflow.audit.events import Event
from complaintflow.store.memory import MemoryStore
from complaintflow.testing.store_builders import note, put, status


def test_events_are_kept_as_they_are() -> None:
    """Nothing is written as text until somebody asks for the trail."""
    store, event = MemoryStore(), note(1, lot="L7")
    with store.begin() as unit:
        unit.append("C-1", [event], expected_version=0, status=status())
    with store.begin() as unit:
        assert unit.load("C-1")[0] is event


def test_a_given_salt_gives_the_same_trail_again() -> None:
    def trail() -> tuple[str, ...]:
        store = MemoryStore(salt=lambda: "s")
        with store.begin() as unit:
            personal = frozenset({"phone"})
            unit.append(
                "C-1", [note(1, phone="1")], expected_version=0, status=status(), personal=personal
            )
            return tuple(row.link for row in unit.trail("C-1"))

    assert trail() == trail()


def test_an_event_that_cannot_be_written_is_found_when_the_trail_is_asked_for() -> None:
    """The price of not encoding at once; the SQL store refuses it when it is appended."""
    store = MemoryStore()
    with store.begin() as unit:
        unit.append("C-1", [note(1, weight=1.5)], expected_version=0, status=status())
    with pytest.raises(ValueError, match="instead of a float"), store.begin() as unit:
        unit.trail("C-1")


def test_importing_it_needs_neither_cattrs_nor_sqlalchemy() -> None:
    code = "import sys, complaintflow.store.memory; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"cattrs", "sqlalchemy"} & set(found.stdout.split())


def test_a_sweep_reads_only_what_is_due() -> None:
    store = MemoryStore()
    put(store, *(f"late-{number}" for number in range(50)), attention=1000)
    put(store, "now-1", "now-2", attention=5)
    loaded: list[Event] = []
    with store.begin() as unit:
        for case_id in unit.due(10, 100):
            loaded += unit.load(case_id)
            unit.append(case_id, [], expected_version=1, status=status(attention=None))
        assert unit.due(10, 100) == ()
    assert len(loaded) == 2
