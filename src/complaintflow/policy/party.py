"""Party expressions: who may act, who owes, who must be there.

``a or b`` any one; ``a and b`` all, jointly; ``a then b`` all, in that order; ``2 of a, b, c``
that many. A name is a role, or a decision whose answer is roles (``units``). Brackets are not
needed: one kind of word joins one party, ``a and b or c`` is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import attrs

from complaintflow.domain.types import is_code
from complaintflow.errors import TextError, did_you_mean

__all__ = ["Party", "parse_party", "parse_recipients"]

_KINDS = ("or", "and", "then")
_WORD = re.compile(r"\s*(,|[^\s,]+)")


@attrs.frozen
class Party:
    """Who: *names* and how they belong together.

    Args:
        how: ``one`` (a single name), ``or``, ``and``, ``then``, or ``of``.
        names: Codes of roles or of decisions that answer roles.
        enough: With ``of``: how many.
    """

    how: str
    names: tuple[str, ...]
    enough: int = 1

    def __str__(self) -> str:
        if self.how == "of":
            return f"{self.enough} of {', '.join(self.names)}"
        return f" {self.how} ".join(self.names)

    def members(self, answers: Callable[[str], Sequence[str] | None]) -> tuple[str, ...]:
        """Every role in it; *answers* gives the roles behind a name, None while unknown."""
        seen: dict[str, None] = {}
        for name in self.names:
            for role in answers(name) or ():
                seen[role] = None
        return tuple(seen)

    def lacking(
        self, acted: Iterable[str], answers: Callable[[str], Sequence[str] | None]
    ) -> tuple[str, ...]:
        """The roles that still have to act, given those that *acted*; empty when satisfied.

        A decision among the names counts as all the roles that it answers, jointly; while it
        is undetermined its own name is lacking.
        """
        done = set(acted)
        lacking: dict[str, None] = {}
        satisfied = 0
        for name in self.names:
            roles = answers(name)
            lacks = [role for role in roles if role not in done] if roles else [name]
            lacking.update(dict.fromkeys(lacks))
            satisfied += not lacks
        return () if satisfied >= self.needed else tuple(lacking)

    @property
    def needed(self) -> int:
        """How many of the names must be satisfied."""
        if self.how == "of":
            return self.enough
        return 1 if self.how in ("or", "one") else len(self.names)


def parse_party(text: str) -> Party:
    """Read a party expression.

    Raises:
        TextError: it is none; points at the word.
    """
    words = [(match[1], match.start(1) + 1) for match in _WORD.finditer(text)]
    if not words:
        raise TextError("expected who: a role, 'a or b', 'a and b', 'a then b', '2 of a, b'", text)
    if words[0][0].isdigit():
        return _some(text, words)
    names: list[str] = []
    how = "one"
    for index, (word, column) in enumerate(words):
        if index % 2 == 0:
            names.append(_name(text, word, column))
            continue
        if word == ",":
            raise TextError(
                "who acts is joined by 'or', 'and' or 'then', not by a comma", text, column
            )
        if word not in _KINDS:
            raise TextError(
                f"expected 'or', 'and' or 'then', got {word!r}",
                text,
                column,
                did_you_mean(word, _KINDS),
            )
        if how not in ("one", word):
            raise TextError(f"{how!r} and {word!r} cannot stand in one party", text, column)
        how = word
    if len(words) % 2 == 0:
        raise TextError(f"expected a role after {words[-1][0]!r}", text, words[-1][1])
    _no_twins(text, names)
    return Party(how, tuple(names))


def _some(text: str, words: list[tuple[str, int]]) -> Party:
    enough = int(words[0][0][:4])
    if len(words) < 2 or words[1][0] != "of":
        raise TextError("expected 'of' after the number, as in '2 of a, b, c'", text, words[0][1])
    names = []
    for index, (word, column) in enumerate(words[2:]):
        if index % 2 == 0:
            names.append(_name(text, word, column))
        elif word != ",":
            raise TextError("expected a comma between the names", text, column)
    if not 1 <= enough <= len(names):
        raise TextError(f"expected 1 to {len(names)} of {len(names)} names", text, words[0][1])
    _no_twins(text, names)
    return Party("of", tuple(names), enough)


def _name(text: str, word: str, column: int) -> str:
    if not is_code(word) or word in _KINDS:
        raise TextError(f"expected the code of a role, got {word!r}", text, column)
    return word


def _no_twins(text: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise TextError(f"{name!r} is named twice", text, text.rfind(name) + 1)


def parse_recipients(text: str) -> tuple[str, ...]:
    """Read a list of names separated by commas: recipients, states, roles.

    Raises:
        TextError: a part is no code, or stands twice.
    """
    names: list[str] = []
    start = 0
    for part in text.split(","):
        word = part.strip()
        column = start + len(part) - len(part.lstrip()) + 1
        if not is_code(word):
            raise TextError(f"expected codes separated by commas, got {word!r}", text, column)
        if word in names:
            raise TextError(f"{word!r} is named twice", text, column)
        names.append(word)
        start += len(part) + 1
    return tuple(names)
