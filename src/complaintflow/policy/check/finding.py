"""What a check reports: findings, each with its place, its clauses and an example."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from complaintflow.domain.types import show
from complaintflow.domain.values import Money
from complaintflow.policy.check.advice import ADVICE
from complaintflow.policy.check.messages import CATALOGUE, SEVERITIES, WORDS, say
from complaintflow.policy.validation.finding import Path

__all__ = ["SEVERITY_ORDER", "Example", "Finding", "shown"]

SEVERITY_ORDER = ("error", "warning", "note")
"""From what has to be mended to what is good to know."""
_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}


def shown(value: Any, language: str = "en") -> str:
    """A value of a fact as an example prints it: money with its cents, instants with weekday."""
    match value:
        case Money(amount, currency):
            places = max(2, -int(amount.as_tuple().exponent))
            return f"{amount:.{places}f} {currency}"
        case _dt.datetime():
            return f"{_DAYS[language][value.weekday()]} {value:%Y-%m-%d %H:%M}"
        case frozenset() if not value:
            return say(WORDS, "nothing", language)
        case _:
            return show(value, language)


def _is_default(value: Any) -> bool:
    """Whether it is "no" or zero, which an example need not name."""
    match value:
        case Money():
            return value.amount == 0
        case bool() | Decimal():
            return not value
        case _:
            return False


@attrs.frozen
class Example:
    """A concrete complaint, or a concrete start, that shows a finding.

    Args:
        facts: Facts that are enough to show it, whatever the others are; None is unknown.
        outcomes: What then comes out: an answer (empty for "nothing fits") and its clauses.
        start: For findings about time: when the clocks start.
        dues: Duties, each with its due instant, in the calendar's zone.
        brief: Whether facts that are no or zero are left out of the text.
    """

    facts: Mapping[str, Any] = attrs.Factory(dict)
    outcomes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    start: _dt.datetime | None = None
    dues: tuple[tuple[str, _dt.datetime], ...] = ()
    brief: bool = False

    def text(self, language: str = "en") -> str:
        """``possible_loss = 5000.00 CNY, claim = 5000.00 CNY: A by C1.3 and B by C2.4``."""
        named = {n: v for n, v in self.facts.items() if not (self.brief and _is_default(v))}
        parts = [f"{name} = {shown(value, language)}" for name, value in named.items()]
        comma = say(WORDS, "comma", language)
        head = comma.join(parts)
        if len(named) < len(self.facts):
            rest = say(WORDS, "rest" if named else "all", language)
            head = f"{head}{say(WORDS, 'and the rest', language, rest=rest)}" if head else rest
        if self.start is not None:
            start = say(WORDS, "start", language, at=shown(self.start, language))
            head = f"{head}{comma}{start}" if head else start
        tail = [_outcome(answer, clauses, language) for answer, clauses in self.outcomes]
        tail += [
            say(WORDS, "due", language, duty=duty, at=shown(at, language)) for duty, at in self.dues
        ]
        joined = say(WORDS, "and", language).join(tail)
        return say(WORDS, "shows", language, head=head, tail=joined) if tail else head

    def plain(self) -> dict[str, Any]:
        """The same as data for JSON."""
        found: dict[str, Any] = {"text": self.text()}
        if self.facts:
            found["facts"] = {name: shown(value) for name, value in self.facts.items()}
        if self.outcomes:
            found["outcomes"] = [
                {"answer": answer or None, "clauses": list(clauses)}
                for answer, clauses in self.outcomes
            ]
        if self.start is not None:
            found["start"] = self.start.isoformat()
            found["dues"] = {duty: at.isoformat() for duty, at in self.dues}
        return found


def _outcome(answer: str, clauses: tuple[str, ...], language: str) -> str:
    if not answer:
        return say(WORDS, "nothing fits", language)
    if not clauses:
        return answer
    return say(WORDS, "by", language, answer=answer, clauses=", ".join(clauses))


def _is_known(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    if value not in SEVERITIES:
        raise ValueError(f"{value} is no code of a finding")


@attrs.frozen
class Finding:
    """One thing that a check has to say about a policy.

    Args:
        code: Stable code such as ``CF303``; see the reference of findings.
        path: Where, as in a policy file: ``("duty", "transmit", "within")``.
        values: What its message is about, by placeholder.
        clauses: Clauses of the procedure that it touches.
        example: A complaint or a start that shows it, where there is one.
    """

    code: str = attrs.field(validator=_is_known)
    path: Path = ()
    values: Mapping[str, str] = attrs.Factory(dict)
    clauses: tuple[str, ...] = ()
    example: Example | None = None

    @property
    def severity(self) -> str:
        """``error``, ``warning`` or ``note``."""
        return SEVERITIES[self.code]

    def message(self, language: str = "en") -> str:
        """What was found, one sentence without a final stop.

        Raises:
            InvalidValueError: *language* is neither ``en`` nor ``zh``.
        """
        return say(CATALOGUE, self.code, language, **self.values)

    def advice(self, language: str = "en") -> str:
        """What would mend it.

        Raises:
            InvalidValueError: *language* is neither ``en`` nor ``zh``.
        """
        return say(ADVICE, self.code, language)

    def plain(self, language: str = "en") -> dict[str, Any]:
        """The finding as data for JSON."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message(language),
            "path": list(self.path),
            "clauses": list(self.clauses),
            "advice": self.advice(language),
            "example": None if self.example is None else self.example.plain(),
        }

    def __str__(self) -> str:
        example = f" ({self.example.text()})" if self.example else ""
        return f"{self.code} {self.severity}: {self.message()}{example}"
