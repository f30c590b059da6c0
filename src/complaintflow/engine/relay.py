"""Relay: when a hop that waits for the one before would begin, and when it would fall due.

A projection escalates nothing. It takes every hop at its word: that it ends when it falls due.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from complaintflow.engine.clocks import Clock, clock_of
from complaintflow.engine.duties import round_of, states_of
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import And, Expression, Name, Or
from complaintflow.policy.expression import compile as compiled

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["projected_in"]

_ALWAYS = 0  # what holds already delays nothing


def projected_in(view: View, now: int) -> tuple[Clock, ...]:
    """The clocks of duties that wait and whose beginning follows from what is owed now."""
    if view.case.put_aside or view.case.state in view.program.policy.final:
        return ()
    relay = _Relay(view, now)
    found = (clock for duty in view.program.timed.values() for clock in relay.clocks(duty))
    return tuple(sorted(found, key=lambda clock: (clock.due is None, clock.due or 0)))


class _Relay:
    """One look at the chains of a case; every duty is looked at once."""

    def __init__(self, view: View, now: int) -> None:
        self.view = view
        self.now = now
        self.begins: dict[str, int | None] = {}

    def clocks(self, duty: Duty) -> Iterator[Clock]:
        """The projected clocks of *duty*, one a key; none once it has begun or was done."""
        if round_of(self.view, duty) is not None or self.view.case.acts.get(duty.code):
            return
        if not self._asked(duty):
            return
        start = self.start(duty)
        if not start:
            return
        for state in states_of(self.view, duty):
            begun = attrs.evolve(state, started=start, original=start)
            yield clock_of(self.view, begun)

    def start(self, duty: Duty) -> int | None:
        """When *duty* would begin; None where that cannot be said."""
        if duty.code not in self.begins:
            self.begins[duty.code] = None  # a ring of duties never begins
            starts = duty.starts
            found = None if isinstance(starts, Open) else self.turn(starts)
            self.begins[duty.code] = found
        return self.begins[duty.code]

    def turn(self, moment: Expression) -> int | None:
        """When *moment* would turn true."""
        match moment:
            case Name(path) if path in self.view.program.duties:
                return self.end(self.view.program.duties[path])
            case Name(path) if path in self.view.program.steps:
                taken = self.view.case.steps.get(path)
                return self._step(path) if taken is None else taken.at
            case And(parts):
                return self._join(parts)
            case Or(parts):
                some = [end for part in parts if (end := self.turn(part)) is not None]
                return min(some, default=None)
            case _:
                return _ALWAYS if compiled(moment)(self.view) is True else None

    def _step(self, step: str) -> int | None:
        """When a step would be taken that discharges what is owed: when that falls due."""
        ends = [
            self.end(duty)
            for duty in self.view.program.timed.values()
            if isinstance(duty.ends, Name) and duty.ends.path == step and self._asked(duty)
        ]
        known = [end for end in ends if end is not None]
        return max(known, default=None)

    def _join(self, parts: tuple[Expression, ...]) -> int | None:
        """The first instant at which all *parts* hold.

        Of a duty that has not begun nothing is owed: it holds, and delays only if it begins first.
        """
        duties = self.view.program.duties
        waiting = [
            duties[part.path]
            for part in parts
            if isinstance(part, Name) and part.path in duties and self._waits(duties[part.path])
        ]
        idle = {duty.code for duty in waiting}
        ends = [
            self.turn(part) for part in parts if not (isinstance(part, Name) and part.path in idle)
        ]
        if not ends:  # whichever ends first, the others hold
            some = [end for duty in waiting if (end := self.end(duty)) is not None]
            return min(some, default=None)
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return None
        at = max(known)
        for duty in waiting:
            begins = self.start(duty)
            if begins is not None and begins < at:
                end = self.end(duty)
                if end is None:
                    return None
                at = max(at, end)
        return at

    def _asked(self, duty: Duty) -> bool:
        when = self.view.program.whens[duty.code]
        return when is None or when(self.view) is not False

    def _waits(self, duty: Duty) -> bool:
        return all(state.progress == "waiting" for state in states_of(self.view, duty))

    def end(self, duty: Duty) -> int | None:
        """When *duty* would be discharged: when it was, else when it falls due or now if later."""
        view = self.view
        ends: list[int | None] = []
        for state in states_of(view, duty):
            match state.progress:
                case "owed":
                    clock = clock_of(view, state) if duty.target is not None else None
                    if clock is not None and clock.sort == "word only":
                        continue  # nothing can be told by it
                    due = None if clock is None else clock.due
                    ends.append(None if due is None else max(due, self.now))
                case "waiting":
                    ends.append(self._ahead(duty))
                case "undecided":
                    ends.append(None)
                case "not asked":
                    pass
                case _:
                    ends.append(state.done_at)
        known = [end for end in ends if end is not None]
        return max(known, default=None) if len(known) == len(ends) else None

    def _ahead(self, duty: Duty) -> int | None:
        start = self.start(duty)
        acts = [act.at for act in self.view.case.acts.get(duty.code, ())]
        if not start or duty.target is None:
            return start if start and acts else None
        if acts:  # done before it began: done, unused
            return max(start, *acts)
        dues = [clock.due for clock in self.clocks(duty)]
        known = [due for due in dues if due is not None]
        return max(known, default=None) if len(known) == len(dues) else None
