"""What happens between cases: links that open and close, cases that belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.domain.values import Evidence

__all__ = ["RELATIONS", "LinkClosed", "Linked", "Related"]

RELATIONS = ("opened_by", "duplicate_of", "has_duplicate", "part_of", "has_part")
"""How a case can belong to another one; `Linked` is the other side of ``opened_by``."""


@attrs.frozen
class Linked:
    """Another case, or something outside, was opened because of this one.

    Args:
        link: The link's code.
        key: The member of ``each`` for which it was opened, else empty.
        case: The number of the case that was opened; empty for something outside.
    """

    link: str
    key: str = ""
    case: str = ""


@attrs.frozen
class LinkClosed:
    """What a link opened is closed; *facts* are what it gave back."""

    link: str
    key: str = ""
    facts: Mapping[str, Any] = attrs.Factory(dict)
    evidence: tuple[Evidence, ...] = ()


@attrs.frozen
class Related:
    """This case and another one belong together; the other one has an event that says so too.

    Args:
        kind: One of `RELATIONS`.
        case: The number of the other case.
        link: For ``opened_by``, the code of the link.
        key: For ``opened_by``, the member of ``each``.
    """

    kind: str
    case: str
    reason: str = ""
    link: str = ""
    key: str = ""
