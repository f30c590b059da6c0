"""What leaves the house: messages, written in the same step as the events that cause them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

__all__ = ["Message"]


@attrs.frozen
class Message:
    """One notice to one role, waiting in the outbox.

    Args:
        key: Idempotency key, unique for ever: case, event position, recipient role.
        case: The case's number.
        about: The code of the notice or of the duty whose rung was reached.
        role: The role that is told.
        person: The person, where the directory knew one; else empty.
        at: When it became due to be sent, microseconds since 1970 UTC.
        data: What a template may use (texts and numbers only).
    """

    key: str
    case: str
    about: str
    role: str
    person: str
    at: int
    data: Mapping[str, Any] = attrs.Factory(dict)
