"""A store as plain as can be, to compare real ones with: dicts, copied for each unit of work.

Nothing here is quick, and nothing is clever.
"""

# ruff: noqa: D102 - what each call promises is said once, in UnitOfWork

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import attrs

from complaintflow.audit.delivery import Delivery
from complaintflow.audit.events import Event
from complaintflow.audit.messages import Message
from complaintflow.audit.vault import Erased
from complaintflow.errors import (
    StaleVersionError,
    StoreError,
    UnknownCaseError,
    UnknownMessageError,
)
from complaintflow.store.protocol import LEASE, CaseStatus, Outcome

__all__ = ["ERASED", "NaiveStore", "NaiveUnit", "plain"]

ERASED = Erased("0" * 64)
"""Stands for every erased value: digests are salted, so no two stores agree on them."""

_FACTS = ("facts", "key", "new", "old")


def plain(events: Sequence[Event], erase: frozenset[str] = frozenset()) -> tuple[Event, ...]:
    """*events* with every erased value, and those named in *erase*, as `ERASED`."""
    made = []
    for event in events:
        body: Any = event.body
        changes = {}
        for field in _FACTS:
            facts = getattr(body, field, None)
            if isinstance(facts, dict):
                changes[field] = {
                    name: ERASED
                    if isinstance(value, Erased) or (name in erase and value is not None)
                    else value
                    for name, value in facts.items()
                }
        made.append(attrs.evolve(event, body=attrs.evolve(body, **changes)))
    return tuple(made)


def _facts(event: Event) -> Iterator[tuple[str, object]]:
    for field in _FACTS:
        facts = getattr(event.body, field, None)
        if isinstance(facts, dict):
            yield from facts.items()


