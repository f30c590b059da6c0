"""Signing: the event of each signature beside the step or answer that was signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaintflow.audit.events import Signed
from complaintflow.audit.signing import covered, signed_digest
from complaintflow.engine.draft import Draft

__all__ = ["sign"]


def sign(
    draft: Draft,
    what: str,
    signers: Mapping[str, str],
    *,
    clause: str,
    meaning: str,
    occurred: int,
    answer: Any = None,
) -> None:
    """Add a signature of each of *signers* under the last event of *draft*.

    Args:
        draft: Its last event is the step or the answer that is signed.
        what: The step or approval.
        signers: Roles and the persons who signed.
        clause: Under which clauses.
        meaning: What signing it means.
        occurred: When it was signed.
        answer: What was answered, in an approval.
    """
    if not signers:
        return
    case = draft.case
    facts = covered(case)
    apart = draft.program.personal & {what, *facts}
    digest = signed_digest(case, what, clause, case.version, answer, apart)
    body = Signed(what, case.version, clause, meaning, digest, facts, tuple(sorted(apart)))
    for role, person in signers.items():
        draft.add(body, by=person, role=role, occurred=occurred)
