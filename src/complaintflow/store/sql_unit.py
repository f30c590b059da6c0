"""One unit of work of the SQL store, on a connection and transaction that somebody else ends."""

# ruff: noqa: D102 - what each call promises is said once, in UnitOfWork

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, CursorResult, Executable, select
from sqlalchemy.exc import DBAPIError

from complaintflow.audit.chain import Anchor, Row, extend, genesis
from complaintflow.audit.codec import canonical, decode, decode_vault, encode, encode_vault
from complaintflow.audit.delivery import Delivery
from complaintflow.audit.events import Event
from complaintflow.audit.messages import Message
from complaintflow.errors import StoreError
from complaintflow.moments import MAX_MICROS
from complaintflow.store.checks import (
    check_number,
    check_positions,
    other_text,
    remembered,
    stale,
    unknown,
)
from complaintflow.store.protocol import LEASE, CaseStatus, Outcome
from complaintflow.store.sql_cache import Cache, Known
from complaintflow.store.sql_errors import translate
from complaintflow.store.sql_outbox import SqlOutbox
from complaintflow.store.sql_schema import Tables
from complaintflow.store.sql_statements import Statements

__all__ = ["SqlUnit"]

_AT_ONCE: Final = 500
"""How many parameters a statement may have on the oldest SQLite, with room to spare."""
_EVER: Final = (-MAX_MICROS, 2 * MAX_MICROS)


