"""Rows: who owes, values that steps set, codes."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.domain.types import MoneyOf, OneOf, Simple, SomeOf, is_code, read
from complaintflow.errors import InvalidValueError, did_you_mean
from complaintflow.policy.expression.nodes import KEYWORDS
from complaintflow.policy.policy import Policy
from complaintflow.policy.scope import RESERVED
from complaintflow.policy.validation.currencies import CURRENCIES
from complaintflow.policy.validation.finding import Finding
from complaintflow.policy.validation.ledger import Ledger
from complaintflow.policy.validation.targets import target_in

__all__ = ["rows_in"]


def rows_in(policy: Policy, ledger: Ledger) -> None:
    """Everything about single rows that is no name and no expression."""
    findings = ledger.findings
    findings += _codes(policy, ledger)
    for fact in policy.facts:
        if isinstance(fact.type, MoneyOf) and fact.type.currency not in CURRENCIES:
            currency = fact.type.currency
            meant = did_you_mean(currency, CURRENCIES)
            message = f"no currency has the code {currency!r}"
            findings.append(Finding(("facts", fact.code, "type"), message, currency, None, meant))
    findings += _sums(policy)
    decisions = {decision.code: decision for decision in policy.decisions}
    for duty in policy.duties:
        if duty.owner is None and not (isinstance(duty.each, str) and duty.each in decisions):
            message = (
                "nobody owes this: say owner = 'role', or each = a decision that answers roles"
            )
            findings.append(Finding(("duty", duty.code), message, duty.code, key=True))
        if duty.target is not None:
            findings += target_in(policy, duty, duty.target, decisions, ledger)
    findings += _sets(policy, ledger)
    outside = {role.code for role in policy.roles if role.outside}
    if policy.keeper in outside:
        message = f"{policy.keeper} is outside the company and cannot answer for a case"
        findings.append(Finding(("policy", "keeper"), message, policy.keeper or ""))


def _sums(policy: Policy) -> Iterator[Finding]:
    """What cannot be added up over cases."""
    facts = {fact.code: fact for fact in policy.facts}
    for fact in policy.facts:
        added = facts.get(fact.count.sum) if fact.count is not None and fact.count.sum else None
        path = ("facts", fact.code, "sum")
        if added is None:
            continue
        if added.count is not None:
            message = f"{added.code} is counted over cases itself and cannot be added up"
            yield Finding(path, message, added.code)
        elif not isinstance(added.type, MoneyOf) and added.type != Simple("number"):
            message = f"numbers and money are added up, but {added.code} is {added.type}"
            yield Finding(path, message, added.code)
        elif added.type != fact.type:
            message = f"a sum has the type of what it adds up, {added.type}, not {fact.type}"
            yield Finding(path, message, added.code)


def _codes(policy: Policy, ledger: Ledger) -> Iterator[Finding]:
    """Codes that are none, and codes that expressions could not name."""
    tables = (ledger.names, *(t for space, t in ledger.spaces.items() if space != "clause"))
    for table in tables:
        for code, one in table.items():
            if not is_code(code):
                message = (
                    f"expected a code (a letter, then letters, digits, underscores), got {code!r}"
                )
                yield Finding(one.path, message, code, key=one.key)
    for code in KEYWORDS & ledger.names.keys():
        one = ledger.names[code]
        yield Finding(one.path, f"{code!r} is a word of the expressions", code, key=True)
    for code in RESERVED.keys() & ledger.names.keys():
        one = ledger.names[code]
        yield Finding(one.path, f"{code!r} is {RESERVED[code]}", code, key=True)
    if not policy.id.strip():
        yield Finding(("policy", "id"), "a policy has an id", "id")
    if policy.semantics != 1:
        yield Finding(("policy", "semantics"), "semantics is 1", "semantics")


def _sets(policy: Policy, ledger: Ledger) -> Iterator[Finding]:
    facts = {fact.code: fact for fact in policy.facts}
    roles = ledger.spaces.get("role", {})
    for step in policy.steps:
        for code, value in step.sets.items():
            fact, path = facts.get(code), ("step", step.code, "sets", code)
            if fact is None:
                continue
            try:
                read(fact.type, value)
            except InvalidValueError as error:
                yield Finding(path, error.message, str(value))
                continue
            if fact.type == Simple("role") and isinstance(value, str):
                if value in roles:
                    ledger.use("role", value)
                else:
                    ledger.stranger(path, f"no role is called {value!r}", value, roles)
            elif isinstance(fact.type, (OneOf, SomeOf)):
                for member in (value,) if isinstance(value, str) else value:
                    ledger.use("member", str(member))
