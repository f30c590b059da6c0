"""From a policy to plain data of the shape that policy files have."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.limits import Limit
from complaintflow.policy.allow import Permission
from complaintflow.policy.choice import Choice, Open
from complaintflow.policy.decision import Decision
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.expression import Expression, text
from complaintflow.policy.extension import Extension
from complaintflow.policy.fact import Ask, Fact
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Name, Policy
from complaintflow.policy.role import Role
from complaintflow.policy.rung import Rung
from complaintflow.policy.step import Branch, Need, Step
from complaintflow.policyfile.read_decisions import DECISION_KEYS

__all__ = ["to_mapping"]

_Row = dict[str, Any]


def to_mapping(policy: Policy) -> dict[str, Any]:
    """*policy* as dicts, lists, texts, numbers and bools: what `from_mapping` reads back.

    The calendar and the clauses are in it. Choices that were taken stay on record, but where
    they were used their readings stand.
    """
    calendars = {**policy.calendars}
    name = policy.calendar.name or "calendar"
    while name in calendars:
        name += "_"
    sections: dict[str, Any] = {
        "policy": _head(policy, name),
        "roles": {role.code: _role(role) for role in policy.roles},
        "facts": {fact.code: _fact(fact) for fact in policy.facts},
        "form": {
            form.code: _row(clause=_list(form.clauses), asks=_asks(form.fields) or [])
            for form in policy.forms
        },
        "decide": {decision.code: _decision(decision) for decision in policy.decisions},
        "states": dict.fromkeys(policy.parked, ""),
        "step": {step.code: _step(step) for step in policy.steps},
        "duty": {duty.code: _duty(duty) for duty in policy.duties},
        **_beside(policy),
        "choices": {choice.code: _choice(choice) for choice in policy.choices},
        "names": {code: [called.en, called.zh] for code, called in policy.names.items()},
        "clauses": dict(policy.clauses),
        "calendar": {
            name: _calendar(name, policy.calendar),
            **{key: _calendar(key, one) for key, one in calendars.items()},
        },
    }
    return {key: section for key, section in sections.items() if section}


def _row(**cells: Any) -> _Row:
    """The cells that say something; a trailing underscore keeps Python's own words apart."""
    nothing: tuple[Any, ...] = (None, "", (), {})
    return {
        k.rstrip("_"): v for k, v in cells.items() if not any(v is n or v == n for n in nothing)
    }


def _list(codes: tuple[str, ...]) -> str:
    return ", ".join(codes)


def _text(value: Expression | Party | Limit | Open | str | None) -> str | None:
    match value:
        case None | str():
            return value
        case Party() | Limit() | Open():
            return str(value)
        case _:
            return text(value)


def _head(policy: Policy, calendar: str) -> _Row:
    return {
        "id": policy.id,
        "version": policy.version,
        "semantics": policy.semantics,
        "calendar": calendar,
        "final": list(policy.final),
        **_row(
            keeper=policy.keeper,
            effective=policy.effective.isoformat() if policy.effective else None,
            approved_by=policy.approved_by,
            title=None
            if policy.title == Name()
            else {"en": policy.title.en, "zh": policy.title.zh},
            conventions=policy.conventions.to_mapping(),
        ),
    }


def _calendar(key: str, calendar: WorkingCalendar) -> _Row:
    named = {} if calendar.name == key else {"name": calendar.name}
    return {**{k: v for k, v in calendar.to_mapping().items() if k != "name"}, **named}


def _ask(ask: Ask) -> str:
    names = " | ".join(ask.names)
    return names if ask.when is None else f"{names} if {text(ask.when)}"


def _asks(asks: tuple[Ask, ...]) -> list[str]:
    return [_ask(ask) for ask in asks]


def _role(role: Role) -> str | _Row:
    row = _row(outside=role.outside or None, above=role.above, calendar=role.calendar)
    return {**_row(clause=_list(role.clauses)), **row} if row else _list(role.clauses)


