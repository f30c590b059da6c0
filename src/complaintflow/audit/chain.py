"""The hash chain over a trail: each link is the SHA-256 of the link before and the text.

The first link hangs on the case's number, so rows cannot be carried to another case.

**What verifying proves.** Rows that were changed, put in, taken out or reordered without
computing every later link anew are found, and the place is named. Against an `Anchor` that was
published elsewhere, rows cut off the end, and a chain computed anew over events up to the anchor,
are found too.

**What it does not prove.** Whoever can write every row can compute every link anew; only an
anchor out of that person's reach shows it, and then not where. Events after the newest anchor
can be cut off unseen. That an event was true when it was written, that its times were, who
really sat at the keyboard, and that nothing was kept from the trail, no chain can show.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import attrs

from complaintflow.errors import BrokenTrailError

__all__ = ["MESSAGES", "Anchor", "Row", "Verdict", "anchor", "extend", "genesis", "verify"]

MESSAGES: dict[str, dict[str, str]] = {
    "whole": {
        "en": "{length} events, the chain is whole",
        "zh": "共{length}条事件，链条完整",
    },
    "position": {
        "en": "event {position} of case {case} is missing, or its neighbour is out of place",
        "zh": "案件{case}的第{position}条事件缺失，或相邻事件位置不对",
    },
    "text": {
        "en": "the text of event {position} of case {case} says another position, or is no event",
        "zh": "案件{case}第{position}条事件的内容所记位置不符，或不是事件",
    },
    "link": {
        "en": "event {position} of case {case}, or the link before it, was changed",
        "zh": "案件{case}的第{position}条事件或其前一链环被改动",
    },
    "case": {
        "en": "event {position} belongs to another case than {case}",
        "zh": "第{position}条事件不属于案件{case}",
    },
    "end": {
        "en": "case {case} ends before event {position}, which the anchor has seen",
        "zh": "案件{case}在第{position}条事件之前结束，而锚点曾见过该事件",
    },
    "anchor": {
        "en": "case {case} differs from its anchor at event {position} or before it",
        "zh": "案件{case}在第{position}条事件或之前与锚点不符",
    },
}


@attrs.frozen
class Row:
    """One event as it is stored.

    Args:
        case: The case's number.
        position: Its place in the trail, from 1.
        text: The event's canonical text.
        link: 64 hexadecimal digits: SHA-256 of the link before and *text*.
    """

    case: str
    position: int
    text: str
    link: str


@attrs.frozen
class Anchor:
    """How long a trail was at some time, and its last link: publish it out of reach.

    Args:
        case: The case's number.
        length: How many events there were.
        digest: The link of the last of them; of an empty trail, its `genesis`.
    """

    case: str
    length: int
    digest: str


@attrs.frozen
class Verdict:
    """What `verify` found.

    Args:
        case: The case's number; empty for a trail without rows or anchor.
        length: How many rows were given.
        problem: ``whole``, or what is wrong: a key of `MESSAGES`.
        position: The first event that is wrong, or None.
    """

    case: str
    length: int
    problem: str = "whole"
    position: int | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return self.problem == "whole"

    def text(self, language: str = "en") -> str:
        """The finding in one sentence, in ``en`` or ``zh``."""
        return MESSAGES[self.problem][language].format(
            case=self.case, length=self.length, position=self.position
        )

    def require(self) -> None:
        """Do nothing when the trail is whole.

        Raises:
            BrokenTrailError: it is not; carries the position.
        """
        if not self.ok:
            raise BrokenTrailError(self.text(), self.position or 0)


def genesis(case: str) -> str:
    """What the first link of *case* hangs on."""
    return hashlib.sha256(f"complaintflow trail 1\n{case}".encode()).hexdigest()


def extend(link: str, text: str) -> str:
    """The link of an event with canonical *text* behind *link*."""
    return hashlib.sha256(f"{link}\n{text}".encode()).hexdigest()


def anchor(rows: Sequence[Row]) -> Anchor:
    """The anchor of a trail of at least one row, to be published out of reach."""
    last = rows[-1]
    return Anchor(last.case, last.position, last.link)


def verify(rows: Sequence[Row], anchor: Anchor | None = None) -> Verdict:
    """Whether *rows* are the whole, unchanged trail of one case, as far as can be told.

    Args:
        rows: The trail in the order in which it was kept.
        anchor: Length and last link as they were published at some time.

    Returns:
        The first thing that is wrong, with its position. See the module for what is not proven.
    """
    case = anchor.case if anchor else rows[0].case if rows else ""
    link = genesis(case)
    for position, row in enumerate(rows, 1):
        problem = _problem(case, position, link, row)
        if problem:
            return Verdict(case, len(rows), problem, position)
        link = row.link
        if anchor and position == anchor.length and link != anchor.digest:
            return Verdict(case, len(rows), "anchor", position)
    if anchor and len(rows) < anchor.length:
        return Verdict(case, len(rows), "end", len(rows) + 1)
    if anchor and anchor.length == 0 and anchor.digest != genesis(case):
        return Verdict(case, len(rows), "anchor", None)
    return Verdict(case, len(rows))


def _problem(case: str, position: int, link: str, row: Row) -> str | None:
    if row.case != case:
        return "case"
    if row.position != position:
        return "position"
    try:
        expected = extend(link, row.text)
    except UnicodeEncodeError:  # a lone surrogate: never written by the codec
        return "text"
    if row.link != expected:
        return "link"
    return None if _position_in(row.text) == position else "text"


def _position_in(text: str) -> object:
    """The position that a canonical text claims for itself."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return raw.get("position") if isinstance(raw, dict) else None
