"""The statements of the SQL store, made once for one set of tables and one dialect."""

from __future__ import annotations

from typing import Any

import attrs
from sqlalchemy import (
    Executable,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from complaintflow.store.sql_schema import Tables

__all__ = ["Statements", "statements"]


@attrs.frozen(eq=False)
class Statements:
    """What the store says to the database; parameters are named as in the tables."""

    head: Executable
    events: Executable
    new_case: Executable
    next_version: Executable
    new_event: Executable
    new_entry: Executable
    drop_entry: Executable
    find: Executable
    tally: Executable
    due: Executable
    sealed: Executable
    reseal: Executable
    erased: Executable
    outcome: Executable
    remember: Executable
    post: Executable
    ready: Executable
    claim: Executable
    message: Executable
    settle: Executable
    dead: Executable
    letters: Executable
    reword: Executable
    serial: Executable
    document: Executable
    save_document: Executable
    schema: Executable
    lock: Executable


def statements(tables: Tables, dialect: str) -> Statements:
    """The statements for ``sqlite`` or ``postgresql``."""
    fresh: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    case, event, entry = tables.case.c, tables.event.c, tables.entry.c
    message, serial, document = tables.message.c, tables.serial.c, tables.document.c
    this_case = case.id == bindparam("case_id")
    this_message = message.key == bindparam("of")
    counted = fresh(tables.serial).values(series=bindparam("series"), number=1)

    def unless_there(table: Table) -> Executable:
        """Insert, and say by the row count whether it did."""
        insertion: Executable = fresh(table).on_conflict_do_nothing()
        return insertion.execution_options(preserve_rowcount=True)

    return Statements(
        head=select(tables.case).where(this_case),
        events=select(event.position, event.text, event.link, event.vault)
        .where(event.case_id == bindparam("case_id"), event.position >= bindparam("since"))
        .order_by(event.position),
        new_case=unless_there(tables.case),
        next_version=update(tables.case)
        .where(this_case, case.version == bindparam("expected"))
        .values({name: bindparam(name) for name in _WRITTEN}),
        new_event=insert(tables.event),
        new_entry=insert(tables.entry),
        drop_entry=delete(tables.entry).where(
            *(column == bindparam(f"of_{column.name}") for column in entry)
        ),
        find=select(entry.case_id)
        .where(
            entry.name == bindparam("name"),
            entry.key == bindparam("key"),
            entry.received >= bindparam("since"),
            entry.received < bindparam("before"),
            entry.case_id != bindparam("exclude"),
        )
        .order_by(entry.received, entry.case_id),
        tally=select(entry.key, func.count().label("cases"))
        .where(entry.name == bindparam("name"), entry.key.in_(bindparam("keys", expanding=True)))
        .group_by(entry.key),
        due=select(case.id)
        .where(case.attention <= bindparam("now"))
        .order_by(case.attention, case.id)
        .limit(bindparam("limit")),
        sealed=select(event.position, event.vault)
        .where(event.case_id == bindparam("case_id"), event.vault.is_not(None))
        .order_by(event.position),
        reseal=update(tables.event)
        .where(event.case_id == bindparam("of_case"), event.position == bindparam("of_position"))
        .values(vault=bindparam("vault")),
        erased=update(tables.case).where(this_case).values(erasures=case.erasures + 1),
        outcome=select(tables.command).where(tables.command.c.id == bindparam("command_id")),
        remember=unless_there(tables.command),
        post=fresh(tables.message).on_conflict_do_nothing(),
        ready=select(message.key, message.text, message.attempts, message.error)
        .where(message.fate == literal_column("'waiting'"), message.ready <= bindparam("now"))
        .order_by(message.ready, message.key)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True),  # SQLite drops it: there BEGIN IMMEDIATE guards
        claim=update(tables.message)
        .where(this_message)
        .values(ready=bindparam("until"), attempts=message.attempts + 1),
        message=select(tables.message).where(this_message).with_for_update(),
        settle=update(tables.message)
        .where(this_message)
        .values({name: bindparam(name) for name in ("fate", "ready", "attempts", "error")}),
        dead=select(message.text, message.attempts, message.error)
        .where(message.fate == literal_column("'dead'"))
        .order_by(message.at, message.key),
        letters=select(message.key, message.text)
        .where(message.case_id == bindparam("case_id"))
        .order_by(message.key)
        .with_for_update(),
        reword=update(tables.message).where(this_message).values(text=bindparam("text")),
        serial=counted.on_conflict_do_update(
            index_elements=[serial.series], set_={"number": serial.number + 1}
        ).returning(serial.number),
        document=select(document.text).where(
            document.kind == bindparam("kind"), document.digest == bindparam("digest")
        ),
        save_document=unless_there(tables.document),
        schema=select(func.max(tables.schema.c.version)),
        lock=select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("what"), 0))),
    )


_WRITTEN = (
    "version",
    "link",
    "state",
    "is_open",
    "received",
    "policy",
    "attention",
    "entries",
)
