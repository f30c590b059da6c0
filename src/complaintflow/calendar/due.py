"""When something is due, and why: `due`, its result `Due`, and what a new calendar moves."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

import attrs
from pendulum import DateTime

from complaintflow.calendar.conventions import DEFAULT, Conventions
from complaintflow.calendar.limits import Language, Limit
from complaintflow.calendar.outcome import Left, Outcome, beyond_coverage, due_us, outcome
from complaintflow.calendar.pauses import Pauses, merged
from complaintflow.calendar.steps import Reason, Step
from complaintflow.errors import BeyondCoverageError, InvalidValueError
from complaintflow.moments import from_micros, to_micros

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["Due", "DuePause", "Moved", "Reprojection", "due", "due_many", "due_us", "reproject"]

DuePause = tuple[_dt.datetime, _dt.datetime | None]
"""A pause of a clock: from, to; half open; None means it still lasts."""


@attrs.frozen
class Due:
    """A due instant with everything that explains it.

    Two are equal if they say the same of the same limit, start, calendar and conventions.

    Args:
        calendar: The calendar it was counted on.
        limit: The limit.
        conventions: The choices it was counted with.
        pauses: The pauses, merged, in microseconds since 1970 UTC.
        outcome: The computation's result.
        reasons: Why it may still move; empty unless *provisional*.
    """

    calendar: WorkingCalendar = attrs.field(repr=False)
    limit: Limit = attrs.field(repr=str)
    conventions: Conventions = attrs.field(repr=False)
    pauses: Pauses = attrs.field(repr=False)
    outcome: Outcome = attrs.field(repr=False)
    reasons: tuple[Reason, ...] = ()

    @property
    def at(self) -> DateTime | None:
        """The due instant in the calendar's zone, with whole seconds.

        None while the clock is paused and for limits that are no amount; see `sort`.
        """
        return self._shown(self.outcome.due)

    @property
    def us(self) -> int | None:
        """The due instant in microseconds since 1970 UTC, None as for `at`."""
        return self.outcome.due

    @property
    def start(self) -> DateTime:
        """The start, truncated to the second."""
        return from_micros(self.outcome.start, self.calendar.tz)

    @property
    def effective_start(self) -> DateTime:
        """The start after the conventions said where it falls."""
        return from_micros(self.outcome.effective, self.calendar.tz)

    @property
    def sort(self) -> str:
        """The tag of the limit's sort, such as ``"working days"`` or ``"word only"``."""
        return self.limit.sort

    @property
    def provisional(self) -> bool:
        """Whether it rests on dates whose holidays are not known yet."""
        return bool(self.reasons)

    @property
    def paused(self) -> bool:
        """Whether the clock is paused: there is no due instant, only what is `left`."""
        return self.outcome.left is not None

    @property
    def left(self) -> Left | None:
        """What is left while paused, else None."""
        return self.outcome.left

    @property
    def steps(self) -> tuple[Step, ...]:
        """What counted, what was skipped, what the conventions moved; typed, in order.

        Made when asked for, in time linear in the number of days.
        """
        from complaintflow.calendar.explanation import steps

        return steps(self)

    def explain(self, lang: Language = "en") -> str:
        """The same for people, one statement a line.

        Raises:
            InvalidValueError: *lang* is neither ``en`` nor ``zh``.
        """
        from complaintflow.calendar.explanation import explain

        return explain(self, lang)

    def _shown(self, at: int | None) -> DateTime | None:
        return None if at is None else from_micros(at, self.calendar.tz)

    def __str__(self) -> str:
        from complaintflow.calendar.explanation import headline

        return headline(self, "en")


