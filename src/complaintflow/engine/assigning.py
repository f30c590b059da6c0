"""Assigning: a role of the case gets its person, by its route or by hand."""

from __future__ import annotations

from complaintflow.audit.events import Assigned
from complaintflow.engine.commands import Assign, Command
from complaintflow.engine.draft import SYSTEM, Draft
from complaintflow.engine.facts import unknown_name
from complaintflow.engine.people import acting, line_of
from complaintflow.engine.reasons import NotEligible, Reason, WrongRole
from complaintflow.engine.routing import barred, choose, concerned

__all__ = ["assign", "route"]

BY_HAND = "by hand"


def route(draft: Draft, occurred: int) -> None:
    """Give every role that has a route and now owes something, or may act, its person."""
    routes = draft.program.routes
    if not routes or draft.world.directory is None:
        return
    assigned, out = draft.case.assigned, draft.case.recused
    waiting = [role for role in routes if role not in assigned or assigned[role] in out]
    if not waiting:
        return
    roles = concerned(draft.view)
    for role in waiting:
        if role in roles:
            body = choose(draft.view, draft.world, role, occurred)
            draft.add(body, by=SYSTEM, role="", occurred=occurred)


def assign(draft: Draft, command: Command, what: Assign) -> list[Reason]:
    """Give *what.who* to a person, or say everything that stands against it.

    Who holds the role, or stands above it, may do so.
    """
    program, view = draft.program, draft.view
    inside = tuple(sorted(program.roles - program.outside))
    if what.who not in inside:
        return [unknown_name("role", what.who, inside)]
    found = program.routes.get(what.who)
    clause = ", ".join(found.clauses) if found is not None else ""
    reasons: list[Reason] = []
    line = line_of(view, what.who)
    if command.role not in line:
        party = " or ".join(line)
        reasons.append(WrongRole(f"assign {what.who}", command.role, party, clause))
    reasons += _unfit(draft, what, command.occurred)
    if reasons:
        return reasons
    body = Assigned(what.who, what.to, BY_HAND, what.reason)
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return []


def _unfit(draft: Draft, what: Assign, at: int) -> list[Reason]:
    """Why the person cannot have the role, and who could."""
    view, directory = draft.view, draft.world.directory
    why = barred(view, what.to, what.who)
    able: tuple[str, ...] = ()
    if directory is not None:
        there = tuple(person.id for person in acting(directory, what.who, at))
        able = tuple(code for code in there if not barred(view, code, what.who))
        if not why and what.to not in there:
            held = any(one.id == what.to for one in directory.holders(what.who, at))
            why = "absent" if held else "stranger"
    return [NotEligible(what.to, what.who, why, able)] if why else []
