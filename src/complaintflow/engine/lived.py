"""What the life of a duty has come to: a fold of what happened to it in one round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs

from complaintflow.audit.life import Episode, PassedOn, Rejected, Ruled, Waived

__all__ = ["UNTOUCHED", "Lived", "lived"]


@attrs.frozen
class Lived:
    """The life of one duty of one key in one round so far.

    Args:
        holders: The roles to which it came, each with the position of the event; the last has
            it. Empty: its owner as the policy says.
        rejection: The rejection that waits for a ruling, if there is one.
        ruling: The last ruling, if there is one.
        ended: What let it go: a waiver, or a rejection that was upheld without another owner.
        bounces: How often it was rejected or passed on.
        episodes: All that happened, in recorded order.
    """

    holders: tuple[tuple[str, int], ...] = ()
    rejection: Episode | None = None
    ruling: Episode | None = None
    ended: Episode | None = None
    bounces: int = 0
    episodes: tuple[Episode, ...] = ()

    @property
    def holder(self) -> str:
        """The role that has it; empty: its owner as the policy says."""
        return self.holders[-1][0] if self.holders else ""

    @property
    def last(self) -> int:
        """When the last of it happened; 0 if nothing did."""
        return max((episode.at for episode in self.episodes), default=0)

    @property
    def progress(self) -> Literal["", "rejected", "waived"]:
        """How it was let go, if it was."""
        if self.ended is None:
            return ""
        return "waived" if isinstance(self.ended.body, Waived) else "rejected"

    def holder_at(self, position: int) -> str:
        """The role that had it when the event at *position* was recorded."""
        held = [role for role, since in self.holders if since < position]
        return held[-1] if held else ""


UNTOUCHED = Lived()
"""The life of a duty that nobody rejected, passed on or waived."""


def lived(episodes: Iterable[Episode]) -> Lived:
    """What *episodes*, in recorded order, come to."""
    found = UNTOUCHED
    for episode in episodes:
        found = attrs.evolve(_after(found, episode), episodes=(*found.episodes, episode))
    return found


def _after(found: Lived, episode: Episode) -> Lived:
    match episode.body:
        case Rejected():
            return attrs.evolve(found, rejection=episode, bounces=found.bounces + 1)
        case Ruled(upheld=upheld, to=to):
            ruled = attrs.evolve(found, rejection=None, ruling=episode)
            if not upheld:
                return ruled
            if to:
                return attrs.evolve(ruled, holders=(*found.holders, (to, episode.position)))
            return attrs.evolve(ruled, ended=episode)
        case PassedOn(to=to):
            holders = (*found.holders, (to, episode.position))
            return attrs.evolve(found, holders=holders, bounces=found.bounces + 1)
        case Waived():
            return attrs.evolve(found, rejection=None, ended=episode)
