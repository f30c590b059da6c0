"""Facts that the host's complaints lend to a policy, so that it need not declare them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import attrs

from complaintflow.domain.types import FactType, OneOf, Simple, SomeOf
from complaintflow.policy.expression.nodes import KEYWORDS
from complaintflow.policy.fact import Fact
from complaintflow.policy.policy import Policy
from complaintflow.policy.scope import RESERVED
from complaintflow.policy.validation.finding import Finding
from complaintflow.policy.validation.ledger import Ledger
from complaintflow.policy.validation.unused import nameable

__all__ = ["disagreeing", "lend", "take_back"]

_CONDITIONS = (Simple("yes/no"), Simple("judgement"))


def lend(policy: Policy, lent: Mapping[str, FactType]) -> Policy:
    """*policy* with those of the *lent* facts that it does not declare itself."""
    declared = {fact.code for fact in policy.facts}
    # A word of the language cannot be a name in it, so the policy cannot mean that field.
    taken = {*declared, *KEYWORDS, *RESERVED}
    more = (Fact(c, t) for c, t in lent.items() if c not in taken)
    return attrs.evolve(policy, facts=(*policy.facts, *more))


def take_back(whole: Policy, declared: Collection[str], ledger: Ledger) -> Policy:
    """*whole* without the lent facts that nothing uses, and without the names for them.

    Args:
        whole: The policy with everything that was lent to it.
        declared: The codes of the facts that it declares itself.
        ledger: What it uses; it forgets what is taken back.
    """
    idle = {
        fact.code
        for fact in whole.facts
        if fact.code not in declared and ("name", fact.code) not in ledger.used
    }
    if not idle:
        return whole
    for code in idle:
        if ledger.names[code].kind == "fact":
            del ledger.names[code]
    before = nameable(whole, ledger) | idle
    rest = attrs.evolve(whole, facts=tuple(f for f in whole.facts if f.code not in idle))
    gone = before - nameable(rest, ledger)
    return attrs.evolve(rest, names={c: n for c, n in whole.names.items() if c not in gone})


def disagreeing(policy: Policy, lent: Mapping[str, FactType]) -> Iterator[Finding]:
    """Facts that the policy declares in another way than the host's complaints have them."""
    for fact in policy.facts:
        kind = lent.get(fact.code)
        if kind is None:
            continue
        if not fact.given:
            how = "counted" if fact.count is not None else "computed"
            message = f"{fact.code} comes from the complaint, so it cannot be {how} here, too"
            yield Finding(("facts", fact.code), message, fact.code, key=True)
        elif not _same(kind, fact.type):
            message = f"the complaint has {fact.code} as {kind}, not as {fact.type}"
            yield Finding(("facts", fact.code, "type"), message)


def _same(kind: FactType, declared: FactType) -> bool:
    """Whether a value of the one is always a value of the other."""
    match kind, declared:
        case (OneOf(ours), OneOf(theirs)) | (SomeOf(ours), SomeOf(theirs)):
            return set(ours) == set(theirs)
        case _:
            # The class says yes or no; that somebody must stand for it is the procedure's to say.
            return kind == declared or (kind in _CONDITIONS and declared in _CONDITIONS)
