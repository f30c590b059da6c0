"""Segregation of duties: acts of which no one person may do two in one case."""

from __future__ import annotations

from typing import Final

import attrs

__all__ = ["VERBS", "Act", "Apart", "parse_act"]

VERBS: Final = ("raise", "verify", "sign", "attend")
"""What is done to an action, a step or a duty beside doing it."""


@attrs.frozen
class Act:
    """One thing that people do, as a row of ``[apart]`` names it.

    Args:
        code: A step, duty, action or approval; or a fact that names a person.
        verb: Empty for doing it; ``raise`` and ``verify`` an action, ``sign`` a step,
            ``attend`` the act of a duty that is done jointly.
        party: With an approval: one party of it instead of all.
    """

    code: str
    verb: str = ""
    party: str = ""

    def __str__(self) -> str:
        head = f"{self.verb} {self.code}" if self.verb else self.code
        return f"{head}.{self.party}" if self.party else head


@attrs.frozen
class Apart:
    """No one person may do two of *acts* in a case.

    An approval, ``sign`` and ``attend`` stand for several acts, one of each role: all of them are
    by different persons. A fact of type text stands for the person whom it names, who may do none
    of the other acts.

    Args:
        code: Its name.
        acts: What must be by different persons.
        clauses: The clauses that say so.
    """

    code: str
    acts: tuple[Act, ...]
    clauses: tuple[str, ...] = ()


def parse_act(text: str) -> Act:
    """``measure``, ``verify measure``, ``sign close``, ``consent``, ``consent.customer``."""
    words = text.split()
    verb = words[0] if len(words) > 1 else ""
    code, _, party = " ".join(words[1:] if verb else words).partition(".")
    return Act(code, verb, party)
