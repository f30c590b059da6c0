"""The one door to `transitions`: one flat machine for each workflow, shared by all its cases.

The machine says whether a step is possible and where it leads; guards, roles and forms are
judged by `complaintflow.engine.decide`, because each has a reason of its own to give.
"""

from __future__ import annotations

from collections.abc import Iterable

from transitions import Machine, MachineError

from complaintflow.policy.step import ANY, Step

__all__ = ["NEW", "Workflow"]

NEW = "(new)"
"""Where a case is before the step that opens it."""


class _Cursor:
    """A throw-away model; never registered with the machine, so it leaves nothing behind."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class Workflow:
    """The steps of a policy as one `transitions` machine.

    Args:
        steps: All steps of the policy.
        states: All its states.
        final: Those in which nothing more happens, except by a step that names them.
    """

    def __init__(self, steps: Iterable[Step], states: Iterable[str], final: Iterable[str]) -> None:
        self._states = tuple(states)
        finals = frozenset(final)
        self._machine = Machine(
            model=None,
            states=[NEW, *self._states],
            initial=NEW,
            auto_transitions=False,
            send_event=False,
        )
        self._possible: dict[str, tuple[str, ...]] = dict.fromkeys((NEW, *self._states), ())
        # The machine is flat and keeps nothing: it answers the same question always alike, so
        # each is put to it once. There are as many as ways from state to state.
        self._answers: dict[tuple[str, str, str | None], str | None] = {}
        for step in steps:
            for source in self._sources(step, finals):
                self._add(step, source)

    def _sources(self, step: Step, finals: frozenset[str]) -> tuple[str, ...]:
        if step.opens:
            return (NEW,)
        if step.source == (ANY,):
            return tuple(state for state in self._states if state not in finals)
        return step.source

    def _add(self, step: Step, source: str) -> None:
        targets = dict.fromkeys(b.to for b in step.to if isinstance(b.to, str)) or {source: None}
        for target in targets:
            self._machine.add_transition(
                step.code,
                source,
                target,
                conditions=[lambda wanted, target=target: wanted is None or wanted == target],
            )
        self._possible[source] = (*self._possible[source], step.code)

    def possible(self, state: str) -> tuple[str, ...]:
        """Steps that lead on from *state*, in the order of the policy."""
        return self._possible.get(state, ())

    def go(self, state: str, step: str, wanted: str | None) -> str | None:
        """The state after *step* from *state*; None when the workflow does not allow it.

        Args:
            state: Present state, or `NEW`.
            step: Code of the step.
            wanted: The branch that holds; None for a step that stays or has one branch.
        """
        question = (state, step, wanted)
        if question not in self._answers:
            if step not in self.possible(state) or not (wanted is None or wanted in self._states):
                return None
            self._answers[question] = self._ask(state, step, wanted)
        return self._answers[question]

    def _ask(self, state: str, step: str, wanted: str | None) -> str | None:
        event = self._machine.events[step]
        cursor = _Cursor(state)
        try:
            moved = event.trigger(cursor, wanted)
        except MachineError:
            return None
        return cursor.state if moved else None
