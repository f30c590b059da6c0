"""TOML strings: what they say, and where each of their characters stands."""

from __future__ import annotations

import re

__all__ = ["ANY_STRING", "offsets", "unquote"]

# A multi-line string may end in up to two quotes of its own before the closing three.
ANY_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''(?:.)*?'{3,5}"
    r'|"(?:\\[^\n]|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_HEX = {"u": 4, "U": 8}


def unquote(raw: str) -> str:
    """What a string literal says; *raw* itself when it has no quotes."""
    return "".join(text for text, _ in _characters(raw))


def offsets(raw: str) -> tuple[int, ...]:
    """For each character of a string literal's content its position in *raw*.

    For anything without quotes, the positions of its own characters.
    """
    return tuple(at for _, at in _characters(raw))


def _characters(raw: str) -> list[tuple[str, int]]:
    if raw[:1] not in ("'", '"'):
        return [(character, at) for at, character in enumerate(raw)]
    quote = raw[0]
    long = raw.startswith(quote * 3) and len(raw) >= 6
    width = 3 if long else 1
    position, end = width, len(raw) - width
    if long and raw.startswith("\n", position):
        position += 1
    found: list[tuple[str, int]] = []
    while position < end:
        character = raw[position]
        if character != "\\" or quote == "'":
            found.append((character, position))
            position += 1
            continue
        position = _escape(raw, position, found)
    return found


def _escape(raw: str, position: int, found: list[tuple[str, int]]) -> int:
    """Read the escape at *position* into *found*; the position after it."""
    letter = raw[position + 1 : position + 2]
    if letter in _HEX:
        end = position + 2 + _HEX[letter]
        try:
            found.append((chr(int(raw[position + 2 : end], 16)), position))
        except (ValueError, OverflowError):
            found.append(("\ufffd", position))
        return end
    if letter in _ESCAPES:
        found.append((_ESCAPES[letter], position))
        return position + 2
    # A backslash at the end of a line swallows the line end and the white space after it.
    swallowed = re.compile(r"\\[ \t]*\n\s*").match(raw, position)
    if swallowed:
        return swallowed.end()
    found.append((letter, position))
    return position + 2
