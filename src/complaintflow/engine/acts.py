"""Acts: taking a step, doing a duty, mending an entry; each with every reason against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from complaintflow.audit.events import Corrected, DutyDone, StepTaken
from complaintflow.domain.types import show
from complaintflow.domain.values import Evidence
from complaintflow.engine.commands import Command, Correct, Do
from complaintflow.engine.draft import Draft
from complaintflow.engine.duties import (
    keys_of,
    lacking_asks,
    owner_of,
    round_of,
    state_of,
    states_of,
)
from complaintflow.engine.facts import read_facts
from complaintflow.engine.machine import NEW
from complaintflow.engine.program import CompiledStep, Guard
from complaintflow.engine.reasons import (
    ActedAlready,
    BadValue,
    CaseClosed,
    EvidenceMissing,
    FactMissing,
    NeedNotMet,
    NotAKey,
    OpenItem,
    PresenceMissing,
    Reason,
    ReasonMissing,
    SamePerson,
    SignatureMissing,
    StepNotPossible,
    ViaMissing,
    WrongRole,
)
from complaintflow.engine.signing import sign
from complaintflow.engine.view import View
from complaintflow.policy.apart import Act
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import choices, names, text
from complaintflow.policy.expression.trace import missing
from complaintflow.policy.party import Party

__all__ = ["correct", "do_duty", "do_step", "open_item"]


def do_step(draft: Draft, command: Command, what: Do, state: str) -> list[Reason]:
    """Take a step from *state*, or say everything that stands against it."""
    compiled = draft.program.steps[what.what]
    step = compiled.step
    clause = ", ".join(step.clauses)
    possible = draft.program.workflow.possible(state)
    if step.code not in possible:
        return [StepNotPossible(step.code, state, possible, clause)]
    facts, reasons = read_facts(draft.program, what.facts)
    view = draft.view
    reasons += _wrong_role(draft, view, step.code, step.by, command.role, clause)
    view = draft.view.with_facts({**facts, **step.sets})
    lacking = lacking_asks(view, compiled.asks)
    if lacking:
        reasons.append(FactMissing(clause, lacking, step.form or ""))
    reasons += _unmet(draft, view, compiled.needs)
    if not what.reason.strip():
        reasons += [
            ReasonMissing(guard.clause, text(guard.condition))
            for guard in compiled.should
            if guard.holds(view) is not True
        ]
    reasons += _unsigned(view, step.signed, what.signed, clause)
    reasons += _papers(what.via, step.via, what.evidence, step.makes, clause)
    wanted, against = _branch(draft, view, compiled, state, clause)
    if against is not None and not (lacking and isinstance(against, FactMissing)):
        reasons.append(against)
    if reasons:
        return reasons
    target = draft.program.workflow.go(state, step.code, wanted)
    if target is None:
        return [StepNotPossible(step.code, state, possible, clause)]
    body = StepTaken(
        step.code,
        None if state == NEW else state,
        target,
        {**facts, **step.sets},
        dict(what.present),
        dict(what.signed),
        what.evidence,
        what.via,
        what.reason,
    )
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    sign(
        draft,
        step.code,
        what.signed,
        clause=clause,
        meaning=step.meaning or "",
        occurred=command.occurred,
    )
    return []


def _wrong_role(
    draft: Draft, view: View, what: str, party: Party | Open | None, role: str, clause: str
) -> list[Reason]:
    if party is None:
        return []
    if isinstance(party, Open):
        return [open_item(draft, party.choice, clause)]
    if role in party.members(view.roles):
        return []
    return [WrongRole(what, role, str(party), clause)]


def open_item(draft: Draft, code: str, clause: str) -> OpenItem:
    """The reason that says that the choice *code* would have to be settled first."""
    choice = draft.program.choices[code]
    return OpenItem(code, choice.why, clause or ", ".join(choice.clauses))


def _unmet(draft: Draft, view: View, guards: Iterable[Guard]) -> list[Reason]:
    reasons: list[Reason] = []
    for guard in guards:
        if guard.holds(view) is True:
            continue
        seen = ", ".join(f"{name} = {show(view[name])}" for name in sorted(names(guard.condition)))
        unknown = (*missing(guard.condition, view), *_unfilled(draft, view, guard))
        reasons.append(NeedNotMet(guard.clause, text(guard.condition), seen, tuple(unknown)))
        reasons += [
            open_item(draft, code, guard.clause) for code in sorted(choices(guard.condition))
        ]
    return reasons


def _unfilled(draft: Draft, view: View, guard: Guard) -> tuple[str, ...]:
    """What *guard* misses below the surface: fields of forms, facts of undetermined answers."""
    asked = names(guard.condition)
    found: dict[str, None] = {}
    for form, asks in draft.program.form_asks.items():
        if f"filled({form})" in asked:
            found.update(dict.fromkeys(lacking_asks(view, asks)))
    for code, compiled in draft.program.decisions.items():
        if code in asked and view[code] is None:
            for criterion, test in compiled.tests:
                unknown = missing(criterion.when, view) if test(view) is None else ()
                found.update(dict.fromkeys(name for name in unknown if name in draft.program.facts))
    return tuple(found)


def _unsigned(
    view: View, party: Party | Open | None, signed: Mapping[str, str], clause: str
) -> list[Reason]:
    lacking = party.lacking(signed, view.roles) if isinstance(party, Party) else ()
    return [SignatureMissing(clause, str(party), lacking)] if lacking else []


def _papers(
    via: str,
    channels: tuple[str, ...],
    evidence: tuple[Evidence, ...],
    makes: tuple[str, ...],
    clause: str,
) -> list[Reason]:
    reasons: list[Reason] = []
    if channels and via not in channels:
        reasons.append(ViaMissing(clause, channels))
    attached = {item.name for item in evidence}
    documents = tuple(document for document in makes if document not in attached)
    if documents:
        reasons.append(EvidenceMissing(clause, documents))
    return reasons


def _branch(
    draft: Draft, view: View, compiled: CompiledStep, state: str, clause: str
) -> tuple[str | None, Reason | None]:
    """The state that the step leads to, or the reason why it cannot be told."""
    if not compiled.branches:
        return None, None
    for (closure, to), branch in zip(compiled.branches, compiled.step.to, strict=True):
        value = True if closure is None else closure(view)
        if value is True:
            if isinstance(to, Open):
                return None, open_item(draft, to.choice, clause)
            return to, None
        if value is None and branch.when is not None:
            return None, FactMissing(clause, tuple(missing(branch.when, view)))
    conditions = " or ".join(text(b.when) for b in compiled.step.to if b.when is not None)
    return None, NeedNotMet(clause, conditions, f"state = {state}")


def do_duty(draft: Draft, command: Command, what: Do) -> list[Reason]:
    """Do a duty or an action, or verify one, or say everything that stands against it."""
    if what.what not in draft.program.duties:
        return _do_action(draft, command, what)
    duty = draft.program.duties[what.what]
    clause = ", ".join(duty.clauses)
    facts, reasons = read_facts(draft.program, what.facts)
    view = draft.view
    if duty.ends is not None:
        return [NeedNotMet(clause, text(duty.ends), f"{duty.code} is discharged by it alone")]
    keys = keys_of(view, duty)
    if keys is not None and what.key in keys:
        state = next(s for s in states_of(view, duty) if s.key == what.key)
    else:
        state = state_of(view, duty, what.key, round_of(view, duty, what.key))
    owner = owner_of(state)
    reasons += _wrong_role(draft, view, duty.code, owner, command.role, clause)
    if keys is not None and what.key not in keys:
        reasons.append(NotAKey(duty.code, keys, what.key))
    elif owner is None and what.key in view.program.roles and command.role != what.key:
        reasons.append(WrongRole(duty.code, command.role, what.key, clause))
    else:
        if state.progress == "done":
            done = [act for act in draft.case.acts[duty.code] if act.key == what.key]
            reasons.append(ActedAlready(duty.code, done[-1].by))
        elif not state.is_owed and draft.case.state in draft.program.policy.final:
            reasons.append(CaseClosed(draft.case.state))
    view = draft.view.with_facts(facts)
    lacking = lacking_asks(view, draft.program.asks[duty.code])
    if lacking:
        reasons.append(FactMissing(clause, lacking, duty.form or ""))
    if duty.jointly is not None:
        absent = duty.jointly.lacking((command.role, *what.present), view.roles)
        if absent:
            reasons.append(PresenceMissing(clause, absent))
    reasons += _papers(what.via, duty.via, what.evidence, duty.makes, clause)
    if reasons:
        return reasons
    body = DutyDone(duty.code, what.key, facts, dict(what.present), what.evidence, what.via)
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return []


def _do_action(draft: Draft, command: Command, what: Do) -> list[Reason]:
    code = what.what.removeprefix("verify ")
    verifying = code != what.what
    action = draft.program.actions[code]
    clause = ", ".join(action.clauses)
    case = draft.case
    view = draft.view
    facts, reasons = read_facts(draft.program, what.facts)
    raised = case.raised.get((code, what.key))
    if raised is None:
        known = tuple(key for name, key in case.raised if name == code)
        return [NotAKey(what.what, known, what.key)]
    done = [act for act in case.acts.get(code, ()) if act.key == what.key]
    checked = [act for act in case.acts.get(f"verify {code}", ()) if act.key == what.key]
    if verifying:
        reasons += _wrong_role(draft, view, what.what, action.verified_by, command.role, clause)
        if not done:
            reasons.append(NeedNotMet(clause, code, f"{code} {what.key} is not carried out"))
        elif done[-1].by == command.by and not _ruled_apart(draft, code):
            reasons.append(SamePerson(clause, command.by, code, what.what))
    elif command.role not in raised.owner.split(", "):
        reasons.append(WrongRole(code, command.role, raised.owner, clause))
    if repeated := (checked if verifying else done):
        reasons.append(ActedAlready(what.what, repeated[-1].by))
    if reasons:
        return reasons
    body = DutyDone(what.what, what.key, facts, dict(what.present), what.evidence, what.via)
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return []


def _ruled_apart(draft: Draft, action: str) -> bool:
    """Whether a rule of the policy keeps an action and its verification apart, and says so."""
    both = {Act(action), Act(action, "verify")}
    return any(both <= set(rule.acts) for rule in draft.program.apart)


def correct(draft: Draft, command: Command, what: Correct) -> list[Reason]:
    """Mend the facts of an earlier entry; the old values stay on record."""
    case = draft.case
    facts, reasons = read_facts(draft.program, what.facts)
    if not what.reason.strip():
        reasons.append(BadValue("reason", "an entry is corrected with a reason"))
    old: dict[str, Any] = {}
    since = command.occurred
    for name in facts:
        known = case.facts.get(name)
        if known is None or known.position != what.position:
            at = "nowhere" if known is None else f"by entry {known.position}"
            reasons.append(BadValue(name, f"is stated {at}, not by entry {what.position}"))
        else:
            old[name], since = known.value, known.since
    if not facts and not reasons:
        reasons.append(BadValue("facts", "nothing is corrected"))
    if reasons:
        return reasons
    body = Corrected(what.position, old, facts, what.reason)
    draft.add(body, by=command.by, role=command.role, occurred=since)
    return []
