"""Whether a mapping fits a policy and a file: every name it uses must exist there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from complaintflow.domain.types import MoneyOf, Simple
from complaintflow.domain.values import unit_code
from complaintflow.errors import InvalidValueError, Problem, RegisterError, did_you_mean
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.mapping import RegisterMapping, Source
from complaintflow.simulation.register.sheet import Sheet
from complaintflow.simulation.register.vocabulary import Vocabulary, vocabulary

__all__ = ["check_entry_headings", "check_mapping"]


def check_mapping(policy: Policy, mapping: RegisterMapping, sheet: Sheet) -> None:
    """Raise what is wrong with *mapping* for *policy* and for the headings of *sheet*.

    Raises:
        RegisterError: a fact, step or role that the policy does not have, or a column that
            the file does not have; carries all of them.
    """
    words = vocabulary(policy)
    problems = [
        *_opening(policy, mapping),
        *(problem for source in mapping.sources for problem in _source(source, words, mapping)),
        *_later(words, mapping),
        *_shown(policy, mapping),
        *_columns(mapping, sheet),
    ]
    if problems:
        name = mapping.file or "the mapping"
        raise RegisterError(f"{name} does not fit the policy or the register", tuple(problems))


def check_entry_headings(mapping: RegisterMapping, sheet: Sheet) -> None:
    """Raise when the file of entries lacks a column without which no entry can be read.

    Raises:
        RegisterError: a column is missing; carries all of them.
    """
    heads = mapping.entries
    needed = [
        ("events.number", heads.number),
        ("events.occurred", heads.occurred.column),
        ("events.what", heads.what),
    ]
    problems = tuple(_missing(needed, sheet))
    if problems:
        raise RegisterError(f"{sheet.file} cannot be used as a list of events", problems)


def _opening(policy: Policy, mapping: RegisterMapping) -> Iterator[Problem]:
    opening = [step.code for step in policy.steps if step.opens]
    step = mapping.opening.step
    if step is None and len(opening) != 1:
        message = f"say which step opens a case: step = one of {', '.join(opening) or '(none)'}"
        yield _problem(mapping, "case.step", message)
    elif step is not None and step not in opening:
        yield _unknown(mapping, "case.step", step, opening, "step that opens a case")
    yield from _role((role.code for role in policy.roles), mapping)


def _role(roles: Iterable[str], mapping: RegisterMapping) -> Iterator[Problem]:
    known = set(roles)
    named = [("case.by", mapping.opening.role)]
    named += [(f"steps.{taken.step}.by", taken.role) for taken in mapping.taken]
    for path, role in named:
        if role is not None and role not in known:
            yield _unknown(mapping, path, role, known, "role")


def _source(source: Source, words: Vocabulary, mapping: RegisterMapping) -> Iterator[Problem]:
    path = f"facts.{source.fact}"
    fact = words.facts.get(source.fact)
    if fact is None:
        yield _unknown(mapping, path, source.fact, words.facts, "fact that people give")
        return
    if source.step is not None and source.step not in words.what.values():
        yield _unknown(mapping, f"{path}.with", source.step, words.what, "step or duty")
    if source.unit is None:
        return
    if isinstance(fact.type, MoneyOf):
        if source.unit != fact.type.currency:
            message = f"{source.fact} is {fact.type}, its unit cannot be {source.unit!r}"
            yield _problem(mapping, f"{path}.unit", message)
    elif fact.type == Simple("quantity"):
        try:
            unit_code(source.unit)
        except InvalidValueError as error:
            yield _problem(mapping, f"{path}.unit", error.message)
    else:
        message = f"{source.fact} is {fact.type}, which has no unit"
        yield _problem(mapping, f"{path}.unit", message)


def _later(words: Vocabulary, mapping: RegisterMapping) -> Iterator[Problem]:
    known = set(words.what.values())
    for taken in mapping.taken:
        if taken.step not in known:
            yield _unknown(mapping, f"steps.{taken.step}", taken.step, known, "step or duty")
    for name, code in mapping.entries.names.items():
        if code not in known:
            yield _unknown(mapping, f"events.names.{name}", code, known, "step or duty")


def _shown(policy: Policy, mapping: RegisterMapping) -> Iterator[Problem]:
    facts = {fact.code for fact in policy.facts}
    decisions = {decision.code for decision in policy.decisions}
    shown = mapping.shown
    named = [("ledger.customer", shown.customer, facts), ("ledger.grade", shown.grade, decisions)]
    named += [("ledger.product", product, facts) for product in shown.product]
    named += [("ledger.department", shown.department, facts | decisions)]
    for path, code, known in named:
        if code is not None and code not in known:
            yield _unknown(mapping, path, code, known, "fact or decision")


def _columns(mapping: RegisterMapping, sheet: Sheet) -> Iterator[Problem]:
    needed = [("case.number", mapping.opening.number)]
    needed.append(("case.received", mapping.opening.received.column))
    for source in mapping.sources:
        needed += [(f"facts.{source.fact}", column) for column in source.columns]
    needed += [(f"steps.{taken.step}.when", taken.when.column) for taken in mapping.taken]
    for who in (mapping.opening.who, *(taken.who for taken in mapping.taken)):
        if who.column:
            needed.append(("who", who.column))
    yield from _missing(needed, sheet)


def _missing(needed: Iterable[tuple[str, str]], sheet: Sheet) -> Iterator[Problem]:
    for path, column in needed:
        if column in sheet.twice:
            message = f"the heading {column!r} stands more than once, so it is not clear which"
            yield Problem(message, sheet.file, path=path)
        elif column not in sheet.headings:
            listed = ", ".join(sheet.headings[:12]) + (" ..." if len(sheet.headings) > 12 else "")
            message = f"there is no column {column!r}; the headings are: {listed}"
            meant = did_you_mean(column, sheet.headings)
            yield Problem(message, sheet.file, path=path, suggestion=meant)


def _unknown(
    mapping: RegisterMapping, path: str, word: str, known: Iterable[str], what: str
) -> Problem:
    known = sorted(known)
    message = f"the policy has no {what} {word!r}; there are: {', '.join(known[:20])}"
    return _problem(mapping, path, message, did_you_mean(word, known))


def _problem(
    mapping: RegisterMapping, path: str, message: str, suggestion: str | None = None
) -> Problem:
    place, line = path, mapping.lines.get(path)
    while line is None and "." in place:  # a key of a table that is not written out
        place = place.rpartition(".")[0]
        line = mapping.lines.get(place)
    return Problem(message, mapping.file or None, line, None, path, suggestion)
