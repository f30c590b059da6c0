"""The scan behind `Places`: one pass over a TOML text that notes where everything stands."""

from __future__ import annotations

import re

import attrs

from complaintflow.policyfile.strings import ANY_STRING, unquote

__all__ = ["Scan", "scan"]

Path = tuple[str | int, ...]
Span = tuple[int, int]
Part = tuple[str, int, int]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d[ ]\d\d:[^\s,\]}#]*|[^\s,\[\]{}#\"']+")
_STATEMENT = re.compile(r"^[ \t]*(?:\[|(?:[\w.-]+|\"[^\"\n]*\"|'[^'\n]*')+[ \t]*=)", re.MULTILINE)
_DEEPEST = 60


@attrs.define
class Scan:
    """What one pass finds; positions are offsets in the text.

    Attributes:
        keys: Where the last key of a path begins, at its first mention.
        key_spans: The same with its end.
        values: Where a value begins and ends.
        doubles: Keys given twice: the path and where the later one begins.
        statements: Begin and end of each statement, and whether it could be read.
    """

    keys: dict[Path, int] = attrs.Factory(dict)
    key_spans: dict[Path, Span] = attrs.Factory(dict)
    values: dict[Path, Span] = attrs.Factory(dict)
    doubles: list[tuple[Path, int]] = attrs.Factory(list)
    statements: list[tuple[int, int, bool]] = attrs.Factory(list)

    def note_key(self, path: Path, part: Part) -> None:
        """Remember a key, unless it was seen before."""
        self.keys.setdefault(path, part[1])
        self.key_spans.setdefault(path, (part[1], part[2]))


class _LostError(Exception):
    """The text at *position* is no TOML."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def scan(text: str) -> Scan:
    """Scan *text*, whose lines end in line feeds alone."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Scan()
        self.table: Path = ()
        self.arrays: dict[Path, int] = {}
        self.headers: set[Path] = set()

    def run(self) -> Scan:
        position = 0
        while position < len(self.text):
            start = _GAP.match(self.text, position).end()  # type: ignore[union-attr]
            if start == len(self.text):
                break
            try:
                position = self._statement(start)
                good = True
            except _LostError as lost:
                position = self._next(start, lost.position)
                good = False
            self.found.statements.append((start, position, good))
        return self.found

    def _next(self, start: int, lost: int) -> int:
        """Where the next statement begins after one that was lost at *lost*."""
        # A lost bracket is noticed inside a later statement: go back to where that begins.
        line = self.text.rfind("\n", 0, lost) + 1
        if line > start and _STATEMENT.match(self.text, line):
            return line
        end = self.text.find("\n", lost)
        return len(self.text) if end < 0 else end + 1

    def _statement(self, position: int) -> int:
        if self.text.startswith("[", position):
            return self._header(position)
        position = self._pair(position, self.table)
        return self._line_end(position)

    def _line_end(self, position: int) -> int:
        rest = _REST.match(self.text, position)
        if rest is None:
            raise _LostError(position)
        return rest.end()

    def _header(self, position: int) -> int:
        width = 2 if self.text.startswith("[[", position) else 1
        parts, end = self._key(self._blank(position + width))
        end = self._blank(end)
        if not self.text.startswith("]" * width, end):
            raise _LostError(end)
        after = self._line_end(end + width)
        path: Path = ()
        for index, part in enumerate(parts):
            path = (*path, part[0])
            self.found.note_key(path, part)
            last = index == len(parts) - 1
            if last and width == 2:
                number = self.arrays[path] = self.arrays.get(path, -1) + 1
                path = (*path, number)
                self.found.note_key(path, part)
            elif path in self.arrays:
                path = (*path, self.arrays[path])
        if width == 1:
            if path in self.headers or path in self.found.values:
                self.found.doubles.append((path, parts[-1][1]))
            self.headers.add(path)
        self.table = path
        return after

    def _blank(self, position: int) -> int:
        return _BLANK.match(self.text, position).end()  # type: ignore[union-attr]

    def _gap(self, position: int) -> int:
        return _GAP.match(self.text, position).end()  # type: ignore[union-attr]

    def _key(self, position: int) -> tuple[list[Part], int]:
        """The parts of a dotted key, and the position after it."""
        parts: list[Part] = []
        while True:
            match = _BARE.match(self.text, position)
            if match is None:
                match = ANY_STRING.match(self.text, position)
                if match is None or match[0].startswith(('"""', "'''")):
                    raise _LostError(position)
            parts.append((unquote(match[0]), match.start(), match.end()))
            after = self._blank(match.end())
            if not self.text.startswith(".", after):
                return parts, match.end()
            position = self._blank(after + 1)

    def _pair(self, position: int, table: Path, depth: int = 0) -> int:
        parts, end = self._key(position)
        end = self._blank(end)
        if not self.text.startswith("=", end):
            raise _LostError(end)
        path = table
        for part in parts:
            path = (*path, part[0])
            self.found.note_key(path, part)
        double = path in self.found.values or path in self.headers
        known = self.found.values.get(path)
        end = self._value(self._blank(end + 1), path, depth)
        if double:
            self.found.doubles.append((path, parts[-1][1]))
            if known is not None:
                self.found.values[path] = known
        return end

    def _value(self, position: int, path: Path, depth: int) -> int:
        if depth > _DEEPEST:
            raise _LostError(position)
        first = self.text[position : position + 1]
        if first == "[":
            end = self._array(position, path, depth + 1)
        elif first == "{":
            end = self._inline(position, path, depth + 1)
        else:
            match = (ANY_STRING if first in ('"', "'") else _SCALAR).match(self.text, position)
            if not first or match is None:
                raise _LostError(position)
            end = match.end()
        self.found.values[path] = (position, end)
        return end

    def _array(self, position: int, path: Path, depth: int) -> int:
        position = self._gap(position + 1)
        index = 0
        while not self.text.startswith("]", position):
            position = self._gap(self._value(position, (*path, index), depth))
            index += 1
            if self.text.startswith(",", position):
                position = self._gap(position + 1)
            elif not self.text.startswith("]", position):
                raise _LostError(position)
        return position + 1

    def _inline(self, position: int, path: Path, depth: int) -> int:
        position = self._blank(position + 1)
        while not self.text.startswith("}", position):
            position = self._blank(self._pair(position, path, depth))
            if self.text.startswith(",", position):
                position = self._blank(position + 1)
            elif not self.text.startswith("}", position):
                raise _LostError(position)
        return position + 1
