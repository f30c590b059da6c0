"""The messages that events cause: whom to tell, and what may be said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from complaintflow.audit.events import Assigned, Event, RungReached, Told
from complaintflow.audit.messages import Message
from complaintflow.audit.vault import Erased
from complaintflow.engine.people import hearers
from complaintflow.engine.program import Program
from complaintflow.engine.view import View
from complaintflow.moments import from_micros

__all__ = ["messages_of"]


def messages_of(program: Program, view: View, events: Iterable[Event]) -> tuple[Message, ...]:
    """What leaves the house because of *events*.

    Args:
        program: The policy.
        view: The case after all of them; shown facts are as they stand when it is written.
        events: What happened.
    """
    return tuple(
        message
        for event in events
        if isinstance(event.body, (Assigned, Told, RungReached))
        for message in _messages(program, view, event, event.body)
    )


def _messages(
    program: Program, view: View, event: Event, body: Assigned | Told | RungReached
) -> Iterable[Message]:
    tz = program.policy.calendar.tz
    data: dict[str, Any] = {
        "policy": program.policy.id,
        "occurred": from_micros(event.occurred, tz),
    }
    facts: dict[str, Any] = {}
    if isinstance(body, Told):
        tell = program.tells[body.tell]
        kind, about, channel, clauses = "notice", tell.code, tell.channel, tell.clauses
        facts = _shown(view, tell.shows)
    elif isinstance(body, Assigned):
        kind, about, channel = "assigned", body.role, ""
        route = program.routes.get(body.role)
        clauses = route.clauses if route is not None else ()
        data["acting"] = body.acting if body.acting != body.role else ""
    elif body.too_late:
        return
    else:
        kind, about, channel = "rung", body.duty, ""
        clauses = _clauses(program, body)
        data |= {
            "key": body.key,
            "round": body.round,
            "rung": body.rung,
            "repetition": body.repetition,
            "due": from_micros(body.due, tz),
            "overdue": event.recorded > body.due,
        }
    personal = tuple(name for name in facts if name in program.personal)
    for role, person in hearers(body):
        yield Message(
            key=f"{view.case.id}:{event.position}:{role}" + (f":{person}" if person else ""),
            case=view.case.id,
            about=about,
            role=role,
            person=person,
            at=event.recorded,
            kind=kind,
            channel=channel,
            zone=tz.name,
            clauses=clauses,
            names=_names(
                program, (about, role, data.get("key"), data.get("acting"), *facts, *facts.values())
            ),
            facts=facts,
            personal=personal,
            data=data,
        )


def _shown(view: View, names: tuple[str, ...]) -> dict[str, Any]:
    """The values of *names* that are known and were not erased."""
    values = {name: view[name] for name in names}
    return {
        name: value
        for name, value in values.items()
        if value is not None and not isinstance(value, Erased)
    }


def _clauses(program: Program, body: RungReached) -> tuple[str, ...]:
    """The clauses of a rung, or of its duty where the rung has none."""
    duty = program.duties[body.duty]
    rungs = duty.target.rungs if duty.target is not None else ()
    cited = next((rung.clauses for rung in rungs if rung.code == body.rung), ())
    return cited or duty.clauses


def _names(program: Program, values: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    """What people call the procedure, and the codes among *values*."""
    title = program.policy.title
    found: dict[str, tuple[str, ...]] = {}
    if title.en or title.zh:
        found[program.policy.id] = (title.en, title.zh)
    for value in values:
        for code in value if isinstance(value, (tuple, frozenset)) else (value,):
            name = program.policy.names.get(code) if isinstance(code, str) else None
            if name is not None:
                found[code] = (name.en, name.zh)
    return found
