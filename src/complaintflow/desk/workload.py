"""Who has what, answered from the store: loads, turns, earlier cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from complaintflow.desk.history import PERSON, key_text
from complaintflow.engine.standing import Standing, view_of
from complaintflow.errors import PolicyError, did_you_mean

if TYPE_CHECKING:
    from complaintflow.engine.program import Program
    from complaintflow.policy.policy import Policy
    from complaintflow.policy.world import Strategy
    from complaintflow.store.protocol import UnitOfWork

__all__ = ["StoreWorkload", "check_strategies", "route_keys"]


def route_keys(program: Program, standing: Standing) -> Iterator[tuple[str, str]]:
    """The entries under which a case is found by what a route sticks to."""
    assigned = standing.case.assigned
    if not program.routes or not assigned or standing.case.put_aside:
        return
    view = None
    for route in program.policy.routes:
        for strategy in route.by:
            if strategy.kind != "sticky" or route.code not in assigned:
                continue
            view = view or view_of(program, standing)
            value = view[strategy.of]
            if value is not None:
                yield _name(program, route.code, strategy.of), key_text({strategy.of: value})


def _name(program: Program, role: str, name: str) -> str:
    return f"{program.policy.id}/route/{role}/{name}"


class StoreWorkload:
    """The workload within one unit of work.

    Args:
        work: The unit of work in which the decision is made.
        program: The policy whose routes ask.
        load: Gives the standing of a case, through the same unit of work.
    """

    def __init__(self, work: UnitOfWork, program: Program, load: Callable[[str], Standing]) -> None:
        self._work = work
        self._program = program
        self._load = load

    def load(self, people: Sequence[str], /) -> Mapping[str, int]:
        """How many open cases each of *people* has been given, under every policy of the desk."""
        return self._work.tally(PERSON, people)

    def turn(self, role: str, /) -> int:
        """The next serial of the role; a refused command gives it back."""
        return self._work.next_serial(f"{self._program.policy.id}/route/{role}")

    def previous(self, role: str, name: str, value: Any, case: str, /) -> tuple[str, str] | None:
        """The last other case with the same value that was given to somebody, and that person."""
        entry = _name(self._program, role, name), key_text({name: value})
        found = self._work.find(*entry, exclude=case)
        if not found:
            return None
        return found[-1], self._load(found[-1]).case.assigned[role]


def check_strategies(policies: Iterable[Policy], strategies: Mapping[str, Strategy]) -> None:
    """Whether every strategy that a route asks is there. Raises PolicyError."""
    for route in (route for policy in policies for route in policy.routes):
        for one in route.by:
            if one.kind == "own" and one.of not in strategies:
                meant = did_you_mean(one.of, strategies)
                hint = f"; did you mean {meant!r}?" if meant else ""
                raise PolicyError(
                    f"the route of {route.code!r} asks the strategy {one.of!r}, which this desk "
                    f"does not have: Desk(..., strategies={{{one.of!r}: ...}}){hint}"
                )
