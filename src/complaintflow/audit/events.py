"""What happened to a case: a closed set of events with stable tags.

An event is an envelope (`Event`) around one body of the union `Body`. The tag of a body is
written down in `TAGS` and never changes its meaning. Two times stand on every event: when it
occurred and when it was recorded, which is not earlier.

Fact values inside bodies are those that `complaintflow.domain.types` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import attrs

from complaintflow.audit.life import LifeBody, PassedOn, Rejected, Ruled, Waived
from complaintflow.audit.notices import Missed, RungReached, Told
from complaintflow.audit.relations import (
    CaseBody,
    LinkClosed,
    Linked,
    Migrated,
    Numbered,
    PeriodBegun,
    Related,
)
from complaintflow.domain.values import Evidence

__all__ = [
    "TAGS",
    "Adopted",
    "Answer",
    "ApprovalGiven",
    "Assigned",
    "Body",
    "Corrected",
    "Counted",
    "Decided",
    "DutyDone",
    "Event",
    "HandedOver",
    "LinkClosed",
    "Linked",
    "Migrated",
    "Missed",
    "Noted",
    "Numbered",
    "Opened",
    "Overruled",
    "PassedOn",
    "PeriodBegun",
    "Raised",
    "Recused",
    "Rejected",
    "Related",
    "Ruled",
    "RungReached",
    "Signed",
    "StepTaken",
    "Summed",
    "Told",
    "Voided",
    "Waived",
]

Answer: TypeAlias = str | bool | tuple[str, ...] | None
"""A grade or single answer, a flag, every matching answer in order, or undetermined."""


@attrs.frozen
class Opened:
    """A case begins, under this policy."""

    policy: str
    version: str
    digest: str


@attrs.frozen
class StepTaken:
    """A role took a step; the case moved from *source* (None: opened) to *target*.

    Args:
        facts: What the step made known, what it sets included.
        present: Roles and the persons who acted jointly.
        signed: Roles and the persons who signed.
        via: The channel that was used.
        reason: Why a ``should`` was passed over, or what the person wanted to add.
    """

    step: str
    source: str | None
    target: str
    facts: Mapping[str, Any] = attrs.Factory(dict)
    present: Mapping[str, str] = attrs.Factory(dict)
    signed: Mapping[str, str] = attrs.Factory(dict)
    evidence: tuple[Evidence, ...] = ()
    via: str = ""
    reason: str = ""


@attrs.frozen
class DutyDone:
    """An act that may discharge a duty; whether it does follows from the present demand.

    Args:
        duty: The duty's code.
        key: The member of ``each`` that it is about, else empty.
        present: Roles and the persons who acted jointly.
    """

    duty: str
    key: str = ""
    facts: Mapping[str, Any] = attrs.Factory(dict)
    present: Mapping[str, str] = attrs.Factory(dict)
    evidence: tuple[Evidence, ...] = ()
    via: str = ""


@attrs.frozen
class Raised:
    """Somebody raised an action in this case; *key* names it within the case."""

    action: str
    key: str
    kind: str
    owner: str
    text: str = ""


@attrs.frozen
class Noted:
    """Facts became known outside any step; a value None makes a fact unknown again."""

    facts: Mapping[str, Any]
    evidence: tuple[Evidence, ...] = ()


@attrs.frozen
class Counted:
    """What the history answered for a counted fact, with the cases that were counted."""

    fact: str
    value: int
    key: Mapping[str, Any]
    cases: tuple[str, ...] = ()


@attrs.frozen
class Summed:
    """What the history answered for a fact that adds up another, with the cases that added to it.

    Args:
        value: A number or an amount of money; None while this case's own part is unknown.
    """

    fact: str
    value: Any
    key: Mapping[str, Any]
    cases: tuple[str, ...] = ()


@attrs.frozen
class Decided:
    """A decision's answer changed by its criteria; the clauses that matched or are unknown."""

    decision: str
    answer: Answer
    matched: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@attrs.frozen
class Overruled:
    """A person answered a decision against, or in the absence of, its criteria."""

    decision: str
    answer: Answer
    reason: str
    instead_of: Answer = None


