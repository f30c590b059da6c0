"""Carrying out entries one after the other, in virtual time, once each however often asked."""

from __future__ import annotations

import json

import attrs

from complaintflow.desk.desk import Desk
from complaintflow.domain.types import Simple, read
from complaintflow.engine.outcome import Refused
from complaintflow.errors import ComplaintFlowError, RefusedError, UnknownCaseError
from complaintflow.moments import from_micros, to_micros
from complaintflow.policy.choice import Open
from complaintflow.policy.digest import digest
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.entry import Entry
from complaintflow.simulation.register.reason import Reason, reason
from complaintflow.simulation.timeline import Planned
from complaintflow.store.protocol import CaseStore

__all__ = ["Driver"]

_REFUSAL = "run refusal"
_NOBODY = "unnamed"


class Driver:
    """A desk whose present moment is set by what it is given to do.

    Args:
        policy: The procedure.
        store: Where the cases are kept; one that an earlier run has filled is gone on with.
    """

    def __init__(self, policy: Policy, store: CaseStore) -> None:
        self.policy = policy
        self.store = store
        self.now = 0
        tz = policy.calendar.tz
        self.desk = Desk(policy, store=store, now=lambda: from_micros(self.now, tz))
        with store.begin() as work:
            self.resumed = next(iter(work.cases()), None) is not None
        self.roles = {role.code for role in policy.roles}
        self.acting = _acting(policy, self.roles)

    def has(self, number: str) -> bool:
        """Whether the store knows the complaint."""
        if not self.resumed:
            return False
        with self.store.begin() as work:
            return work.version(number) > 0

    def sweep_to(self, until: int) -> None:
        """Sweep at every instant up to *until* at which a case needs attention."""
        while True:
            with self.store.begin() as work:
                first = work.due(until, 1)
                attention = work.status(first[0]).attention if first else None
            if attention is None:
                break
            self.now = max(self.now, attention)
            self.desk.sweep()
        self.now = until

    def carry_out(self, planned: Planned) -> tuple[Reason, ...]:
        """Carry out one entry; the reasons why not, or none."""
        known = self._refused_before(planned) if self.resumed else None
        if known is not None:
            return known
        self.sweep_to(to_micros(planned.entry.recorded))
        try:
            self._command(planned.id, planned.entry)
        except RefusedError as error:
            reasons = _reasons(error)
        except UnknownCaseError:
            reasons = (reason("opening_rejected", number=planned.entry.number),)
        except ComplaintFlowError as error:
            return (reason("failed", detail=str(error)),)
        else:
            return ()
        self._keep(planned, reasons)
        return reasons

    def _command(self, command_id: str, entry: Entry) -> None:
        desk = self.desk
        role = entry.role or self.acting.get(entry.what, "")
        if not role and entry.key in self.roles:  # a duty that each of several departments owes
            role = entry.key
        by = entry.who or role or _NOBODY
        at = entry.occurred
        match entry.kind:
            case "open":
                desk.receive(
                    entry.facts,
                    by=by,
                    role=role,
                    at=at,
                    number=entry.number,
                    step=entry.what,
                    command_id=command_id,
                )
            case "do":
                desk.do(
                    entry.number,
                    entry.what,
                    by=by,
                    role=role,
                    at=at,
                    key=entry.key,
                    facts=entry.facts,
                    present=entry.present,
                    signed=entry.signed,
                    evidence=entry.evidence,
                    via=entry.via,
                    reason=entry.reason,
                    command_id=command_id,
                )
            case "raise":
                desk.raise_action(
                    entry.number,
                    entry.what,
                    entry.key,
                    by=by,
                    role=role,
                    text=entry.reason,
                    at=at,
                    command_id=command_id,
                )
            case "note":
                desk.note(
                    entry.number,
                    entry.facts,
                    by=by,
                    role=role,
                    at=at,
                    evidence=entry.evidence,
                    command_id=command_id,
                )
            case "overrule":
                desk.overrule(
                    entry.number,
                    entry.what,
                    _answer(self.policy, entry),
                    by=by,
                    role=role,
                    reason=entry.reason,
                    at=at,
                    command_id=command_id,
                )

    def _refused_before(self, planned: Planned) -> tuple[Reason, ...] | None:
        """The reasons of an earlier run: a refusal is not asked again of a later state."""
        with self.store.begin() as work:
            text = work.document(_REFUSAL, _place(planned))
        if text is None:
            return None
        return tuple(Reason(each["code"], each["data"]) for each in json.loads(text))

    def _keep(self, planned: Planned, reasons: tuple[Reason, ...]) -> None:
        data = [{"code": each.code, "data": dict(each.data)} for each in reasons]
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        with self.store.begin() as work:
            work.save_document(_REFUSAL, _place(planned), text)


def _place(planned: Planned) -> str:
    """Under what a refusal is kept: a row that was mended since is asked anew."""
    entry = attrs.asdict(planned.entry, recurse=False)
    for where in ("file", "line"):
        del entry[where]
    for when in ("occurred", "recorded"):
        entry[when] = to_micros(entry[when])
    return digest({"id": planned.id, "entry": entry})


def _reasons(error: RefusedError) -> tuple[Reason, ...]:
    refused = error.refused
    if not isinstance(refused, Refused):
        return (reason("failed", detail=error.message),)
    return tuple(
        reason("refused", detail={language: each.text(language) for language in ("en", "zh")})
        for each in refused.reasons
    )


def _acting(policy: Policy, roles: set[str]) -> dict[str, str]:
    """Who acts where an entry does not say: the first role that may."""

    def first(party: Party | Open | None) -> str:
        names = party.names if isinstance(party, Party) else ()
        return next((name for name in names if name in roles), "")

    acting = {step.code: first(step.by) for step in policy.steps}
    acting |= {duty.code: first(duty.owner) for duty in policy.duties}
    for action in policy.actions:
        acting[action.code] = first(action.by)
        acting[f"verify {action.code}"] = first(action.verified_by)
    acting |= {decision.code: first(decision.by) for decision in policy.decisions}
    return acting


def _answer(policy: Policy, entry: Entry) -> str | bool | tuple[str, ...]:
    """The answer that a person gave, by code or by the policy's name for it."""
    decision = next(each for each in policy.decisions if each.code == entry.what)
    if decision.pick == "flag":
        return bool(read(Simple("yes/no"), entry.answer))
    named = {
        text: code
        for code in decision.answers
        if code in policy.names
        for text in (policy.names[code].en, policy.names[code].zh)
        if text
    }
    parts = tuple(part.strip() for part in entry.answer.replace("、", ",").split(","))
    answers = tuple(named.get(part, part) for part in parts)
    return answers if decision.pick == "all" else answers[0]
