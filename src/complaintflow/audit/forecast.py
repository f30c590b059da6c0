"""A forecast: what would happen in a case, when, to whom and why, if nobody did anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
from pendulum import DateTime

from complaintflow.audit.events import Event
from complaintflow.audit.forecast_texts import FORECAST
from complaintflow.errors import InvalidValueError

__all__ = ["Called", "Forecast", "Foreseen", "Span", "stamp"]


@attrs.frozen
class Called:
    """A code with what people call it."""

    code: str
    en: str
    zh: str

    def text(self, language: str) -> str:
        """The name in ``en`` or ``zh``."""
        return self.zh if language == "zh" else self.en


@attrs.frozen
class Foreseen:
    """One thing that would happen.

    Args:
        case: The case's number.
        at: When.
        kind: ``due`` (a target falls due), ``projected`` (one that has not begun would),
            ``missed``, ``rung`` (somebody is told), ``told`` (a notice goes out), or ``begins``
            (a duty that a miss begins: its consequence).
        what: The duty or notice; *key* is the member of ``each``.
        whose: Whose limit it is: ``internal``, ``customer``, ``statutory`` or ``promise``.
        due: The due instant that it is about.
        rung: The point of the rung.
        roles: Who owes it, or who is told.
        people: Role to person, as far as it is known.
        clauses: Why: where the procedure says so.
    """

    case: str
    at: DateTime
    kind: str
    what: Called
    key: Called | None = None
    round: int = 0
    whose: str = "internal"
    due: DateTime | None = None
    rung: Called | None = None
    roles: tuple[Called, ...] = ()
    people: Mapping[str, str] = attrs.Factory(dict)
    clauses: tuple[str, ...] = ()

    def named(self, language: str) -> str:
        """The duty with its key."""
        what = self.what.text(language)
        return what if self.key is None else f"{what} ({self.key.text(language)})"

    def who(self, language: str) -> str:
        """The roles, with the persons as far as they are known."""
        return ", ".join(
            say("person", language, role=role.text(language), person=self.people[role.code])
            if role.code in self.people
            else role.text(language)
            for role in self.roles
        )

    def text(self, language: str = "en") -> str:
        """``2026-03-12 08:30:01  Preliminary report is missed; due 2026-03-12 08:30 (T6)``."""
        rung = self.rung.text(language) if self.rung else ""
        parts = [say(self.kind, language, what=self.named(language), rung=rung)]
        if self.due is not None and self.kind in ("missed", "rung"):
            parts.append(say("why due", language, due=stamp(self.due)))
        if self.roles:
            key = "tells" if self.kind in ("rung", "told") else "owes"
            parts.append(say(key, language, who=self.who(language)))
        if self.kind in ("due", "projected", "missed"):
            parts.append(say(f"kind {self.whose}", language))
        cited = f" ({', '.join(self.clauses)})" if self.clauses else ""
        return f"{stamp(self.at)}  {'; '.join(parts)}{cited}"


@attrs.frozen
class Span:
    """One clock to be drawn.

    Args:
        start: From when it is counted.
        due: Until when; None while it stands or where there is no instant.
        pauses: When it stood; the end is None while it still does.
        ticks: When somebody is told.
        projected: Whether it has not begun.
    """

    what: Called
    key: Called | None
    start: DateTime
    due: DateTime | None
    whose: str = "internal"
    pauses: tuple[tuple[DateTime, DateTime | None], ...] = ()
    ticks: tuple[DateTime, ...] = ()
    projected: bool = False

    def named(self, language: str) -> str:
        """The duty with its key."""
        what = self.what.text(language)
        return what if self.key is None else f"{what} ({self.key.text(language)})"


@attrs.frozen
class Forecast:
    """What would happen in one case until an instant, if nothing more did.

    Args:
        rows: When, what, whom, why; in the order of time.
        spans: The clocks as they can be drawn.
        events: The events that a sweep would record at *until*; nothing is recorded.
    """

    case: str
    now: DateTime
    until: DateTime
    rows: tuple[Foreseen, ...]
    spans: tuple[Span, ...]
    events: tuple[Event, ...]

    def text(self, language: str = "en") -> str:
        """The table as lines, in ``en`` or ``zh``.

        Raises:
            InvalidValueError: there is no such language.
        """
        title = say("title", language, case=self.case, until=stamp(self.until))
        rows: Iterable[str] = (row.text(language) for row in self.rows)
        return "\n".join((title, *(rows if self.rows else (say("nothing", language),))))


def say(key: str, language: str, **values: object) -> str:
    """The text *key*. Raises InvalidValueError: there is no such language."""
    if language not in ("en", "zh"):
        raise InvalidValueError(f"a language is 'en' or 'zh', got {language!r:.40}")
    return FORECAST[key][language].format(**values)


def stamp(at: DateTime) -> str:
    """An instant as people write it: ``2026-03-10 09:20``, with seconds where there are any."""
    return at.strftime("%Y-%m-%d %H:%M:%S" if at.second else "%Y-%m-%d %H:%M")
