"""Moments: when expressions turned true. Rounds of duties are counted here.

An expression's *leaves* are its parts without ``and``, ``or``, ``not``. Each leaf remembers
its truth and since when. After every event, in recorded order, the leaves that it touches are
evaluated again, and the expression *turns* when it is true and either was not before, or the
event repeats a step (or discharges a duty again) that it names positively. The instant of a
turn is that of its leaves: of ``and`` the latest, of ``or`` that of the part that turned. So a
late entry turns at the time at which it occurred, and rounds never change their number.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from complaintflow.calendar.limits import Limit
from complaintflow.moments import to_micros
from complaintflow.policy.expression import And, Expression, Name, Not, Or

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["Grant", "Leaf", "Moment", "Reading", "Round", "Span", "Track", "moment_of", "read_leaf"]

Truth = bool | None
Reading = tuple[Truth, int, bool]
"""Truth, since when, and whether this very event made or repeated it."""
Span = tuple[int, int | None]
"""From when and until when, None while it lasts."""


@attrs.frozen
class Round:
    """One turning true: its *number* from 1, the instant *at*, the event's *position*.

    A round of a duty that an extension began has the rounds *earlier* of the same demand.
    """

    number: int
    at: int
    position: int
    earlier: tuple[Round, ...] = ()

    @property
    def demand(self) -> Round:
        """The round in which the duty was demanded: its acts and its clock count from there."""
        return self.earlier[0] if self.earlier else self


@attrs.frozen
class Grant:
    """One extension of a duty, as it was granted.

    Args:
        at: When.
        position: The event that granted it.
        by: How much it gives.
        start: From where it is counted; None from the due instant.
        renews: Whether a miss was on record, so that it begins a new round.
        stated: The event that stated the fact that says how much; 0 where none does.
    """

    at: int
    position: int
    by: Limit
    start: int | None
    renews: bool
    stated: int = 0


@attrs.frozen
class Leaf:
    """A part without ``and``, ``or``, ``not``.

    Args:
        read: Its value in a view.
        repeats: The bare step or duty that it is.
        factual: Whether it rests on facts alone. Then what holds from the outset turns with
            the step that opens the case; that nothing is owed yet is no turn.
    """

    read: Callable[[Mapping[str, Any]], Any]
    repeats: str | None
    factual: bool = False


@attrs.frozen
class Moment:
    """An expression whose turnings are tracked."""

    expression: Expression
    leaves: tuple[Leaf, ...]
    combine: Callable[[tuple[Reading, ...]], Reading]
    depends: frozenset[str]


@attrs.frozen
class Track:
    """What the policy makes of the events so far; every index is that of a moment.

    A value like all others, but for the one who still writes it: see
    `complaintflow.engine.standing.Course`.

    Args:
        opened: When the case was opened.
        leaves: The truth and since of a moment's leaves, once they are not as at the outset.
        truth: Whether a moment holds now, once its leaves are not as at the outset.
        turns: For each moment every turning true.
        holds: For each moment that pauses a clock the spans in which it held.
        discharged: Duty to the round that was last seen discharged.
        granted: Duty to the extensions that it was granted.
        heard: Notice to how many more of its turnings than it was told of lie before the case
            moved to this policy: nobody is told of them now.
    """

    opened: int = 0
    leaves: dict[int, tuple[tuple[Truth, int], ...]] = attrs.Factory(dict)
    truth: dict[int, Truth] = attrs.Factory(dict)
    turns: dict[int, tuple[Round, ...]] = attrs.Factory(dict)
    holds: dict[int, tuple[Span, ...]] = attrs.Factory(dict)
    discharged: dict[str, int] = attrs.Factory(dict)
    granted: dict[str, tuple[Grant, ...]] = attrs.Factory(dict)
    heard: dict[str, int] = attrs.Factory(dict)

    def copied(self) -> Track:
        """A track of its own that says the same."""
        return Track(
            self.opened,
            self.leaves.copy(),
            self.truth.copy(),
            self.turns.copy(),
            self.holds.copy(),
            self.discharged.copy(),
            self.granted.copy(),
            self.heard.copy(),
        )

    def last(self, moment: int) -> Round | None:
        """The last turning of a moment."""
        turns = self.turns.get(moment)
        return turns[-1] if turns else None


def moment_of(
    expression: Expression,
    compile_leaf: Callable[[Expression], Callable[[Mapping[str, Any]], Any]],
    pulses: frozenset[str],
    depends: frozenset[str],
    factual: Callable[[Expression], bool],
) -> Moment:
    """Prepare *expression* for tracking.

    Args:
        expression: What is tracked.
        compile_leaf: Makes a closure of one of its leaves.
        pulses: The names of steps, duties and actions.
        depends: Every name on which it depends.
        factual: Whether a leaf rests on facts alone.
    """
    leaves: list[Leaf] = []

    def build(node: Expression, positive: bool) -> Callable[[tuple[Reading, ...]], Reading]:
        match node:
            case And(parts):
                return _and(tuple(build(part, positive) for part in parts))
            case Or(parts):
                return _or(tuple(build(part, positive) for part in parts))
            case Not(inner):
                return _not(build(inner, not positive))
        repeats = node.path if isinstance(node, Name) and node.path in pulses else None
        index = len(leaves)
        leaves.append(Leaf(compile_leaf(node), repeats if positive else None, factual(node)))
        return lambda readings: readings[index]

    combine = build(expression, True)
    return Moment(expression, tuple(leaves), combine, depends)


_Combine = Callable[[tuple[Reading, ...]], Reading]


def _and(parts: tuple[_Combine, ...]) -> _Combine:
    def combine(readings: tuple[Reading, ...]) -> Reading:
        truth: Truth = True
        latest, fresh = 0, False
        for part in parts:
            value, since, new = part(readings)
            if value is not True and truth is not False:
                truth = value
            latest = max(latest, since)
            fresh = fresh or new
        return truth, latest, fresh

    return combine


def _or(parts: tuple[_Combine, ...]) -> _Combine:
    def combine(readings: tuple[Reading, ...]) -> Reading:
        found = [part(readings) for part in parts]
        true = [reading for reading in found if reading[0] is True]
        if not true:
            truth = None if any(t is None for t, _, _ in found) else False
            return truth, max(since for _, since, _ in found), False
        new = [reading for reading in true if reading[2]]
        return True, max(since for _, since, _ in new or true), bool(new)

    return combine


def _not(part: _Combine) -> _Combine:
    def combine(readings: tuple[Reading, ...]) -> Reading:
        truth, since, new = part(readings)
        return None if truth is None else not truth, since, new

    return combine


def read_leaf(
    leaf: Leaf, view: View, before: tuple[Truth, int], at: int, pulses: frozenset[str]
) -> Reading:
    """A leaf after an event that occurred *at*, given what it was *before*."""
    value = leaf.read(view)
    if isinstance(value, _dt.datetime):  # a fact of type instant is that moment
        since = to_micros(value)
        return True, since, before != (True, since)
    truth: Truth = value if isinstance(value, bool) else None if value is None else True
    if truth is True and leaf.repeats in pulses:
        return True, at, True
    if truth is not before[0]:
        return truth, at, True
    return truth, before[1], False
