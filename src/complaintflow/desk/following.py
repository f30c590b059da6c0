"""What the events of one case do to other cases, in the same unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from complaintflow.audit.events import Event, Linked, Related
from complaintflow.desk.rollback import RolledBackError
from complaintflow.engine.beginning import begin_linked
from complaintflow.engine.commands import CloseLink, Command, Split
from complaintflow.engine.decide import decide
from complaintflow.engine.draft import SYSTEM
from complaintflow.engine.outcome import Accepted, Refused
from complaintflow.engine.program import Program
from complaintflow.engine.relating import begin_part, relate
from complaintflow.engine.standing import Standing, view_of
from complaintflow.errors import PolicyError
from complaintflow.policy.link import Link

if TYPE_CHECKING:
    from complaintflow.desk.session import Session

__all__ = ["follow", "split"]

_DEEP = 32
"""No procedure nests so deep; links that open each other without end do."""


def follow(
    session: Session, program: Program, before: Standing, accepted: Accepted, depth: int = 0
) -> None:
    """Open the cases that links of *accepted* ask for, close the link that waits for its end.

    Args:
        session: The unit of work.
        program: The policy of the case that *accepted* is about.
        before: How that case stood before.
        accepted: What happened to it; written already.
        depth: How many cases this follows from.

    Raises:
        PolicyError: links open each other without end, or a number is taken.
    """
    if depth > _DEEP:
        raise PolicyError(
            f"case {accepted.case.id}: links open one case after the other without end; "
            "say 'if' at one of them"
        )
    for event in accepted.events:
        match event.body:
            case Linked(_, _, str(number)) if number:
                _open(session, program, accepted.standing, event, depth)
            case Related("duplicate_of", survivor, reason):
                _tell(session, survivor, Related("has_duplicate", accepted.case.id, reason), event)
            case _:
                pass
    ended = program.is_final(accepted.case) and not program.is_final(before.case)
    for related in accepted.case.related if ended else ():
        if related.kind == "opened_by":
            _close(session, program, accepted, related, depth)


def _open(session: Session, program: Program, parent: Standing, event: Event, depth: int) -> None:
    body = event.body
    assert isinstance(body, Linked)  # the caller looked
    link = next(link for link in program.policy.links if link.code == body.link)
    own = session.linked_program(program, link, event.occurred)
    if session.work.version(body.case):
        raise PolicyError(f"case {body.case} exists already; the link {link.code} cannot open it")
    accepted = begin_linked(
        own,
        body.case,
        link.step or next(step.code for step in own.policy.steps if step.opens),
        _taken(program, parent, link, body.key),
        Related("opened_by", parent.case.id, "", link.code, body.key),
        occurred=event.occurred,
        world=session.world(own),
        now=session.now,
        command=event.command,
    )
    blank = session.blank(own, body.case)
    session.write(own, (), accepted)
    follow(session, own, blank, accepted, depth + 1)


def _taken(program: Program, parent: Standing, link: Link, key: str) -> dict[str, Any]:
    view = view_of(program, parent)
    facts = {name: view[name] for name in link.takes if view[name] is not None}
    return {**facts, link.member: key} if link.member is not None else facts


def _tell(session: Session, number: str, related: Related, cause: Event) -> None:
    """Let the other case know."""
    events, program, standing = session.load(number)
    world = session.world(program)
    accepted = relate(program, standing, related, cause, world, session.now)
    session.write(program, events, accepted)
    follow(session, program, standing, accepted)


def split(
    session: Session, program: Program, command: Command, accepted: Accepted, parts: int
) -> None:
    """Open the parts of a case that was split.

    Raises:
        RolledBackError: one of them is refused.
    """
    what = command.what
    assert isinstance(what, Split)  # the caller looked
    events, _, origin = session.load(accepted.case.id)
    numbers = [r.case for r in accepted.case.related if r.kind == "has_part"][-parts:]
    for number, facts in zip(numbers, what.parts, strict=True):
        world = session.world(program)
        blank = session.blank(program, number)
        part = begin_part(program, number, origin, events, command, facts, world, session.now)
        if isinstance(part, Refused):
            raise RolledBackError(part)
        session.write(program, (), part)
        follow(session, program, blank, part)


def _close(
    session: Session, program: Program, accepted: Accepted, related: Related, depth: int
) -> None:
    events, above, standing = session.load(related.case)
    link = next((link for link in above.policy.links if link.code == related.link), None)
    opening = standing.case.links.get((related.link, related.key))
    if link is None or opening is None or opening.case != accepted.case.id:
        return  # the policy has moved on, or the link was opened anew
    view = view_of(program, accepted.standing)
    known = (name for name in link.gives if name in program.readers)
    facts = {name: view[name] for name in known if view[name] is not None}
    last = accepted.events[-1]
    closing = CloseLink(related.link, related.key, facts)
    command = Command(last.command, closing, SYSTEM, "", last.occurred)
    decision = decide(above, standing, command, session.world(above), session.now)
    if isinstance(decision, Refused):
        return  # it was put aside, or knows already
    session.write(above, events, decision)
    follow(session, above, standing, decision, depth + 1)
