"""The life of a duty: rejecting it, ruling on that, passing it on, waiving it."""

from __future__ import annotations

from typing import TypeAlias

from complaintflow.audit.life import LifeBody, PassedOn, Rejected, Ruled, Waived
from complaintflow.engine.acts import open_item
from complaintflow.engine.commands import Command, PassOn, Reject, Rule, Waive
from complaintflow.engine.draft import Draft
from complaintflow.engine.duties import DutyState, decider_of, keys_of, owner_of, states_of
from complaintflow.engine.facts import unknown_name
from complaintflow.engine.program import Program
from complaintflow.engine.reasons import (
    ActedAlready,
    BadValue,
    BouncedOut,
    NeedNotMet,
    NotAKey,
    NotForeseen,
    NotOwed,
    OutOfTime,
    Reason,
    SamePerson,
    WrongRole,
)
from complaintflow.moments import from_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Duty
from complaintflow.policy.life import Life
from complaintflow.policy.party import Party

__all__ = ["pass_on", "reject", "rule", "waive"]

_Found: TypeAlias = DutyState | list[Reason]


def reject(draft: Draft, command: Command, what: Reject) -> list[Reason]:
    """The owner rejects a duty; it stays owed until somebody has ruled."""
    found = _owed(draft, command, what.duty, what.key, "rejected")
    if isinstance(found, list):
        return found
    reasons = _pending(found, wanted=False)
    owner = owner_of(found)
    if owner is None and found.key in draft.program.roles:
        owner = Party("one", (found.key,))
    reasons += _by(draft, command, found, owner)
    if found.is_bounced_out:
        reasons.append(_too_often(found))
    reasons += _said(what.reason, "a duty is rejected with a reason")
    return reasons or _add(draft, command, Rejected(*_which(found), what.reason))


def rule(draft: Draft, command: Command, what: Rule) -> list[Reason]:
    """Uphold or refuse a rejection; upheld, the duty may go to another role."""
    found = _owed(draft, command, what.duty, what.key, "rejected")
    if isinstance(found, list):
        return found
    reasons = _pending(found, wanted=True)
    rejection = found.lived.rejection
    reasons += _by(draft, command, found, decider_of(found, found.duty.life.ruled_by))
    if rejection is not None and rejection.by == command.by:
        first, second = f"reject {found.duty.code}", f"rule {found.duty.code}"
        reasons.append(SamePerson(_clause(found), command.by, first, second))
    reasons += _said(what.reason, "a rejection is ruled on with a reason")
    if what.to and not what.upheld:
        reasons.append(BadValue("to", "a duty goes to another role if its rejection is upheld"))
    elif what.to:
        reasons += _to(draft, found, what.to)
    return reasons or _add(draft, command, Ruled(*_which(found), what.upheld, what.reason, what.to))


def pass_on(draft: Draft, command: Command, what: PassOn) -> list[Reason]:
    """Another role shall owe a duty, with the start and the due time that it has."""
    found = _owed(draft, command, what.duty, what.key, "passed on")
    if isinstance(found, list):
        return found
    decider = decider_of(found, found.duty.life.passed_on_by)
    if decider is None:  # it would be the arbiter's, and has not bounced often enough
        return [_unforeseen(draft.program, found.duty, "passed on")]
    reasons = _pending(found, wanted=False)
    reasons += _by(draft, command, found, decider)
    reasons += _to(draft, found, what.to)
    reasons += _said(what.reason, "a duty is passed on with a reason")
    return reasons or _add(draft, command, PassedOn(*_which(found), what.to, what.reason))


def waive(draft: Draft, command: Command, what: Waive) -> list[Reason]:
    """Nothing more shall be owed of a duty, for that key in this round."""
    found = _owed(draft, command, what.duty, what.key, "waived")
    if isinstance(found, list):
        return found
    reasons = _by(draft, command, found, found.duty.life.waived_by)
    reasons += _said(what.reason, "a duty is waived with a reason")
    return reasons or _add(draft, command, Waived(*_which(found), what.reason))


