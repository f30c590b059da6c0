"""How far a change reaches: what may be different once a name is, or once a moment turned.

Worked out once for each program, so that an event costs what it touches: everything that these
tables do not name is carried over from the event before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

import attrs

from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import names

if TYPE_CHECKING:
    from complaintflow.engine.program import Program

__all__ = ["Reach"]

_T = TypeVar("_T")
_Table = Mapping[_T, tuple[str, ...]]
_Names = Mapping[_T, frozenset[str]]


@attrs.frozen
class Reach:
    """Causes to what may be different; a cause that is absent reaches nothing.

    Args:
        upset: A name to every name that may have another value, itself included.
        turned: A moment to every name that may have another value once it turned.
        begun: A moment to the watched duties of which a turn begins a round.
        asked: A moment to the approvals that a turn asks, or whose answers it throws away, and
            to the parts of duties that others follow by key, which are not over in a new round.
        timed: A name to the duties with a target that may be due at another instant.
        limited: A decision to the duties whose demand or limit it chooses.
        granted: A moment to the duties of which a turn grants an extension.
        starts: A duty to the moments that begin its rounds.
    """

    upset: _Names[str]
    turned: _Names[int]
    begun: _Table[int]
    asked: _Table[int]
    timed: _Table[str]
    limited: _Table[str]
    granted: _Table[int]
    starts: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, program: Program) -> Reach:
        """The tables of a program whose moments and readers are complete."""
        upset = _table((cause, name) for name in program.readers for cause in program.depends(name))
        begins = program.begins
        enters = [(m, code) for code, keys in program.entries.items() for m in keys.values()]
        ends = [(end, code) for code, end in program.ends.items()]
        asks = [*_flipped(program.asked), *_flipped(program.resets), *program.renewed]
        grants = list(_flipped(program.extends))
        moved = (*begins, *enters, *ends, *asks, *grants)
        turns = _table((m, name) for m, code in moved for name in upset[code])
        return cls(
            {name: frozenset(reached) for name, reached in upset.items()},
            {moment: frozenset(turns.get(moment, ())) for moment in range(len(program.moments))},
            _table((moment, code) for moment, code in begins if code in program.watched),
            _table(asks),
            _table((c, duty.code) for duty in program.timed.values() for c in _of(program, duty)),
            _table((name, code) for code, decided in program.limited.items() for name in decided),
            _table(grants),
            _moments((code, moment) for moment, code in begins),
        )


def _table(pairs: Iterable[tuple[_T, str]]) -> dict[_T, tuple[str, ...]]:
    found: defaultdict[_T, dict[str, None]] = defaultdict(dict)
    for cause, name in pairs:
        found[cause][name] = None
    return {cause: tuple(reached) for cause, reached in found.items()}


def _moments(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for code, moment in pairs:
        found[code].append(moment)
    return {code: tuple(moments) for code, moments in found.items()}


def _flipped(moments: Mapping[str, int]) -> Iterable[tuple[int, str]]:
    return ((moment, code) for code, moment in moments.items())


def _of(program: Program, duty: Duty) -> frozenset[str]:
    """Every name on which a duty, its limit and its pauses depend."""
    target = duty.target
    assert target is not None  # only of those that have one
    found = {duty.code, *(name for name in (target.per, target.date) if name)}
    if target.pauses is not None:
        found |= names(target.pauses)
    extended = target.extended
    if extended is not None:
        found |= names(extended.on) | (names(extended.start) if extended.start else frozenset())
        found |= {extended.by} if isinstance(extended.by, str) else set()
    # Whose quiet hours they keep: behind a recipient may stand a decision.
    found |= {who for rung in target.rungs for who in rung.to if who in program.readers}
    return frozenset().union(*(program.depends(name) for name in found))
