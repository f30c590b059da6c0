"""What a message says, in one language: the names that a template may use."""

from __future__ import annotations

import datetime as _dt
from typing import Any, Final
from urllib.parse import quote

from complaintflow.audit.messages import Message
from complaintflow.domain.types import show
from complaintflow.errors import TextError
from complaintflow.moments import from_micros, zone
from complaintflow.policy.rung import Language, parse_point

__all__ = ["NAMES", "Shown", "wording"]

NAMES: Final[dict[str, str]] = {
    "kind": "`notice`, `rung` or `assigned`",
    "about": "code of the notice, of the duty, or of the role that was given",
    "name": "what people call it",
    "case": "the case's number",
    "procedure": "what the procedure is called",
    "clauses": "the clauses because of which it is sent, in one text",
    "role": "what the role is called that is told",
    "person": "the person, or empty",
    "at": "when it was written, wall time in `zone`",
    "occurred": "when what it is about happened",
    "zone": "the zone of these times",
    "facts": "what the policy shows: a list of `code`, `name`, `value`, in its order",
    "fact": 'the same by code: `{{ fact.loss | default("-") }}`; what is unknown is not there',
    "key": "rung: which one of `each` owes it, or empty",
    "round": "rung: how often the duty has begun",
    "rung": "rung: the point that was reached",
    "repetition": "rung: the how many-th time",
    "due": "rung: when the duty is due",
    "overdue": "rung: whether that is over",
    "acting": "assigned: the role through which they have it, where it climbed; else empty",
    "link": "address of the case in the host's own software, or empty",
}
"""Every name of a template, with its meaning; those of one kind are empty in the others."""


class Shown(dict[str, str]):
    """What the policy shows, by code; a type of its own, so that an error can name it."""


def wording(message: Message, language: Language = "en", link: str = "") -> dict[str, Any]:
    """The names of `NAMES` for *message*.

    Args:
        message: What is told.
        language: ``en`` or ``zh``.
        link: Pattern of the case's address, such as ``https://crm.example.com/case/{case}``.
    """

    def said(value: Any) -> str:
        match value:
            case bool():
                return show(value, language)
            case str():
                return message.name(value, language)
            case frozenset():
                return ", ".join(said(part) for part in sorted(value))
            case tuple():
                return ", ".join(said(part) for part in value)
            case _dt.datetime():
                return _wall(value, message.zone)
            case _:
                return show(value, language)

    data = message.data
    facts = [
        {"code": code, "name": message.name(code, language), "value": said(value)}
        for code, value in message.facts.items()
    ]
    return {
        "kind": message.kind,
        "about": message.about,
        "name": message.name(message.about, language),
        "case": message.case,
        "procedure": message.name(str(data.get("policy", "")), language),
        "clauses": ", ".join(message.clauses),
        "role": message.name(message.role, language),
        "person": message.person,
        "at": _wall(from_micros(message.at, zone("UTC")), message.zone),
        "occurred": said(data.get("occurred", "")),
        "zone": message.zone,
        "facts": facts,
        "fact": Shown((one["code"], one["value"]) for one in facts),
        "key": said(data.get("key", "")),
        "round": data.get("round", ""),
        "rung": _rung(message, language),
        "repetition": data.get("repetition", ""),
        "due": said(data.get("due", "")),
        "overdue": bool(data.get("overdue", False)),
        "acting": said(data.get("acting", "")),
        "link": link.replace("{case}", quote(message.case, safe="")),
    }


def _wall(value: _dt.datetime, name: str) -> str:
    return f"{value.astimezone(zone(name)):%Y-%m-%d %H:%M}"


def _rung(message: Message, language: Language) -> str:
    """The point in words; a rung that has a name of its own is called by it."""
    code = str(message.data.get("rung", ""))
    try:
        return parse_point(code).text(language)
    except TextError:
        return message.name(code, language)
