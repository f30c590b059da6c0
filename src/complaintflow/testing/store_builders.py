"""Small things that the store's contract is written with."""

from __future__ import annotations

from typing import Any

from complaintflow.audit.events import Event, Noted
from complaintflow.audit.messages import Message
from complaintflow.store.protocol import CaseStatus, CaseStore

__all__ = ["message", "note", "put", "status"]


def note(position: int = 1, /, **facts: Any) -> Event:
    """An event at *position* that notes *facts*."""
    return Event(position, Noted(facts), "wang", "qa", 10, 20, f"cmd-{position}", "p1")


def status(**changes: Any) -> CaseStatus:
    """The status of an open case received at 100, with *changes*."""
    return CaseStatus(**{"state": "received", "open": True, "received": 100, **changes})


def message(key: str, at: int = 0) -> Message:
    """A message that becomes ready at *at*."""
    return Message(key, "C-1", "T1", "qa", "wang", at, facts={"text": "客诉"})


def put(store: CaseStore, *case_ids: str, **changes: Any) -> None:
    """Give each case one more event and the status with *changes*, each in a unit of its own."""
    for case_id in case_ids:
        with store.begin() as unit:
            version = unit.version(case_id)
            event = note(version + 1)
            unit.append(case_id, [event], expected_version=version, status=status(**changes))
