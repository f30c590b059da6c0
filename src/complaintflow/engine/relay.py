"""Relay: when a hop that waits for the one before would begin, and when it would fall due.

A projection escalates nothing. It takes every hop at its word: that it ends when it falls due.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from complaintflow.engine.clocks import Clock, clock_of
from complaintflow.engine.duties import states_of
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import And, Expression, Name, Or, names
from complaintflow.policy.expression import compile as compiled
from complaintflow.policy.keys import KEY

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
    """One look at the chains of a case; each duty is looked at once for each of its keys."""

    def __init__(self, view: View, now: int) -> None:
        self.view = view
        self.now = now
        self.begins: dict[tuple[str, str], int | None] = {}

    def clocks(self, duty: Duty) -> Iterator[Clock]:
        """The projected clocks of *duty*, one a key; none of a key that has begun or was done."""
        if not self._asked(duty):
            return
        for state in states_of(self.view, duty):
            if state.progress != "waiting" or self._acts(duty, state.key):
                continue
            start = self.start(duty, state.key)
            if start:
                yield clock_of(self.view, attrs.evolve(state, started=start, original=start))

    def start(self, duty: Duty, key: str) -> int | None:
        """When *duty* would begin for one key; None where that cannot be said."""
        which = (duty.code, key)
        if which not in self.begins:
            self.begins[which] = None  # a ring of duties never begins
            starts = duty.starts
            self.begins[which] = None if isinstance(starts, Open) else self.turn(starts, key)
        return self.begins[which]

    def turn(self, moment: Expression, key: str) -> int | None:
        """When *moment* would turn true for a duty of *key*."""
        program = self.view.program
        match moment:
            case Name(path) if path in program.duties:
                return self.end(program.duties[path])
            case Name(path) if path.removesuffix(KEY) in program.duties and path.endswith(KEY):
                return self.end(program.duties[path.removesuffix(KEY)], key)
            case Name(path) if path in program.steps:
                taken = self.view.case.steps.get(path)
                return self._step(path) if taken is None else taken.at
            case And(parts):
                return self._join(parts, key)
            case Or(parts):
                some = [end for part in parts if (end := self.turn(part, key)) is not None]
                return min(some, default=None)
            case _ if names(moment) <= program.readers.keys():
                return _ALWAYS if compiled(moment)(self.view) is True else None
            case _:
                return None

    def _step(self, step: str) -> int | None:
        """When a step would be taken that discharges what is owed: when that falls due."""
        ends = [
            self.end(duty)
            for duty in self.view.program.timed.values()
            if isinstance(duty.ends, Name) and duty.ends.path == step and self._asked(duty)
        ]
        return max((end for end in ends if end is not None), default=None)

    def _join(self, parts: tuple[Expression, ...], key: str) -> int | None:
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
            self.turn(part, key)
            for part in parts
            if not (isinstance(part, Name) and part.path in idle)
        ]
        if not ends:  # whichever ends first, the others hold
            some = [end for duty in waiting if (end := self.end(duty)) is not None]
            return min(some, default=None)
        known = [end for end in ends if end is not None]
        if len(known) < len(ends):
            return None
        at = max(known)
        for duty in waiting:
            begins = self.start(duty, "")
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

    def _acts(self, duty: Duty, key: str) -> list[int]:
        """When *duty* was done before it began: done, unused."""
        return [act.at for act in self.view.case.acts.get(duty.code, ()) if act.key == key]

    def end(self, duty: Duty, key: str | None = None) -> int | None:
        """When *duty* is discharged, of every key or of one: when it falls due, or now if later."""
        view = self.view
        ends: list[int | None] = []
        for state in states_of(view, duty):
            if key not in (None, state.key):
                continue
            match state.progress:
                case "owed":
                    clock = clock_of(view, state) if duty.target is not None else None
                    if clock is not None and clock.sort == "word only":
                        continue  # nothing can be told by it
                    due = None if clock is None else clock.due
                    ends.append(None if due is None else max(due, self.now))
                case "waiting":
                    ends.append(self._ahead(duty, state.key))
                case "undecided":
                    ends.append(None)
                case "not asked":
                    pass
                case _:
                    ends.append(state.done_at)
        known = [end for end in ends if end is not None]
        return max(known, default=None) if len(known) == len(ends) else None

    def _ahead(self, duty: Duty, key: str) -> int | None:
        start, acts = self.start(duty, key), self._acts(duty, key)
        if start and acts:
            return max(start, *acts)
        dues = [clock.due for clock in self.clocks(duty) if clock.state.key == key]
        return dues[0] if start and duty.target is not None and dues else None
