"""Opening the standing cases of calendar periods, each exactly once."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from complaintflow.calendar.civil import day_start
from complaintflow.desk.book import PolicyBook
from complaintflow.desk.history import PERIOD
from complaintflow.desk.programs import Programs
from complaintflow.engine.outcome import Accepted
from complaintflow.engine.period import first_day
from complaintflow.moments import from_micros, zone
from complaintflow.policy.policy import Policy

if TYPE_CHECKING:
    from complaintflow.desk.session import Session

__all__ = ["Periods"]

_DAY = _dt.timedelta(days=1)


class Periods:
    """The periods for which policies of a book want a standing case.

    The first is the one in which somebody first sweeps; from then on none is left out, however
    long nobody sweeps.

    Args:
        book: The policies.
        programs: The same, compiled.
    """

    def __init__(self, book: PolicyBook, programs: Programs) -> None:
        self._book = book
        self._programs = programs
        self._kinds: dict[str, set[str]] = {}
        for policy in book.policies:
            kinds = programs.add(policy).periods
            if kinds:
                self._kinds.setdefault(policy.id, set()).update(kinds)
        self._begun: dict[tuple[str, str], _dt.date] = {}

    def are_open(self, now: int) -> bool:
        """Whether every period of *now* is known to have its case."""
        return all(
            self._begun.get((policy.id, kind)) == first_day(kind, _today(policy, now))
            for policy, kind in self._wanted(now)
        )

    def open(self, session: Session) -> list[Accepted]:
        """Open what is not open yet, in the order of the calendar."""
        found: list[Accepted] = []
        for policy, kind in self._wanted(session.now):
            today = _today(policy, session.now)
            for day in self._missing(session, policy, kind, today):
                held = self._held(policy.id, day_start(policy.calendar.tz.name, day))
                program = None if held is None else self._programs.add(held)
                if program is not None and kind in program.periods:
                    accepted = session.begin(program, kind, day)
                    found += [] if accepted is None else [accepted]
        return found

    def opened(self, now: int) -> None:
        """What was wanted at *now* is open: the unit of work was committed."""
        for policy, kind in self._wanted(now):
            self._begun[policy.id, kind] = first_day(kind, _today(policy, now))

    def _wanted(self, now: int) -> Iterator[tuple[Policy, str]]:
        for code, kinds in self._kinds.items():
            policy = self._held(code, now)
            for kind in sorted(kinds) if policy is not None else ():
                if policy is not None:
                    yield policy, kind

    def _held(self, code: str, at: int) -> Policy | None:
        """The version that holds then; of several, for different cases, the first of the book."""
        versions = self._book.versions(code, from_micros(at, zone("UTC")))
        return versions[0] if versions else None

    def _missing(
        self, session: Session, policy: Policy, kind: str, today: _dt.date
    ) -> Iterator[_dt.date]:
        """The first days of the periods since the last one that has a case."""
        current = first_day(kind, today)
        known = session.work.find(PERIOD, f"{policy.id}/{kind}")
        if not known:
            yield current
            return
        received = session.work.status(known[-1]).received
        day = first_day(kind, from_micros(received, policy.calendar.tz).date())
        while day < current:
            day = _next(kind, day)
            yield day


def _next(kind: str, first: _dt.date) -> _dt.date:
    """The first day of the period after the one that begins with *first*."""
    day = first + _DAY
    while first_day(kind, day) == first:
        day += _DAY
    return day


def _today(policy: Policy, now: int) -> _dt.date:
    return from_micros(now, policy.calendar.tz).date()
