"""How a case stands: its record, and what the policy makes of it. A fold over the events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import attrs

from complaintflow.audit.case import Case, copied, write
from complaintflow.audit.events import (
    Adopted,
    ApprovalGiven,
    Body,
    Corrected,
    Counted,
    Decided,
    DutyDone,
    Event,
    HandedOver,
    LinkClosed,
    Linked,
    Migrated,
    Missed,
    Noted,
    Opened,
    Overruled,
    PassedOn,
    PeriodBegun,
    Raised,
    Rejected,
    Ruled,
    RungReached,
    StepTaken,
    Summed,
    Told,
    Waived,
)
from complaintflow.engine.ladder import next_ready
from complaintflow.engine.program import Program
from complaintflow.engine.track import Track
from complaintflow.engine.tracking import follow
from complaintflow.engine.view import View
from complaintflow.policy.scope import CASE, HANDED_OVER

__all__ = ["UNKNOWN", "Course", "Standing", "changed_by", "fold", "view_of"]


UNKNOWN = -1
"""The attention of a standing of which nobody has asked it yet."""


@attrs.frozen
class Standing:
    """A case and its track; the same events under the same policy give the same standing.

    Args:
        waits: When each target next needs a sweep, without those that never do; None until
            somebody asked.
        answers: What decisions answer, as far as somebody asked. Like `waits` it follows from
            the rest, and is kept because it is dear.
    """

    case: Case
    track: Track
    waits: Mapping[str, int] | None = attrs.field(default=None, eq=False)
    answers: Mapping[str, Any] = attrs.field(factory=dict, eq=False)

    @property
    def attention(self) -> int | None:
        """When the case next needs a sweep, None never; `UNKNOWN` until somebody asked."""
        return UNKNOWN if self.waits is None else min(self.waits.values(), default=None)

    @property
    def is_open(self) -> bool:
        """Whether the case was opened, and neither voided nor merged into another."""
        return bool(self.case.state) and not self.case.put_aside


def view_of(program: Program, standing: Standing) -> View:
    """What expressions read of the case."""
    view = View(program, standing.case, standing.track)
    view.update(standing.answers)
    return view


class Course:
    """A case under way: events are added, and how it stands follows each.

    Values are frozen for everybody who is given one. The standings between the first event and
    the last are nobody's, so they are not made: the course writes into copies of its own, and
    makes new ones when somebody has asked for the standing in between.

    Args:
        program: The policy of the case.
        standing: How it stands so far.
    """

    __slots__ = ("_standing", "_unasked", "_waits", "program", "view")

    def __init__(self, program: Program, standing: Standing) -> None:
        self.program = program
        self.view = view_of(program, standing)
        self._standing: Standing | None = standing
        self._waits: dict[str, int] = dict(standing.waits or {})
        # The targets of which nobody has asked since they may have changed.
        self._unasked = set(program.timed) if standing.waits is None else set[str]()

    @property
    def standing(self) -> Standing:
        """How the case stands now: a value that stays as it is."""
        found = self._standing
        if found is None or (found.waits is None and not self._unasked):
            view = self.view
            waits = None if self._unasked else self._waits.copy()
            answers = {code: view[code] for code in self.program.decisions if code in view}
            found = self._standing = Standing(view.case, view.track, waits, answers)
        return found

    def add(self, event: Event) -> None:
        """One more event."""
        view, body = self.view, event.body
        if self._standing is not None:
            view.case, view.track = copied(view.case), view.track.copied()
            self._standing = None
        write(view.case, event)
        if isinstance(body, Opened):
            view.track = Track(event.occurred)
        moved = isinstance(body, Migrated)
        opens = isinstance(body, Adopted) or (isinstance(body, StepTaken) and body.source is None)
        changed = changed_by(body)
        self._forget(body, changed, entirely=opens or moved or isinstance(body, Opened))
        if changed or moved:
            follow(view, event, changed, opens=opens or moved)
        if moved:
            _hush(view)

    def _forget(self, body: Body, changed: Collection[str], *, entirely: bool) -> None:
        """Forget what the event may have changed."""
        view, reach = self.view, self.program.reach
        if entirely:
            view.clear()
            view.states.clear()
            self._unasked.update(self.program.timed)
            return
        for name in changed:
            if (upset := reach.upset.get(name)) is not None:
                view.forget(upset)
            if (timed := reach.timed.get(name)) is not None:
                self._unasked.update(timed)
        match body:
            case RungReached(duty):
                self._unasked.add(duty)
            case Decided(decision):
                self._unasked.update(reach.limited.get(decision, ()))
            case Told():
                pass
            case _ if not changed or isinstance(
                body, HandedOver
            ):  # who has it, if it counts at all
                self._unasked.update(self.program.timed)

    def first(self) -> tuple[int, str] | None:
        """When the case next needs a sweep, and for which duty; None: never."""
        waits = self._waits
        if self._unasked:
            starts, turns = self.program.reach.starts, self.view.track.turns
            for code in self._unasked:
                ready = None
                if not turns.keys().isdisjoint(starts.get(code, ())):  # a round has begun
                    ready = next_ready(self.view, (code,))
                if ready is not None:
                    waits[code] = ready.at
                elif code in waits:
                    del waits[code]
            self._unasked.clear()
        if not waits:
            return None
        at = min(waits.values())
        return at, next(code for code in self.program.timed if waits.get(code) == at)


def _hush(view: View) -> None:
    """Let nobody be told, after a case has moved to this policy, of what lies behind it."""
    told: dict[str, int] = {}
    for code, _ in view.case.told:
        told[code] = told.get(code, 0) + 1
    turned = view.track.turns
    for code, moment in view.program.hears.items():
        behind = len(turned.get(moment, ())) - told.get(code, 0)
        view.track.heard.pop(code, None)
        if behind:
            view.track.heard[code] = behind


def fold(program: Program, case_id: str, events: Iterable[Event]) -> Standing:
    """How the case stands after *events*."""
    course = Course(program, Standing(Case(case_id), Track()))
    for event in events:
        course.add(event)
    return course.standing


def changed_by(body: Body) -> Collection[str]:
    """The names whose value the event may have changed."""
    touched = _TOUCHED.get(type(body))
    return touched(body) if touched is not None else ()


_TOUCHED: dict[type, Callable[[Any], Collection[str]]] = {
    StepTaken: lambda body: (
        (body.step, *body.facts)
        if body.source == body.target
        else (body.step, "state", *body.facts)
    ),
    DutyDone: lambda body: frozenset({body.duty.removeprefix("verify "), *body.facts}),
    Noted: lambda body: frozenset(body.facts),
    Counted: lambda body: frozenset({body.fact}),
    Summed: lambda body: frozenset({body.fact}),
    Overruled: lambda body: frozenset({body.decision}),
    **dict.fromkeys((Rejected, Ruled, PassedOn, Waived), lambda body: frozenset({body.duty})),
    Missed: lambda body: frozenset({body.duty, f"{body.duty}.missed"}),
    Corrected: lambda body: frozenset(body.new),
    ApprovalGiven: lambda body: frozenset({body.approval}),
    Raised: lambda body: frozenset({body.action}),
    HandedOver: lambda _: frozenset({HANDED_OVER}),
    PeriodBegun: lambda body: frozenset({f"{CASE}.{body.kind}", "state"}),
    Linked: lambda body: frozenset({body.link}),
    LinkClosed: lambda body: frozenset({body.link, *body.facts}),
    Adopted: lambda body: frozenset(("state", *body.facts)),
}
