"""The tables of the SQL store, for SQLite and PostgreSQL.

A host that migrates with Alembic puts them into its own metadata by `Tables.into` and lets
Alembic see them; `SqlStore.create_tables` makes them otherwise.
"""

from __future__ import annotations

from typing import Any, Final

import attrs

from complaintflow.store.checks import no_sqlalchemy

try:
    from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text
except ImportError as error:
    raise no_sqlalchemy() from error

__all__ = ["SCHEMA_VERSION", "Tables"]

SCHEMA_VERSION: Final = 1
"""Written into the schema table; a store refuses tables of another version."""

# Bytes order text everywhere, so that (received, id) is one order in Python, SQLite, PostgreSQL.
_CODE = Text().with_variant(Text(collation="C"), "postgresql")


@attrs.frozen(eq=False)
class Tables:
    """The tables, as they stand in one `MetaData`.

    Instants are integers: microseconds since 1970 UTC. Texts of events, messages and vaults
    are the canonical texts of `complaintflow.audit.codec`.
    """

    metadata: MetaData
    schema: Table
    case: Table
    event: Table
    entry: Table
    command: Table
    message: Table
    serial: Table
    document: Table

    @classmethod
    def into(
        cls, metadata: MetaData, *, prefix: str = "complaintflow_", schema: str | None = None
    ) -> Tables:
        """Define the tables in *metadata*.

        Args:
            metadata: The host's own, or a new one.
            prefix: What every table's and index's name begins with.
            schema: The database schema that they live in (PostgreSQL).
        """

        def table(name: str, *parts: Column[Any]) -> Table:
            rowid = name not in {"entry", "command", "serial"}  # these are their own index
            return Table(prefix + name, metadata, *parts, schema=schema, sqlite_with_rowid=rowid)

        case = table(
            "case",
            Column("id", _CODE, primary_key=True),
            Column("version", Integer, nullable=False),  # how many events
            Column("link", Text, nullable=False),  # of the last event
            Column("erasures", Integer, nullable=False),  # how often values were erased
            Column("state", _CODE, nullable=False),
            Column("is_open", Boolean, nullable=False),
            Column("received", BigInteger, nullable=False),
            Column("policy", Text, nullable=False),
            Column("attention", BigInteger),
            Column("entries", Text, nullable=False),  # its index entries as JSON
        )
        waits, opened = case.c.attention.is_not(None), case.c.is_open.is_(True)
        ix = f"{prefix}ix_"
        Index(
            f"{ix}attention",
            case.c.attention,
            case.c.id,
            sqlite_where=waits,
            postgresql_where=waits,
        )
        Index(
            f"{ix}open",
            case.c.received,
            case.c.id,
            sqlite_where=opened,
            postgresql_where=opened,
        )
        Index(f"{ix}received", case.c.received, case.c.id)
        Index(f"{ix}state", case.c.state, case.c.received, case.c.id)
        message = table(
            "message",
            Column("key", _CODE, primary_key=True),
            Column("case_id", _CODE, nullable=False),
            Column("at", BigInteger, nullable=False),
            Column("fate", Text, nullable=False),  # waiting, delivered, dead
            Column("ready", BigInteger, nullable=False),  # not handed out before
            Column("attempts", Integer, nullable=False),
            Column("error", Text, nullable=False),
            Column("text", Text, nullable=False),
        )
        waiting = message.c.fate == "waiting"
        Index(
            f"{ix}waiting",
            message.c.ready,
            message.c.key,
            sqlite_where=waiting,
            postgresql_where=waiting,
        )
        dead = message.c.fate == "dead"
        Index(
            f"{ix}dead",
            message.c.at,
            message.c.key,
            sqlite_where=dead,
            postgresql_where=dead,
        )
        return cls(
            metadata=metadata,
            schema=table("schema", Column("version", Integer, primary_key=True)),
            case=case,
            event=table(
                "event",
                Column("case_id", _CODE, primary_key=True),
                Column("position", Integer, primary_key=True),
                Column("text", Text, nullable=False),
                Column("link", Text, nullable=False),
                Column("vault", Text),  # personal values; null when there are none
            ),
            entry=table(
                "entry",
                Column("name", _CODE, primary_key=True),
                Column("key", _CODE, primary_key=True),
                Column("received", BigInteger, primary_key=True),
                Column("case_id", _CODE, primary_key=True),
            ),
            command=table(
                "command",
                Column("id", _CODE, primary_key=True),
                Column("fingerprint", Text, nullable=False),
                Column("case_id", _CODE, nullable=False),
                Column("from_position", Integer, nullable=False),
                Column("to_position", Integer, nullable=False),
            ),
            message=message,
            serial=table(
                "serial",
                Column("series", _CODE, primary_key=True),
                Column("number", BigInteger, nullable=False),
            ),
            document=table(
                "document",
                Column("kind", _CODE, primary_key=True),
                Column("digest", _CODE, primary_key=True),
                Column("text", Text, nullable=False),
            ),
        )
