"""The people of a small company as a file: ``people.toml``, read strictly.

Every problem comes at once, each with file, line, column and what was probably meant.
"""

from __future__ import annotations

import datetime as _dt
import re
from collections.abc import Collection, Mapping
from os import PathLike
from pathlib import Path as FilePath
from typing import Any

from complaintflow.calendar import WorkingCalendar
from complaintflow.desk.people import Entry, People
from complaintflow.errors import InvalidValueError, PeopleFileError, Problem, did_you_mean
from complaintflow.moments import from_naive, to_micros, zone
from complaintflow.policy.person import Person
from complaintflow.policyfile import fields
from complaintflow.policyfile.document import Document, read_file, read_text
from complaintflow.policyfile.places import dotted
from complaintflow.policyfile.read_policy import read_calendars
from complaintflow.policyfile.reading import Complaint, Node, Reading

__all__ = ["load_people", "loads_people"]

KEYS = (
    *("name", "roles", "team", "manager", "substitutes", "skills", "weight"),
    *("calendar", "addresses", "absent", "since", "until"),
)
_SPAN = re.compile(r"(?P<first>.+?)(?: to (?P<last>.+))?\Z")
_DAY = _dt.timedelta(days=1)


def load_people(source: str | PathLike[str], *, roles: Collection[str] | None = None) -> People:
    """The people of a file, or of the ``people.toml`` of a folder.

    Args:
        source: The file or folder.
        roles: The roles that there are; None does not ask. Usually those of a policy.

    Raises:
        PeopleFileError: with every problem.
    """
    path = FilePath(source)
    if path.is_dir():
        path /= "people.toml"
    return _read(read_file(path, str(path)), roles)


def loads_people(
    text: str, file: str | None = None, *, roles: Collection[str] | None = None
) -> People:
    """The people of a TOML text, called *file* in problems. Raises PeopleFileError."""
    return _read(read_text(text, file), roles)


def _read(document: Document, roles: Collection[str] | None) -> People:
    reading = Reading(document.data)
    entries = _File(Node(reading, (), document.data), roles).entries()
    problems = [*document.problems, *(_problem(document, one) for one in reading.complaints)]
    if problems:
        problems.sort(key=lambda one: (one.line or 0, one.column or 0))
        count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        raise PeopleFileError(f"{document.file or 'the people'}: {count}", tuple(problems))
    return People(entries)


def _problem(document: Document, complaint: Complaint) -> Problem:
    spot, places, place = complaint.spot, document.places, None
    for end in range(len(spot.path), 0, -1):
        place = (places.key if spot.key else places.value)(spot.path[:end])
        if place is not None:
            break
    line, column = (place.line, place.column) if place is not None else (None, None)
    path = dotted(spot.path)
    return Problem(complaint.message, document.file, line, column, path, complaint.suggestion)