def _fact(fact: Fact) -> str | _Row:
    count = fact.count
    if count is not None:
        within = "" if count.within is None else str(count.within)
        same = str(count.same) if isinstance(count.same, Open) else list(count.same)
        return {
            **({"count": "cases"} if count.sum is None else {"sum": count.sum}),
            "same": same,
            **_row(
                where=_text(count.where),
                within=within,
                this_one=count.this_one or None,
                clause=_list(fact.clauses),
                personal=fact.personal or None,
            ),
        }
    row = _row(is_=_text(fact.formula), clause=_list(fact.clauses), personal=fact.personal or None)
    return {"type": str(fact.type), **row} if row else str(fact.type)


def _decision(decision: Decision) -> _Row:
    row = _row(
        pick=decision.pick,
        order=list(decision.order) or None,
        by=_text(decision.by),
        residual=decision.residual,
        undetermined=decision.undetermined,
        clause=_list(decision.clauses),
    )
    table: dict[str, dict[str, str]] = {}
    for rule in decision.criteria:
        table.setdefault(_list(rule.answers), {})[_list(rule.clauses)] = text(rule.when)
    flat = [(a, c) for a, rules in table.items() for c in rules]
    kept = flat == [(_list(rule.answers), _list(rule.clauses)) for rule in decision.criteria]
    if kept and not set(table) & set(DECISION_KEYS):
        return {**row, **table}
    row["rules"] = [
        {
            "answer": _list(rule.answers),
            **_row(clause=_list(rule.clauses)),
            "when": text(rule.when),
        }
        for rule in decision.criteria
    ]
    return row


def _needs(needs: tuple[Need, ...]) -> Any:
    clauses = [need.clause for need in needs]
    if len(set(clauses)) == len(clauses) and all(clauses):
        return {need.clause: text(need.condition) for need in needs}
    return [{**_row(clause=need.clause), "when": text(need.condition)} for need in needs]


def _branches(branches: tuple[Branch, ...]) -> Any:
    if len(branches) == 1 and branches[0].when is None:
        return _text(branches[0].to)
    return {
        "else" if branch.when is None else text(branch.when): _text(branch.to)
        for branch in branches
    }


def _step(step: Step) -> _Row:
    return _row(
        clause=_list(step.clauses),
        by=_text(step.by),
        from_=_list(step.source),
        to=_branches(step.to) if step.to else None,
        asks=_asks(step.asks) or None,
        form=step.form,
        needs=_needs(step.needs),
        should=_needs(step.should),
        sets={code: _raw(value) for code, value in step.sets.items()},
        signed=_text(step.signed),
        via=list(step.via) or None,
        makes=list(step.makes) or None,
        meaning=step.meaning,
    )


def _raw(value: Any) -> Any:
    """A value as a policy file says it."""
    match value:
        case bool() | str():
            return value
        case frozenset() | set():
            return sorted(value)
        case Decimal():
            return format(value, "f")
        case _dt.date():
            return value.isoformat()
        case _:
            return str(value)


def _duty(duty: Duty) -> _Row:
    row = _row(
        clause=_list(duty.clauses),
        owner=_text(duty.owner),
        starts=_text(duty.starts),
        if_=_text(duty.when),
        ends=_text(duty.ends),
        each=duty.each if isinstance(duty.each, str) else list(duty.each) or None,
        asks=_asks(duty.asks) or None,
        form=duty.form,
        jointly=_text(duty.jointly),
        via=list(duty.via) or None,
        makes=list(duty.makes) or None,
        ruled_by=_text(duty.life.ruled_by),
        passed_on_by=_text(duty.life.passed_on_by),
        waived_by=_text(duty.life.waived_by),
        bounces=duty.life.bounces,
        arbiter=_text(duty.life.arbiter),
    )
    return row if duty.target is None else {**row, **_target(duty.target)}


