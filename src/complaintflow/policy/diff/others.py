"""Differences in roles, approvals, actions, notices, links, records and choices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from complaintflow.policy.action import Action
from complaintflow.policy.allow import Permission
from complaintflow.policy.apart import Apart
from complaintflow.policy.approval import Approval
from complaintflow.policy.choice import Choice
from complaintflow.policy.diff.aspects import (
    Aspect,
    Place,
    compared,
    condition,
    members,
    parties,
    plain,
)
from complaintflow.policy.diff.change import Change
from complaintflow.policy.link import Link
from complaintflow.policy.naming import Naming
from complaintflow.policy.record import Record
from complaintflow.policy.role import Role
from complaintflow.policy.route import Route, Strategy
from complaintflow.policy.tell import Tell

__all__ = [
    "action_changes",
    "apart_about",
    "apart_changes",
    "approval_changes",
    "choice_changes",
    "link_changes",
    "permission_about",
    "permission_changes",
    "record_changes",
    "role_changes",
    "route_changes",
    "tell_changes",
]


def _strategies(naming: Naming, by: tuple[Strategy, ...]) -> str:
    return ", ".join(f"{one.kind} {naming.name(one.of)}" if one.of else one.kind for one in by)


_ROLE = (
    Aspect("outside", lambda role: role.outside, plain),
    Aspect("above", lambda role: role.above, plain),
    Aspect("quiet hours", lambda role: role.calendar, plain),
)
_APPROVAL = (
    Aspect("starts", lambda approval: approval.starts, condition),
    Aspect("asks", lambda approval: approval.asks, plain),
    Aspect("resets", lambda approval: approval.resets, condition),
    Aspect("meaning", lambda approval: approval.meaning, plain),
)
_ACTION = (
    Aspect("owner", lambda action: action.owner, Naming.party),
    Aspect("followed by", lambda action: action.followed_by, Naming.party),
    Aspect("verified by", lambda action: action.verified_by, Naming.party),
)
_TELL = (
    Aspect("on", lambda tell: tell.on, condition),
    Aspect("channel", lambda tell: tell.channel, plain),
)
_ROUTE = (Aspect("chosen by", lambda route: route.by, _strategies),)
_LINK = (
    Aspect("opens", lambda link: link.opens, plain),
    Aspect("starts", lambda link: link.starts, condition),
    Aspect("if", lambda link: link.when, condition),
    Aspect("member", lambda link: link.member, plain),
    Aspect("opening step", lambda link: link.step, plain),
    Aspect("its policy", lambda link: link.policy, plain),
    Aspect("closed by", lambda link: link.closed_by, Naming.party),
)
_RECORD = (
    Aspect("ledger", lambda record: record.ledger, plain),
    Aspect("keep", lambda record: record.keep, plain),
    Aspect("counted where", lambda record: record.where, condition),
    Aspect("number", lambda record: record.number, plain),
    Aspect("numbered", lambda record: record.numbered, condition),
    Aspect("read", lambda record: record.read, plain),
    Aspect("others ask", lambda record: record.others_ask, plain),
)
_PERMISSION = (Aspect("within", lambda permission: permission.within, Naming.limit),)


def role_changes(place: Place, old: Role, new: Role) -> Iterator[Change]:
    """Whether it is one of the company's own."""
    return compared(place, _ROLE, old, new)


def approval_changes(place: Place, old: Approval, new: Approval) -> Iterator[Change]:
    """Who answers, and when they are asked."""
    yield from parties(place, "by", old.by, new.by, ("may", "may no more"))
    yield from compared(place, _APPROVAL, old, new)


def action_changes(place: Place, old: Action, new: Action) -> Iterator[Change]:
    """Who raises, carries out, follows up and verifies, and which kinds there are."""
    yield from parties(place, "by", old.by, new.by, ("may", "may no more"))
    yield from members(place, "kinds", old.kinds, new.kinds, plain)
    yield from compared(place, _ACTION, old, new)


def tell_changes(place: Place, old: Tell, new: Tell) -> Iterator[Change]:
    """Who hears it, and when."""
    for name in new.to:
        if name not in old.to:
            yield place.tell("hears", "to", who=place.teller.name(name))
    for name in old.to:
        if name not in new.to:
            yield place.tell("hears no more", "to", who=place.teller.name(name))
    yield from members(place, "shows", old.shows, new.shows, Naming.name)
    yield from compared(place, _TELL, old, new)


def route_changes(place: Place, old: Route, new: Route) -> Iterator[Change]:
    """How one is chosen."""
    return compared(place, _ROUTE, old, new)


def link_changes(place: Place, old: Link, new: Link) -> Iterator[Change]:
    """What is opened, when, for whom, and what goes down and comes up."""
    yield from compared(place, _LINK, old, new)
    yield from members(place, "for each", _each(old), _each(new), plain, "each")
    yield from members(place, "takes", old.takes, new.takes, plain)
    yield from members(place, "gives", old.gives, new.gives, plain)


def _each(link: Link) -> tuple[str, ...]:
    return (link.each,) if isinstance(link.each, str) else link.each


def record_changes(place: Place, old: Record, new: Record) -> Iterator[Change]:
    """What is kept, and who may read it."""
    yield from members(place, "columns", old.columns, new.columns, plain)
    yield from members(
        place, "roles", (*old.roles, old.others_ask), (*new.roles, new.others_ask), plain
    )
    yield from compared(place, _RECORD, old, new)


def apart_changes(place: Place, old: Apart, new: Apart) -> Iterator[Change]:
    """What must be by different persons."""
    return members(place, "acts", old.acts, new.acts, Naming.act)


def apart_about(naming: Naming, row: Apart) -> str:
    """What must be by different persons from now on."""
    return "".join(f", {naming.act(act)}" for act in row.acts)


def permission_about(naming: Naming, permission: Permission) -> str:
    """Who may use a command from now on, and how long."""
    said = [] if permission.by is None else [naming.party(permission.by)]
    if permission.within is not None:
        said.append(naming.limit(permission.within))
    return "".join(f", {part}" for part in said)


def permission_changes(place: Place, old: Permission, new: Permission) -> Iterator[Change]:
    """Who may use a command, and how long."""
    yield from parties(place, "by", old.by, new.by, ("may do", "may do no more"))
    yield from compared(place, _PERMISSION, old, new)


def choice_changes(place: Place, old: Choice, new: Choice) -> Iterator[Change]:
    """What was settled, opened again, or is read otherwise."""
    if old.taken == new.taken:
        return
    if old.taken is None:
        yield place.tell("settled", "", new=_reading(new.taken))
    elif new.taken is None:
        yield place.tell("reopened", "", old=_reading(old.taken))
    else:
        yield place.tell("reading", "", old=_reading(old.taken), new=_reading(new.taken))


def _reading(taken: Any) -> str:
    return ", ".join(map(str, taken)) if isinstance(taken, (tuple, list)) else str(taken)
