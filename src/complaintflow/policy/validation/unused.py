"""Declarations that nothing uses: a misspelt one shows on its own line.

A fact, role, form, decision or approval that nothing uses is always a finding. A step, duty,
action, link, state or member may stand for itself, and so may a role where a duty may come to any
of them; it is a finding when nothing uses it and a word that is a slip apart from it is used but
declared nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from complaintflow.domain.types import OneOf, SomeOf
from complaintflow.errors import did_you_mean
from complaintflow.policy.policy import Policy
from complaintflow.policy.scope import RESERVED
from complaintflow.policy.validation.finding import Finding
from complaintflow.policy.validation.ledger import Declared, Ledger
from complaintflow.policy.validation.slips import a_slip_apart

__all__ = ["nameable", "names_in", "unused_in"]

_STRICT = ("fact", "decision", "approval", "role", "form")


def names_in(policy: Policy, ledger: Ledger) -> None:
    """Every code in ``[names]`` must be declared somewhere."""
    known = nameable(policy, ledger)
    for code in policy.names:
        if code in known:
            ledger.named.add(code)
        else:
            message = f"nothing is called {code!r}"
            ledger.stranger(("names", code), message, code, known, key=True, taken_for="anything")


def nameable(policy: Policy, ledger: Ledger) -> set[str]:
    """Every code to which ``[names]`` may give names."""
    known: set[str] = {*ledger.names, *RESERVED}
    for space, table in ledger.spaces.items():
        if space != "clause":
            known.update(table)
    for fact in policy.facts:
        if isinstance(fact.type, (OneOf, SomeOf)):
            known.update(fact.type.members)
    for decision in policy.decisions:
        known.update(decision.answers)
    return known


def unused_in(policy: Policy, ledger: Ledger, facts: Collection[str]) -> None:
    """Add what nothing uses to the findings of *ledger*; *facts* are declared by the policy."""
    moves = any(duty.life.moves for duty in policy.duties)
    strict = [kind for kind in _STRICT if not (moves and kind == "role")]
    for space, table in (("name", ledger.names), *ledger.spaces.items()):
        for code, one in table.items():
            if one.kind in strict:
                if (space, code) not in ledger.used:
                    ledger.findings.append(_finding(one, ledger))
            elif one.kind not in ("clause", "choice") and code not in ledger.named:
                spaces = (space, "target") if space == "state" else (space,)
                if not any((s, code) in ledger.used for s in spaces):
                    ledger.findings.extend(_close(one, ledger))
    for fact in policy.facts:
        if fact.code not in facts or not isinstance(fact.type, (OneOf, SomeOf)):
            continue
        for member in fact.type.members:
            if member not in ledger.named and ("member", member) not in ledger.used:
                path = ("facts", fact.code, "type")
                ledger.findings.extend(_close(Declared("member", member, path, key=False), ledger))


def _close(one: Declared, ledger: Ledger) -> Iterator[Finding]:
    """A finding when a stranger looks like *one*."""
    finding = _finding(one, ledger)
    if finding.suggestion is not None:
        yield finding


def _finding(one: Declared, ledger: Ledger) -> Finding:
    like = {"state": ("state", "anything")}.get(one.kind, ("word", "anything"))
    near = [
        word
        for word, taken_for in ledger.strangers.items()
        if taken_for in like and a_slip_apart(one.code, word)
    ]
    meant = did_you_mean(one.code, near) or min(near, default=None)
    also = f", while {meant!r} is used but never declared" if meant else ""
    return Finding(
        one.path,
        f"the {one.kind} {one.code!r} is declared but never used{also}",
        one.code,
        None,
        meant,
        key=one.key,
    )