class NaiveUnit:
    """What a unit of work sees and writes: everything, in dicts."""

    def __init__(self) -> None:
        self.events: dict[str, tuple[Event, ...]] = {}
        self.personal: dict[str, list[frozenset[str]]] = {}
        self.statuses: dict[str, CaseStatus] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.messages: dict[str, dict[str, Any]] = {}
        self.serials: dict[str, int] = {}
        self.documents: dict[tuple[str, str], str] = {}

    def _known(self, case_id: str) -> None:
        if case_id not in self.events:
            raise UnknownCaseError("", case_id)

    def load(self, case_id: str) -> tuple[Event, ...]:
        self._known(case_id)
        return self.events[case_id]

    def append(
        self,
        case_id: str,
        events: Sequence[Event],
        *,
        expected_version: int,
        status: CaseStatus,
        personal: frozenset[str] = frozenset(),
    ) -> None:
        if expected_version and case_id not in self.events:
            raise UnknownCaseError("", case_id)
        if expected_version != self.version(case_id):
            raise StaleVersionError("", case_id, expected_version, self.version(case_id))
        self.events[case_id] = (*self.events.get(case_id, ()), *events)
        self.personal.setdefault(case_id, []).extend([personal] * len(events))
        self.statuses[case_id] = status

    def status(self, case_id: str) -> CaseStatus:
        self._known(case_id)
        return self.statuses[case_id]

    def version(self, case_id: str) -> int:
        return len(self.events.get(case_id, ()))

    def erase(self, case_id: str, names: frozenset[str] | None = None) -> int:
        self._known(case_id)
        left: list[Event] = []
        count = 0
        for event, personal in zip(self.events[case_id], self.personal[case_id], strict=True):
            gone = personal if names is None else personal & names
            count += sum(
                name in gone and value is not None and value != ERASED
                for name, value in _facts(event)
            )
            left.extend(plain([event], gone))
        self.events[case_id] = tuple(left)
        for it in self.messages.values():
            if it["message"].case == case_id:
                it["message"] = it["message"].without(names)
        return count

    def _ordered(self) -> list[str]:
        return sorted(self.statuses, key=lambda case_id: (self.statuses[case_id].received, case_id))

    def find(
        self,
        name: str,
        key: str,
        *,
        since: int | None = None,
        before: int | None = None,
        exclude: str = "",
    ) -> tuple[str, ...]:
        return tuple(
            case_id
            for case_id in self._ordered()
            if (name, key) in self.statuses[case_id].keys
            and (since is None or self.statuses[case_id].received >= since)
            and (before is None or self.statuses[case_id].received < before)
            and case_id != exclude
        )

    def tally(self, name: str, keys: Sequence[str]) -> dict[str, int]:
        counts = {key: len(self.find(name, key)) for key in keys}
        return {key: count for key, count in counts.items() if count}

    def due(self, now: int, limit: int) -> tuple[str, ...]:
        waiting = sorted(
            (status.attention, case_id)
            for case_id, status in self.statuses.items()
            if status.attention is not None and status.attention <= now
        )
        return tuple(case_id for _, case_id in waiting[:limit])

    def cases(self, *, open: bool | None = None, state: str | None = None) -> Iterator[str]:  # noqa: A002
        for case_id in self._ordered():
            status = self.statuses[case_id]
            if open in (None, status.open) and state in (None, status.state):
                yield case_id

    def outcome(self, command_id: str) -> Outcome | None:
        return self.outcomes.get(command_id)

    def remember(self, command_id: str, outcome: Outcome) -> None:
        if command_id in self.outcomes:
            raise StaleVersionError("")
        self.outcomes[command_id] = outcome

    def post(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self.messages.setdefault(message.key, self._fresh(message))

    @staticmethod
    def _fresh(message: Message) -> dict[str, Any]:
        return {
            "message": message,
            "fate": "waiting",
            "ready": message.at,
            "attempts": 0,
            "error": "",
        }

    def _message(self, key: str) -> dict[str, Any]:
        if key not in self.messages:
            raise UnknownMessageError("", key)
        return self.messages[key]

    @staticmethod
    def _delivery(it: dict[str, Any]) -> Delivery:
        return Delivery(it["message"], it["attempts"], it["error"])

    def pending(self, now: int, limit: int, *, lease: int = LEASE) -> tuple[Delivery, ...]:
        waiting = sorted(
            (it["ready"], key)
            for key, it in self.messages.items()
            if it["fate"] == "waiting" and it["ready"] <= now
        )
        claimed = [self.messages[key] for _, key in waiting[:limit]]
        for it in claimed:
            it["ready"] = now + lease
            it["attempts"] += 1
        return tuple(self._delivery(it) for it in claimed)

    def delivered(self, key: str) -> None:
        self._message(key).update(fate="delivered", error="")

    def failed(self, key: str, error: str, retry_at: int | None) -> None:
        if self._message(key)["fate"] != "delivered":
            fate = "dead" if retry_at is None else "waiting"
            self._message(key).update(fate=fate, ready=retry_at, error=error)

    def dead(self) -> tuple[Delivery, ...]:
        gone = [it for it in self.messages.values() if it["fate"] == "dead"]
        gone.sort(key=lambda it: (it["message"].at, it["message"].key))
        return tuple(self._delivery(it) for it in gone)

    def resend(self, key: str) -> None:
        self.messages[key] = self._fresh(self._message(key)["message"])

    def next_serial(self, series: str) -> int:
        self.serials[series] = self.serials.get(series, 0) + 1
        return self.serials[series]

    def save_document(self, kind: str, digest: str, text: str) -> None:
        if self.documents.setdefault((kind, digest), text) != text:
            raise StoreError("")

    def document(self, kind: str, digest: str) -> str | None:
        return self.documents.get((kind, digest))


class NaiveStore:
    """Each unit of work gets a copy of everything; committing puts the copy in its place."""

    def __init__(self) -> None:
        self.held = NaiveUnit()

    @contextmanager
    def begin(self) -> Iterator[NaiveUnit]:
        """A copy that replaces what is held when the block ends without raising."""
        unit = copy.deepcopy(self.held)
        yield unit
        self.held = unit
