"""Routing: which person of a role gets the case, who was considered and why not.

`choose` is asked once for a role in a case, when the role first owes something or may act next.
What it asked of the world (directory, loads, turns, earlier cases, a host's own strategy) is in
the event that it leads to; folding reads the event and never asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import gcd
from typing import TYPE_CHECKING, Any

import attrs

from complaintflow.audit.events import Assigned
from complaintflow.engine.apart import Deed
from complaintflow.engine.apart import barred as not_apart
from complaintflow.engine.duties import states_of
from complaintflow.engine.people import line_of
from complaintflow.engine.reasons import Concerned
from complaintflow.errors import InvalidValueError
from complaintflow.policy.apart import Act
from complaintflow.policy.choice import Open
from complaintflow.policy.party import Party
from complaintflow.policy.person import Person
from complaintflow.policy.route import Strategy
from complaintflow.policy.world import Choosing, World

if TYPE_CHECKING:
    from complaintflow.engine.view import View

__all__ = ["barred", "choose", "concerned"]

ONLY, OPENER = "only", "opener"
"""Words of an `Assigned` that are no strategy: there was but one, or the one who opened."""


@attrs.define
class _Left:
    """Who is left, why the others are not, and what decided."""

    people: tuple[Person, ...]
    passed: dict[str, tuple[str, ...]]
    decided: str = ONLY
    why: str = ""

    def keep(self, word: str, ids: Sequence[str], why: str = "", *, decides: bool = True) -> None:
        """Only *ids* are left, by the strategy *word*, for which the world answered *why*."""
        wanted = frozenset(ids)
        gone = tuple(person.id for person in self.people if person.id not in wanted)
        if gone:
            self.people = tuple(person for person in self.people if person.id in wanted)
            self.passed[word] = (*self.passed.get(word, ()), *gone)
            if decides:
                self.decided, self.why = word, why


def concerned(view: View) -> frozenset[str]:
    """The roles that owe something or may act next, and the keeper."""
    program, case = view.program, view.case
    found: set[str] = set()
    if program.policy.keeper is not None:
        found.add(program.policy.keeper)
    if case.voided is not None or case.state in program.policy.final:
        return frozenset(found)
    parties: list[Party | Open | None] = [
        program.steps[step].step.by for step in program.workflow.possible(case.state)
    ]
    for duty in program.policy.duties:
        for state in states_of(view, duty):
            if state.is_owed:
                parties += [duty.owner, duty.jointly]
                if duty.owner is None and state.key in program.roles:
                    found.add(state.key)
    for party in parties:
        if isinstance(party, Party):
            found.update(party.members(view.roles))
    return frozenset(found)


def barred(view: View, person: str, role: str) -> str:
    """Why *person* must not have *role* in this case, as a word; empty: nothing is against it.

    ``recused``; or what the role has to do now is nothing for them, because they are
    ``concerned`` or have done what must stay ``apart`` from it.
    """
    if person in view.case.recused:
        return "recused"
    if view.program.apart:
        for act in _acts_of(view, role):
            for reason in not_apart(view, (Deed(person, Act(act)),)):
                return "concerned" if isinstance(reason, Concerned) else "apart"
    return ""


def _acts_of(view: View, role: str) -> list[str]:
    """The duties that *role* owes now; where it owes none, the steps that it may take."""
    program = view.program
    owed = [
        duty.code
        for duty in program.policy.duties
        if isinstance(duty.owner, Party)
        and any(state.is_owed for state in states_of(view, duty))
        and role in duty.owner.members(view.roles)
    ]
    steps = [program.steps[code].step for code in program.workflow.possible(view.case.state)]
    return owed or [
        step.code
        for step in steps
        if isinstance(step.by, Party) and role in step.by.members(view.roles)
    ]


def choose(view: View, world: World, role: str, at: int) -> Assigned:
    """Who gets *role* in this case from *at* on.

    Where nobody of the role can have it, it climbs; where nobody at all can, it stays with the
    person who opened the case: there is always somebody.
    """
    directory = world.directory
    if directory is None:
        raise ValueError("nobody is chosen without a directory")
    passed: dict[str, tuple[str, ...]] = {}
    for step in line_of(view, role):
        candidates = _candidates(view, world, step, at, passed)
        if not candidates:
            continue
        left = _Left(candidates, passed)
        route = view.program.routes.get(step)
        for strategy in route.by if route is not None else ():
            if not _apply(view, world, step, at, strategy, left):
                break
        else:
            left.keep("first", (left.people[0].id,), decides=left.decided == ONLY)
            decided = "choice" if "choice" in passed else left.decided
            acting = "" if step == role else step
            return Assigned(role, left.people[0].id, decided, left.why, passed, acting)
    case = view.case
    return Assigned(role, case.opened_by, OPENER, "", passed, case.opened_role)


def _candidates(
    view: View, world: World, role: str, at: int, passed: dict[str, tuple[str, ...]]
) -> tuple[Person, ...]:
    """Who acts in *role* and may have the case; the others go to *passed* with the reason."""
    directory = world.directory
    assert directory is not None
    holders = directory.holders(role, at)
    why = {person.id: barred(view, person.id, role) for person in holders}
    for holder in holders:
        word = why[holder.id] or ("absent" if holder.absent else "")
        if word:
            passed[word] = (*passed.get(word, ()), holder.id)
    present = tuple(p for p in holders if not p.absent and not why[p.id])
    if present:
        return present
    found: dict[str, Person] = {}
    for holder in holders:
        for code in holder.substitutes if holder.absent else ():
            person = directory.person(code, at)
            if person is None or person.absent:
                continue
            if word := barred(view, code, role):
                if code not in passed.get(word, ()):
                    passed[word] = (*passed.get(word, ()), code)
                continue
            found.setdefault(code, person)
            break
    return tuple(found.values())


# -- strategies: each leaves some of those who are left; False: nobody, and it climbs ------------


def _apply(view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left) -> bool:
    if len(left.people) == 1 and strategy.kind not in ("skill", "choice"):
        return True
    return _STRATEGIES[strategy.kind](view, world, role, at, strategy, left)


def _skill(view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left) -> bool:
    wanted = _texts(view[strategy.of])
    able = [person.id for person in left.people if wanted <= person.skills]
    if not able:
        word = str(strategy)
        gone = tuple(person.id for person in left.people)
        left.passed[word] = (*left.passed.get(word, ()), *gone)
        return False
    left.keep(str(strategy), able, ", ".join(sorted(wanted)))
    return True


def _texts(value: Any) -> frozenset[str]:
    """The skills that a value asks for; none while it is unknown."""
    if isinstance(value, (frozenset, tuple)):
        return frozenset(map(str, value))
    return frozenset() if value is None or isinstance(value, bool) else frozenset({str(value)})


def _sticky(view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left) -> bool:
    value = view[strategy.of]
    found = None
    if value is not None:
        found = world.workload.previous(role, strategy.of, value, view.case.id)
    if found is not None and any(person.id == found[1] for person in left.people):
        left.keep(str(strategy), (found[1],), found[0])
    return True


def _receiver(
    view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left
) -> bool:
    if any(person.id == view.case.opened_by for person in left.people):
        left.keep("receiver", (view.case.opened_by,))
    return True


def _least(view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left) -> bool:
    loads = world.workload.load(tuple(person.id for person in left.people))
    least = min(loads.get(person.id, 0) for person in left.people)
    keep = [person.id for person in left.people if loads.get(person.id, 0) == least]
    left.keep(str(strategy), keep, str(least))
    return True


def _first(view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left) -> bool:
    left.keep("first", (left.people[0].id,))
    return True


def _round_robin(
    view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left
) -> bool:
    """The turns go round everybody who holds the role; who cannot is passed over."""
    assert world.directory is not None
    turn = world.workload.turn(role)
    order = [person.id for person in world.directory.holders(role, at)]
    holds = set(order)
    order += [person.id for person in left.people if person.id not in holds]
    able = {person.id for person in left.people}
    ahead = (order[(turn - 1 + step) % len(order)] for step in range(len(order)))
    left.keep(str(strategy), (next(code for code in ahead if code in able),), str(turn))
    return True


def _weighted(
    view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left
) -> bool:
    """In as many turns as all weights together everybody has as many as their weight.

    The stride, coprime to that sum and near its golden section, spreads a person's turns.
    """
    turn = world.workload.turn(role)
    total = sum(person.weight for person in left.people)
    slot = (turn - 1) * _stride(total) % total
    for person in left.people:
        slot -= person.weight
        if slot < 0:
            left.keep(str(strategy), (person.id,), str(turn))
            break
    return True


def _stride(total: int) -> int:
    stride = max(1, total * 618 // 1000)
    while gcd(stride, total) != 1:
        stride += 1
    return stride


def _choice(view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left) -> bool:
    """A person has to choose: until then it climbs."""
    left.passed["choice"] = tuple(person.id for person in left.people)
    return False


def _own(view: View, world: World, role: str, at: int, strategy: Strategy, left: _Left) -> bool:
    own = world.strategies.get(strategy.of)
    if own is None:
        raise InvalidValueError(
            f"the route of {role!r} asks the strategy {strategy.of!r}, which is not there"
        )
    workload = world.workload
    asked = Choosing(view.case.id, role, at, left.people, _Values(view), workload)
    answer = tuple(own(asked))
    ids = [person.id for person in left.people]
    strange = [code for code in answer if code not in ids]
    if strange or not answer:
        said = ", ".join(map(repr, strange)) or "nobody"
        raise InvalidValueError(
            f"the strategy {strategy.of!r} answered {said}; expected one or more of "
            + ", ".join(ids)
        )
    left.keep(str(strategy), answer)
    return True


class _Values(Mapping[str, Any]):
    """What is known of a case, by name, read only."""

    def __init__(self, view: View) -> None:
        self._view = view
        program = view.program
        self._names = (*program.facts, *program.decisions)

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        return self._view[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


_Apply = Callable[["View", World, str, int, Strategy, _Left], bool]
_STRATEGIES: Mapping[str, _Apply] = {
    "skill": _skill,
    "sticky": _sticky,
    "own": _own,
    "receiver": _receiver,
    "least loaded": _least,
    "first": _first,
    "round robin": _round_robin,
    "weighted": _weighted,
    "choice": _choice,
}
