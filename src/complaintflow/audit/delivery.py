"""A message on its way out: how often it was tried, and what went wrong last."""

from __future__ import annotations

import attrs

from complaintflow.audit.messages import Message

__all__ = ["Delivery"]


@attrs.frozen
class Delivery:
    """One message that the outbox handed out, or gave up.

    Args:
        message: What is to be told.
        attempts: How often it was handed out, this time included.
        error: What the last attempt failed with, or empty.
    """

    message: Message
    attempts: int
    error: str = ""
