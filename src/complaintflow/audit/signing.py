"""Signatures: what was signed, as one digest, and whether it still stands as it was signed.

A signature covers the facts that were known when it was given. Its event lists them by the
entries that stated them, and holds a digest over their values; a personal value is covered by
its entry alone, so that erasing it later leaves the signature verifiable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from complaintflow.audit.case import Case, Known, write
from complaintflow.audit.codec import canonical
from complaintflow.audit.events import ApprovalGiven, Event, Signed
from complaintflow.audit.values import pack

__all__ = ["Signature", "covered", "signatures", "signed_digest"]


@attrs.frozen
class Signature:
    """One signature of a case.

    Args:
        what: The step or approval that was signed.
        clause: Under which clauses.
        meaning: What signing it means, as the policy says; empty where it does not.
        person: Who signed.
        role: In which role.
        at: When, microseconds since 1970 UTC.
        entry: Position of the step or answer that was signed.
        digest: SHA-256 over what was signed.
        facts: Names of the facts that it covers.
        intact: Whether the digest is that of what the trail says was signed.
        changed: The facts that have been changed or corrected since.
    """

    what: str
    clause: str
    meaning: str
    person: str
    role: str
    at: int
    entry: int
    digest: str
    facts: tuple[str, ...]
    intact: bool
    changed: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether what was signed is what is on record now."""
        return self.intact and not self.changed


def covered(case: Case) -> dict[str, int]:
    """The facts that a signature given now covers, each by the entry that stated it."""
    return {name: case.facts[name].position for name in sorted(case.facts)}


def signed_digest(
    case: Case, what: str, clause: str, entry: int, answer: Any, personal: Iterable[str]
) -> str:
    """SHA-256 over the canonical form of what is signed, in hexadecimal.

    Args:
        case: The case as it stands when it is signed.
        what: The step or approval.
        clause: Under which clauses.
        entry: Position of the step or the answer.
        answer: What was answered; None for a step.
        personal: Names of facts, and *what* for its answer, that are covered by position alone.
    """
    apart = frozenset(personal)

    def shown(name: str, known: Known) -> Any:
        return {"entry": known.position} if name in apart else pack(known.value)

    subject = {
        "case": case.id,
        "what": what,
        "clause": clause,
        "answer": {"entry": entry} if what in apart else pack(answer),
        "facts": {name: shown(name, known) for name, known in case.facts.items()},
    }
    return hashlib.sha256(canonical(subject).encode()).hexdigest()


def signatures(case_id: str, events: Iterable[Event]) -> tuple[Signature, ...]:
    """Every signature of a case in the order of the trail, compared with what it says now."""
    case = Case(case_id)
    answers: dict[int, Any] = {}
    found: list[tuple[Event, Signed, bool]] = []
    for event in events:
        write(case, event)
        body = event.body
        if isinstance(body, ApprovalGiven):
            answers[event.position] = body.answer
        if isinstance(body, Signed):
            answer = answers.get(body.entry)
            again = signed_digest(case, body.what, body.clause, body.entry, answer, body.personal)
            found.append((event, body, again == body.digest and covered(case) == body.covers))
    return tuple(_signature(*one, case.facts) for one in found)


def _signature(event: Event, body: Signed, intact: bool, now: Mapping[str, Known]) -> Signature:
    changed = tuple(
        name
        for name, position in body.covers.items()
        if name not in now or now[name].position != position
    )
    return Signature(
        body.what,
        body.clause,
        body.meaning,
        event.by,
        event.role,
        event.occurred,
        body.entry,
        body.digest,
        tuple(body.covers),
        intact,
        changed,
    )
