"""A notifier that only writes a line into the log, for trying things out."""

from __future__ import annotations

import logging

import attrs

from complaintflow.audit.messages import Message

__all__ = ["LogNotifier"]


@attrs.frozen
class LogNotifier:
    """Says whom it would tell, and of what; shows no fact, since a log is read by anybody.

    Args:
        logger: Where to.
        level: How loudly.
    """

    logger: logging.Logger = attrs.Factory(lambda: logging.getLogger("complaintflow.notify"))
    level: int = logging.INFO

    def send(self, message: Message) -> None:
        """Write one line."""
        self.logger.log(
            self.level,
            "%s %s: %s to %s %s",
            message.case,
            message.kind,
            message.about,
            message.role,
            message.person or "(nobody by name)",
            extra={"message_key": message.key, "channel": message.channel},
        )