def due(
    calendar: WorkingCalendar,
    start: _dt.datetime,
    limit: Limit | str,
    conventions: Conventions | None = None,
    pauses: Iterable[DuePause] = (),
    *,
    strict: bool = False,
) -> Due:
    """When *limit* is due for a clock that starts at *start*.

    Args:
        calendar: The calendar that says when work is done.
        start: An aware datetime in any zone; truncated to the second.
        limit: A `Limit`, or its text such as ``"3 working days"``.
        conventions: The choices for day-counted limits; not given, the defaults.
        pauses: (from, to) of each pause, half open; to is None while it lasts.
        strict: Refuse, instead of marking as provisional, what rests on dates that the
            calendar does not cover.

    Returns:
        The `Due`; its `Due.at` is None for limits that are no amount and while paused.

    Raises:
        NoInstantError: the limit is unset or given elsewhere.
        NeverOpenError: the calendar has no opening left where one is needed.
        BeyondCoverageError: with *strict*, a date beyond the coverage counts.
        InvalidValueError: a naive start, or a result outside the years 1970-2200.
        TextError: the limit's text does not parse.
    """
    if isinstance(limit, str):
        limit = Limit.parse(limit)
    chosen = DEFAULT if conventions is None else conventions
    if not isinstance(chosen, Conventions):
        raise InvalidValueError(
            f"conventions must be a Conventions such as PRC_CIVIL_CODE, got {chosen!r:.60}"
        )
    stops = merged(
        (to_micros(begin, "pause"), None if end is None else to_micros(end, "pause"))
        for begin, end in pauses
    )
    found = outcome(calendar, to_micros(start, "start"), limit, chosen, stops)
    reason = beyond_coverage(calendar, limit, chosen, found)
    if reason is not None and strict:
        raise BeyondCoverageError(
            f"{limit} from {start.isoformat()} rests on {reason.date}, and holidays are known "
            f"only from {reason.first} to {reason.last}; without strict it would be provisional",
            reason.date,
            (reason.first, reason.last),
        )
    return Due(calendar, limit, chosen, stops, found, () if reason is None else (reason,))


@attrs.frozen
class Moved:
    """One due instant that a new calendar changes."""

    before: Due
    after: Due

    def text(self, lang: Language = "en") -> str:
        """What moved, in one line."""
        from complaintflow.calendar.explanation import moved_text

        return moved_text(self, lang)


@attrs.frozen
class Reprojection:
    """What a new edition of a calendar does to due instants that were counted before.

    Args:
        dues: All of them, counted again, in the order given.
        moved: Those whose instant differs.
        settled: Those that were provisional and are not any longer, moved or not.
    """

    dues: tuple[Due, ...]
    moved: tuple[Moved, ...]
    settled: tuple[Due, ...]

    def text(self, lang: Language = "en") -> str:
        """The report for people: a line of counts and a line for each that moved."""
        from complaintflow.calendar.explanation import reprojection_text

        return reprojection_text(self, lang)


def reproject(dues: Iterable[Due], calendar: WorkingCalendar) -> Reprojection:
    """Count *dues* again on a new edition of their calendar and report what moved.

    Nothing is announced by this: a running case learns of it by an event.
    """
    before = tuple(dues)
    after = tuple(_again(old, calendar) for old in before)
    pairs = list(zip(before, after, strict=True))
    return Reprojection(
        after,
        tuple(Moved(old, new) for old, new in pairs if (old.us, old.left) != (new.us, new.left)),
        tuple(new for old, new in pairs if old.provisional and not new.provisional),
    )


def _again(old: Due, calendar: WorkingCalendar) -> Due:
    found = outcome(calendar, old.outcome.start, old.limit, old.conventions, old.pauses)
    reason = beyond_coverage(calendar, old.limit, old.conventions, found)
    reasons = () if reason is None else (reason,)
    return Due(calendar, old.limit, old.conventions, old.pauses, found, reasons)


def due_many(
    calendar: WorkingCalendar,
    starts: Any,
    limit: Limit | str,
    conventions: Conventions | None = None,
    *,
    beyond: Literal["ordinary weeks"] | None = None,
) -> Any:
    """The due instants of many starts; see `complaintflow.calendar.many.due_many`."""
    from complaintflow.calendar.many import due_many as many  # it needs this module

    return many(calendar, starts, limit, conventions, beyond=beyond)
