"""The keys of a duty that several owe: which there can be, and a duty that follows another by key.

``starts = "fetch.key"`` stands in a duty with ``each``: it begins for one of its keys when that
key's ``fetch`` is over.
"""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.domain.types import OneOf, Simple, SomeOf
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression import names
from complaintflow.policy.policy import Policy

__all__ = ["KEY", "followed_by", "known_keys"]

KEY = ".key"
"""After the code of a duty: of the same key."""


def followed_by(duty: Duty) -> tuple[str, ...]:
    """The duties that *duty* follows by key."""
    if isinstance(duty.starts, Open):
        return ()
    return tuple(sorted(n.removesuffix(KEY) for n in names(duty.starts) if n.endswith(KEY)))


def known_keys(policy: Policy, duty: Duty) -> tuple[str, ...]:
    """Every key that may ever owe *duty*: its list, or all that a decision or fact can answer."""
    if isinstance(duty.each, tuple):
        return duty.each
    return next(_answers(policy, duty.each), ())


def _answers(policy: Policy, name: str) -> Iterator[tuple[str, ...]]:
    for decision in policy.decisions:
        if decision.code == name:
            yield decision.answers
    for fact in policy.facts:
        if fact.code != name:
            continue
        if isinstance(fact.type, (OneOf, SomeOf)):
            yield fact.type.members
        elif fact.type == Simple("role"):
            yield tuple(role.code for role in policy.roles)
