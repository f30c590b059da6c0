"""What a link opened, as it is on record of a case."""

from __future__ import annotations

import attrs

__all__ = ["Opening"]


@attrs.frozen
class Opening:
    """What a link opened for one key.

    Args:
        case: The number of the case, empty for something outside.
        position: Of the event that opened it last.
        count: How often it was opened.
        closed_at: When it was closed again; None while it is open.
        closed_by: The position of the event that closed it, 0 while it is open.
    """

    case: str
    at: int
    position: int
    count: int
    closed_at: int | None = None
    closed_by: int = 0
