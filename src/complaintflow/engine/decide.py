"""Deciding: (program, standing, command, world, now) to `Accepted` or `Refused`. Pure.

Every command first sweeps its case to *now*, so that what was due before it is recorded
before it; then the command's own event; then what follows from it (see `settle`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from complaintflow.audit.events import (
    Adopted,
    ApprovalGiven,
    Noted,
    Opened,
    Overruled,
    Raised,
    Recused,
    Voided,
)
from complaintflow.engine.acts import correct, do_duty, do_step, open_item
from complaintflow.engine.apart import not_apart, recused
from complaintflow.engine.approvals import approval_state
from complaintflow.engine.assigning import assign
from complaintflow.engine.commands import (
    Adopt,
    Approve,
    Assign,
    CloseLink,
    Command,
    Correct,
    Do,
    HandOver,
    Merge,
    Note,
    Overrule,
    PassOn,
    Raise,
    Receive,
    Recuse,
    Reject,
    Rule,
    Split,
    Void,
    Waive,
)
from complaintflow.engine.draft import Draft
from complaintflow.engine.facts import read_facts, unknown_name
from complaintflow.engine.life import pass_on, reject, rule, waive
from complaintflow.engine.linking import close_link
from complaintflow.engine.machine import NEW
from complaintflow.engine.membership import strangers
from complaintflow.engine.outcome import Accepted, Decision, Refused
from complaintflow.engine.parting import hand_over, merge, split
from complaintflow.engine.permission import not_permitted
from complaintflow.engine.program import Program
from complaintflow.engine.reasons import (
    BadValue,
    CaseClosed,
    MergedAlready,
    NeedNotMet,
    OutOfTime,
    Reason,
    WrongRole,
)
from complaintflow.engine.settle import settle
from complaintflow.engine.signing import sign
from complaintflow.engine.standing import Standing
from complaintflow.moments import from_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import text
from complaintflow.policy.world import World

__all__ = ["decide", "finished", "sweep"]


def sweep(program: Program, standing: Standing, world: World, now: int) -> Accepted:
    """Record every miss and rung of the case that was ready by *now*; often nothing."""
    draft = Draft(program, standing, world, now, "")
    _sweep(draft, now)
    return Accepted(tuple(draft.events), draft.standing, draft.messages())


def _sweep(draft: Draft, now: int) -> None:
    """Sweep, and settle what the misses started, until nothing more is ready."""
    while (at := draft.fire()) is not None:
        if draft.changed:
            settle(draft, at)  # at once, so that a late sweep finds what an early one would have


def decide(
    program: Program, standing: Standing, command: Command, world: World, now: int
) -> Decision:
    """Decide one command.

    Args:
        program: The policy, compiled.
        standing: The case; for `Receive` and `Adopt` an empty one with the new number.
        command: What is wanted, by whom, in which role, when it occurred.
        world: What may be asked; its answers are recorded in the events.
        now: When the command is recorded, microseconds since 1970 UTC.
    """
    late = _out_of_time(program, standing, command, now)
    if late is not None:
        return Refused((late,))
    what = command.what
    draft = Draft(program, standing, world, now, command.id)
    opening = isinstance(what, (Receive, Adopt))
    if opening and standing.case.version:
        return Refused((BadValue("number", f"case {standing.case.id!r} exists already"),))
    if standing.case.merged_into is not None:
        return Refused((MergedAlready(standing.case.id, standing.case.merged_into),))
    if standing.case.voided is not None:
        return Refused((CaseClosed(standing.case.state or "void"),))
    if not opening:
        _sweep(draft, now)
    found = len(draft.events)
    barred = [*not_permitted(draft.view, command, now), *recused(draft.view, command)]
    barred += [*not_apart(draft.view, command), *strangers(draft, command)]
    reasons = [*barred, *_HANDLERS[type(what)](draft, command, what)]
    if reasons:
        state = standing.case.state or NEW
        return Refused(tuple(reasons), program.workflow.possible(state))
    return finished(draft, command.occurred, found)


def finished(draft: Draft, occurred: int, found: int = 0) -> Accepted:
    """Add what follows from what was drafted.

    Args:
        draft: With the events of what was wanted.
        occurred: When that happened.
        found: How many of its events a sweep had found before.
    """
    settle(draft, occurred)
    draft.mark_too_late(found)
    _sweep(draft, draft.now)  # a late entry may have begun a clock that has run out since
    return Accepted(tuple(draft.events), draft.standing, draft.messages())


def _out_of_time(program: Program, standing: Standing, command: Command, now: int) -> Reason | None:
    def wall(micros: int) -> str:
        return from_micros(micros, program.policy.calendar.tz).isoformat(" ", "seconds")

    at, case = command.occurred, standing.case
    if at > now:
        return OutOfTime(wall(at), f"which is after the present, {wall(now)}")
    if case.version and at < case.received:
        received = wall(case.received)
        return OutOfTime(wall(at), f"which is before the complaint was received, {received}")
    return None


# -- handlers: each adds its event, or gives its reasons -----------------------------------


def _open(draft: Draft, command: Command) -> None:
    policy = draft.program.policy
    draft.add(
        Opened(policy.id, policy.version, policy.digest),
        by=command.by,
        role=command.role,
        occurred=command.occurred,
    )


def _receive(draft: Draft, command: Command, what: Receive) -> list[Reason]:
    opening = tuple(s.code for s in draft.program.policy.steps if s.opens)
    step = what.step
    usual = draft.program.opening
    if step is None and len(usual) == 1:
        step = usual[0]
    if step not in opening:
        return [unknown_name("opening step", str(step or ""), opening)]
    _open(draft, command)
    do = Do(
        step,
        facts=what.facts,
        evidence=what.evidence,
        via=what.via,
        signed=what.signed,
        reason=what.reason,
    )
    return do_step(draft, command, do, NEW)


def _adopt(draft: Draft, command: Command, what: Adopt) -> list[Reason]:
    program = draft.program
    if what.state not in program.policy.states:
        return [unknown_name("state", what.state, program.policy.states)]
    facts, reasons = read_facts(program, what.facts)
    if what.received > command.occurred:
        reasons.append(BadValue("received", "lies after the adoption"))
    if reasons:
        return reasons
    _open(draft, command)
    body = Adopted(what.system, what.state, what.received, facts)
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return []


def _do(draft: Draft, command: Command, what: Do) -> list[Reason]:
    program = draft.program
    if what.what in program.steps:
        return do_step(draft, command, what, draft.case.state)
    if what.what in program.duties or what.what.removeprefix("verify ") in program.actions:
        return do_duty(draft, command, what)
    known = (*program.steps, *program.duties, *program.actions)
    return [unknown_name("step, duty or action", what.what, known)]


def _raise(draft: Draft, command: Command, what: Raise) -> list[Reason]:
    action = draft.program.actions.get(what.action)
    if action is None:
        return [unknown_name("action", what.action, tuple(draft.program.actions))]
    reasons: list[Reason] = []
    view = draft.view
    if what.kind not in action.kinds:
        reasons.append(unknown_name("kind", what.kind, action.kinds))
    if command.role not in action.by.members(view.roles):
        clause = ", ".join(action.clauses)
        reasons.append(WrongRole(action.code, command.role, str(action.by), clause))
    owner = what.owner or ", ".join(action.owner.members(view.roles))
    if what.owner and what.owner not in draft.program.roles:
        reasons.append(unknown_name("role", what.owner, tuple(sorted(draft.program.roles))))
    if reasons:
        return reasons
    number = sum(1 for code, _ in draft.case.raised if code == action.code) + 1
    draft.add(
        Raised(action.code, str(number), what.kind, owner, what.text),
        by=command.by,
        role=command.role,
        occurred=command.occurred,
    )
    return []


def _note(draft: Draft, command: Command, what: Note) -> list[Reason]:
    facts, reasons = read_facts(draft.program, what.facts)
    if reasons:
        return reasons
    draft.add(
        Noted(facts, what.evidence), by=command.by, role=command.role, occurred=command.occurred
    )
    return []


def _overrule(draft: Draft, command: Command, what: Overrule) -> list[Reason]:
    compiled = draft.program.decisions.get(what.decision)
    if compiled is None:
        return [unknown_name("decision", what.decision, tuple(draft.program.decisions))]
    decision = compiled.decision
    reasons: list[Reason] = []
    view = draft.view
    clause = ", ".join(decision.clauses)
    if isinstance(decision.by, Open):
        reasons.append(open_item(draft, decision.by.choice, clause))
    elif decision.by is not None and command.role not in decision.by.members(view.roles):
        reasons.append(WrongRole(decision.code, command.role, str(decision.by), clause))
    if not what.reason.strip():
        reasons.append(BadValue("reason", "a decision is overruled with a reason"))
    if decision.pick == "flag":
        if not isinstance(what.answer, bool):
            reasons.append(BadValue(decision.code, "expected yes or no"))
    else:
        given = what.answer if isinstance(what.answer, tuple) else (what.answer,)
        if isinstance(what.answer, tuple) is not (decision.pick == "all"):
            reasons.append(BadValue(decision.code, "expected one answer, or a list for 'all'"))
        reasons += [
            unknown_name("answer", str(answer), decision.answers)
            for answer in given
            if answer not in decision.answers
        ]
    if reasons:
        return reasons
    body = Overruled(decision.code, what.answer, what.reason, _plain(view[decision.code]))
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return []


def _approve(draft: Draft, command: Command, what: Approve) -> list[Reason]:
    approval = draft.program.approvals.get(what.approval)
    if approval is None:
        return [unknown_name("approval", what.approval, tuple(draft.program.approvals))]
    view = draft.view
    state = approval_state(view, approval)
    clause = ", ".join(approval.clauses)
    reasons: list[Reason] = []
    answer = what.answer
    if approval.asks:
        facts, reasons = read_facts(draft.program, {approval.asks: answer})
        answer = facts.get(approval.asks)
    elif not isinstance(answer, bool):
        reasons.append(BadValue(approval.code, "expected yes or no"))
    if command.role not in approval.by.members(view.roles):
        reasons.append(WrongRole(approval.code, command.role, str(approval.by), clause))
    elif state.round == 0:
        reasons.append(NeedNotMet(clause, text(approval.starts), f"{approval.code} = none"))
    elif command.role not in state.turn:
        turn = ", ".join(state.turn) or str(state.answer)
        reasons.append(NeedNotMet(clause, str(approval.by), f"{approval.code}: {turn}"))
    if reasons:
        return reasons
    body = ApprovalGiven(approval.code, answer, what.reason, approval.asks or "")
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    if approval.meaning is not None:
        sign(
            draft,
            approval.code,
            {command.role: command.by},
            clause=clause,
            meaning=approval.meaning,
            occurred=command.occurred,
            answer=answer,
        )
    return []


def _plain(answer: Any) -> Any:
    return tuple(sorted(answer)) if isinstance(answer, frozenset) else answer


def _void(draft: Draft, command: Command, what: Void) -> list[Reason]:
    if not what.reason.strip():
        return [BadValue("reason", "a case is voided with a reason")]
    draft.add(Voided(what.reason), by=command.by, role=command.role, occurred=command.occurred)
    return []


def _recuse(draft: Draft, command: Command, what: Recuse) -> list[Reason]:
    reasons: list[Reason] = []
    if not what.person.strip():
        reasons.append(BadValue("person", "say who is recused"))
    if not what.reason.strip():
        reasons.append(BadValue("reason", "a person is recused with a reason"))
    if (what.person in draft.case.recused) is not what.lifted:
        how = "is not recused" if what.lifted else "is recused already"
        reasons.append(BadValue("person", f"{what.person} {how}"))
    if reasons:
        return reasons
    body = Recused(what.person, what.reason, what.lifted)
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return []


_HANDLERS: dict[type, Callable[[Draft, Command, Any], list[Reason]]] = {
    Receive: _receive,
    Split: split,
    Adopt: _adopt,
    Do: _do,
    Reject: reject,
    Rule: rule,
    PassOn: pass_on,
    Waive: waive,
    Raise: _raise,
    HandOver: hand_over,
    Merge: merge,
    Note: _note,
    Overrule: _overrule,
    Approve: _approve,
    CloseLink: close_link,
    Assign: assign,
    Correct: correct,
    Recuse: _recuse,
    Void: _void,
}
