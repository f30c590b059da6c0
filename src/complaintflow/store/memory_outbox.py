"""The outbox of the memory store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import attrs

from complaintflow.audit.delivery import Delivery
from complaintflow.audit.messages import Message
from complaintflow.store.agenda import Agenda
from complaintflow.store.checks import no_message

__all__ = ["Outbox"]


Undo: TypeAlias = Callable[[Callable[[], None]], None]
"""Takes what would undo a change."""


@attrs.frozen
class _Entry:
    message: Message
    fate: str = "waiting"  # or delivered, dead
    ready: int = 0
    attempts: int = 0
    error: str = ""


class Outbox:
    """Messages by key. Each change hands its undoing to *undo*."""

    __slots__ = ("_agenda", "_entries")

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._agenda = Agenda()

    def post(self, message: Message, undo: Undo) -> None:
        """Put in a message unless its key is known."""
        if message.key not in self._entries:
            self._change(message.key, _Entry(message, ready=message.at), undo)

    def claim(self, now: int, limit: int, lease: int, undo: Undo) -> tuple[Delivery, ...]:
        """Hand out what is ready, and again after *lease*."""
        found = []
        for key in self._agenda.due(now, limit):
            old = self._entries[key]
            entry = attrs.evolve(old, ready=now + lease, attempts=old.attempts + 1)
            self._change(key, entry, undo)
            found.append(Delivery(entry.message, entry.attempts, entry.error))
        return tuple(found)

    def settle(
        self,
        key: str,
        fate: str,
        undo: Undo,
        *,
        ready: int = 0,
        error: str = "",
    ) -> None:
        """Note what became of a message; delivered is final."""
        old = self.get(key)
        if fate == "delivered":
            self._change(key, attrs.evolve(old, fate=fate, error=""), undo)
        elif old.fate != "delivered":
            self._change(key, attrs.evolve(old, fate=fate, ready=ready, error=error), undo)

    def resend(self, key: str, undo: Undo) -> None:
        """Make a message wait as if it had just been posted."""
        message = self.get(key).message
        self._change(key, _Entry(message, ready=message.at), undo)

    def erase(self, case_id: str, names: frozenset[str] | None, undo: Undo) -> None:
        """Take personal facts out of the messages of a case."""
        for key, old in tuple(self._entries.items()):
            left = old.message.without(names) if old.message.case == case_id else old.message
            if left != old.message:
                self._change(key, attrs.evolve(old, message=left), undo)

    def get(self, key: str) -> _Entry:
        """What is known of a message. Raises UnknownMessageError."""
        try:
            return self._entries[key]
        except KeyError:
            raise no_message(key) from None

    def dead(self) -> tuple[Delivery, ...]:
        """Messages that were given up, by (at, key)."""
        gone = [entry for entry in self._entries.values() if entry.fate == "dead"]
        gone.sort(key=lambda entry: (entry.message.at, entry.message.key))
        return tuple(Delivery(entry.message, entry.attempts, entry.error) for entry in gone)

    def _change(self, key: str, entry: _Entry, undo: Undo) -> None:
        old = self._entries.get(key)
        undo(lambda: self._put(key, old))
        self._put(key, entry)

    def _put(self, key: str, entry: _Entry | None) -> None:
        if entry is None:
            del self._entries[key]
        else:
            self._entries[key] = entry
        waits = entry is not None and entry.fate == "waiting"
        self._agenda.set(key, entry.ready if entry is not None and waits else None)
