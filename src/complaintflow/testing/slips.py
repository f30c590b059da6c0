"""Slips of the pen in a policy's text, one at a time, to see that each of them is told.

Free text (reasons, titles, names that people read) and numbers are left alone: nobody can tell
a slip in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

__all__ = ["Slip", "lost_signs", "misspellings"]

_FREE = re.compile(r'\b(?:why|ledger|channel|opens|id|version) = "([^"]*)"|"word: ([^"]*)"')
_TITLES = re.compile(r"\{ en = .*\}")
_NAMES = re.compile(r'^\w+ = \["[^"]*", "[^"]*[\u4e00-\u9fff][^"]*"\]$')
_WORD = re.compile(r"[A-Za-z_][A-Za-z_0-9]*(?:\.\d+)?")
_SIGN = re.compile(r'[\[\](){}"=.,|]|<=|>=|==|[<>](?!=)|\b(?:and|or|in|is|then|of)\b')


@attrs.frozen
class Slip:
    """The text with one slip, on *line*, where *old* became *new*."""

    text: str
    line: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.old!r} -> {self.new!r}"


def misspellings(text: str) -> Iterator[Slip]:
    """Every name, keyword, unit and clause id with two letters swapped, or one more."""
    for line, code, free in _code_of(text):
        for match in _WORD.finditer(code):
            if not any(start <= match.start() < end for start, end in free):
                yield _slip(text, line, match.start(), match[0], _misspelt(match[0]))


def lost_signs(text: str) -> Iterator[Slip]:
    """Every bracket, quote and operator between two operands, dropped."""
    for line, code, free in _code_of(text):
        for match in _SIGN.finditer(code):
            if not any(start <= match.start() < end for start, end in free):
                yield _slip(text, line, match.start(), match[0], "")


def _misspelt(word: str) -> str:
    if len(word) < 3:
        return f"{word}x"
    if word[1] == word[2]:
        return f"{word[0]}q{word[1:]}"
    return f"{word[0]}{word[2]}{word[1]}{word[3:]}"


def _slip(text: str, line: int, at: int, old: str, new: str) -> Slip:
    lines = text.split("\n")
    before = lines[line - 1]
    lines[line - 1] = before[:at] + new + before[at + len(old) :]
    return Slip("\n".join(lines), line, old, new)


def _code_of(text: str) -> Iterator[tuple[int, str, list[tuple[int, int]]]]:
    """Each line without its comment, and the spans of free text in it."""
    for number, line in enumerate(text.split("\n"), 1):
        code = "" if line.startswith("#") else line.split(" #")[0].rstrip()
        free = [match.span(match.lastindex or 0) for match in _FREE.finditer(code)]
        free += [match.span() for match in _TITLES.finditer(code)]
        if _NAMES.match(code):
            free += [match.span(1) for match in re.finditer(r'"([^"]*)"', code)]
        yield number, code, free