@attrs.frozen
class ApprovalGiven:
    """One party answered an approval: yes, no, or the value of the fact that it asks for.

    Args:
        fact: The fact that it asks for; empty where it asks for yes or no.
    """

    approval: str
    answer: Any
    reason: str = ""
    fact: str = ""


@attrs.frozen
class Signed:
    """The person and role of the envelope signed a step or an answer.

    Args:
        what: The step or approval.
        entry: Position of the event that was signed.
        clause: Under which clauses.
        meaning: What signing it means.
        digest: SHA-256 over what was signed; see `complaintflow.audit.signing`.
        covers: The facts that were signed, each with the position of the event that stated it.
        personal: Those of them, and *what* for its answer, that are covered by position alone.
    """

    what: str
    entry: int
    clause: str
    meaning: str
    digest: str
    covers: Mapping[str, int] = attrs.Factory(dict)
    personal: tuple[str, ...] = ()


@attrs.frozen
class Assigned:
    """A person was chosen for a role in this case, and why.

    Args:
        strategy: What decided: a strategy of the route as the policy writes it, ``only`` (there
            was but one), ``opener`` (nobody else could), or ``by hand``.
        why: What the world answered to it: a number of open cases or of a turn, an earlier case;
            by hand, the reason that was given.
        considered: Why the others were not chosen: a strategy, ``absent``, ``recused`` ... to
            their ids.
        acting: The role through which the person has it, where it climbed there; else empty.
    """

    role: str
    person: str
    strategy: str
    why: str = ""
    considered: Mapping[str, tuple[str, ...]] = attrs.Factory(dict)
    acting: str = ""


@attrs.frozen
class HandedOver:
    """What *leaving* had in this case now belongs to *successor*."""

    leaving: str
    successor: str
    reason: str = ""


@attrs.frozen
class Recused:
    """*person* may do nothing more in this case; or, *lifted*, may again."""

    person: str
    reason: str
    lifted: bool = False


@attrs.frozen
class Corrected:
    """A wrong entry was mended: the facts of the event at *position*, old and new."""

    position: int
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    reason: str


@attrs.frozen
class Voided:
    """The case was opened by mistake; it stays on record and owes nothing."""

    reason: str


@attrs.frozen
class Adopted:
    """An open case of an old system was taken over in *state*; earlier rungs do not fire."""

    system: str
    state: str
    received: int
    facts: Mapping[str, Any] = attrs.Factory(dict)


Body: TypeAlias = (
    Opened
    | StepTaken
    | DutyDone
    | LifeBody
    | Raised
    | Noted
    | Counted
    | Summed
    | Decided
    | Overruled
    | ApprovalGiven
    | Signed
    | Assigned
    | HandedOver
    | CaseBody
    | Recused
    | Told
    | Missed
    | RungReached
    | Corrected
    | Voided
    | Adopted
)

TAGS: dict[type[Body], str] = {
    Opened: "opened",
    StepTaken: "step",
    DutyDone: "duty",
    Rejected: "rejected",
    Ruled: "ruled",
    PassedOn: "passed-on",
    Waived: "waived",
    Raised: "raised",
    Noted: "noted",
    Counted: "counted",
    Summed: "summed",
    Decided: "decided",
    Overruled: "overruled",
    ApprovalGiven: "approval",
    Signed: "signed",
    Assigned: "assigned",
    HandedOver: "handed-over",
    Linked: "linked",
    LinkClosed: "link-closed",
    Related: "related",
    Recused: "recused",
    Migrated: "migrated",
    PeriodBegun: "period",
    Numbered: "numbered",
    Told: "told",
    Missed: "missed",
    RungReached: "rung",
    Corrected: "corrected",
    Voided: "voided",
    Adopted: "adopted",
}


@attrs.frozen
class Event:
    """One thing that happened to a case.

    Args:
        position: Its place in the case's trail, from 1, without gaps.
        body: What happened.
        by: The person (an id of the host), or ``system``.
        role: The role in which the person acted, or empty.
        occurred: When it happened, in microseconds since 1970 UTC.
        recorded: When it was written down, not earlier than *occurred*.
        command: The id of the command that caused it.
        policy: Digest of the policy under which it was decided.
    """

    position: int
    body: Body
    by: str
    role: str
    occurred: int
    recorded: int
    command: str
    policy: str
