"""Commands: what somebody wants to happen to a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import attrs

from complaintflow.audit.events import Answer
from complaintflow.domain.values import Evidence

__all__ = [
    "Adopt",
    "Approve",
    "Assign",
    "CloseLink",
    "Command",
    "Correct",
    "Do",
    "HandOver",
    "Merge",
    "Migrate",
    "Note",
    "Overrule",
    "PassOn",
    "Raise",
    "Receive",
    "Recuse",
    "Reject",
    "Rule",
    "Split",
    "Void",
    "Waive",
    "What",
]


@attrs.frozen
class Receive:
    """Open a case by the step *step* (None: the policy has just one that opens).

    The *reason* passes what should hold and does not.
    """

    step: str | None = None
    facts: Mapping[str, Any] = attrs.Factory(dict)
    evidence: tuple[Evidence, ...] = ()
    via: str = ""
    signed: Mapping[str, str] = attrs.Factory(dict)
    reason: str = ""


@attrs.frozen
class Do:
    """Take a step, or do a duty by its own name.

    Args:
        what: Code of the step, duty or action; ``verify <action>`` verifies one.
        key: For a duty owed by each: which one; for an action: its number.
        facts: What becomes known by it.
        present: Roles and the persons who acted jointly.
        signed: Roles and the persons who signed.
        via: The channel that was used.
        reason: Why a ``should`` is passed over.
    """

    what: str
    key: str = ""
    facts: Mapping[str, Any] = attrs.Factory(dict)
    present: Mapping[str, str] = attrs.Factory(dict)
    signed: Mapping[str, str] = attrs.Factory(dict)
    evidence: tuple[Evidence, ...] = ()
    via: str = ""
    reason: str = ""


@attrs.frozen
class Reject:
    """The owner of a duty rejects it, for *key* where several owe it."""

    duty: str
    reason: str
    key: str = ""


@attrs.frozen
class Rule:
    """Rule on a rejection: *upheld* or refused; upheld, the duty may go to the role *to*."""

    duty: str
    upheld: bool
    reason: str
    to: str = ""
    key: str = ""


@attrs.frozen
class PassOn:
    """Pass a duty on to the role *to*."""

    duty: str
    to: str
    reason: str
    key: str = ""


@attrs.frozen
class Waive:
    """Nothing more shall be owed of a duty."""

    duty: str
    reason: str
    key: str = ""


@attrs.frozen
class Raise:
    """Raise an action of a kind; its number is given in the order of raising."""

    action: str
    kind: str
    owner: str = ""
    text: str = ""


@attrs.frozen
class HandOver:
    """What *leaving* has in the case belongs to *successor* from now on."""

    leaving: str
    successor: str
    reason: str


@attrs.frozen
class Merge:
    """The case is a duplicate: it owes nothing more, and *into* goes on."""

    into: str
    reason: str


@attrs.frozen
class Migrate:
    """The case goes on under the policy with the digest *to*.

    Args:
        to: The digest of the policy.
        how: ``from now`` or ``recompute``.
        states: Where cases in a state that is called otherwise there go.
        reason: Why.
    """

    to: str
    how: str
    states: Mapping[str, str]
    reason: str


@attrs.frozen
class Split:
    """The case is several: each part is opened as it was, with other facts."""

    parts: tuple[Mapping[str, Any], ...]
    reason: str


@attrs.frozen
class Note:
    """Facts become known outside any step."""

    facts: Mapping[str, Any]
    evidence: tuple[Evidence, ...] = ()


@attrs.frozen
class Overrule:
    """A person answers a decision, against its criteria or where none fits."""

    decision: str
    answer: Answer
    reason: str


@attrs.frozen
class Approve:
    """One party answers an approval: True, False, or the value that it asks for."""

    approval: str
    answer: Any
    reason: str = ""


@attrs.frozen
class CloseLink:
    """What a link opened outside is closed, and what came of it."""

    link: str
    key: str = ""
    facts: Mapping[str, Any] = attrs.Factory(dict)
    evidence: tuple[Evidence, ...] = ()


@attrs.frozen
class Assign:
    """Somebody gives the role *who* of the case to the person *to*, or gives it anew."""

    who: str
    to: str
    reason: str = ""


@attrs.frozen
class Correct:
    """Mend the facts that the event at *position* stated wrongly."""

    position: int
    facts: Mapping[str, Any]
    reason: str


@attrs.frozen
class Recuse:
    """*person* shall do nothing more in this case; with *lifted*, may again."""

    person: str
    reason: str
    lifted: bool = False


@attrs.frozen
class Void:
    """The case was opened by mistake."""

    reason: str


@attrs.frozen
class Adopt:
    """Take over an open case of an old system in *state*, received at *received*."""

    system: str
    state: str
    received: int
    facts: Mapping[str, Any] = attrs.Factory(dict)


What: TypeAlias = (
    Receive
    | Do
    | Reject
    | Rule
    | PassOn
    | Waive
    | Raise
    | Note
    | Overrule
    | Approve
    | Assign
    | CloseLink
    | Correct
    | HandOver
    | Merge
    | Migrate
    | Split
    | Recuse
    | Void
    | Adopt
)


@attrs.frozen
class Command:
    """One command.

    Args:
        id: The same id and content give the first outcome again.
        what: What is wanted.
        by: The person, an id of the host.
        role: The role in which the person acts.
        occurred: When it happened, microseconds since 1970 UTC; not later than it is recorded.
    """

    id: str
    what: What
    by: str
    role: str
    occurred: int
