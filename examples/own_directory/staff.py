"""A directory over the tables of a personnel system."""

from __future__ import annotations

import sqlite3

from complaintflow.policy.person import Person

__all__ = ["TABLES", "Staff"]

TABLES = """
CREATE TABLE staff (id TEXT PRIMARY KEY, name TEXT NOT NULL, team TEXT NOT NULL, manager TEXT, mail TEXT);
CREATE TABLE post (staff TEXT NOT NULL, role TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL);
CREATE TABLE leave (staff TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL);
CREATE TABLE stands_in (staff TEXT NOT NULL, substitute TEXT NOT NULL, rank INTEGER NOT NULL);
CREATE TABLE skill (staff TEXT NOT NULL, skill TEXT NOT NULL);
CREATE INDEX post_role ON post (role, staff);
CREATE INDEX leave_staff ON leave (staff);
"""  # noqa: E501 - a table a line
"""Spans hold their beginning and not their end, in microseconds since 1970 UTC."""


class Staff:
    """A `Directory` over *tables*; nothing is kept between two questions."""

    def __init__(self, tables: sqlite3.Connection) -> None:
        self._tables = tables

    def person(self, who: str, at: int, /) -> Person | None:
        """The person as they are at an instant; None for a stranger."""
        row = self._tables.execute(
            "SELECT name, team, manager, mail, EXISTS (SELECT 1 FROM leave "
            "WHERE staff = id AND since <= ? AND ? < until) FROM staff WHERE id = ?",
            (at, at, who),
        ).fetchone()
        if row is None:
            return None
        name, team, manager, mail, absent = row
        roles = "SELECT DISTINCT role FROM post WHERE staff = ? AND since <= ? AND ? < until"
        return Person(
            who,
            name,
            self._column(f"{roles} ORDER BY role", who, at, at),
            team,
            manager,
            self._column("SELECT substitute FROM stands_in WHERE staff = ? ORDER BY rank", who),
            bool(absent),
            frozenset(self._column("SELECT skill FROM skill WHERE staff = ?", who)),
            addresses={"mail": mail} if mail else {},
        )

    def holders(self, role: str, at: int, /) -> tuple[Person, ...]:
        """Everybody who holds *role* at an instant, the absent included, by id."""
        posts = "SELECT DISTINCT staff FROM post WHERE role = ? AND since <= ? AND ? < until"
        ids = self._column(f"{posts} ORDER BY staff", role, at, at)
        found = (self.person(who, at) for who in ids)
        return tuple(person for person in found if person is not None)

    def _column(self, statement: str, *values: str | int) -> tuple[str, ...]:
        return tuple(row[0] for row in self._tables.execute(statement, values))
