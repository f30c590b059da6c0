"""What a row says was done: the one form into which registers and entries are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs
from pendulum import DateTime

from complaintflow.domain.values import Evidence

__all__ = ["Entry", "Kind"]

Kind = Literal["open", "do", "raise", "note", "overrule"]


@attrs.frozen
class Entry:
    """One thing that was done to one complaint.

    Args:
        file: The name of the file that says so.
        line: The line in it.
        number: The complaint's number.
        kind: Whether it opens the case, does a step, duty or action, raises an action,
            notes facts, or overrules a decision.
        what: The code of the step, duty, action or decision; empty for a note.
        key: The member of ``each`` that a duty is about, the number of an action, or the
            kind of an action that is raised.
        occurred: When it happened.
        recorded: When it was written down, not earlier.
        role: The role of the person; empty lets the policy's first one stand.
        who: The person; empty lets the role stand for it.
        facts: Facts that became known with it.
        present: Roles to the persons who were there.
        signed: Roles to the persons who signed.
        via: The channel that was used.
        evidence: What proves it.
        reason: Why, where a reason is asked for.
        answer: For ``overrule``: the answer, as written.
    """

    file: str
    line: int
    number: str
    kind: Kind
    what: str
    occurred: DateTime
    recorded: DateTime
    key: str = ""
    role: str = ""
    who: str = ""
    facts: Mapping[str, Any] = attrs.Factory(dict)
    present: Mapping[str, str] = attrs.Factory(dict)
    signed: Mapping[str, str] = attrs.Factory(dict)
    via: str = ""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    answer: str = ""
