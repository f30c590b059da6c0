"""What every store refuses, in the same words."""

from __future__ import annotations

from collections.abc import Sequence

from complaintflow.audit.events import Event
from complaintflow.errors import (
    InvalidValueError,
    MissingExtraError,
    StaleVersionError,
    StoreError,
    UnknownCaseError,
    UnknownMessageError,
)

__all__ = [
    "check_number",
    "check_positions",
    "no_message",
    "no_sqlalchemy",
    "other_text",
    "remembered",
    "stale",
    "unknown",
]


def check_number(case_id: str) -> None:
    """Refuse what cannot be a case's number in every store."""
    if not case_id or "\x00" in case_id:
        raise InvalidValueError(f"a case's number is text without NUL, got {case_id!r}")


def check_positions(case_id: str, events: Sequence[Event], version: int) -> None:
    """Refuse events whose positions do not go on from *version*, and a case without events."""
    if not events and version == 0:
        raise InvalidValueError(f"case {case_id!r} must begin with an event")
    for position, event in enumerate(events, version + 1):
        if event.position != position:
            raise InvalidValueError(
                f"expected position {position} in case {case_id!r}, got {event.position}: "
                "positions go on from the version without gaps"
            )


def unknown(case_id: str) -> UnknownCaseError:
    """The error that no such case exists."""
    return UnknownCaseError(f"no case has the number {case_id!r}", case_id)


def no_message(key: str) -> UnknownMessageError:
    """The error that no such message was ever posted."""
    return UnknownMessageError(f"no message has the key {key!r}", key)


def no_sqlalchemy() -> MissingExtraError:
    """The error that the SQL store's library is absent."""
    return MissingExtraError(
        "the SQL store needs SQLAlchemy: pip install 'complaintflow[sql]'", "sql"
    )


def stale(case_id: str, expected: int, found: int) -> StaleVersionError:
    """The error that *found* events are there, not *expected*."""
    return StaleVersionError(
        f"case {case_id!r} has {found} events, not {expected}: "
        "somebody else wrote first; load it again and decide anew",
        case_id,
        expected,
        found,
    )


def remembered(command_id: str, case_id: str) -> StaleVersionError:
    """The error that another worker answered the command first."""
    return StaleVersionError(
        f"command {command_id!r} was remembered already; start again and ask for its outcome first",
        case_id,
    )


def other_text(kind: str, digest: str) -> StoreError:
    """The error that a digest names another text."""
    return StoreError(f"another text is kept as {kind} {digest}; a digest names one text for ever")
