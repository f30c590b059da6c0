"""Where each key and value of a TOML text stands: from a path to line and column.

`tomllib` gives values without positions. `Places` scans the same text once, in linear time,
and gives positions without values. It follows TOML 1.0: dotted and quoted keys, tables, arrays
of tables, inline tables, arrays over several lines, all four kinds of strings. Where the text
is no TOML it goes on with the next statement, so that the rest can still be found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import attrs

from complaintflow.policyfile.scanner import Scan, scan
from complaintflow.policyfile.strings import offsets, unquote

__all__ = ["Path", "Place", "Places", "dotted"]

Path = tuple[str | int, ...]
"""Keys, and from 0 the positions in arrays: ``("duty", "transmit", "rungs", 0, "to")``."""


@attrs.frozen
class Place:
    """A line of a file and a column in it, both from 1."""

    line: int
    column: int


def dotted(path: Path) -> str:
    """*path* as people write it: ``duty.transmit.rungs[0].to``, ``decide.grade.A."C1.1"``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            bare = part.replace("_", "").replace("-", "")
            plain = part if bare.isascii() and bare.isalnum() else f'"{part}"'
            text += f".{plain}" if text else plain
    return text


class Places:
    """The positions of one text.

    Args:
        text: A TOML text; line ends may be those of any system.
    """

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self._scan: Scan = scan(self.text)
        self._starts = [0]
        for index, character in enumerate(self.text):
            if character == "\n":
                self._starts.append(index + 1)

    def __contains__(self, path: object) -> bool:
        return path in self._scan.keys or path in self._scan.values

    def __iter__(self) -> Iterator[Path]:
        """Every path of a value, in the order of the text."""
        return iter(self._scan.values)

    def key(self, path: Path) -> Place | None:
        """Where the last key of *path* stands; an array element has no key, but a value."""
        at = self._scan.keys.get(path)
        return self.value(path) if at is None else self.at(at)

    def value(self, path: Path) -> Place | None:
        """Where the value at *path* begins; for a table with a header, where its key stands."""
        span = self._scan.values.get(path)
        if span is None:
            at = self._scan.keys.get(path)
            return None if at is None else self.at(at)
        return self.at(span[0])

    def inside(self, path: Path, index: int, *, key: bool = False) -> Place | None:
        """Where the character number *index* of the text value (or key) at *path* stands."""
        span = self._scan.key_spans.get(path) if key else self._scan.values.get(path)
        if span is None:
            return self.key(path) if key else self.value(path)
        found = offsets(self.text[span[0] : span[1]])
        if not found:
            return self.at(span[0])
        return self.at(span[0] + found[max(0, min(index, len(found) - 1))])

    def find(self, path: Path, word: str, *, key: bool = False) -> int | None:
        """The number of the character at which *word* begins in the text (or key) at *path*."""
        span = self._scan.key_spans.get(path) if key else self._scan.values.get(path)
        if span is None:
            return None
        said = unquote(self.text[span[0] : span[1]])
        match = re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", said)
        return match.start() if match else None

    def at(self, offset: int) -> Place:
        """The line and column of a position in the text."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def line_of(self, number: int) -> str:
        """The text of line *number*, from 1."""
        start = self._starts[number - 1]
        return self.text[start : self.text.find("\n", start) if number < self.lines else None]

    @property
    def lines(self) -> int:
        """How many lines the text has."""
        return len(self._starts)

    @property
    def doubles(self) -> tuple[tuple[Path, int], ...]:
        """Keys that are given twice: the path, and where the later one stands."""
        return tuple(self._scan.doubles)

    @property
    def statements(self) -> tuple[tuple[int, int, bool], ...]:
        """First and last line of each statement, and whether it could be read."""
        return tuple(
            (self.at(first).line, self.at(max(first, last - 1)).line, good)
            for first, last, good in self._scan.statements
        )
