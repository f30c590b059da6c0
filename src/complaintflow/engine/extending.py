"""Extensions as they are granted: on record with what they give, and the rounds that they begin.

An extension granted while a miss is on record erases nothing: it begins a new round of the same
demand, with a number of its own, in which the acts so far still count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from complaintflow.engine.track import Grant, Round
from complaintflow.policy.duty import Duty

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["grants_of", "in_effect", "renewed"]


def renewed(begun: Round, granted: tuple[Grant, ...]) -> Round:
    """The round that counts of a duty whose `starts` last turned with *begun*."""
    before = sum(1 for one in granted if one.renews and one.position < begun.position)
    number = begun.number + before
    rounds = [begun if not before else attrs.evolve(begun, number=number)]
    for one in granted:
        if one.renews and one.position >= begun.position:
            number += 1
            rounds.append(Round(number, one.at, one.position))
    *earlier, last = rounds
    return attrs.evolve(last, earlier=tuple(earlier)) if earlier else last


def grants_of(view: View, duty: Duty) -> tuple[Grant, ...]:
    """The extensions since *duty* was last demanded, dropped ones included."""
    granted = view.track.granted.get(duty.code, ())
    moment = view.program.starts[duty.code]
    begun = None if moment is None else view.track.last(moment)
    if begun is None or not granted:
        return ()
    return tuple(one for one in granted if one.position >= begun.position)


def in_effect(view: View, duty: Duty, regraded: int) -> tuple[Grant, ...]:
    """Those of them that put the due instant off.

    Args:
        view: The case.
        duty: What is owed.
        regraded: When an answer on which its limit depends was last changed.
    """
    granted = grants_of(view, duty)
    extended = duty.target.extended if duty.target is not None else None
    if not granted or extended is None or extended.regrade == "kept":
        return granted
    return tuple(one for one in granted if one.at >= regraded)
