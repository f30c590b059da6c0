"""Duties: who owes what now, derived from the acts on record against the present demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import attrs

from complaintflow.audit.case import Act
from complaintflow.engine.extending import renewed
from complaintflow.engine.lived import UNTOUCHED, Lived, lived
from complaintflow.engine.track import Round
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty
from complaintflow.policy.fact import Ask
from complaintflow.policy.link import Link
from complaintflow.policy.party import Party

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = [
    "OVER",
    "DutyState",
    "decider_of",
    "keys_of",
    "lacking_asks",
    "lacking_of",
    "owner_of",
    "round_of",
    "rounds_of",
    "state_of",
    "states_of",
]

OVER = ("done", "waived", "rejected")
"""How a duty stands of which nothing more is owed although it was asked for."""


@attrs.frozen
class DutyState:
    """One duty of one key as it stands.

    Args:
        duty: Its definition.
        key: The member of ``each`` that owes it, else empty.
        round: The round that counts, 0 before it starts.
        started: When the round began for that key; None before it starts. With a target this is
            not before it became a key.
        original: From when its clock counts: the same, but where an extension began the round.
        progress: ``waiting`` (not started), ``not asked`` (its ``if`` does not hold),
            ``undecided`` (its ``if`` cannot be evaluated), ``owed``, ``done``, ``waived``, or
            ``rejected`` (and that was upheld).
        done_at: When it was discharged, or let go.
        lived: What its life has come to.
    """

    duty: Duty
    key: str
    round: int
    started: int | None
    progress: str
    done_at: int | None = None
    lived: Lived = UNTOUCHED
    original: int | None = None

    @property
    def is_owed(self) -> bool:
        """Whether somebody has to act."""
        return self.progress == "owed"

    @property
    def is_disputed(self) -> bool:
        """Whether it is owed, and its rejection waits for a ruling."""
        return self.progress == "owed" and self.lived.rejection is not None

    @property
    def is_bounced_out(self) -> bool:
        """Whether it was rejected and passed on as often as may be: the arbiter decides."""
        bounces = self.duty.life.bounces
        return bounces is not None and self.lived.bounces >= bounces


def rounds_of(view: View, duty: Duty, key: str = "") -> tuple[Round, ...]:
    """The rounds of *duty* so far; where it follows another one by key, those of *key*."""
    keyed = view.program.keyed.get(duty.code)
    moment = view.program.starts[duty.code] if keyed is None else keyed.get(key)
    return () if moment is None else view.track.turns.get(moment, ())


def round_of(view: View, duty: Duty, key: str = "") -> Round | None:
    """The round of *duty* that counts, None before it starts."""
    rounds = rounds_of(view, duty, key)
    granted = view.track.granted.get(duty.code)
    if not rounds or granted is None:
        return rounds[-1] if rounds else None
    return renewed(rounds[-1], granted)


def keys_of(view: View, duty: Duty | Link) -> tuple[str, ...] | None:
    """The keys of *duty*, or of a link, now; None while they cannot be told."""
    if isinstance(duty.each, tuple):
        return duty.each or ("",)
    answer = view[duty.each]
    if answer is None:
        return None
    if isinstance(answer, str):  # one answer: of a decision that picks the first, a fact of codes
        return (answer,)
    return tuple(answer) if isinstance(answer, tuple) else tuple(sorted(answer))


def states_of(view: View, duty: Duty) -> tuple[DutyState, ...]:
    """How *duty* stands, one state a key; computed once for a view."""
    found = view.states.get(duty.code)
    if found is None:
        found = view.states[duty.code] = _states(view, duty)
    return found


def _states(view: View, duty: Duty) -> tuple[DutyState, ...]:
    keys = keys_of(view, duty)
    if keys is None:
        current = round_of(view, duty)
        if current is None:
            return (DutyState(duty, "", 0, None, "waiting"),)
        progress = "undecided" if _asked(view, duty) is not False else "not asked"
        return (DutyState(duty, "", current.number, current.at, progress),)
    return tuple([state_of(view, duty, key, round_of(view, duty, key)) for key in keys])


def state_of(view: View, duty: Duty, key: str, current: Round | None) -> DutyState:
    """How *duty* stands for one key in the round *current*."""
    if current is None:
        return DutyState(duty, key, 0, None, "waiting")
    asked = _asked(view, duty)
    started = _started(view, duty, key, current)
    life = _lived(view, duty, key, current)
    if asked is not True:
        progress = "undecided" if asked is None else "not asked"
        return DutyState(duty, key, current.number, started, progress, lived=life)
    done_at = _discharge(view, duty, key, current.demand, life)
    progress = "owed" if done_at is None else "done"
    if done_at is None and life.ended is not None:
        progress, done_at = life.progress, life.ended.at
    number, began = current.number, started
    for earlier in current.earlier[::-1]:  # done before an extension was granted: of that round
        if done_at is not None and done_at < began:
            number, began = earlier.number, _started(view, duty, key, earlier)
    original = _started(view, duty, key, current.demand)
    return DutyState(duty, key, number, began, progress, done_at, life, original)


def _started(view: View, duty: Duty, key: str, current: Round) -> int:
    """When the round began for *key*: with the round, or when it became a key during the round."""
    entry = view.program.entries[duty.code].get(key)
    spans = view.track.holds.get(entry, ()) if entry is not None else ()
    for since, until in spans:
        if until is None or until > current.at:
            return max(since, current.at)
    return current.at


def owner_of(state: DutyState) -> Party | Open | None:
    """Who owes a duty now: the role to which it came, else its owner."""
    holder = state.lived.holder
    return Party("one", (holder,)) if holder else state.duty.owner


def decider_of(state: DutyState, party: Party | Open | None) -> Party | Open | None:
    """Who rules on a duty or passes it on: *party*, or the arbiter once it bounced too often."""
    return state.duty.life.arbiter if state.is_bounced_out else party


def _lived(view: View, duty: Duty, key: str, current: Round) -> Lived:
    """What its life has come to; an extension begins a round of the same demand and life."""
    lives = view.case.lives
    if not lives:
        return UNTOUCHED
    rounds = (*current.earlier, current)
    return lived(one for each in rounds for one in lives.get((duty.code, key, each.number), ()))


def _asked(view: View, duty: Duty) -> bool | None:
    when = view.program.whens[duty.code]
    if when is None:
        return True
    value = when(view)
    return value if isinstance(value, bool) else None


def _discharge(view: View, duty: Duty, key: str, current: Round, life: Lived) -> int | None:
    """When it was discharged in this round, or None."""
    if duty.ends is not None:
        for turn in view.track.turns.get(view.program.ends[duty.code], ()):
            if current.number == 1 or turn.position > current.position:
                return turn.at
        return None
    acts = _acts(view, duty, key, current.number, current.position)
    if not acts or lacking_asks(view, view.program.asks[duty.code]):
        return None
    for count in range(1, len(acts) + 1):
        if not _lacking_roles(view, duty, acts[:count], life):
            return max(act.at for act in acts[:count])
    return None


def _acts(view: View, duty: Duty, key: str, number: int, position: int) -> list[Act]:
    """The acts that count for a round.

    An act recorded before the first round began counts for it: done before it was asked.
    """
    return [
        act
        for act in view.case.acts.get(duty.code, ())
        if act.key == key and (number == 1 or act.position > position)
    ]


def lacking_of(view: View, state: DutyState) -> tuple[str, ...]:
    """What a duty that is owed still lacks: roles that must act, facts that must be known."""
    duty = state.duty
    current = round_of(view, duty, state.key)
    if state.progress == "undecided" and isinstance(duty.each, str):
        return (duty.each,) if view[duty.each] is None else ()
    if not state.is_owed or duty.ends is not None or current is None:
        return ()
    begun = current.demand
    acts = _acts(view, duty, state.key, begun.number, begun.position)
    roles = _lacking_roles(view, duty, acts, state.lived)
    return (*roles, *lacking_asks(view, view.program.asks[duty.code]))


def _lacking_roles(view: View, duty: Duty, acts: list[Act], life: Lived) -> tuple[str, ...]:
    lacking: dict[str, None] = {}
    if life.holders:
        if not any(_by_holder(view, duty, act, life) for act in acts):
            lacking[life.holder] = None
    elif duty.owner is not None and not isinstance(duty.owner, Open):
        acted = {role for act in acts for role in (act.role, *act.present)}
        for role in duty.owner.lacking(acted, view.roles):
            lacking[role] = None
    if duty.jointly is not None:
        missing = [duty.jointly.lacking((act.role, *act.present), view.roles) for act in acts]
        for role in min(missing, key=len, default=duty.jointly.lacking((), view.roles)):
            lacking[role] = None
    return tuple(lacking)


def _by_holder(view: View, duty: Duty, act: Act, life: Lived) -> bool:
    """Whether the role that had the duty at that time acted: an act is never unmade."""
    acted = (act.role, *act.present)
    holder = life.holder_at(act.position)
    if holder:
        return holder in acted
    if duty.owner is None or isinstance(duty.owner, Open):
        return True
    return not duty.owner.lacking(acted, view.roles)


def lacking_asks(
    view: View, asks: Iterable[tuple[Ask, Callable[[View], Any] | None]]
) -> tuple[str, ...]:
    """The asks that are not met: facts that are unknown, alternatives joined by ``|``."""
    lacking = []
    for ask, when in asks:
        if when is not None and when(view) is not True:
            continue
        if all(view[name] is None for name in ask.names):
            lacking.append(" | ".join(ask.names))
    return tuple(lacking)
