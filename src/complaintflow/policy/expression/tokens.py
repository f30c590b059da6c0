"""Words of the text: one pass of one regular expression, in linear time.

Own tokens, because codes such as ``return``, ``raise`` and ``from`` are good names here.
"""

from __future__ import annotations

import re
from enum import Enum

import attrs

from complaintflow.domain.types import is_code
from complaintflow.errors import TextError

__all__ = ["Kind", "Token", "tokens"]


class Kind(Enum):
    """What a token is."""

    INSTANT = "an instant"
    DATE = "a date"
    NUMBER = "a number"
    WORD = "a word"
    CHOICE = "a choice"
    STRING = "a text in quotes"
    SIGN = "a sign"
    END = "the end"


@attrs.frozen
class Token:
    """One word of the text; *column* counts from 1, *glued* says that no space came before."""

    kind: Kind
    text: str
    column: int
    glued: bool = False


_TOKEN = re.compile(
    r"""
      (?P<INSTANT>\d{4}-\d{2}-\d{2}T[0-9:.]+(?:Z|[+-][0-9:]+)?)
    | (?P<DATE>\d{4}-\d{2}-\d{2}(?![\w-]))
    | (?P<NUMBER>\d+(?:\.\d+)?(?!\.?\d))
    | (?P<WORD>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    | (?P<CHOICE>\$\w*)
    | (?P<STRING>'(?:[^']|'')*'|"(?:[^"]|"")*")
    | (?P<SIGN><=|>=|==|!=|<(?!>)|[>()+\-*/,%])
    """,
    re.VERBOSE | re.ASCII,
)
# The ASCII flag keeps digits ASCII; words in other scripts are read apart, for units such as 件.
_FOREIGN = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"[ \t\r\n\u3000]*")
_MEANT = {
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "!": "not",
    "=": "==",
    "（": "(",
    "）": ")",
    "，": ",",
    "、": ",",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "＞": ">",
    "＜": "<",
    "＝": "==",
    "％": "%",
    "＋": "+",
    "－": "-",
    "–": "-",
    "×": "*",
    "÷": "/",
    "“": "'",
    "”": "'",
    "‘": "'",
    "’": "'",
}


def tokens(text: str, shown: str) -> tuple[Token, ...]:
    """The tokens of *text*, the last one being `Kind.END`.

    Args:
        text: What is read.
        shown: The same in one line, for errors to point into.

    Raises:
        TextError: a sign that means nothing here, text without its closing quote.
    """
    found: list[Token] = []
    position = 0
    while True:
        after_space = _SPACE.match(text, position).end()  # type: ignore[union-attr]
        glued = after_space == position and position > 0
        position = after_space
        if position == len(text):
            found.append(Token(Kind.END, "", position + 1, glued))
            return tuple(found)
        match = _TOKEN.match(text, position)
        if match is not None and match.lastgroup is not None:
            kind = Kind[match.lastgroup]
        else:
            match = _FOREIGN.match(text, position)
            if match is None:
                raise _stray(shown, position)
            kind = Kind.WORD
        token = Token(kind, match[0], position + 1, glued)
        _refuse_malformed(shown, token)
        found.append(token)
        position = match.end()


def _refuse_malformed(text: str, token: Token) -> None:
    word, column = token.text, token.column
    if token.kind is Kind.NUMBER and len(word) > 1 and word[0] == "0" and word[1] != ".":
        raise TextError(
            "a number has no leading zero; a date is written as 2026-03-10", text, column
        )
    if token.kind is Kind.CHOICE and not is_code(word[1:]):
        raise TextError("expected the name of a choice after '$', as in '$window'", text, column)


def _stray(text: str, position: int) -> TextError:
    sign = text[position]
    if sign in "'\"":
        return TextError(f"the text that begins here has no closing {sign}", text, position + 1)
    if sign == ".":
        return TextError(
            "a point joins a name to its part without spaces, as in grade.B, and a number has a "
            "digit before its point",
            text,
            position + 1,
        )
    pair = text[position : position + 2]
    sign = pair if pair in _MEANT else sign
    if sign.isdigit():
        return TextError("this number cannot be read", text, position + 1)
    return TextError(f"{sign!r} means nothing in a condition", text, position + 1, _MEANT.get(sign))
