"""Forecast: what would be missed, and who would be told when, if nothing more happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from complaintflow.audit.events import Event, Missed, RungReached, Told
from complaintflow.audit.forecast import Called, Forecast, Foreseen, Span
from complaintflow.engine.clocks import Clock, clocks_of
from complaintflow.engine.decide import sweep
from complaintflow.engine.duties import DutyState, owner_of, states_of
from complaintflow.engine.ladder import ready_of
from complaintflow.engine.program import Program
from complaintflow.engine.relay import projected_in
from complaintflow.engine.standing import Standing, view_of
from complaintflow.engine.story import Teller, clauses_of
from complaintflow.engine.view import View
from complaintflow.moments import from_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.world import World

__all__ = ["ahead_in", "forecast"]


def forecast(program: Program, standing: Standing, world: World, now: int, until: int) -> Forecast:
    """What would happen up to *until*, as a table of when, what, whom and why.

    The very function that fires rungs foretells them. Nothing is decided anew and nothing is
    recorded.
    """
    swept = sweep(program, standing, world, until)
    before, after = view_of(program, standing), view_of(program, swept.standing)
    telling = _Telling(program, standing.case.id, after)
    clocks = {clock.identity: clock for view in (before, after) for clock in _owed(view)}
    projected = projected_in(before, now)
    rows = [row for event in swept.events for row in telling.event(event)]
    rows += [telling.clock(c, "due") for c in clocks.values() if c.due and now <= c.due <= until]
    rows += [telling.clock(c, "projected") for c in projected if c.due and c.due <= until]
    rows += [
        telling.begins(state)
        for duty in program.policy.duties
        for state in states_of(after, duty)
        if state.is_owed and not _has_begun(before, state)
    ]
    spans = [telling.span(before, clock) for clock in _owed(before)]
    known = {clock.identity for clock in _owed(before)}
    spans += [telling.span(after, clock) for clock in _owed(after) if clock.identity not in known]
    spans += [telling.span(before, clock, projected=True) for clock in projected]
    tz = program.policy.calendar.tz
    return Forecast(
        standing.case.id,
        from_micros(now, tz),
        from_micros(until, tz),
        tuple(sorted(rows, key=lambda row: row.at)),
        tuple(spans),
        swept.events,
    )


def ahead_in(program: Program, standing: Standing, now: int, until: int) -> Iterator[Foreseen]:
    """What falls due in a case by *until*, what is overdue included, and what is projected to."""
    view = view_of(program, standing)
    telling = _Telling(program, standing.case.id, view)
    for kind, clocks in (("due", _owed(view)), ("projected", projected_in(view, now))):
        for clock in clocks:
            if clock.due is not None and clock.due <= until:
                yield telling.clock(clock, kind)


def _owed(view: View) -> tuple[Clock, ...]:
    return () if view.case.put_aside else clocks_of(view, ("owed",))


def _has_begun(view: View, state: DutyState) -> bool:
    return any(
        one.key == state.key and one.round == state.round and one.is_owed
        for one in states_of(view, state.duty)
    )


class _Telling:
    """Names things of one case in both languages."""

    def __init__(self, program: Program, case: str, view: View) -> None:
        self.program = program
        self.case = case
        self.view = view
        self.tellers = Teller(program.policy, "en"), Teller(program.policy, "zh")
        self.tz = program.policy.calendar.tz

    def called(self, code: str) -> Called:
        en, zh = (teller.name(code) for teller in self.tellers)
        return Called(code, en, zh)

    def key(self, key: str) -> Called | None:
        return self.called(key) if key else None

    def clock(self, clock: Clock, kind: str) -> Foreseen:
        state = clock.state
        assert clock.due is not None  # only those that fall due are told
        due = from_micros(clock.due, self.tz)
        return Foreseen(
            self.case,
            due,
            kind,
            self.called(state.duty.code),
            self.key(state.key),
            state.round,
            clock.target.kind,
            due,
            None,
            *self._owners(state),
            state.duty.clauses,
        )

    def begins(self, state: DutyState) -> Foreseen:
        target = state.duty.target
        return Foreseen(
            self.case,
            from_micros(state.started or 0, self.tz),
            "begins",
            self.called(state.duty.code),
            self.key(state.key),
            state.round,
            target.kind if target is not None else "internal",
            None,
            None,
            *self._owners(state),
            state.duty.clauses,
        )

    def event(self, event: Event) -> Iterator[Foreseen]:
        at = from_micros(event.occurred, self.tz)
        clauses = clauses_of(self.program.policy, event.body)
        match event.body:
            case Missed(duty, key, number, due):
                target = self.program.duties[duty].target
                state = next(
                    (s for s in states_of(self.view, self.program.duties[duty]) if s.key == key),
                    None,
                )
                yield Foreseen(
                    self.case,
                    at,
                    "missed",
                    self.called(duty),
                    self.key(key),
                    number,
                    target.kind if target is not None else "internal",
                    from_micros(due, self.tz),
                    None,
                    *(self._owners(state) if state is not None else ((), {})),
                    clauses,
                )
            case RungReached(duty, key, number, rung, _, due, to, named):
                target = self.program.duties[duty].target
                en, zh = (teller.rung(duty, rung) for teller in self.tellers)
                yield Foreseen(
                    self.case,
                    at,
                    "rung",
                    self.called(duty),
                    self.key(key),
                    number,
                    target.kind if target is not None else "internal",
                    from_micros(due, self.tz),
                    Called(rung, en, zh),
                    tuple(map(self.called, to)),
                    _listed(named),
                    clauses,
                )
            case Told(tell, to, named):
                yield Foreseen(
                    self.case,
                    at,
                    "told",
                    self.called(tell),
                    roles=tuple(map(self.called, to)),
                    people=_listed(named),
                    clauses=clauses,
                )
            case _:
                return

    def span(self, view: View, clock: Clock, *, projected: bool = False) -> Span:
        start = clock.start if clock.effective is None else clock.effective
        ticks = (
            () if projected else tuple(r.at for r in ready_of(view, clock) if r.rung is not None)
        )
        return Span(
            self.called(clock.state.duty.code),
            self.key(clock.state.key),
            from_micros(start or clock.state.started or 0, self.tz),
            None if clock.due is None else from_micros(clock.due, self.tz),
            clock.target.kind,
            tuple(
                (from_micros(a, self.tz), None if b is None else from_micros(b, self.tz))
                for a, b in clock.pauses
            ),
            tuple(from_micros(at, self.tz) for at in sorted(ticks)),
            projected,
        )

    def _owners(self, state: DutyState) -> tuple[tuple[Called, ...], dict[str, str]]:
        owner = owner_of(state)
        roles: tuple[str, ...]
        if owner is None or isinstance(owner, Open):
            roles = (state.key,) if state.key in self.program.roles else ()
        else:
            roles = owner.members(self.view.roles)
        assigned = self.view.case.assigned
        people = {role: assigned[role] for role in roles if role in assigned}
        return tuple(map(self.called, roles)), people


def _listed(people: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Role to its persons as one text."""
    return {role: ", ".join(persons) for role, persons in people.items()}
