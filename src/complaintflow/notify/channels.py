"""Several notifiers behind one: each message takes the channel that the policy names."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from complaintflow.audit.messages import Message
from complaintflow.errors import NotDeliveredError, did_you_mean
from complaintflow.notify.protocol import Notifier

__all__ = ["Channels"]


@attrs.frozen
class Channels:
    """Sends by ``message.channel``.

    Args:
        named: A notifier for each word that stands under ``channel`` in the policy.
        otherwise: For messages without a channel (rungs, for one); None lets them fail.
    """

    named: Mapping[str, Notifier]
    otherwise: Notifier | None = None

    def send(self, message: Message) -> None:
        """Pass it on.

        Raises:
            NotDeliveredError: nobody serves the channel; for good, until somebody sends the
                dead letter again.
        """
        channel = message.channel
        notifier = self.named.get(channel) if channel else self.otherwise
        if notifier is None:
            meant = did_you_mean(channel, self.named)
            hint = f"; did you mean {meant!r}?" if meant else ""
            raise NotDeliveredError(f"no notifier for the channel {channel!r}{hint}", True)
        notifier.send(message)
