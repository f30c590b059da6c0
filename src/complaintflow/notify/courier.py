"""The courier: takes messages out of the outbox and sees that each goes out at least once.

A message is claimed in one unit of work, sent outside of any, and settled in a third: no
transaction is open while a receiver takes its time. What a courier that died had claimed
becomes free when its lease ends. So several couriers may run at once, and a receiver that
drops repeated keys sees each message once.
"""

from __future__ import annotations

from typing import Final

import attrs

from complaintflow.audit.delivery import Delivery
from complaintflow.errors import InvalidValueError, NotDeliveredError
from complaintflow.moments import Now, system_clock, to_micros
from complaintflow.notify.backoff import Backoff
from complaintflow.notify.protocol import Notifier, Outbox

__all__ = ["Courier", "Tour"]

_SECOND: Final = 1_000_000
_LONGEST_ERROR: Final = 500


@attrs.frozen
class Tour:
    """What came of one `Courier.run`.

    Args:
        delivered: Keys of the messages that went out.
        failed: Messages that will be tried again, each with what went wrong.
        dead: Messages that were given up.
    """

    delivered: tuple[str, ...] = ()
    failed: tuple[Delivery, ...] = ()
    dead: tuple[Delivery, ...] = ()

    def __len__(self) -> int:
        return len(self.delivered) + len(self.failed) + len(self.dead)

    def __bool__(self) -> bool:
        return len(self) > 0


class Courier:
    """Empties an outbox through a notifier.

    Args:
        outbox: A store.
        notifier: What sends.
        now: Gives the present; by default the system clock.
        backoff: When to try again, and when to give up.
        batch: How many messages are claimed at once. What it takes to send them should be well
            below *lease*.
        lease: For how many seconds what is claimed is nobody else's.
    """

    def __init__(
        self,
        outbox: Outbox,
        notifier: Notifier,
        *,
        now: Now = system_clock,
        backoff: Backoff | None = None,
        batch: int = 10,
        lease: int = 300,
    ) -> None:
        if batch < 1 or lease < 1:
            raise InvalidValueError(f"batch and lease are at least 1, got {batch} and {lease}")
        self._outbox = outbox
        self._notifier = notifier
        self._now = now
        self._backoff = backoff or Backoff()
        self._batch = batch
        self._lease = lease * _SECOND

    def run(self, *, limit: int | None = None) -> Tour:
        """Deliver what is ready now; call it as often as messages should go out.

        Args:
            limit: No more than so many messages.

        Raises:
            StoreError: the outbox cannot be read or written. What was sent meanwhile is sent
                again later, under the same key.
        """
        delivered: list[str] = []
        failed: list[Delivery] = []
        dead: list[Delivery] = []
        until = self._present()  # what becomes ready while it runs is for the next run
        while limit is None or limit > 0:
            size = self._batch if limit is None else min(self._batch, limit)
            claimed_at = self._present()
            with self._outbox.begin() as work:
                claimed = work.pending(until, size, lease=max(claimed_at - until, 0) + self._lease)
            for delivery in claimed:
                if self._present() >= claimed_at + self._lease:
                    break  # by now they may be another courier's
                outcome, retry_at = self._deliver(delivery)
                if outcome is None:
                    delivered.append(delivery.message.key)
                else:
                    (dead if retry_at is None else failed).append(outcome)
            if len(claimed) < size:
                break
            limit = None if limit is None else limit - len(claimed)
        return Tour(tuple(delivered), tuple(failed), tuple(dead))

    def _deliver(self, delivery: Delivery) -> tuple[Delivery | None, int | None]:
        """Send and settle one message; what failed, and when it is tried again."""
        key = delivery.message.key
        failure = self._send(delivery)
        if failure is None:
            with self._outbox.begin() as work:
                work.delivered(key)
            return None, None
        error = str(failure)[:_LONGEST_ERROR]
        retry_at = None
        if not failure.permanent:
            retry_at = self._backoff.retry_at(
                key, delivery.attempts, self._present(), failure.retry_after
            )
        with self._outbox.begin() as work:
            work.failed(key, error, retry_at)
        return attrs.evolve(delivery, error=error), retry_at

    def _send(self, delivery: Delivery) -> NotDeliveredError | None:
        """Why the message did not go out; None when it did."""
        if delivery.attempts > self._backoff.attempts:
            # Whoever claimed it died each time, perhaps of it.
            return NotDeliveredError(
                f"handed out {delivery.attempts - 1} times and never settled; "
                f"last error: {delivery.error or 'none'}",
                permanent=True,
            )
        try:
            self._notifier.send(delivery.message)
        except NotDeliveredError as error:
            return error
        except Exception as error:  # noqa: BLE001 - one bad message must not stop the others
            return NotDeliveredError(f"{type(error).__name__}: {error}")
        return None

    def _present(self) -> int:
        return to_micros(self._now(), "now()")
