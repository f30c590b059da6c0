"""Who must not act: persons who were recused, and acts that no one person may do two of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from complaintflow.audit.case import Case
from complaintflow.engine.commands import Approve, Command, Do, HandOver, Note, Raise, Receive
from complaintflow.engine.reasons import Concerned, Reason, RecusedPerson, SamePerson
from complaintflow.engine.view import View
from complaintflow.policy.apart import Act, Apart

__all__ = ["Deed", "barred", "conflicts", "not_apart", "recused"]


@attrs.frozen
class Deed:
    """One act of one person.

    Args:
        person: Who.
        act: What; for an approval, ``sign`` and ``attend`` its party is the role that acted.
        key: The number of an action; acts on two actions are not compared.
    """

    person: str
    act: Act
    key: str = ""


def recused(view: View, command: Command) -> list[Reason]:
    """The persons of *command* who were recused from the case."""
    out = view.case.recused
    if not out:
        return []
    people = dict.fromkeys([command.by, *_others(command.what)])
    return [RecusedPerson(person, out[person]) for person in people if person in out]


def not_apart(view: View, command: Command) -> list[Reason]:
    """What ``[apart]`` has against *command*."""
    if not view.program.apart:
        return []
    facts = _stated(view, command.what)
    return barred(view, tuple(_deeds_of(view, command)), facts)


def barred(
    view: View, deeds: tuple[Deed, ...], facts: Mapping[str, Any] | None = None
) -> list[Reason]:
    """What ``[apart]`` has against *deeds*.

    Args:
        view: The case.
        deeds: What persons want to do, together.
        facts: What would become known by it.
    """
    rules = view.program.apart
    if not rules or not deeds:
        return []
    done = tuple(_on_record(view.case))
    found: dict[Reason, None] = {}
    for rule in rules:
        for index, deed in enumerate(deeds):
            before = (*done, *deeds[:index])
            found.update(dict.fromkeys(_against(view, rule, deed, before, facts or {})))
    return list(found)


def conflicts(view: View) -> tuple[Reason, ...]:
    """What ``[apart]`` has against what is on record already.

    No command leads there, but a fact may name a person who has acted before, and a case may have
    moved to a policy whose rules it did not know.
    """
    done = tuple(_on_record(view.case)) if view.program.apart else ()
    found: dict[Reason, None] = {}
    for rule in view.program.apart:
        for index, deed in enumerate(done):
            found.update(dict.fromkeys(_against(view, rule, deed, done[:index], {})))
    return tuple(found)


def _against(
    view: View, rule: Apart, deed: Deed, before: Iterable[Deed], facts: Mapping[str, Any]
) -> Iterator[Reason]:
    if not any(_is(view, act, deed.act) for act in rule.acts):
        return
    clause = ", ".join(rule.clauses) or f"apart.{rule.code}"
    for act in rule.acts:
        if act.code in view.program.facts:
            named = facts[act.code] if act.code in facts else view[act.code]
            if named == deed.person:
                yield Concerned(clause, deed.person, act.code, str(deed.act), rule.code)
    for other in before:
        if other.person != deed.person or other.act == deed.act:
            continue
        if other.act.code == deed.act.code and other.key != deed.key:
            continue
        if any(_is(view, act, other.act) for act in rule.acts):
            yield SamePerson(clause, deed.person, str(other.act), str(deed.act), rule.code)


def _is(view: View, named: Act, done: Act) -> bool:
    """Whether a rule that names *named* is about what was *done*."""
    if (named.code, named.verb) != (done.code, done.verb):
        return False
    return not named.party or done.party in (view.roles(named.party) or ())


def _on_record(case: Case) -> Iterator[Deed]:
    for code, taken in case.steps.items():
        for person in sorted(taken.people):
            yield Deed(person, Act(code))
    for code, signers in case.signers.items():
        for role, person in sorted(signers):
            yield Deed(person, Act(code, "sign", role))
    for code, acts in case.acts.items():
        for act in acts:
            yield from _acted(code, act.key, act.by, act.role, act.present)
    for (code, key), person in case.raised_by.items():
        yield Deed(person, Act(code, "raise"), key)
    for code, answers in case.given.items():
        for given in answers:
            yield Deed(given.by, Act(code, "", given.role))


def _acted(code: str, key: str, by: str, role: str, present: Mapping[str, str]) -> Iterator[Deed]:
    """The deeds of an act on a duty or an action, whoever was there included."""
    verb, _, action = code.partition(" ")
    act = Act(action, verb) if action else Act(code)
    for person in dict.fromkeys([by, *present.values()]):
        yield Deed(person, act, key)
    for attending, person in {role: by, **present}.items():
        yield Deed(person, Act(code, "attend", attending))


def _deeds_of(view: View, command: Command) -> Iterator[Deed]:
    by, role = command.by, command.role
    match command.what:
        case Receive(step):
            opening = (one.code for one in view.program.policy.steps if one.opens)
            yield from _stepped(step or next(opening, ""), by, {}, command.what.signed)
        case Do(code) if code in view.program.steps:
            yield from _stepped(code, by, command.what.present, command.what.signed)
        case Do(code, key):
            yield from _acted(code, key, by, role, command.what.present)
        case Raise(action):
            yield Deed(by, Act(action, "raise"))  # a new one: nobody has done anything to it
        case Approve(approval):
            yield Deed(by, Act(approval, "", role))
        case _:
            return


def _stepped(
    step: str, by: str, present: Mapping[str, str], signed: Mapping[str, str]
) -> Iterator[Deed]:
    for person in dict.fromkeys([by, *present.values()]):
        yield Deed(person, Act(step))
    for role, person in signed.items():
        yield Deed(person, Act(step, "sign", role))


def _stated(view: View, what: Any) -> dict[str, Any]:
    """The facts that *what* would make known."""
    if not isinstance(what, (Receive, Do, Note)):
        return {}
    step = view.program.steps.get(what.what) if isinstance(what, Do) else None
    return {**what.facts, **(step.step.sets if step is not None else {})}


def _others(what: Any) -> Iterator[str]:
    """The persons of a command beside the one who gives it, and who would have the case."""
    if isinstance(what, HandOver):
        yield what.successor
    for part in ("present", "signed"):
        yield from getattr(what, part, {}).values()
