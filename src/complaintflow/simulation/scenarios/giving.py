"""Giving the commands of a scenario to a desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from complaintflow.desk.desk import Desk
from complaintflow.engine.commands import (
    Adopt,
    Approve,
    Assign,
    CloseLink,
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
from complaintflow.engine.outcome import Decision
from complaintflow.errors import InvalidValueError
from complaintflow.moments import from_micros
from complaintflow.simulation.scenarios.scenario import Entry

__all__ = ["give"]


def give(desk: Desk, number: str, entry: Entry, command_id: str) -> Decision:
    """Give the command of *entry* for the case *number*.

    Raises:
        RefusedError: the policy refuses it, where the desk does not return the refusal.
        InvalidValueError: the entry has no command, or comes before its case is opened.
    """
    zone = desk.policy.calendar.tz
    act: dict[str, Any] = {"by": entry.by, "role": entry.role, "command_id": command_id}
    timed = {**act, "at": from_micros(entry.at, zone)}
    what = entry.what
    if not number and not isinstance(what, (Receive, Adopt)):
        raise InvalidValueError("the first command of a case opens it")
    match what:
        case Receive(_, facts):
            said = {name: value for name, value in _details(what).items() if name != "facts"}
            return desk.receive(facts, **said, **timed)
        case Do():
            return desk.try_do(number, **_details(what), **timed)
        case Correct(_, facts, reason):
            position = _position(desk, number, facts)
            return desk.correct(number, position, facts, reason=reason, **act)
        case Recuse():
            return desk.recuse(number, **_details(what), **act)
        case Void(reason):
            return desk.void(number, reason=reason, **act)
        case Adopt(system, state, received, facts):
            took: dict[str, Any] = {
                "system": system,
                "state": state,
                "received": from_micros(received, zone),
            }
            return desk.adopt(f"{system or 'adopted'}-{command_id}", facts=facts, **took, **act)
        case HandOver(leaving, successor, reason):
            report = desk.hand_over(leaving, successor, reason=reason, **act)
            if number not in report:  # says why it has nothing there
                report |= desk.hand_over(leaving, successor, reason=reason, cases=[number], **act)
            return report[number]
        case None:
            raise InvalidValueError("an entry without a command has nothing to give")
        case _:
            decision: Decision = _METHODS[type(what)](desk, number, **_details(what), **timed)
            return decision


def _details(what: Any) -> dict[str, Any]:
    """The fields of a command, which the desk's method takes by the same names."""
    return {field.name: getattr(what, field.name) for field in attrs.fields(type(what))}


_METHODS: dict[type, Callable[..., Decision]] = {
    Note: Desk.note,
    Overrule: Desk.overrule,
    Approve: Desk.approve,
    Reject: Desk.reject,
    Rule: Desk.rule,
    PassOn: Desk.pass_on,
    Waive: Desk.waive,
    Assign: Desk.assign,
    Raise: Desk.raise_action,
    CloseLink: Desk.close_link,
    Merge: Desk.merge,
    Split: Desk.split,
}
"""Commands that may come late and raise when they are refused."""


def _position(desk: Desk, number: str, facts: Mapping[str, Any]) -> int:
    """The entry that stated the facts to be mended; 0 where none did."""
    known = desk.case(number).standing.case.facts
    return max((known[name].position for name in facts if name in known), default=0)
