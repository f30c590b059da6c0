"""Routes: which person of a role gets a case.

A route is a list of strategies, ``skill subject, sticky customer, least loaded``. Each takes the
persons that the one before has left and leaves some of them; the first that leaves exactly one
decides. Where several are left at the end, the first in the directory's order gets the case.
"""

from __future__ import annotations

import attrs

from complaintflow.domain.types import is_code
from complaintflow.errors import TextError, did_you_mean

__all__ = ["CHOOSERS", "NAMED", "STRATEGIES", "Route", "Strategy", "parse_strategies"]

NAMED = ("skill", "sticky", "own")
"""Strategies with a name behind them: a fact or decision, or a strategy of the host."""
CHOOSERS = ("first", "round robin", "weighted", "choice")
"""Strategies that leave exactly one; nothing can come behind them."""
STRATEGIES = (*NAMED, "receiver", "least loaded", *CHOOSERS)
"""Every word that a strategy begins with."""


@attrs.frozen
class Strategy:
    """One strategy.

    Args:
        kind: ``skill`` leaves those who have the skill that *of* says; ``sticky`` who had the
            last case with the same *of*; ``receiver`` who received the case; ``least loaded``
            those with the fewest open cases; ``round robin`` whose turn it is; ``weighted`` the
            same, in proportion to the persons' weights; ``first`` the first; ``choice`` lets a
            person choose; ``own`` asks the host's strategy *of*.
        of: A fact or decision, or the name of the host's strategy; else empty.
    """

    kind: str
    of: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.of}" if self.of else self.kind


@attrs.frozen
class Route:
    """Who of a role gets a case.

    Args:
        code: The role.
        by: The strategies, in order.
        clauses: Where the procedure says so.
    """

    code: str
    by: tuple[Strategy, ...]
    clauses: tuple[str, ...] = ()


def parse_strategies(text: str) -> tuple[Strategy, ...]:
    """Read ``skill subject, least loaded``.

    Raises:
        TextError: it is none; points at the word.
    """
    found: list[Strategy] = []
    start = 0
    for part in text.split(","):
        column = start + len(part) - len(part.lstrip()) + 1
        one = _strategy(text, " ".join(part.split()), column)
        if one in found:
            raise TextError(f"'{one}' stands twice", text, column)
        if found and found[-1].kind in CHOOSERS:
            raise TextError(
                f"'{found[-1]}' leaves exactly one person: nothing can come behind it", text, column
            )
        found.append(one)
        start += len(part) + 1
    return tuple(found)


def _strategy(text: str, said: str, column: int) -> Strategy:
    word, _, name = said.partition(" ")
    if word in NAMED:
        if not is_code(name):
            what = "of a strategy of yours" if word == "own" else "of a fact or decision"
            raise TextError(f"expected the code {what} behind '{word}', got {name!r}", text, column)
        return Strategy(word, name)
    if said in STRATEGIES:
        return Strategy(said)
    examples = ", ".join(f"{one} ..." if one in NAMED else one for one in STRATEGIES)
    raise TextError(
        f"expected a strategy, got {said!r}; there are: {examples}",
        text,
        column,
        did_you_mean(said, STRATEGIES) or did_you_mean(word, STRATEGIES),
    )