def _add(draft: Draft, command: Command, body: LifeBody) -> list[Reason]:
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return []


# -- what stands against it ----------------------------------------------------------------


def _owed(draft: Draft, command: Command, code: str, key: str, act: str) -> _Found:
    """The duty as it is owed; or why nothing of that kind can happen to it now."""
    program, view = draft.program, draft.view
    duty = program.duties.get(code)
    if duty is None:
        return [unknown_name("duty", code, tuple(program.duties))]
    clause = ", ".join(duty.clauses)
    if not _foreseen(duty.life, act):
        return [_unforeseen(program, duty, act)]
    keys = keys_of(view, duty)
    if keys is not None and key not in keys:
        return [NotAKey(code, keys, key)]
    state = next((one for one in states_of(view, duty) if one.key == key), None)
    if state is None:  # several owe it, and it cannot be told yet who
        return [NotOwed(code, "undecided", clause)]
    acts = [act for act in view.case.acts.get(code, ()) if act.key == key]
    if state.progress == "done" and acts:
        return [ActedAlready(code, acts[-1].by)]
    if not state.is_owed:
        return [NotOwed(code, state.progress, clause)]
    since = max(state.started or 0, state.lived.last)
    if command.occurred < since:
        tz = program.policy.calendar.tz
        at, before = (
            from_micros(one, tz).isoformat(" ", "seconds") for one in (command.occurred, since)
        )
        return [OutOfTime(at, f"which is before what happened to {code} last, {before}")]
    return state


def _foreseen(life: Life, act: str) -> bool:
    match act:
        case "rejected":
            return life.ruled_by is not None
        case "passed on":
            return life.passed_on_by is not None or life.arbiter is not None
        case _:
            return life.waived_by is not None


def _unforeseen(program: Program, duty: Duty, act: str) -> NotForeseen:
    able = tuple(one.code for one in program.duties.values() if _foreseen(one.life, act))
    others = tuple(code for code in able if code != duty.code)
    return NotForeseen(duty.code, act, others, ", ".join(duty.clauses))


def _pending(state: DutyState, *, wanted: bool) -> list[Reason]:
    """A rejection must, or must not, wait for its ruling."""
    if (state.lived.rejection is not None) is wanted:
        return []
    name = f"{state.duty.code}.rejection"
    condition = f"{name} is {'' if wanted else 'not '}pending"
    ruling = state.lived.ruling
    upheld = "none" if ruling is None else "no"
    return [NeedNotMet(_clause(state), condition, f"{name} = {upheld if wanted else 'pending'}")]


def _by(
    draft: Draft, command: Command, state: DutyState, party: Party | Open | None
) -> list[Reason]:
    """Whether the command comes from *party*."""
    if isinstance(party, Open):
        return [open_item(draft, party.choice, _clause(state))]
    if party is None or command.role in party.members(draft.view.roles):
        return []
    if party is state.duty.life.arbiter:
        return [_too_often(state)]
    return [WrongRole(state.duty.code, command.role, str(party), _clause(state))]


def _to(draft: Draft, state: DutyState, role: str) -> list[Reason]:
    """The role must be declared, and not the one that has the duty."""
    if role not in draft.program.roles:
        return [unknown_name("role", role, tuple(sorted(draft.program.roles)))]
    owner = owner_of(state)
    has = owner.members(draft.view.roles) if isinstance(owner, Party) else (state.key,)
    if has == (role,):
        return [BadValue("to", f"{role} has it already")]
    return []


def _too_often(state: DutyState) -> BouncedOut:
    arbiter = str(state.duty.life.arbiter)
    return BouncedOut(state.duty.code, state.lived.bounces, arbiter, _clause(state))


def _said(reason: str, problem: str) -> list[Reason]:
    return [] if reason.strip() else [BadValue("reason", problem)]


def _which(state: DutyState) -> tuple[str, str, int]:
    return state.duty.code, state.key, state.round


def _clause(state: DutyState) -> str:
    return ", ".join(state.duty.clauses)
