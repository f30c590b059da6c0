"""Rows: words from a short list, targets, values, codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from complaintflow.calendar.limits import CustomersDate, Promise
from complaintflow.domain.types import MoneyOf, OneOf, Simple, SomeOf, is_code, read
from complaintflow.errors import InvalidValueError, did_you_mean
from complaintflow.policy.decision import Decision
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.expression.nodes import KEYWORDS
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.currencies import CURRENCIES
from complaintflow.policy.validation.finding import Finding, Path
from complaintflow.policy.validation.ledger import Ledger

__all__ = ["KINDS", "QUIET", "REGRADES", "rows_in"]

KINDS = ("internal", "customer", "statutory", "promise")
"""What kinds of targets there are."""
REGRADES = ("original", "regrade")
"""From where a new limit counts after a regrade."""
QUIET = ("at once", "next opening", "before")
"""What quiet hours do to a rung."""
_DATES = (Simple("instant"), Simple("date"), Simple("limit"))


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
    decisions = {decision.code: decision for decision in policy.decisions}
    for duty in policy.duties:
        if duty.owner is None and not (isinstance(duty.each, str) and duty.each in decisions):
            message = (
                "nobody owes this: say owner = 'role', or each = a decision that answers roles"
            )
            findings.append(Finding(("duty", duty.code), message, duty.code, key=True))
        if duty.target is not None:
            findings += _target(policy, duty, duty.target, decisions, ledger)
    findings += _sets(policy, ledger)


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
    if not policy.id.strip():
        yield Finding(("policy", "id"), "a policy has an id", "id")
    if policy.semantics != 1:
        yield Finding(("policy", "semantics"), "semantics is 1", "semantics")


def _one_of(path: Path, value: str, words: tuple[str, ...]) -> Iterator[Finding]:
    if value not in words:
        message = f"expected one of {', '.join(words)}, got {value!r}"
        yield Finding(path, message, value, None, did_you_mean(value, words))


def _target(
    policy: Policy, duty: Duty, target: Target, decisions: Mapping[str, Decision], ledger: Ledger
) -> Iterator[Finding]:
    path = ("duty", duty.code)
    yield from _one_of((*path, "kind"), target.kind, KINDS)
    yield from _one_of((*path, "regrade"), target.regrade, REGRADES)
    for index, rung in enumerate(target.rungs):
        yield from _one_of((*path, "rungs", index, "quiet"), rung.quiet, QUIET)
    if target.within is None and target.date is None:
        yield Finding(path, "a target has a limit or a date", duty.code, key=True)
    if target.within is not None and target.date is not None:
        yield Finding((*path, "date"), "a target has a limit or a date, not both", target.date)
    yield from _named_dates((*path, "within"), target)
    if isinstance(target.within, Mapping):
        if target.per is None:
            message = "a limit for each answer needs the decision: per = 'grade'"
            yield Finding((*path, "within"), message, "within")
        elif target.per in decisions:
            answers = decisions[target.per].answers
            for answer in target.within:
                ledger.use("member", answer)
                if answer not in answers:
                    known = ", ".join(answers)
                    message = f"{target.per} answers {known}, not {answer!r}"
                    ledger.stranger((*path, "within", answer), message, answer, answers, key=True)
    elif target.per is not None:
        message = "'per' needs a limit for each answer: within = { A = '24 h' }"
        yield Finding((*path, "per"), message, target.per)
    fact = next((fact for fact in policy.facts if fact.code == target.date), None)
    if fact is not None and fact.type not in _DATES:
        message = f"a due date is an instant, a date or a limit, but {fact.code} is {fact.type}"
        yield Finding((*path, "date"), message, fact.code)


def _named_dates(path: Path, target: Target) -> Iterator[Finding]:
    """A limit in words that names a fact would never come to an instant."""
    limits = target.within if isinstance(target.within, Mapping) else {"": target.within}
    for answer, limit in limits.items():
        if isinstance(limit, (Promise, CustomersDate)) and limit.fact:
            place = (*path, answer) if answer else path
            message = f"a fact that is the due date is named by 'date', not in {str(limit)!r}"
            yield Finding(place, message, limit.fact, None, f"date = '{limit.fact}'")


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