def _target(target: Target) -> _Row:
    within: Any = target.within
    if isinstance(within, Mapping):
        within = {answer: str(limit) for answer, limit in within.items()}
    elif within is not None:
        within = str(within)
    conventions = target.conventions
    return {
        **_row(
            per=target.per,
            within=within,
            date=target.date,
            ranks=None if target.ranks == "earliest" else target.ranks,
            kind=None if target.kind == "internal" else target.kind,
            pauses=_text(target.pauses),
            rungs=[_rung(rung) for rung in target.rungs] or None,
            regrade=None if target.regrade == "original" else target.regrade,
            extended=None if target.extended is None else _extension(target.extended),
            calendar=target.calendar,
        ),
        # Empty conventions are the defaults said aloud, where the policy has others.
        **({} if conventions is None else {"conventions": conventions.to_mapping()}),
    }


def _extension(extension: Extension) -> _Row:
    return _row(
        on=_text(extension.on),
        by=_text(extension.by),
        from_=_text(extension.start),
        most=extension.most,
        longest=_text(extension.longest),
        regrade=None if extension.regrade == "dropped" else extension.regrade,
        clause=_list(extension.clauses),
    )


def _rung(rung: Rung) -> _Row:
    return _row(
        at=str(rung.at),
        to=_list(rung.to),
        clause=_list(rung.clauses),
        code=None if rung.code == str(rung.at) else rung.code,
        quiet=rung.quiet,
    )


def _beside(policy: Policy) -> dict[str, Any]:
    """The sections beside the flow."""
    return {
        "approval": {
            one.code: _row(
                clause=_list(one.clauses),
                by=_text(one.by),
                starts=_text(one.starts),
                asks=one.asks,
                resets=_text(one.resets),
                meaning=one.meaning,
            )
            for one in policy.approvals
        },
        "action": {
            one.code: _row(
                clause=_list(one.clauses),
                kinds=_list(one.kinds),
                by=_text(one.by),
                owner=_text(one.owner),
                followed_by=_text(one.followed_by),
                verified_by=_text(one.verified_by),
            )
            for one in policy.actions
        },
        "tell": {
            one.code: _row(
                clause=_list(one.clauses),
                on=_text(one.on),
                to=_list(one.to),
                channel=one.channel,
                shows=list(one.shows) or None,
            )
            for one in policy.tells
        },
        "route": {
            one.code: _row(clause=_list(one.clauses), by=", ".join(map(str, one.by)))
            for one in policy.routes
        },
        "link": {
            one.code: {
                "opens": one.opens,
                **_row(
                    clause=_list(one.clauses),
                    starts=_text(one.starts),
                    if_=_text(one.when),
                    each=one.each if isinstance(one.each, str) else list(one.each) or None,
                    member=one.member,
                    step=one.step,
                    policy=one.policy,
                    takes=_list(one.takes),
                    gives=_list(one.gives),
                    closed_by=_text(one.closed_by),
                ),
            }
            for one in policy.links
        },
        "apart": {
            one.code: _row(clause=_list(one.clauses), acts=[*map(str, one.acts)])
            if one.clauses
            else [*map(str, one.acts)]
            for one in policy.apart
        },
        "allow": {one.code: _permission(one) for one in policy.permissions},
        "records": {
            one.code: _row(
                clause=_list(one.clauses),
                ledger=one.ledger,
                columns=list(one.columns) or None,
                keep=_text(one.keep),
                where=_text(one.where),
                number=one.number,
                numbered=_text(one.numbered),
                read=one.read,
                roles=_list(one.roles),
                others_ask=one.others_ask,
            )
            for one in policy.records
        },
    }


def _permission(one: Permission) -> str | _Row:
    row = _row(clause=_list(one.clauses), by=_text(one.by), within=_text(one.within))
    return str(one.by) if one.by is not None and len(row) == 1 else row


def _choice(choice: Choice) -> _Row:
    return _row(
        clause=_list(choice.clauses),
        is_=_plain(choice.taken),
        or_=_plain(choice.others) or None,
        why=choice.why,
    )


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value
