"""A TOML table that is read strictly and remembers what was wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from complaintflow.errors import Problem, did_you_mean
from complaintflow.policyfile.document import Document
from complaintflow.policyfile.places import Path, dotted

__all__ = ["Table"]


class Table:
    """One table of a TOML file; its problems go into the list of the whole file.

    Args:
        raw: The table as ``tomllib`` gives it.
        path: Its keys from the top; empty for the whole file.
        document: The whole file, to find lines in.
        problems: The list that all tables of one file share.
    """

    def __init__(
        self, raw: Any, path: Path, document: Document, problems: list[Problem] | None = None
    ) -> None:
        self.path = path
        self.problems: list[Problem] = list(document.problems) if problems is None else problems
        self._document = document
        self.raw: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
        if not isinstance(raw, Mapping):
            self._say(f"expected a table, got {raw!r}", path)

    def _say(self, message: str, path: Path, suggestion: str | None = None) -> None:
        place = self._document.places.key(path)
        line, column = (place.line, place.column) if place else (None, None)
        file = self._document.file
        self.problems.append(Problem(message, file, line, column, dotted(path), suggestion))

    def _at(self, key: str) -> Path:
        return (*self.path, key)

    def wrong(self, key: str, message: str) -> None:
        """Note that what stands at *key* is wrong."""
        self._say(message, self._at(key))

    def only(self, known: Collection[str]) -> None:
        """Note every key that is not *known*."""
        for key in self.raw:
            if key not in known:
                message = f"unknown key {key!r}; expected {', '.join(known)}"
                self._say(message, self._at(key), did_you_mean(key, known))

    def table(self, key: str) -> Table:
        """The table at *key*; an empty one where there is none."""
        return Table(self.raw.get(key, {}), self._at(key), self._document, self.problems)

    def text(self, key: str, *, may_be_blank: bool = False) -> str | None:
        """The text at *key*, or None."""
        value = self.raw.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not (value.strip() or may_be_blank):
            self.wrong(key, f"expected text, got {value!r}")
            return None
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts at *key*; empty where there is none."""
        value = self.raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            self.wrong(key, f"expected a list of texts, got {value!r}")
            return ()
        return tuple(value)

    def scalar(self, key: str) -> str | None:
        """Text, a number or yes/no at *key*, as the text that a cell would have."""
        value = self.raw.get(key)
        match value:
            case None:
                return None
            case bool():
                return "yes" if value else "no"
            case int() | str():
                return str(value)
            case float():
                return format(Decimal(repr(value)), "f")
            case _:
                self.wrong(key, f"expected text, a number or yes/no, got {value!r}")
                return None

    def flag(self, key: str) -> bool:
        """Whether *key* is ``true``."""
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, f"expected true or false, got {value!r}")
            return False
        return value

    def choice(self, key: str, known: Collection[str], usual: str) -> str:
        """One of the words *known* at *key*, else *usual*."""
        value = self.raw.get(key, usual)
        if value not in known:
            meant = did_you_mean(value, known) if isinstance(value, str) else None
            message = f"expected one of {', '.join(known)}, got {value!r}"
            self._say(message, self._at(key), meant)
            return usual
        return str(value)
