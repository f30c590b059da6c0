"""Targets: words from a short list, limits and dates that go together, extensions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from complaintflow.calendar.limits import CustomersDate, Limit, Promise
from complaintflow.domain.types import Simple
from complaintflow.errors import did_you_mean
from complaintflow.policy.decision import Decision
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.extension import Extension
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Finding, Path
from complaintflow.policy.validation.ledger import Ledger

__all__ = ["AFTER_REGRADE", "KINDS", "QUIET", "RANKS", "REGRADES", "target_in"]

KINDS = ("internal", "customer", "statutory", "promise")
"""What kinds of targets there are."""
REGRADES = ("original", "regrade")
"""From where a new limit counts after a regrade."""
QUIET = ("at once", "next opening", "before")
"""What quiet hours do to a rung."""
_DATES = (Simple("instant"), Simple("date"), Simple("limit"))
RANKS = ("earliest", "replaces")
"""Which governs where a target has a limit and a date."""
AFTER_REGRADE = ("dropped", "kept")
"""What becomes of an extension when the case is regraded."""


def _one_of(path: Path, value: str, words: tuple[str, ...]) -> Iterator[Finding]:
    if value not in words:
        message = f"expected one of {', '.join(words)}, got {value!r}"
        yield Finding(path, message, value, None, did_you_mean(value, words))


def target_in(
    policy: Policy, duty: Duty, target: Target, decisions: Mapping[str, Decision], ledger: Ledger
) -> Iterator[Finding]:
    """What is wrong with one target."""
    path = ("duty", duty.code)
    yield from _one_of((*path, "kind"), target.kind, KINDS)
    yield from _one_of((*path, "regrade"), target.regrade, REGRADES)
    yield from _one_of((*path, "ranks"), target.ranks, RANKS)
    for index, rung in enumerate(target.rungs):
        if rung.quiet is not None:
            yield from _one_of((*path, "rungs", index, "quiet"), rung.quiet, QUIET)
    if target.within is None and target.date is None:
        yield Finding(path, "a target has a limit or a date", duty.code, key=True)
    if target.ranks != "earliest" and (target.within is None or target.date is None):
        message = "'ranks' needs a limit and a date, of which one governs"
        yield Finding((*path, "ranks"), message, target.ranks)
    if target.extended is not None:
        yield from _extension(policy, (*path, "extended"), target.extended)
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
    yield from _date(policy, (*path, "date"), target)


def _date(policy: Policy, path: Path, target: Target) -> Iterator[Finding]:
    fact = next((fact for fact in policy.facts if fact.code == target.date), None)
    if fact is not None and fact.type == Simple("limit") and target.within is not None:
        message = f"{fact.code} is a limit, and beside a limit stands a date"
        yield Finding(path, message, fact.code)
    if fact is not None and fact.type not in _DATES:
        message = f"a due date is an instant, a date or a limit, but {fact.code} is {fact.type}"
        yield Finding(path, message, fact.code)


def _named_dates(path: Path, target: Target) -> Iterator[Finding]:
    """A limit in words that names a fact would never come to an instant."""
    limits = target.within if isinstance(target.within, Mapping) else {"": target.within}
    for answer, limit in limits.items():
        if isinstance(limit, (Promise, CustomersDate)) and limit.fact:
            place = (*path, answer) if answer else path
            message = f"a fact that is the due date is named by 'date', not in {str(limit)!r}"
            yield Finding(place, message, limit.fact, None, f"date = '{limit.fact}'")


def _extension(policy: Policy, path: Path, extension: Extension) -> Iterator[Finding]:
    yield from _one_of((*path, "regrade"), extension.regrade, AFTER_REGRADE)
    for key, limit in (("by", extension.by), ("longest", extension.longest)):
        if isinstance(limit, Limit) and not limit.movable:
            message = f"an extension gives a length of time such as '2 working days', not {limit}"
            yield Finding((*path, key), message, str(limit))
    if extension.most is not None and extension.most < 1:
        message = f"'most' is 1 or more, got {extension.most}"
        yield Finding((*path, "most"), message, str(extension.most))
    fact = next((fact for fact in policy.facts if fact.code == extension.by), None)
    if fact is not None and fact.type != Simple("limit"):
        message = f"an extension is given by a limit, but {fact.code} is {fact.type}"
        yield Finding((*path, "by"), message, fact.code)
