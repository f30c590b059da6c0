"""How a track follows the events: which moments turn, which duties are discharged.

Only what an event can have touched is looked at again; the program knows what that is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from complaintflow.audit.events import Corrected, Event, HandedOver, StepTaken
from complaintflow.engine.duties import OVER, states_of
from complaintflow.engine.granting import grant, mend_grants
from complaintflow.engine.track import Leaf, Reading, Round, Span, read_leaf
from complaintflow.engine.view import View
from complaintflow.policy.scope import HANDED_OVER

__all__ = ["follow"]

_T = TypeVar("_T")
_NOTHING: frozenset[str] = frozenset()


def follow(view: View, event: Event, changed: Collection[str], *, opens: bool) -> None:
    """Carry the track of *view*, which nobody else has seen, over an event.

    Args:
        view: What reads the case after the event.
        event: What happened.
        changed: The names whose value the event may have changed; *view* has forgotten them.
        opens: Whether it is the step that opens the case: then every moment is looked at.
    """
    program, reach, body = view.program, view.program.reach, event.body
    pulses = _NOTHING
    if isinstance(body, StepTaken):
        pulses = frozenset((body.step,))
    elif isinstance(body, HandedOver):
        pulses = frozenset((HANDED_OVER,))
    moments: Collection[int] = range(len(program.moments))
    if not opens:
        moments = _touched(program.touched, changed)
    duties = _touched(program.watches, changed)
    if isinstance(body, Corrected):
        mend_grants(view, body, event.position)
    if not moments and not duties:
        return
    # A turn may begin a round that is discharged at once, or ask an approval anew, which may turn
    # another moment; each pass needs a new one of these, so there are not more passes than these.
    for _ in range(len(program.watched) + len(program.approvals) + len(program.begins) + 2):
        asked: set[str] = set()
        for part in _asking_first(moments, reach.asked):
            for index in _turned(view, event, part, pulses):
                view.forget(reach.turned[index])
                for code in reach.granted.get(index, ()):
                    grant(view, program.duties[code], index)
                duties.update(dict.fromkeys(reach.begun.get(index, ())))
                asked.update(reach.asked.get(index, ()))
        pulses = frozenset(_discharged(view, duties)) if duties else _NOTHING
        if not pulses and not asked:
            break
        again = pulses | asked
        moments = _touched(program.touched, again)
        duties = _touched(program.watches, again)


def _asking_first(
    moments: Collection[int], asks: Mapping[int, tuple[str, ...]]
) -> tuple[Collection[int], ...]:
    """The moments, those before the others that ask an approval anew.

    A step that asks anew has thrown the old answers away: whatever looks at that very step must
    not see them.
    """
    first = [index for index in moments if index in asks] if asks else []
    return (first, [index for index in moments if index not in asks]) if first else (moments,)


def _touched(table: Mapping[str, tuple[_T, ...]], names: Iterable[str]) -> dict[_T, None]:
    return {found: None for name in names for found in table.get(name, ())}


def _turned(
    view: View, event: Event, moments: Collection[int], pulses: frozenset[str]
) -> Iterable[int]:
    """Read moments again and note what they give; those that turned true."""
    program, track, at = view.program, view.track, event.occurred
    # Nothing is written before all is read: no moment sees that another turns beside it.
    found: list[tuple[Reading, ...]] = []
    for index in moments:
        leaves = program.moments[index].leaves
        before = track.leaves.get(index)
        if before is None:
            before = tuple([(truth, track.opened) for truth in program.outset[index][0]])
        if len(leaves) == 1:
            found.append((read_leaf(leaves[0], view, before[0], at, pulses),))
        else:
            pairs = zip(leaves, before, strict=True)
            found.append(tuple([read_leaf(leaf, view, was, at, pulses) for leaf, was in pairs]))
    turned = []
    for index, readings in zip(moments, found, strict=True):
        moment = program.moments[index]
        value, since, _ = moment.combine(readings)
        if value is True and (
            track.truth.get(index, program.outset[index][1]) is not True
            or _repeated(moment.leaves, readings, pulses)
        ):
            turns = track.turns.get(index, ())
            track.turns[index] = (*turns, Round(len(turns) + 1, since, event.position))
            turned.append(index)
        if index in program.spanning:
            track.holds[index] = _held(track.holds.get(index, ()), value is True, since)
        if any(new for _, _, new in readings):
            track.leaves[index] = tuple([(truth, since) for truth, since, _ in readings])
            track.truth[index] = value
    return turned


def _discharged(view: View, codes: Iterable[str]) -> list[str]:
    """Watched duties whose present round is discharged now and was not before."""
    program, case, discharged = view.program, view.case, view.track.discharged
    fresh = []
    for code in codes:
        number = 0
        if code in case.acts or code in program.ends or case.lives:  # else nothing was done on it
            states = states_of(view, program.duties[code])
            if all(state.progress in OVER for state in states):
                # Keys that follow another duty have rounds of their own: a new one changes the sum.
                own = states if code in program.keyed else states[:1]
                number = sum([state.round for state in own])
        if number and discharged.get(code, 0) != number:
            fresh.append(code)
        if number:
            discharged[code] = number
        else:
            discharged.pop(code, None)
    return fresh


def _repeated(
    leaves: tuple[Leaf, ...], readings: tuple[Reading, ...], pulses: frozenset[str]
) -> bool:
    if not pulses:
        return False
    return any(
        new and truth is True and leaf.repeats in pulses
        for leaf, (truth, _, new) in zip(leaves, readings, strict=True)
    )


def _held(spans: tuple[Span, ...], holds: bool, since: int) -> tuple[Span, ...]:
    running = bool(spans) and spans[-1][1] is None
    if holds and not running:
        return (*spans, (since, None))
    if not holds and running:
        return (*spans[:-1], (spans[-1][0], max(since, spans[-1][0])))
    return spans
