"""Rungs of a target's ladder: who is told, at which point, about a due instant."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from complaintflow.calendar.limits import Limit
from complaintflow.errors import TextError

__all__ = ["Point", "Rung", "parse_point"]

Language = Literal["en", "zh"]
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?) ?%\Z")
_LAG = re.compile(r"every (?P<every>.+) after(?:, (?P<times>\d{1,4}) times)?\Z")


@attrs.frozen
class Point:
    """When a rung is ready, in terms of its target.

    Args:
        kind: ``share`` of the limit, ``lead`` before the due instant, ``due`` (one second
            after it) or ``lag`` after it.
        share: For ``share``: 1/2 is 50 %; 1 is the due instant itself.
        amount: For ``lead`` and ``lag``: how long.
        times: For ``lag``: how often it repeats, at least 1.
    """

    kind: str
    share: Fraction = Fraction(0)
    amount: Limit | None = None
    times: int = 1

    def __str__(self) -> str:
        return self.text()

    def text(self, language: Language = "en") -> str:
        """The point in words; the English words are what policies write."""
        said = _WORDS[language]
        amount = self.amount.text(language) if self.amount is not None else ""
        match self.kind:
            case "share":
                return f"{_percent(self.share)} %"
            case "lag" if self.times > 1:
                return said["lags"].format(amount=amount, times=self.times)
            case kind:
                return said[kind].format(amount=amount)


_WORDS = {
    "en": {
        "lead": "{amount} before",
        "lag": "{amount} after",
        "lags": "every {amount} after, {times} times",
        "due": "due",
    },
    "zh": {
        "lead": "到期前 {amount}",
        "lag": "逾期 {amount}",
        "lags": "逾期后每 {amount}，共 {times} 次",
        "due": "到期",
    },
}


def _percent(share: Fraction) -> str:
    """A share in per cent, exactly: points have at most four decimals."""
    number = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return format(number.normalize(), "f")


@attrs.frozen
class Rung:
    """One rung.

    Args:
        code: Its name within the ladder, by default its point's text.
        at: When it is ready.
        to: Roles that are told.
        quiet: What the recipients' quiet hours do to it: ``at once``, ``next opening`` or
            ``before``; None is what its point says, see `silence`.
    """

    code: str
    at: Point
    to: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    quiet: str | None = None

    @property
    def silence(self) -> str:
        """What quiet hours do to it: a warning comes before them, a breach waits for their end."""
        if self.quiet is not None:
            return self.quiet
        return "before" if self.at.kind in ("share", "lead") else "next opening"


def parse_point(text: str) -> Point:
    """Read ``50 %``, ``2 h before``, ``due``, ``24 h after``, ``every 24 h after, 3 times``.

    Raises:
        TextError: it is none of these; points at the character.
    """
    words = text.strip()
    if words == "due":
        return Point("due")
    if match := _SHARE.match(words):
        share = Fraction(match[1]) / 100
        if not 0 < share <= 1:
            raise TextError("a share lies above 0 % and at most at 100 %", text, 1)
        return Point("share", share=share)
    if match := _LAG.match(words):
        times = int(match["times"] or 1)
        if match["times"] is None:
            raise TextError("say how often: 'every 24 h after, 3 times'", text, len(text))
        return Point("lag", amount=_amount(text, match["every"]), times=times)
    if words.endswith(" before"):
        return Point("lead", amount=_amount(text, words.removesuffix(" before")))
    if words.endswith(" after"):
        return Point("lag", amount=_amount(text, words.removesuffix(" after")))
    raise TextError(
        "expected a point such as '50 %', '2 h before', 'due', '24 h after' or "
        "'every 24 h after, 3 times'",
        text,
        1,
    )


def _amount(text: str, amount: str) -> Limit:
    try:
        limit = Limit.parse(amount)
    except TextError as error:
        raise TextError(
            error.message, text, text.find(amount) + error.column, error.suggestion
        ) from None
    if limit.sort not in ("elapsed", "working time", "working days", "calendar days"):
        raise TextError(f"{amount!r} is no length of time", text, text.find(amount) + 1)
    return limit
