"""What delivery needs from outside: an outbox to empty, and something that sends.

`complaintflow.testing.notifiers.NotifierContract` is the second promise as tests; run it on a
notifier of your own. Every `CaseStore` is an `Outbox`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from complaintflow.audit.delivery import Delivery
from complaintflow.audit.messages import Message

__all__ = ["Notifier", "Outbox", "OutboxWork"]


class Notifier(Protocol):
    """Sends messages; one call."""

    def send(self, message: Message) -> None:
        """Hand *message* over to whoever brings it to its reader.

        When it returns, the message counts as delivered. It is called again with the same
        message after a failure, after the death of a process, and when a person asks for it:
        give ``message.key`` to a receiver that can drop repetitions.

        Raises:
            NotDeliveredError: it did not go out; says whether it ever will. Any other
                exception means the same as one that is not permanent.
        """
        ...


class OutboxWork(Protocol):
    """A unit of work of an outbox; see `complaintflow.store.protocol.UnitOfWork`."""

    def pending(self, now: int, limit: int, *, lease: int = ...) -> tuple[Delivery, ...]:
        """Claim messages that are ready; nobody else gets them until *lease* has passed."""
        ...

    def delivered(self, key: str) -> None:
        """The message went out."""
        ...

    def failed(self, key: str, error: str, retry_at: int | None) -> None:
        """The message did not go out; again at *retry_at*, or never (None)."""
        ...


class Outbox(Protocol):
    """Where messages wait."""

    def begin(self) -> AbstractContextManager[OutboxWork]:
        """A unit of work, committed when its block ends."""
        ...
