"""Approvals, actions, tells, links, records: what stands beside the flow."""

from __future__ import annotations

from collections.abc import Iterator

from complaintflow.policy.action import Action
from complaintflow.policy.approval import Approval
from complaintflow.policy.expression import Literal
from complaintflow.policy.link import Link
from complaintflow.policy.party import Party
from complaintflow.policy.record import Record
from complaintflow.policy.route import Route
from complaintflow.policy.tell import Tell
from complaintflow.policyfile import fields
from complaintflow.policyfile.language import keys
from complaintflow.policyfile.read_duties import each
from complaintflow.policyfile.read_facts import coded
from complaintflow.policyfile.reading import Node

__all__ = [
    "read_actions",
    "read_approvals",
    "read_links",
    "read_records",
    "read_routes",
    "read_tells",
]

APPROVAL_KEYS = keys("approval")
ACTION_KEYS = keys("action")
TELL_KEYS = keys("tell")
LINK_KEYS = keys("link")
ROUTE_KEYS = keys("route")
RECORD_KEYS = keys("records")
_NOBODY = Party("one", ())
_UNREAD = Literal(True)


def _rows(
    section: Node, known: tuple[str, ...], needed: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Node]]]:
    """The rows of a section whose code is one, each with its nodes by key."""
    for code, node in section.table().items():
        row = node.table(known)
        if not coded(node) or not isinstance(node.value, dict):
            continue
        for key in needed:
            if key not in row:
                node.complain(f"{key!r} is missing", key=True)
        yield code, row


def _clauses(row: dict[str, Node]) -> tuple[str, ...]:
    return (row["clause"].closed(fields.clause_ids) if "clause" in row else None) or ()


def _party(row: dict[str, Node], key: str) -> Party | None:
    return row[key].closed(fields.party) if key in row else None


def _text(row: dict[str, Node], key: str) -> str:
    return (row[key].closed(fields.text) if key in row else None) or ""


def _codes(row: dict[str, Node], key: str) -> tuple[str, ...]:
    return (row[key].closed(fields.code_list) if key in row else None) or ()


def read_approvals(section: Node) -> tuple[Approval, ...]:
    """``approval = { by = ..., starts = ..., asks = ..., resets = ... }``."""
    found = []
    for code, row in _rows(section, APPROVAL_KEYS, ("by", "starts")):
        path = ("approval", code)
        starts = fields.condition(row["starts"], (*path, "starts")) if "starts" in row else None
        resets = fields.condition(row["resets"], (*path, "resets")) if "resets" in row else None
        found.append(
            Approval(
                code,
                _party(row, "by") or _NOBODY,
                _UNREAD if starts is None else starts,
                _clauses(row),
                _text(row, "asks") or None,
                resets,
                _text(row, "meaning") or None,
            )
        )
    return tuple(found)


def read_actions(section: Node) -> tuple[Action, ...]:
    """``action = { kinds = ..., by = ..., owner = ... }``."""
    return tuple(
        Action(
            code,
            (row["kinds"].closed(fields.recipients) if "kinds" in row else None) or (),
            _party(row, "by") or _NOBODY,
            _party(row, "owner") or _NOBODY,
            _clauses(row),
            _party(row, "followed_by"),
            _party(row, "verified_by"),
        )
        for code, row in _rows(section, ACTION_KEYS, ("kinds", "by", "owner"))
    )


def read_tells(section: Node) -> tuple[Tell, ...]:
    """``tell = { on = ..., to = ... }``."""
    found = []
    for code, row in _rows(section, TELL_KEYS, ("on", "to")):
        on = fields.condition(row["on"], ("tell", code, "on")) if "on" in row else None
        to = row["to"].closed(fields.recipients) if "to" in row else None
        found.append(
            Tell(
                code,
                _UNREAD if on is None else on,
                to or (),
                _clauses(row),
                _text(row, "channel"),
                (row["shows"].closed(fields.code_list) if "shows" in row else None) or (),
            )
        )
    return tuple(found)


def read_routes(section: Node) -> tuple[Route, ...]:
    """``role = "skill subject, least loaded"``, or ``role = { clause = ..., by = ... }``."""
    found = []
    for code, node in section.table().items():
        if not coded(node):
            continue
        if not isinstance(node.value, dict):
            found.append(Route(code, node.closed(fields.strategies) or ()))
            continue
        row = node.table(ROUTE_KEYS)
        if "by" not in row:
            node.complain("'by' is missing", key=True)
        by = row["by"].closed(fields.strategies) if "by" in row else None
        found.append(Route(code, by or (), _clauses(row)))
    return tuple(found)


def read_links(section: Node) -> tuple[Link, ...]:
    """``link = { opens = "what", starts = ..., if = ..., each = ..., step = ... }``."""
    found = []
    for code, row in _rows(section, LINK_KEYS, ("opens", "starts")):
        path = ("link", code)
        starts = fields.condition(row["starts"], (*path, "starts")) if "starts" in row else None
        when = fields.condition(row["if"], (*path, "if")) if "if" in row else None
        found.append(
            Link(
                code,
                _text(row, "opens"),
                _UNREAD if starts is None else starts,
                _clauses(row),
                when,
                (row["each"].closed(each) if "each" in row else None) or (),
                _text(row, "member") or None,
                _text(row, "step") or None,
                _text(row, "policy") or None,
                _codes(row, "takes"),
                _codes(row, "gives"),
                _party(row, "closed_by"),
            )
        )
    return tuple(found)


def read_records(section: Node) -> tuple[Record, ...]:
    """``record = { ledger = ..., columns = [...], keep = ... }``."""
    found = []
    for code, row in _rows(section, RECORD_KEYS, ()):
        where = (
            fields.condition(row["where"], ("records", code, "where")) if "where" in row else None
        )
        found.append(
            Record(
                code,
                _clauses(row),
                _text(row, "ledger"),
                (row["columns"].closed(fields.code_list) if "columns" in row else None) or (),
                row["keep"].opened(fields.text) if "keep" in row else None,
                where,
                _text(row, "number"),
                _text(row, "read"),
                (row["roles"].closed(fields.recipients) if "roles" in row else None) or (),
                _text(row, "others_ask"),
                fields.condition(row["numbered"], ("records", code, "numbered"))
                if "numbered" in row
                else None,
            )
        )
    return tuple(found)
