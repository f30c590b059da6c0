"""What happens between cases, and to a case as a whole: links, relations, another policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import attrs

from complaintflow.audit.opening import Opening
from complaintflow.domain.values import Evidence

STANDING = "standing"
"""The state of a case that belongs to a period: no step leads anywhere."""

__all__ = [
    "RELATIONS",
    "LinkClosed",
    "Linked",
    "Migrated",
    "Moved",
    "Numbered",
    "PeriodBegun",
    "Related",
]

RELATIONS = ("opened_by", "duplicate_of", "has_duplicate", "part_of", "has_part")
"""How a case can belong to another one; `Linked` is the other side of ``opened_by``."""


Links: TypeAlias = Mapping[tuple[str, str], Opening]
"""What is on record of the links of a case, by link and key."""


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

    def opened(self, links: Links, at: int, position: int) -> Links:
        """*links* with what this opens."""
        before = links.get((self.link, self.key))
        count = before.count + 1 if before is not None else 1
        return {**links, (self.link, self.key): Opening(self.case, at, position, count)}


@attrs.frozen
class LinkClosed:
    """What a link opened is closed; *facts* are what it gave back."""

    link: str
    key: str = ""
    facts: Mapping[str, Any] = attrs.Factory(dict)
    evidence: tuple[Evidence, ...] = ()

    def closed(self, links: Links, at: int, position: int) -> Links:
        """*links* with what this closes."""
        opening = links.get((self.link, self.key))
        if opening is None:
            return links
        closed = attrs.evolve(opening, closed_at=at, closed_by=position)
        return {**links, (self.link, self.key): closed}


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


@attrs.frozen
class PeriodBegun:
    """A standing case begins: what is owed once in a period, and belongs to no complaint.

    Args:
        kind: ``week``, ``month``, ``quarter`` or ``year``.
        label: Which one: ``2026-W11``, ``2026-03``, ``2026-Q1``, ``2026``.
    """

    kind: str
    label: str


@attrs.frozen
class Numbered:
    """The case got a number in the series of *record*, later than at its opening."""

    record: str
    number: str


@attrs.frozen
class Migrated:
    """The case goes on under another version of its policy, or another policy.

    The events before it are read by the new version as well; what they recorded stays.

    Args:
        policy: The identifier of the policy from now on.
        version: Its version.
        digest: Its digest.
        state: Where the case is in the new workflow.
        how: ``from now``: what was running keeps its limit, and what the old version did not ask
            counts from this instant; ``recompute``: as if the new version had always held.
        limits: The limits of what was running, by ``duty:round:key``.
        starts: From when those of them count that an earlier move had put off.
        reason: Why.
    """

    policy: str
    version: str
    digest: str
    state: str
    how: str
    limits: Mapping[str, str] = attrs.Factory(dict)
    starts: Mapping[str, Any] = attrs.Factory(dict)
    reason: str = ""


# -- what is on record of them in a case ----------------------------------------------------------


@attrs.frozen
class Moved:
    """When a case last moved to another version, and how."""

    at: int
    position: int
    how: str
    limits: Mapping[str, str]
    starts: Mapping[str, Any]


CaseBody: TypeAlias = Linked | LinkClosed | Related | Migrated | PeriodBegun | Numbered
"""What happens between cases, and to a case as a whole."""
