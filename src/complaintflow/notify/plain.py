"""Messages as plain JSON, for receivers that know nothing of this package."""

from __future__ import annotations

import datetime as _dt
from decimal import Decimal
from typing import Any

from complaintflow.audit.messages import Message
from complaintflow.domain.values import Evidence

__all__ = ["plain_message", "plain_value"]


def plain_value(value: object) -> Any:
    """A fact's value as JSON has it.

    Texts, flags and whole numbers are themselves; other numbers, money, quantities and ratios
    are text as a policy file writes it (``5000.00 CNY``), dates and instants ISO 8601 text,
    sets a sorted list, files a list of objects.
    """
    match value:
        case None | str() | bool() | int():
            return value
        case _dt.date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case frozenset():
            return sorted(map(str, value))
        case tuple():
            return [plain_value(part) for part in value]
        case Evidence():
            return {
                "name": value.name,
                "uri": value.uri,
                "size": value.size,
                "sha256": value.sha256,
            }
        case _:
            return str(value)


def plain_message(message: Message) -> dict[str, Any]:
    """Everything that a receiver may know of *message*, without its key and its time."""
    return {
        "case": message.case,
        "kind": message.kind,
        "about": message.about,
        "role": message.role,
        "person": message.person,
        "channel": message.channel,
        "zone": message.zone,
        "clauses": list(message.clauses),
        "names": {
            code: {"en": message.name(code, "en"), "zh": message.name(code, "zh")}
            for code in message.names
        },
        "facts": {name: plain_value(value) for name, value in message.facts.items()},
        "personal": list(message.personal),
        "details": {name: plain_value(value) for name, value in message.data.items()},
    }
