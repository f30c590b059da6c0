"""The outbox of the SQL store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import CursorResult, Executable

from complaintflow.audit.codec import decode_message, encode_message
from complaintflow.audit.delivery import Delivery
from complaintflow.audit.messages import Message
from complaintflow.store.checks import no_message
from complaintflow.store.sql_statements import Statements

__all__ = ["Run", "SqlOutbox"]

Run: TypeAlias = Callable[[Executable, Any], CursorResult[Any]]
"""Executes a statement with its parameters (a dict, or a list of them)."""


class SqlOutbox:
    """Messages in a table."""

    __slots__ = ("_run", "_sql")

    def __init__(self, run: Run, sql: Statements) -> None:
        self._run = run
        self._sql = sql

    def post(self, messages: Sequence[Message]) -> None:
        """Put in the messages whose keys are not known."""
        rows = [
            {
                "key": message.key,
                "case_id": message.case,
                "at": message.at,
                "fate": "waiting",
                "ready": message.at,
                "attempts": 0,
                "error": "",
                "text": encode_message(message),
            }
            for message in messages
        ]
        if rows:
            self._run(self._sql.post, rows)

    def claim(self, now: int, limit: int, lease: int) -> tuple[Delivery, ...]:
        """Hand out what is ready, and again after *lease*."""
        rows = self._run(self._sql.ready, {"now": now, "limit": limit}).all()
        if rows:
            self._run(self._sql.claim, [{"of": row.key, "until": now + lease} for row in rows])
        return tuple(
            Delivery(decode_message(row.text), row.attempts + 1, row.error) for row in rows
        )

    def settle(self, key: str, fate: str, *, ready: int = 0, error: str = "") -> None:
        """Note what became of a message; delivered is final."""
        row = self._get(key)
        if fate == "delivered" or row.fate != "delivered":
            known = {"of": key, "fate": fate, "attempts": row.attempts, "error": error}
            self._run(self._sql.settle, {**known, "ready": ready})

    def resend(self, key: str) -> None:
        """Make a message wait as if it had just been posted."""
        row = self._get(key)
        known = {"of": key, "fate": "waiting", "attempts": 0, "error": ""}
        self._run(self._sql.settle, {**known, "ready": row.at})

    def erase(self, case_id: str, names: frozenset[str] | None) -> None:
        """Take personal facts out of the messages of a case."""
        changed = []
        for row in self._run(self._sql.letters, {"case_id": case_id}).all():
            message = decode_message(row.text)
            left = message.without(names)
            if left != message:
                changed.append({"of": row.key, "text": encode_message(left)})
        if changed:
            self._run(self._sql.reword, changed)

    def dead(self) -> tuple[Delivery, ...]:
        """Messages that were given up, by (at, key)."""
        rows = self._run(self._sql.dead, {}).all()
        return tuple(Delivery(decode_message(row.text), row.attempts, row.error) for row in rows)

    def _get(self, key: str) -> Any:
        row = self._run(self._sql.message, {"of": key}).one_or_none()
        if row is None:
            raise no_message(key)
        return row