class _File:
    """A people file being read."""

    def __init__(self, root: Node, roles: Collection[str] | None) -> None:
        self.roles = roles
        parts = root.table(("timezone", "person", "calendar"))
        self.zone = ""
        if "timezone" in parts:
            self.zone = self._zone(parts["timezone"])
        else:
            root.complain("say in which zone its dates are: timezone = 'Asia/Shanghai'")
        self.calendars: Mapping[str, WorkingCalendar] = (
            read_calendars(parts["calendar"]) if "calendar" in parts else {}
        )
        if "person" not in parts:
            root.complain("a people file has [person.id] tables")
        self.people = parts["person"].table() if "person" in parts else {}

    def _zone(self, node: Node) -> str:
        name = fields.text(node) or ""
        try:
            zone(name)
        except InvalidValueError as error:
            node.complain(error.message)
            return ""
        return name

    def entries(self) -> list[Entry]:
        """Everybody who could be read."""
        found = (self._entry(code, node) for code, node in self.people.items())
        return [entry for entry in found if entry is not None]

    def _entry(self, code: str, node: Node) -> Entry | None:
        row = node.table(KEYS)
        if not isinstance(node.value, dict):
            return None
        roles = _codes(row, "roles")
        if self.roles is not None:
            for role in roles:
                if role not in self.roles:
                    message = f"no role is called {role!r}"
                    row["roles"].complain(message, suggestion=did_you_mean(role, self.roles))
        calendar = _text(row, "calendar")
        if calendar and calendar not in self.calendars:
            meant = did_you_mean(calendar, self.calendars)
            row["calendar"].complain(f"no calendar is called {calendar!r}", suggestion=meant)
        manager = _text(row, "manager")
        if manager:
            self._others(row["manager"], (manager,), code)
        substitutes = (fields.texts(row["substitutes"]) or ()) if "substitutes" in row else ()
        if substitutes:
            self._others(row["substitutes"], substitutes, code)
        try:
            person = Person(
                code,
                _text(row, "name"),
                roles,
                _text(row, "team"),
                manager or None,
                substitutes,
                False,
                frozenset(fields.texts(row["skills"]) or ()) if "skills" in row else frozenset(),
                _weight(row["weight"]) if "weight" in row else 1,
                self.calendars.get(calendar),
                _addresses(row["addresses"]) if "addresses" in row else {},
            )
        except InvalidValueError as error:
            node.complain(error.message)
            return None
        since = self._day(row["since"]) if "since" in row else None
        until = self._day(row["until"]) if "until" in row else None
        return Entry(
            person,
            self._absences(row["absent"]) if "absent" in row else (),
            None if since is None else self._begins(since),
            None if until is None else self._begins(until + _DAY),
        )

    def _others(self, node: Node, found: tuple[str, ...], code: str) -> None:
        """The ids *found* at *node* must be those of other people of the file."""
        for other in found:
            if other == code:
                node.complain(f"{code!r} is the very person")
            elif other not in self.people:
                meant = did_you_mean(other, self.people)
                node.complain(f"nobody is called {other!r}", suggestion=meant)

    # -- days and instants -----------------------------------------------------------------

    def _begins(self, day: _dt.date) -> int:
        """When a day begins in the file's zone."""
        return self._micros(_dt.datetime.combine(day, _dt.time()))

    def _micros(self, wall: _dt.datetime) -> int:
        if wall.tzinfo is None:
            wall = from_naive(wall, self.zone or "UTC", ambiguous="first")
        return to_micros(wall)

    def _day(self, node: Node) -> _dt.date | None:
        value = node.value
        if isinstance(value, str):
            try:
                return _dt.date.fromisoformat(value)
            except ValueError:
                pass
        elif isinstance(value, _dt.date) and not isinstance(value, _dt.datetime):
            return value
        node.expected("a date such as 2026-03-10")
        return None

    def _absences(self, node: Node) -> tuple[tuple[int, int], ...]:
        listed = isinstance(node.value, list)
        parts = [node.child(at) for at in range(len(node.value))] if listed else [node]
        found = (self._absence(part) for part in parts)
        return tuple(sorted(span for span in found if span is not None))

    def _absence(self, node: Node) -> tuple[int, int] | None:
        value = node.value
        said = str(value) if isinstance(value, (str, _dt.date)) else ""
        match = _SPAN.match(said.strip())
        ends = [_wall(part) for part in match.group("first", "last") if part] if match else [None]
        first, last = ends[0], ends[-1]
        if first is None or last is None:
            node.expected(
                "a day, '2026-03-10 to 2026-03-14', or '2026-03-10 12:00 to 2026-03-10 17:00'"
            )
            return None
        if isinstance(first, _dt.datetime) and len(ends) == 1:
            node.complain("an absence that begins at a time says until when: '... to ...'")
            return None
        begin = self._micros(first) if isinstance(first, _dt.datetime) else self._begins(first)
        end = self._micros(last) if isinstance(last, _dt.datetime) else self._begins(last + _DAY)
        if end <= begin:
            node.complain("this absence ends before it begins")
            return None
        return begin, end


def _wall(text: str) -> _dt.date | None:
    """A day, or a wall time."""
    for read in (_dt.date.fromisoformat, _dt.datetime.fromisoformat):
        try:
            return read(text.strip())
        except ValueError:
            continue
    return None


def _text(row: Mapping[str, Node], key: str) -> str:
    return (fields.text(row[key]) or "") if key in row else ""


def _codes(row: Mapping[str, Node], key: str) -> tuple[str, ...]:
    return (fields.code_list(row[key]) or ()) if key in row else ()


def _weight(node: Node) -> int:
    value: Any = node.value
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    node.expected("a whole number, 1 or more")
    return 1


def _addresses(node: Node) -> dict[str, str]:
    return {channel: fields.text(part) or "" for channel, part in node.table().items()}
