"""A case: the fold of its events, as far as no policy is needed to say what happened."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any

import attrs

from complaintflow.audit.entries import Act, Answered, Given, Known, Opening, Taken
from complaintflow.audit.events import (
    Adopted,
    ApprovalGiven,
    Assigned,
    Body,
    Corrected,
    Counted,
    Decided,
    DutyDone,
    Event,
    HandedOver,
    LinkClosed,
    Linked,
    Migrated,
    Missed,
    Noted,
    Numbered,
    Opened,
    Overruled,
    PassedOn,
    PeriodBegun,
    Raised,
    Recused,
    Rejected,
    Related,
    Ruled,
    RungReached,
    Signed,
    StepTaken,
    Summed,
    Told,
    Voided,
    Waived,
)
from complaintflow.audit.life import Episode, LifeBody
from complaintflow.audit.relations import STANDING, Moved

__all__ = ["Act", "Answered", "Case", "Given", "Known", "Opening", "Taken", "copied", "write"]


@attrs.frozen
class Case:
    """What is on record of one complaint.

    Instants are microseconds since 1970 UTC. Every mapping is a value: it is never changed in
    place.

    Args:
        id: The case's number.
        version: How many events it has.
        policy: Digest of the policy under which it was opened or to which it moved.
        state: Where it is in the flow; empty before the first step.
        received: When the complaint was received.
        heard: Duty, key, round to what the rung before says of it, until somebody does something.
        opened_by: Who opened the case, in the role *opened_role*.
        lives: Duty, key and round to what happened in that life, in recorded order.
        signers: Steps to the roles and persons who ever signed them.
        recused: Persons who may do nothing in this case, with the reason.
        opened_by: The person who opened the case, in the role *opened_role*.
        handed_over: How often it was handed over.
    """

    id: str
    version: int = 0
    policy: str = ""
    policy_id: str = ""
    policy_version: str = ""
    state: str = ""
    received: int = 0
    opened_by: str = ""
    opened_role: str = ""
    recorded: int = 0
    facts: Mapping[str, Known] = attrs.Factory(dict)
    steps: Mapping[str, Taken] = attrs.Factory(dict)
    acts: Mapping[str, tuple[Act, ...]] = attrs.Factory(dict)
    lives: Mapping[tuple[str, str, int], tuple[Episode, ...]] = attrs.Factory(dict)
    raised: Mapping[tuple[str, str], Raised] = attrs.Factory(dict)
    raised_at: Mapping[tuple[str, str], int] = attrs.Factory(dict)
    raised_by: Mapping[tuple[str, str], str] = attrs.Factory(dict)
    signers: Mapping[str, frozenset[tuple[str, str]]] = attrs.Factory(dict)
    recused: Mapping[str, str] = attrs.Factory(dict)
    decided: Mapping[str, Answered] = attrs.Factory(dict)
    overruled: Mapping[str, Overruled] = attrs.Factory(dict)
    given: Mapping[str, tuple[Given, ...]] = attrs.Factory(dict)
    assigned: Mapping[str, str] = attrs.Factory(dict)
    links: Mapping[tuple[str, str], Opening] = attrs.Factory(dict)
    handed_over: int = 0
    moved: Moved | None = None
    period: PeriodBegun | None = None
    numbers: Mapping[str, str] = attrs.Factory(dict)
    related: tuple[Related, ...] = ()
    missed: Mapping[tuple[str, str, int], int] = attrs.Factory(dict)
    rungs: frozenset[tuple[str, str, int, str, int]] = frozenset()
    heard: Mapping[tuple[str, str, int], Mapping[str, tuple[str, ...]]] = attrs.Factory(dict)
    told: tuple[tuple[str, int], ...] = ()
    voided: str | None = None
    adopted: int | None = None

    @property
    def merged_into(self) -> str | None:
        """The number of the case of which this one is a duplicate."""
        return next((r.case for r in self.related if r.kind == "duplicate_of"), None)

    @property
    def put_aside(self) -> bool:
        """Whether nothing more happens here: it was voided, or merged into another case."""
        return self.voided is not None or (bool(self.related) and self.merged_into is not None)

    @property
    def people(self) -> dict[str, str]:
        """Who has the case, role to person: who opened it until somebody else is named."""
        first = {self.opened_role: self.opened_by} if self.opened_role else {}
        return {**first, **self.assigned}

    def roles_of(self, person: str) -> tuple[str, ...]:
        """The roles in which *person* has the case."""
        return tuple(role for role, one in self.people.items() if one == person)

    def value(self, fact: str) -> Any:
        """The value of a given or counted fact, None while unknown."""
        known = self.facts.get(fact)
        return None if known is None else known.value


def copied(case: Case) -> Case:
    """A case of its own with the same record."""
    return Case(*_RECORD(case))


def write(case: Case, event: Event) -> None:
    """Write *event* into a case that nobody else has seen: one made by `copied`.

    A case is a value for everybody who is given one. While events are added one after another,
    the cases between the first and the last are nobody's; they need not be made.
    """
    put = object.__setattr__
    put(case, "version", event.position)
    put(case, "recorded", event.recorded)
    for name, value in _CHANGES[type(event.body)](case, event.body, event).items():
        put(case, name, value)
    if case.heard and not isinstance(event.body, _BY_ITSELF):
        put(case, "heard", {})


_RECORD = operator.attrgetter(*(field.name for field in attrs.fields(Case)))


def _learn(case: Case, facts: Mapping[str, Any], event: Event) -> Mapping[str, Known]:
    if not facts:
        return case.facts
    learnt = dict(case.facts)
    for name, value in facts.items():
        if value is None:
            learnt.pop(name, None)
        else:
            learnt[name] = Known(value, event.by, event.role, event.occurred, event.position)
    return learnt


def _opened(case: Case, body: Opened, event: Event) -> dict[str, Any]:
    return {
        "policy": body.digest,
        "policy_id": body.policy,
        "policy_version": body.version,
        "received": event.occurred,
        "opened_by": event.by,
        "opened_role": event.role,
    }


def _step(case: Case, body: StepTaken, event: Event) -> dict[str, Any]:
    before = case.steps.get(body.step)
    people = {event.by, *body.present.values()}
    taken = Taken(
        event.occurred,
        event.position,
        event.by,
        event.role,
        before.count + 1 if before else 1,
        before.people | people if before else frozenset(people),
    )
    changes = {
        "state": body.target,
        "steps": {**case.steps, body.step: taken},
        "facts": _learn(case, body.facts, event),
    }
    if body.signed:
        signers = case.signers.get(body.step, frozenset()) | body.signed.items()
        changes["signers"] = {**case.signers, body.step: signers}
    return changes


def _act(case: Case, body: DutyDone, event: Event) -> dict[str, Any]:
    act = Act(
        body.key,
        event.occurred,
        event.position,
        event.by,
        event.role,
        body.present,
        body.facts,
        body.evidence,
        body.via,
    )
    return {
        "acts": {**case.acts, body.duty: (*case.acts.get(body.duty, ()), act)},
        "facts": _learn(case, body.facts, event),
    }


def _lived(case: Case, body: LifeBody, event: Event) -> dict[str, Any]:
    which = (body.duty, body.key, body.round)
    episode = Episode(body, event.by, event.role, event.occurred, event.position)
    return {"lives": {**case.lives, which: (*case.lives.get(which, ()), episode)}}


def _raised(case: Case, body: Raised, event: Event) -> dict[str, Any]:
    which = (body.action, body.key)
    return {
        "raised": {**case.raised, which: body},
        "raised_at": {**case.raised_at, which: event.occurred},
        "raised_by": {**case.raised_by, which: event.by},
    }


def _noted(case: Case, body: Noted, event: Event) -> dict[str, Any]:
    return {"facts": _learn(case, body.facts, event)}


def _counted(case: Case, body: Counted, event: Event) -> dict[str, Any]:
    return {"facts": _learn(case, {body.fact: body.value}, event)}


def _summed(case: Case, body: Summed, event: Event) -> dict[str, Any]:
    return {"facts": _learn(case, {body.fact: body.value}, event)}


def _decided(case: Case, body: Decided, event: Event) -> dict[str, Any]:
    before = case.decided.get(body.decision)
    at = before.at if before is not None and before.answer == body.answer else event.occurred
    answered = Answered(body.answer, body.matched, body.unknown, at, event.position)
    return {"decided": {**case.decided, body.decision: answered}}


def _overruled(case: Case, body: Overruled, event: Event) -> dict[str, Any]:
    answered = Answered(body.answer, (), (), event.occurred, event.position)
    return {
        "overruled": {**case.overruled, body.decision: body},
        "decided": {**case.decided, body.decision: answered},
    }


def _given(case: Case, body: ApprovalGiven, event: Event) -> dict[str, Any]:
    given = Given(event.role, event.by, body.answer, event.occurred, event.position)
    return {"given": {**case.given, body.approval: (*case.given.get(body.approval, ()), given)}}


def _assigned(case: Case, body: Assigned, event: Event) -> dict[str, Any]:
    return {"assigned": {**case.assigned, body.role: body.person}}


def _handed_over(case: Case, body: HandedOver, event: Event) -> dict[str, Any]:
    moved = dict.fromkeys(case.roles_of(body.leaving), body.successor)
    return {"assigned": {**case.assigned, **moved}, "handed_over": case.handed_over + 1}


def _linked(case: Case, body: Linked, event: Event) -> dict[str, Any]:
    return {"links": body.opened(case.links, event.occurred, event.position)}


def _link_closed(case: Case, body: LinkClosed, event: Event) -> dict[str, Any]:
    links = body.closed(case.links, event.occurred, event.position)
    return {"links": links, "facts": _learn(case, body.facts, event)}


def _related(case: Case, body: Related, event: Event) -> dict[str, Any]:
    return {"related": (*case.related, body)}


def _recused(case: Case, body: Recused, event: Event) -> dict[str, Any]:
    recused = {person: why for person, why in case.recused.items() if person != body.person}
    return {"recused": recused if body.lifted else {**recused, body.person: body.reason}}


def _period(case: Case, body: PeriodBegun, event: Event) -> dict[str, Any]:
    return {"state": STANDING, "period": body}


def _numbered(case: Case, body: Numbered, event: Event) -> dict[str, Any]:
    return {"numbers": {**case.numbers, body.record: body.number}}


def _migrated(case: Case, body: Migrated, event: Event) -> dict[str, Any]:
    return {
        "policy": body.digest,
        "policy_id": body.policy,
        "policy_version": body.version,
        "state": body.state,
        "moved": Moved(event.occurred, event.position, body.how, body.limits, body.starts),
    }


def _told(case: Case, body: Told, event: Event) -> dict[str, Any]:
    return {"told": (*case.told, (body.tell, event.position))}


def _missed(case: Case, body: Missed, event: Event) -> dict[str, Any]:
    return {"missed": {**case.missed, (body.duty, body.key, body.round): body.due}}


def _rung(case: Case, body: RungReached, event: Event) -> dict[str, Any]:
    key = (body.duty, body.key, body.round, body.rung, body.repetition)
    return {"rungs": case.rungs | {key}, "heard": {**case.heard, key[:3]: body.heard}}


def _corrected(case: Case, body: Corrected, event: Event) -> dict[str, Any]:
    facts = dict(case.facts)
    for name, value in body.new.items():
        old = facts.get(name)
        since = old.since if old else event.occurred
        facts[name] = Known(value, event.by, event.role, since, event.position)
    return {"facts": facts}


def _voided(case: Case, body: Voided, event: Event) -> dict[str, Any]:
    return {"voided": body.reason}


def _adopted(case: Case, body: Adopted, event: Event) -> dict[str, Any]:
    return {
        "state": body.state,
        "received": body.received,
        "adopted": event.recorded,
        "facts": _learn(case, body.facts, event),
    }


# What happens without anybody doing something.
_BY_ITSELF = (Assigned, Counted, Decided, Missed, RungReached, Summed, Told)
_CHANGES: dict[type[Body], Any] = {
    Opened: _opened,
    StepTaken: _step,
    DutyDone: _act,
    Rejected: _lived,
    Ruled: _lived,
    PassedOn: _lived,
    Waived: _lived,
    Raised: _raised,
    Noted: _noted,
    Counted: _counted,
    Summed: _summed,
    Decided: _decided,
    Overruled: _overruled,
    ApprovalGiven: _given,
    Signed: lambda case, body, event: {},  # what it covers is on record already
    Assigned: _assigned,
    HandedOver: _handed_over,
    Linked: _linked,
    LinkClosed: _link_closed,
    Related: _related,
    Recused: _recused,
    Migrated: _migrated,
    PeriodBegun: _period,
    Numbered: _numbered,
    Told: _told,
    Missed: _missed,
    RungReached: _rung,
    Corrected: _corrected,
    Voided: _voided,
    Adopted: _adopted,
}
