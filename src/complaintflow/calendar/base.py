"""What every calendar knows about itself: zone, coverage, and what it refuses to answer."""

from __future__ import annotations

import datetime as _dt
from typing import Any, Literal, NoReturn, TypeAlias

from pendulum.tz.timezone import Timezone

from complaintflow.calendar.algebra import Source
from complaintflow.calendar.compiled import Window
from complaintflow.calendar.data import FIRST_DATE, LAST_DATE
from complaintflow.calendar.engine import FIRST_ORDINAL, LAST_ORDINAL, Engine
from complaintflow.calendar.hours import DAY
from complaintflow.calendar.offsets import localise
from complaintflow.errors import BeyondCoverageError, InvalidValueError
from complaintflow.moments import MAX_MICROS, MIN_MICROS, from_micros, zone

__all__ = ["Beyond", "CalendarBase", "plain_date"]

Beyond: TypeAlias = Literal["ordinary weeks"] | None
"""What to do beyond the coverage: None refuses, ``"ordinary weeks"`` counts on without holidays."""

_date = _dt.date


class CalendarBase(Engine):
    """Zone, coverage and checks; immutable but for what is only remembered."""

    __slots__ = (
        "_base",
        "_commonest",
        "_cov_hi",
        "_cov_lo",
        "_digest",
        "_known_hi",
        "_known_lo",
        "_name",
        "_standard",
        "_tz",
    )

    _base: _dt.datetime
    _commonest: int
    _cov_hi: int
    _cov_lo: int
    _digest: str
    _known_hi: int
    _known_lo: int
    _name: str
    _standard: int | None
    _tz: Timezone

    def _set(self, source: Source, name: str, standard: int | None) -> None:
        put = object.__setattr__
        put(self, "_source", source)
        put(self, "_name", name)
        put(self, "_standard", standard)
        put(self, "_tz", zone(source.timezone))
        put(self, "_base", _dt.datetime(1970, 1, 1, tzinfo=self._tz))
        put(self, "_digest", "")
        put(self, "_commonest", 0)
        put(self, "_window", Window(1, 0, 1, 0, [], []))
        put(self, "_dates", (1, 0, []))
        cover = source.coverage
        first, last = cover or (FIRST_DATE, LAST_DATE)
        put(self, "_cov_lo", first.toordinal())
        put(self, "_cov_hi", last.toordinal())
        # A coverage that reaches the edge of the supported years reaches it in every zone.
        known = [MIN_MICROS, MAX_MICROS]
        if first > FIRST_DATE:
            known[0] = max(self._local(first.toordinal(), 0, opening=True), MIN_MICROS)
        if last < LAST_DATE:
            known[1] = min(self._local(last.toordinal(), DAY, opening=False), MAX_MICROS)
        put(self, "_known_lo", known[0])
        put(self, "_known_hi", known[1])

    def __setattr__(self, attribute: str, value: Any) -> None:
        if attribute not in (
            "_window",
            "_dates",
            "_digest",
            "_commonest",
        ):  # what is only remembered
            raise AttributeError(f"a WorkingCalendar does not change; {attribute!r} cannot be set")
        object.__setattr__(self, attribute, value)

    @property
    def timezone(self) -> str:
        """The IANA name of the calendar's zone."""
        return self._source.timezone

    @property
    def tz(self) -> Timezone:
        """The zone itself, as pendulum has it."""
        return self._tz

    @property
    def name(self) -> str:
        """What people call it, possibly empty."""
        return self._name

    @property
    def coverage(self) -> tuple[_dt.date, _dt.date] | None:
        """First and last date for which holidays are known, None if that is every date."""
        return self._source.coverage

    def _local(self, ordinal: int, after: int, *, opening: bool) -> int:
        year = _date.fromordinal(ordinal).year
        wall = (ordinal - FIRST_ORDINAL) * DAY + after
        return localise(self._source.timezone, year, wall, opening=opening)

    def _check(self, beyond: Any, a: int, b: int) -> None:
        """Refuse a span (either way round) that leaves the supported years or the coverage."""
        low, high = (a, b) if a <= b else (b, a)
        if low < MIN_MICROS or high > MAX_MICROS:
            raise InvalidValueError("the instant lies outside the supported years 1970-2200")
        if beyond is None:
            if low < self._known_lo or high > self._known_hi:
                at = low if low < self._known_lo else high
                self._beyond(from_micros(at, self._tz).date())
        elif beyond != "ordinary weeks":
            raise InvalidValueError(f"beyond is 'ordinary weeks' or None, got {beyond!r:.60}")

    def _check_dates(self, beyond: Any, a: int, b: int) -> None:
        low, high = (a, b) if a <= b else (b, a)
        if low < FIRST_ORDINAL or high > LAST_ORDINAL:
            at = low if low < FIRST_ORDINAL else high
            raise InvalidValueError(
                f"{_date.fromordinal(at)} lies outside the supported years 1970-2200"
            )
        if beyond is None:
            if low < self._cov_lo or high > self._cov_hi:
                self._beyond(_date.fromordinal(low if low < self._cov_lo else high))
        elif beyond != "ordinary weeks":
            raise InvalidValueError(f"beyond is 'ordinary weeks' or None, got {beyond!r:.60}")

    def _beyond(self, date: _dt.date) -> NoReturn:
        date = _date(date.year, date.month, date.day)
        cover = self._source.coverage or (FIRST_DATE, LAST_DATE)
        raise BeyondCoverageError(
            f"holidays are known from {cover[0]} to {cover[1]}, not for {date}; extend the "
            "calendar, or say beyond='ordinary weeks' to count on without holidays",
            date,
            cover,
        )

    def _ordinal(self, date: _dt.date, beyond: Beyond) -> int:
        ordinal = plain_date(date).toordinal()
        self._check_dates(beyond, ordinal, ordinal)
        return ordinal


def plain_date(date: Any) -> _dt.date:
    """*date* itself.

    Raises:
        InvalidValueError: it is a datetime, or no date at all.
    """
    if isinstance(date, _dt.datetime) or not isinstance(date, _date):
        hint = "; take .date() of it in the zone you mean" if isinstance(date, _dt.datetime) else ""
        raise InvalidValueError(f"expected a date, got {type(date).__name__} {date!r:.60}{hint}")
    return date
