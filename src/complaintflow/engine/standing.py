"""How a case stands: its record, and what the policy makes of it. A fold over the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from complaintflow.audit.case import Case, apply
from complaintflow.audit.events import (
    Adopted,
    ApprovalGiven,
    Body,
    Corrected,
    Counted,
    DutyDone,
    Event,
    LinkClosed,
    Linked,
    Missed,
    Noted,
    Opened,
    Overruled,
    PassedOn,
    Raised,
    Rejected,
    Ruled,
    StepTaken,
    Waived,
)
from complaintflow.engine.duties import OVER, states_of
from complaintflow.engine.program import Program
from complaintflow.engine.track import Round, Track, read_leaf
from complaintflow.engine.view import View

__all__ = ["UNKNOWN", "Standing", "advance", "advance_view", "changed_by", "fold", "view_of"]


UNKNOWN = -1
"""The attention of a standing of which nobody has asked it yet."""


@attrs.frozen
class Standing:
    """A case and its track; the same events under the same policy give the same standing.

    Args:
        attention: When it next needs a sweep, None never; `UNKNOWN` until somebody asked.
    """

    case: Case
    track: Track
    attention: int | None = attrs.field(default=UNKNOWN, eq=False)

    @property
    def is_open(self) -> bool:
        """Whether the case was opened, and neither voided nor merged into another."""
        return bool(self.case.state) and not self.case.put_aside


def fold(program: Program, case_id: str, events: Iterable[Event]) -> Standing:
    """How the case stands after *events*."""
    standing = Standing(Case(case_id), Track())
    for event in events:
        standing = advance(program, standing, event)
    return standing


def view_of(program: Program, standing: Standing) -> View:
    """What expressions read of the case."""
    return View(program, standing.case, standing.track)


def advance(program: Program, standing: Standing, event: Event) -> Standing:
    """How the case stands after one more event."""
    return advance_view(program, standing, view_of(program, standing), event)[0]


def advance_view(
    program: Program, standing: Standing, view: View, event: Event
) -> tuple[Standing, View]:
    """How the case stands after one more event, and its view carried over from *view*."""
    case = apply(standing.case, event)
    if isinstance(event.body, Opened):
        opened = Standing(case, _baseline(program, case, event.occurred))
        return opened, view_of(program, opened)
    changed = changed_by(event.body)
    if not changed:
        same = Standing(case, standing.track, standing.attention)
        return same, view.carried(case, standing.track, changed)
    after = _tracked(view, case, changed, event)
    return Standing(case, after.track), after


def changed_by(body: Body) -> frozenset[str]:
    """The names whose value the event may have changed."""
    touched = _TOUCHED.get(type(body))
    return touched(body) if touched is not None else _NOTHING


_NOTHING: frozenset[str] = frozenset()
_TOUCHED: dict[type, Callable[[Any], frozenset[str]]] = {
    StepTaken: lambda body: frozenset({body.step, *body.facts}),
    DutyDone: lambda body: frozenset({body.duty.removeprefix("verify "), *body.facts}),
    Noted: lambda body: frozenset(body.facts),
    Counted: lambda body: frozenset({body.fact}),
    Overruled: lambda body: frozenset({body.decision}),
    **dict.fromkeys((Rejected, Ruled, PassedOn, Waived), lambda body: frozenset({body.duty})),
    Missed: lambda body: frozenset({body.duty, f"{body.duty}.missed"}),
    Corrected: lambda body: frozenset(body.new),
    ApprovalGiven: lambda body: frozenset({body.approval}),
    Raised: lambda body: frozenset({body.action}),
    Linked: lambda body: frozenset({body.link}),
    LinkClosed: lambda body: frozenset({body.link, *body.facts}),
    Adopted: lambda body: frozenset(body.facts),
}


def _baseline(program: Program, case: Case, at: int) -> Track:
    """The truth of every moment when nothing has happened yet: no turnings.

    What rests on facts alone is not judged before the opening step has told them.
    """
    track = Track()
    view = View(program, case, track)
    leaves = {}
    truth = {}
    for index, moment in enumerate(program.moments):
        readings = tuple(
            (None, at, False)
            if leaf.factual
            else read_leaf(leaf, view, (None, at), at, frozenset())
            for leaf in moment.leaves
        )
        leaves[index] = tuple((value, since) for value, since, _ in readings)
        truth[index] = moment.combine(readings)[0]
    return Track(leaves, truth)


def _tracked(before: View, case: Case, changed: frozenset[str], event: Event) -> View:
    program = before.program
    body = event.body
    pulses = frozenset({body.step}) if isinstance(body, StepTaken) else frozenset()
    waiting = dict.fromkeys(i for name in changed for i in program.touched.get(name, ()))
    if isinstance(body, Adopted) or (isinstance(body, StepTaken) and body.source is None):
        waiting = dict.fromkeys(range(len(program.moments)))
    duties = dict.fromkeys(code for name in changed for code in program.watches.get(name, ()))
    draft = _Draft(before.carried(case, before.track, changed), event)
    # A turn may begin a round that is discharged at once, or ask an approval anew, which may turn
    # another moment; each pass needs a new one of these, so there are not more passes than these.
    for _ in range(len(program.watched) + len(program.approvals) + 2):
        turned = draft.evaluate(waiting, pulses)
        begun = {code for code in program.watched if program.starts[code] in turned}
        asked = {code for code in program.approvals if program.asks_anew(code, turned)}
        if turned:
            changed |= {f"@{index}" for index in turned} | asked
        draft.view = before.carried(case, draft.track, changed)
        pulses = frozenset(draft.discharges({*duties, *begun}))
        again = pulses | asked
        if not again:
            break
        changed |= pulses
        waiting = dict.fromkeys(i for name in again for i in program.touched.get(name, ()))
        duties = dict.fromkeys(c for name in again for c in program.watches.get(name, ()))
    return before.carried(case, draft.track, changed)


class _Draft:
    """A track being carried over one event."""

    def __init__(self, view: View, event: Event) -> None:
        self.program = view.program
        self.view = view
        self.track = view.track
        self.event = event

    def evaluate(self, waiting: Iterable[int], pulses: frozenset[str]) -> set[int]:
        """Evaluate moments again; the ones that turned true."""
        view = self.view
        leaves = dict(self.track.leaves)
        truth = dict(self.track.truth)
        turns = self.track.turns
        holds = self.track.holds
        turned = set()
        event = self.event
        for index in waiting:
            moment = self.program.moments[index]
            readings = tuple(
                read_leaf(leaf, view, before, event.occurred, pulses)
                for leaf, before in zip(moment.leaves, leaves[index], strict=True)
            )
            value, since, _ = moment.combine(readings)
            again = value is True and _repeated(moment.leaves, readings, pulses)
            if value is True and (truth[index] is not True or again):
                before_turns = turns.get(index, ())
                begun = Round(len(before_turns) + 1, since, event.position)
                turns = {**turns, index: (*before_turns, begun)}
                turned.add(index)
            if index in self.program.pausing:
                holds = {**holds, index: _held(holds.get(index, ()), value is True, since)}
            leaves[index] = tuple((t, s) for t, s, _ in readings)
            truth[index] = value
        self.track = Track(leaves, truth, turns, holds, self.track.discharged)
        return turned

    def discharges(self, codes: Iterable[str]) -> list[str]:
        """Watched duties whose present round is discharged now and was not before."""
        view = self.view
        discharged = dict(self.track.discharged)
        fresh = []
        for code in codes:
            states = states_of(view, self.program.duties[code])
            whole = all(state.progress in OVER for state in states) and states
            number = states[0].round if whole else 0
            if number and discharged.get(code, 0) != number:
                fresh.append(code)
            discharged[code] = number
        self.track = attrs.evolve(self.track, discharged=discharged)
        return fresh


def _repeated(
    leaves: tuple[object, ...],
    readings: tuple[tuple[bool | None, int, bool], ...],
    pulses: frozenset[str],
) -> bool:
    return any(
        new and truth is True and getattr(leaf, "repeats", None) in pulses
        for leaf, (truth, _, new) in zip(leaves, readings, strict=True)
    )


def _held(
    spans: tuple[tuple[int, int | None], ...], holds: bool, since: int
) -> tuple[tuple[int, int | None], ...]:
    running = bool(spans) and spans[-1][1] is None
    if holds and not running:
        return (*spans, (since, None))
    if not holds and running:
        return (*spans[:-1], (spans[-1][0], max(since, spans[-1][0])))
    return spans
