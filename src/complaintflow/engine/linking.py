"""Linking: opening what a case links to, and hearing that it is closed."""

from __future__ import annotations

from complaintflow.audit.events import LinkClosed, Linked
from complaintflow.engine.commands import CloseLink, Command
from complaintflow.engine.draft import SYSTEM, Draft
from complaintflow.engine.duties import keys_of
from complaintflow.engine.facts import read_facts, unknown_name
from complaintflow.engine.links import number_of, open_keys
from complaintflow.engine.reasons import FactMissing, LinkNotOpen, LinkOfCase, Reason, WrongRole
from complaintflow.policy.link import Link

__all__ = ["close_link", "settle_links"]


def settle_links(draft: Draft, occurred: int) -> None:
    """Open what has to be open: an event for each key of each link."""
    for link in draft.program.policy.links:
        for key in _to_open(draft, link):
            before = draft.case.links.get((link.code, key))
            count = 1 if before is None else before.count + 1
            case = "" if link.is_outside else number_of(draft.case.id, link, key, count)
            draft.add(Linked(link.code, key, case), by=SYSTEM, role="", occurred=occurred)


def _to_open(draft: Draft, link: Link) -> tuple[str, ...]:
    """The keys that are not open, and were not since the link last began."""
    program, view = draft.program, draft.view
    turn = draft.view.track.last(program.opens[link.code])
    when = program.opened_if[link.code]
    if turn is None or (when is not None and when(view) is not True):
        return ()
    known = view.case.links
    return tuple(
        key
        for key in keys_of(view, link) or ()
        if (before := known.get((link.code, key))) is None
        or (before.closed_at is not None and turn.position > before.closed_by)
    )


def close_link(draft: Draft, command: Command, what: CloseLink) -> list[Reason]:
    """Record that something outside is closed, or say everything that stands against it."""
    links = {link.code: link for link in draft.program.policy.links}
    link = links.get(what.link)
    if link is None:
        return [unknown_name("link", what.link, tuple(links))]
    clause = ", ".join(link.clauses)
    view = draft.view
    facts, reasons = read_facts(draft.program, what.facts)
    if not link.is_outside and command.by != SYSTEM:
        opening = view.case.links.get((link.code, what.key))
        if opening is not None:
            return [LinkOfCase(clause, link.code, opening.case)]
    still = open_keys(view, link.code)
    if what.key not in still:
        reasons.append(LinkNotOpen(clause, link.code, what.key, still))
    if link.closed_by is not None and command.role not in link.closed_by.members(view.roles):
        reasons.append(WrongRole(link.code, command.role, str(link.closed_by), clause))
    lacking = tuple(name for name in link.gives if facts.get(name) is None)
    if lacking and link.is_outside:
        reasons.append(FactMissing(clause, lacking))
    if reasons:
        return reasons
    body = LinkClosed(link.code, what.key, facts, what.evidence)
    draft.add(body, by=command.by, role=command.role, occurred=command.occurred)
    return []
