"""What leaves the house: messages, written in the same step as the events that cause them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

__all__ = ["MESSAGE_KINDS", "Message"]

MESSAGE_KINDS: Final = ("assigned", "notice", "rung")
"""A person got a role in the case; a notice of the policy; a rung that was reached."""


@attrs.frozen
class Message:
    """One message to one role, waiting in the outbox.

    It holds all that is needed to deliver it, so that whoever delivers reads no case.

    Args:
        key: Idempotency key, unique for ever: case, event position, recipient role, and
            person where one is known.
        case: The case's number.
        about: The code of the notice, of the duty whose rung was reached, or of the role that
            was given to the person.
        role: The role that is told.
        person: The person, where the directory knew one; else empty.
        at: When it became due to be sent, microseconds since 1970 UTC.
        kind: One of `MESSAGE_KINDS`.
        channel: How, as the policy says; empty where it does not.
        zone: IANA name of the zone in which its people read instants.
        clauses: The clauses because of which it is sent.
        names: What people call the codes in it: code to English and Chinese.
        facts: What the policy shows of the case to this recipient, by code; what was not known
            is not there.
        personal: Those of the facts that say something about a person.
        data: What else there is to say, by kind; texts, numbers, flags and instants. Always
            ``policy`` (its id) and ``occurred``; for a rung ``key``, ``round``, ``rung``,
            ``repetition``, ``due`` and ``overdue``; for an assignment ``acting``, the role through
            which the person has it, where it climbed there.
    """

    key: str
    case: str
    about: str
    role: str
    person: str
    at: int
    kind: str = "notice"
    channel: str = ""
    zone: str = "UTC"
    clauses: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = attrs.Factory(dict)
    facts: Mapping[str, Any] = attrs.Factory(dict)
    personal: tuple[str, ...] = ()
    data: Mapping[str, Any] = attrs.Factory(dict)

    def name(self, code: str, language: str = "en") -> str:
        """What people call *code* in ``en`` or ``zh``; the other language, or the code itself."""
        english, chinese = self.names.get(code, ("", ""))
        first, second = (chinese, english) if language == "zh" else (english, chinese)
        return first or second or code

    def without(self, names: frozenset[str] | None) -> Message:
        """The message when the personal facts *names* were erased; None: all that are personal."""
        personal = frozenset(self.personal)
        gone = personal if names is None else personal & names
        return attrs.evolve(
            self,
            facts={name: value for name, value in self.facts.items() if name not in gone},
            personal=tuple(name for name in self.personal if name not in gone),
        )
