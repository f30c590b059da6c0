"""One TOML text with the positions in it; what is no TOML is reported and left out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path as FilePath
from typing import Any

import attrs

from complaintflow.errors import Problem
from complaintflow.policyfile.places import Place, Places, dotted

__all__ = ["Document", "from_data", "read_file", "read_text"]

_MOST = 50  # statements that are left out before the rest of the text is given up
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_HEADER = re.compile(
    r"[ \t]*(\[*)[ \t]*([\w\"'-]+(?:[ \t]*\.[ \t]*[\w\"'-]+)*)[ \t]*(\]*)[ \t]*(#.*)?\Z"
)
_WORD = re.compile(r"[A-Za-z]\w*")
_LATE = ("Unclosed", "Unterminated", "Expected ']'")
_DROPPED = "dropped-"
_MOST_BYTES = 5_000_000


@attrs.frozen
class Document:
    """One file.

    Args:
        file: Its name as the user gave it; None for text from elsewhere.
        data: What it says, without the statements that could not be read.
        places: Where everything stands; empty for data that were never a text.
        problems: What could not be read.
        broken: The words in the statements that were left out: whether they are declared
            or used there, nobody knows.
    """

    file: str | None
    data: dict[str, Any]
    places: Places
    problems: tuple[Problem, ...] = ()
    broken: frozenset[str] = frozenset()


def from_data(data: dict[str, Any]) -> Document:
    """Data from JSON or from Python: problems have paths, but no lines."""
    return Document(None, data, Places(""))


def read_file(path: FilePath, shown: str) -> Document:
    """Read the file at *path*, called *shown* in problems; one that cannot be read is a problem."""
    nothing = Places("")
    try:
        if path.stat().st_size > _MOST_BYTES:
            problem = Problem(f"a policy file has at most {_MOST_BYTES:,} bytes", shown)
            return Document(shown, {}, nothing, (problem,))
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Document(shown, {}, nothing, (Problem(f"cannot be read: {reason}", shown),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        problem = Problem("a policy file is UTF-8 text; this byte is not", shown, line, column)
        return Document(shown, {}, nothing, (problem,))
    return read_text(text, shown)


def read_text(text: str, file: str | None = None) -> Document:
    """Read *text*; every statement that is no TOML becomes a problem, the others are read."""
    places = Places(text.removeprefix("\ufeff"))
    lines = places.text.split("\n")
    problems: list[Problem] = []
    broken: set[str] = set()
    data: dict[str, Any] = {}
    for _ in range(_MOST):
        try:
            data = tomllib.loads("\n".join(lines))
            break
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            message, line, column = _decoded(error, len(lines))
            first, last = _extent(places, lines, message, line)
            problems.append(_problem(places, lines, file, message, Place(line, column), first))
            for number in range(first, last + 1):
                broken.update(_WORD.findall(lines[number - 1]))
                lines[number - 1] = _mended(lines[number - 1], number)
            if not any(lines[first - 1 : last]) and first == last == line == len(lines):
                break
    for key in [key for key in data if key.startswith(_DROPPED)]:
        broken.update(_WORD.findall(str(data.pop(key))))
    return Document(file, data, places, tuple(problems), frozenset(broken))


def _decoded(error: Exception, lines: int) -> tuple[str, int, int]:
    """The message of *error*, its line and column."""
    if isinstance(error, RecursionError):
        return "tables or arrays are nested too deeply", 1, 1
    match = _AT.search(str(error))
    if match is None:
        return str(error), 1, 1
    message = str(error)[: match.start()]
    return message, int(match[1] or lines), int(match[2] or 1)


def _extent(places: Places, lines: list[str], message: str, line: int) -> tuple[int, int]:
    """First and last line of the statement to blame for what was noticed on *line*."""
    standing = [
        (first, last, good)
        for first, last, good in places.statements
        if first <= line and any(text.strip() for text in lines[first - 1 : last])
    ]
    if message.startswith(_LATE):  # noticed in a later statement, or at the end of the text
        lost = [(first, last) for first, last, good in standing if not good]
        if lost:
            return lost[-1]
    for first, last, _ in standing:
        if first <= line <= last:
            return first, last
    return standing[-1][:2] if standing and not lines[line - 1].strip() else (line, line)


def _problem(
    places: Places, lines: list[str], file: str | None, message: str, at: Place, first: int
) -> Problem:
    for path, offset in places.doubles:
        here = places.at(offset)
        if here.line == at.line:
            before = places.key(path)
            since = f" on line {before.line}" if before and before.line != here.line else ""
            return Problem(
                f"{path[-1]!r} is given twice, first{since or ' on the same line'}",
                file,
                here.line,
                here.column,
                dotted(path),
            )
    words = f"this is not TOML: {message[:1].lower()}{message[1:]}"
    if at.line != first:
        words += f" (noticed on line {at.line})"
        text = lines[first - 1]
        at = Place(first, len(text) - len(text.lstrip()) + 1)
    return Problem(words, file, at.line, at.column)


def _mended(line: str, number: int) -> str:
    """What stands in for a line that is no TOML.

    A header that lost a bracket gets it back. One that is wrong otherwise, or stands twice,
    becomes the header of a table that is dropped; any other line is left out.
    """
    match = _HEADER.match(line)
    if match is None or not (match[1] or match[3]):
        return f"[{_DROPPED}{number}]" if line.lstrip().startswith("[") else ""
    if match[1] == match[3].replace("]", "["):
        return f"[{_DROPPED}{number}]"
    width = min(2, max(len(match[1]), len(match[3])))
    return f"{'[' * width}{match[2]}{']' * width}"