class SqlUnit:
    """See `UnitOfWork` for what it promises."""

    __slots__ = ("_cache", "_conn", "_erased", "_heads", "_outbox", "_sql", "_tables")

    def __init__(
        self, connection: Connection, tables: Tables, sql: Statements, cache: Cache
    ) -> None:
        self._conn: Connection | None = connection
        self._tables = tables
        self._sql = sql
        self._cache = cache
        self._heads: dict[str, dict[str, Any] | None] = {}  # as read or written here last
        self._erased: set[str] = set()
        self._outbox = SqlOutbox(self._run, sql)

    def _end(self) -> None:
        self._conn = None

    def _run(self, statement: Executable, known: Any) -> CursorResult[Any]:
        if self._conn is None:
            raise StoreError("this unit of work has ended; begin another one")
        try:
            return self._conn.execute(statement, known)
        except DBAPIError as error:
            raise translate(error) from error

    # -- cases ---------------------------------------------------------------------------

    def _head(self, case_id: str) -> dict[str, Any] | None:
        """The case's row as it is now."""
        row = self._run(self._sql.head, {"case_id": case_id}).mappings().one_or_none()
        head = self._heads[case_id] = dict(row) if row is not None else None
        return head

    def _known_head(self, case_id: str) -> dict[str, Any]:
        head = self._head(case_id)
        if head is None:
            raise unknown(case_id)
        return head

    def load(self, case_id: str) -> tuple[Event, ...]:
        head = self._known_head(case_id)
        known = self._cache.get(case_id)
        if known is None or known.erasures != head["erasures"] or case_id in self._erased:
            known = Known((), genesis(case_id), head["erasures"])
        if known.link == head["link"]:
            return known.events
        rows = self._rows(case_id, len(known.events))
        if known.events and (not rows or rows[0].link != known.link):
            known = Known((), genesis(case_id), head["erasures"])
            rows = self._rows(case_id, 0)
        fresh = rows[1:] if known.events else rows
        events = (*known.events, *(self._decoded(row) for row in fresh))
        if case_id not in self._erased:  # an erasure may yet be rolled back
            link = rows[-1].link if rows else known.link
            self._cache.put(case_id, Known(events, link, head["erasures"]))
        return events

    def _rows(self, case_id: str, since: int) -> Sequence[Any]:
        return self._run(self._sql.events, {"case_id": case_id, "since": since}).all()

    @staticmethod
    def _decoded(row: Any) -> Event:
        return decode(row.text, decode_vault(row.vault) if row.vault else None)

    def append(
        self,
        case_id: str,
        events: Sequence[Event],
        *,
        expected_version: int,
        status: CaseStatus,
        personal: frozenset[str] = frozenset(),
    ) -> None:
        check_number(case_id)
        head = self._heads[case_id] if case_id in self._heads else self._head(case_id)
        found = head["version"] if head else 0
        if head is None and expected_version > 0:
            raise unknown(case_id)
        if found != expected_version:
            raise stale(case_id, expected_version, found)
        check_positions(case_id, events, expected_version)
        link, rows = head["link"] if head else genesis(case_id), []
        for event in events:
            text, vault = encode(event, personal)
            link = extend(link, text)
            kept = encode_vault(vault) if vault else None
            rows.append(
                {
                    "case_id": case_id,
                    "position": event.position,
                    "text": text,
                    "link": link,
                    "vault": kept,
                }
            )
        written = {
            "version": expected_version + len(events),
            "link": link,
            "state": status.state,
            "is_open": status.open,
            "received": status.received,
            "policy": status.policy,
            "attention": status.attention,
            "entries": canonical(sorted(status.keys)),
        }
        if head is None:
            new = {"id": case_id, "erasures": 0, **written}
            done = self._run(self._sql.new_case, new)
        else:
            new = {**head, **written}
            update = {"case_id": case_id, "expected": expected_version, **written}
            done = self._run(self._sql.next_version, update)
        if done.rowcount != 1:
            now = self._head(case_id)
            raise stale(case_id, expected_version, now["version"] if now else 0)
        if rows:
            self._run(self._sql.new_event, rows)
        self._index(case_id, head, status)
        self._heads[case_id] = new

    def _index(self, case_id: str, head: dict[str, Any] | None, status: CaseStatus) -> None:
        """Make the index entries those of *status*."""
        old, new = _entries(head), {(*entry, status.received) for entry in status.keys}
        gone, come = sorted(old - new), sorted(new - old)
        for name, key in sorted({entry[:2] for entry in (*gone, *come)}):
            self._lock(name, key)
        if gone:
            drop = [
                {"of_name": name, "of_key": key, "of_received": at, "of_case_id": case_id}
                for name, key, at in gone
            ]
            self._run(self._sql.drop_entry, drop)
        if come:
            add = [
                {"name": name, "key": key, "received": at, "case_id": case_id}
                for name, key, at in come
            ]
            self._run(self._sql.new_entry, add)

    def _lock(self, name: str, key: str) -> None:
        """Let nobody else ask for or write this index entry until the transaction ends."""
        assert self._conn is not None
        if self._conn.dialect.name == "postgresql":  # SQLite has one writer anyway
            self._run(self._sql.lock, {"what": canonical([self._tables.entry.name, name, key])})

    def status(self, case_id: str) -> CaseStatus:
        head = self._known_head(case_id)
        return CaseStatus(
            state=head["state"],
            open=head["is_open"],
            received=head["received"],
            policy=head["policy"],
            attention=head["attention"],
            keys=frozenset((name, key) for name, key, _ in _entries(head)),
        )

    def version(self, case_id: str) -> int:
        head = self._head(case_id)
        return head["version"] if head else 0

    def trail(self, case_id: str) -> tuple[Row, ...]:
        self._known_head(case_id)
        rows = self._rows(case_id, 0)
        return tuple(Row(case_id, row.position, row.text, row.link) for row in rows)

    def anchor(self, case_id: str) -> Anchor:
        head = self._known_head(case_id)
        return Anchor(case_id, head["version"], head["link"])

    def erase(self, case_id: str, names: frozenset[str] | None = None) -> int:
        self._known_head(case_id)
        count, changed = 0, []
        for row in self._run(self._sql.sealed, {"case_id": case_id}).all():
            vault = decode_vault(row.vault)
            left = {
                path: kept
                for path, kept in vault.items()
                if names is not None and path.partition(".")[2] not in names
            }
            if len(left) < len(vault):
                count += len(vault) - len(left)
                kept = encode_vault(left) if left else None
                changed.append({"of_case": case_id, "of_position": row.position, "vault": kept})
        if changed:
            self._erased.add(case_id)
            self._run(self._sql.reseal, changed)
            self._run(self._sql.erased, {"case_id": case_id})
        self._outbox.erase(case_id, names)
        return count

    # -- questions about many cases ------------------------------------------------------

    def find(
        self,
        name: str,
        key: str,
        *,
        since: int | None = None,
        before: int | None = None,
        exclude: str = "",
    ) -> tuple[str, ...]:
        self._lock(name, key)
        window = {
            "since": _EVER[0] if since is None else since,
            "before": _EVER[1] if before is None else before,
        }
        asked = {"name": name, "key": key, "exclude": exclude, **window}
        return tuple(self._run(self._sql.find, asked).scalars())

    def tally(self, name: str, keys: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        wanted = tuple(dict.fromkeys(keys))
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows = self._run(self._sql.tally, {"name": name, "keys": part}).all()
            found.update((row.key, row.cases) for row in rows)
        return found

    def due(self, now: int, limit: int) -> tuple[str, ...]:
        return tuple(self._run(self._sql.due, {"now": now, "limit": limit}).scalars())

    def cases(self, *, open: bool | None = None, state: str | None = None) -> Iterator[str]:  # noqa: A002
        case = self._tables.case.c
        query = select(case.id).order_by(case.received, case.id)
        if open is not None:
            query = query.where(case.is_open.is_(open))
        if state is not None:
            query = query.where(case.state == state)
        return iter(self._run(query, {}).scalars().all())

    # -- commands ------------------------------------------------------------------------

    def outcome(self, command_id: str) -> Outcome | None:
        row = self._run(self._sql.outcome, {"command_id": command_id}).one_or_none()
        if row is None:
            return None
        return Outcome(row.fingerprint, row.case_id, row.from_position, row.to_position)

    def remember(self, command_id: str, outcome: Outcome) -> None:
        row = {
            "id": command_id,
            "fingerprint": outcome.fingerprint,
            "case_id": outcome.case_id,
            "from_position": outcome.from_position,
            "to_position": outcome.to_position,
        }
        if self._run(self._sql.remember, row).rowcount != 1:
            raise remembered(command_id, outcome.case_id)

    # -- outbox --------------------------------------------------------------------------

    def post(self, messages: Sequence[Message]) -> None:
        self._outbox.post(messages)

    def pending(self, now: int, limit: int, *, lease: int = LEASE) -> tuple[Delivery, ...]:
        return self._outbox.claim(now, limit, lease)

    def delivered(self, key: str) -> None:
        self._outbox.settle(key, "delivered")

    def failed(self, key: str, error: str, retry_at: int | None) -> None:
        fate = "dead" if retry_at is None else "waiting"
        self._outbox.settle(key, fate, ready=retry_at or 0, error=error)

    def dead(self) -> tuple[Delivery, ...]:
        return self._outbox.dead()

    def resend(self, key: str) -> None:
        self._outbox.resend(key)

    # -- numbers and documents -----------------------------------------------------------

    def next_serial(self, series: str) -> int:
        number: int = self._run(self._sql.serial, {"series": series}).scalar_one()
        return number

    def save_document(self, kind: str, digest: str, text: str) -> None:
        row = {"kind": kind, "digest": digest, "text": text}
        saved = self._run(self._sql.save_document, row).rowcount == 1
        if not saved and self.document(kind, digest) != text:
            raise other_text(kind, digest)

    def document(self, kind: str, digest: str) -> str | None:
        found = self._run(self._sql.document, {"kind": kind, "digest": digest})
        text: str | None = found.scalar_one_or_none()
        return text


def _entries(head: dict[str, Any] | None) -> set[tuple[str, str, int]]:
    if head is None:
        return set()
    return {(name, key, head["received"]) for name, key in json.loads(head["entries"])}
