"""A small scanner over the text of a limit that knows where it is when it fails."""

from __future__ import annotations

import datetime as _dt
import re
from collections.abc import Collection
from decimal import Decimal

from complaintflow.errors import TextError, did_you_mean

__all__ = ["Reader", "plain", "wall"]

_SPACE = re.compile(r"[ \t\u3000]*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?![0-9:])")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_FOLD = str.maketrans("０１２３４５６７８９：（），．’", "0123456789:(),.'")


def plain(number: Decimal) -> str:
    """*number* without an exponent or trailing zeros: ``1.5``."""
    shown = format(number, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def wall(time: _dt.time) -> str:
    """``09:00``, with seconds only when there are any."""
    return time.strftime("%H:%M:%S" if time.second else "%H:%M")


class Reader:
    """The text and how far it has been read.

    Full-width digits and signs count as plain ones; each is one character, so columns
    stay true to the text as it was written.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._text = source.translate(_FOLD)
        self.pos = 0
        self._skip()

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self.pos)
        assert found is not None  # the pattern also matches nothing
        self.pos = found.end()

    def at_end(self) -> bool:
        """Nothing is left but spaces."""
        return self.pos >= len(self._text)

    def error(self, message: str, known: Collection[str] = (), word: str = "") -> TextError:
        """The error at this place; *word* is looked for among *known*."""
        meant = did_you_mean(word.casefold(), known) if word and known else None
        return TextError(message, self.source, self.pos + 1, meant)

    def take(self, literal: str) -> bool:
        """Move over *literal* if it comes next (Chinese, signs)."""
        if not self._text.startswith(literal, self.pos):
            return False
        self.pos += len(literal)
        self._skip()
        return True

    def take_any(self, literals: Collection[str]) -> str | None:
        """The first of *literals* that comes next; put longer ones first."""
        return next((literal for literal in literals if self.take(literal)), None)

    def need(self, literal: str) -> None:
        """Move over *literal* or fail."""
        if not self.take(literal):
            raise self.error(f"expected {literal!r}")

    def peek_word(self) -> str:
        """The next word or sign, without moving."""
        found = _WORD.match(self._text, self.pos)
        return found.group() if found else self._text[self.pos : self.pos + 1]

    def take_word(self, *words: str) -> str | None:
        """The next word in lower case if it is one of *words*; moves over it."""
        found = _WORD.match(self._text, self.pos)
        if found is None or found.group().casefold() not in words:
            return None
        self.pos = found.end()
        self._skip()
        return found.group().casefold()

    def take_phrase(self, phrase: str) -> bool:
        """Move over all words of *phrase*, or over none."""
        start = self.pos
        for word in phrase.split():
            if not (self.take_word(word) or self.take(word)):
                self.pos = start
                return False
        return True

    def expect_phrase(self, phrase: str) -> None:
        """Move over all words of *phrase*, or fail at the first that differs."""
        for word in phrase.split():
            if not (self.take_word(word) or self.take(word)):
                raise self.error(f"expected {phrase!r}", [word], self.peek_word())

    def expect_word(self, what: str, words: Collection[str]) -> str:
        """The next word, which must be one of *words*; *what* names them in the error."""
        word = self.take_word(*words)
        if word is None:
            found = self.peek_word()
            seen = f", got {found!r}" if found else " at the end"
            raise self.error(f"expected {what}{seen}", words, found)
        return word

    def number(self) -> Decimal | None:
        """The next plain number, if there is one."""
        found = _NUMBER.match(self._text, self.pos)
        if found is None:
            return None
        if len(found.group()) > 16:
            raise self.error("the number is too long")
        self.pos = found.end()
        self._skip()
        return Decimal(found.group())

    def clock(self) -> _dt.time | None:
        """The next wall time such as ``09:00``, if there is one."""
        found = _TIME.match(self._text, self.pos)
        if found is None:
            return None
        hour, minute, second = (int(part or 0) for part in found.groups())
        if hour > 23 or minute > 59 or second > 59:
            raise self.error(f"no clock shows {found.group()}; expected 00:00 to 23:59:59")
        self.pos = found.end()
        self._skip()
        return _dt.time(hour, minute, second)
