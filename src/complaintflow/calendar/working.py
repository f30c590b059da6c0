"""`WorkingCalendar`: when it is open, and every question about working time."""

from __future__ import annotations

import datetime as _dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias

from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from complaintflow.calendar.algebra import Combined, Operation, Source
from complaintflow.calendar.amounts import WorkingTimeLike, working_micros
from complaintflow.calendar.compiled import Window
from complaintflow.calendar.data import (
    FIRST_DATE,
    LAST_DATE,
    CalendarData,
    Closed,
    SpecialLike,
    WeekLike,
    check,
)
from complaintflow.calendar.day import Day
from complaintflow.calendar.engine import Engine
from complaintflow.calendar.hours import DAY
from complaintflow.calendar.leaf import Leaf
from complaintflow.calendar.offsets import localise
from complaintflow.errors import BeyondCoverageError, InvalidCalendarError, InvalidValueError
from complaintflow.moments import EPOCH, MAX_MICROS, MIN_MICROS, from_micros, to_micros, zone

if TYPE_CHECKING:
    from complaintflow.calendar.conventions import Conventions
    from complaintflow.calendar.due import Due
    from complaintflow.calendar.limits import Limit

__all__ = ["Beyond", "WorkingCalendar"]

Beyond: TypeAlias = Literal["ordinary weeks"] | None
"""What to do beyond the coverage: None refuses, ``"ordinary weeks"`` counts on without holidays."""

_ORDINAL_1970 = _dt.date(1970, 1, 1).toordinal()
_ZERO = _dt.timedelta(0)
_timedelta = _dt.timedelta
_date = _dt.date
_fromtimestamp = _dt.datetime.fromtimestamp
# Not `value - EPOCH`: pendulum's own subtraction costs fifteen times as much.
_subtract = _dt.datetime.__sub__


class WorkingCalendar(Engine):
    """When work is done: an immutable, comparable, hashable value.

    Args:
        timezone: IANA name, such as ``"Asia/Shanghai"``.
        week: Opening hours by weekday, local time: ``{"mon-fri": ["08:00-12:00"]}``. Hours may
            end at 24:00; an end before the start is on the next day.
        closed: Dates without work: a mapping to names, an iterable, or a callable that is asked
            once for every date of *coverage*.
        special: Dates with hours of their own: a list of hours, or the weekday whose hours they
            take (``"fri"``: a make-up day), or ``{"hours": ..., "name": ...}``. Special beats
            closed, closed beats the week.
        coverage: First and last date for which holidays are known. Not given: every date if
            nothing is closed or special, else the years from the first to the last date named.
        periods: Weeks that hold from a date on, in place of *week*.
        standard_day: What a fraction of a working day is a fraction of; not given, the commonest
            daily length of the week.
        name: What people call it.

    Raises:
        InvalidCalendarError: the data contradict each other; every problem is listed.

    Example:
        >>> from complaintflow.calendar import WorkingCalendar
        >>> office = WorkingCalendar("UTC", {"mon-fri": ["09:00-17:00"]})
        >>> office.is_working_day(__import__("datetime").date(2026, 5, 9))
        False
    """

    __slots__ = (
        "__weakref__",
        "_cov_hi",
        "_cov_lo",
        "_digest",
        "_known_hi",
        "_known_lo",
        "_name",
        "_standard",
        "_tz",
    )

    def __init__(
        self,
        timezone: str,
        week: WeekLike | None = None,
        *,
        closed: Closed = (),
        special: Mapping[_dt.date, SpecialLike] | None = None,
        coverage: tuple[_dt.date, _dt.date] | None = None,
        periods: Mapping[_dt.date, WeekLike] | None = None,
        standard_day: _dt.timedelta | None = None,
        name: str = "",
    ) -> None:
        data = check(
            timezone,
            {} if week is None else week,
            closed,
            {} if special is None else special,
            coverage,
            {} if periods is None else periods,
            standard_day,
            name,
        )
        self._set(Leaf(data), data.name, data.standard_day)

    @classmethod
    def _of(cls, source: Source, name: str = "", standard: int | None = None) -> WorkingCalendar:
        new = object.__new__(cls)
        new._set(source, name, standard)
        return new

    def _set(self, source: Source, name: str, standard: int | None) -> None:
        put = object.__setattr__
        put(self, "_source", source)
        put(self, "_name", name)
        put(self, "_standard", standard)
        put(self, "_tz", zone(source.timezone))
        put(self, "_digest", "")
        put(self, "_window", Window(1, 0, 1, 0, [], []))
        put(self, "_dates", (1, 0, []))
        cover = source.coverage
        first, last = cover or (FIRST_DATE, LAST_DATE)
        put(self, "_cov_lo", first.toordinal())
        put(self, "_cov_hi", last.toordinal())
        if cover is None:
            known = MIN_MICROS, MAX_MICROS
        else:
            low = self._local(first.toordinal(), 0, opening=True)
            high = self._local(last.toordinal(), DAY, opening=False)
            known = max(low, MIN_MICROS), min(high, MAX_MICROS)
        put(self, "_known_lo", known[0])
        put(self, "_known_hi", known[1])
    def __setattr__(self, attribute: str, value: Any) -> None:
        if attribute not in ("_window", "_dates", "_digest"):  # what is only remembered
            raise AttributeError(f"a WorkingCalendar does not change; {attribute!r} cannot be set")
        object.__setattr__(self, attribute, value)

    # What it is

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

    @property
    def standard_day(self) -> _dt.timedelta:
        """The length of one working day where a fraction of one is meant.

        Raises:
            InvalidCalendarError: no daily length of the week is the commonest.
        """
        if self._standard is None:
            from complaintflow.calendar.standard import commonest_day

            object.__setattr__(self, "_standard", commonest_day(self._source))
        return _timedelta(microseconds=self._standard or 0)

    @property
    def digest(self) -> str:
        """SHA-256 over the calendar's data, in hexadecimal; equal calendars have equal digests."""
        if not self._digest:
            from complaintflow.calendar.tomlform import digest

            self._digest = digest(self)
        return self._digest

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WorkingCalendar):
            return NotImplemented
        return self is other or self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.to_mapping(),)

    def __repr__(self) -> str:
        from complaintflow.calendar.tomlform import describe

        return f"<WorkingCalendar {describe(self)}>"

    # Instants

    def add(self, start: _dt.datetime, amount: WorkingTimeLike, *, beyond: Beyond = None) -> DateTime:
        """*start* plus working time; used up exactly at a closing gives that closing.

        Zero at a closed instant gives the next opening; a negative amount goes back.

        Args:
            start: Any aware datetime.
            amount: A timedelta of working time, or text such as ``"90 working minutes"``.
            beyond: ``"ordinary weeks"`` to count on where holidays are not known.

        Raises:
            BeyondCoverageError: the span leaves the coverage.
            NeverOpenError: there are not so many openings left.
            InvalidValueError: the amount is no working time, the start is naive, or either leads
                outside 1970-2200.
        """
        micros = (
            (amount.days * 86_400 + amount.seconds) * 1_000_000 + amount.microseconds
            if type(amount) is _timedelta
            else working_micros(amount)
        )
        try:
            delta = _subtract(start, EPOCH)
        except TypeError:
            to_micros(start, "start")
            raise
        at = (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds
        window = self._window
        found = -1
        if micros > 0 and window.lo <= at < window.hi:
            i = bisect_right(window.opens, at) - 1
            close = window.closes[i]
            target = (at if at < close else close) - window.shift[i] + micros
            before = window.before
            if target <= before[-1]:
                found = target + window.shift[bisect_left(before, target) - 1]
                if found > window.hi:
                    found = -1
        if found < 0:
            found = self._add_us(at, micros)
        if beyond is not None or at < self._known_lo or found > self._known_hi or micros <= 0:
            self._check(beyond, at, found)
        local = _fromtimestamp(found // 1_000_000, self._tz)
        return DateTime(
            local.year, local.month, local.day, local.hour, local.minute, local.second,
            found % 1_000_000, self._tz, fold=local.fold,
        )  # fmt: skip

    def subtract(
        self, start: _dt.datetime, amount: WorkingTimeLike, *, beyond: Beyond = None
    ) -> DateTime:
        """*start* minus working time, the mirror of `add`: used up exactly at an opening gives it.

        Zero at a closed instant gives the last closing. Arguments and errors as for `add`.
        """
        micros = working_micros(amount)
        at = to_micros(start, "start")
        found = self._subtract_us(at, micros)
        self._check(beyond, at, found)
        return from_micros(found, self._tz)

    def between(
        self, start: _dt.datetime, end: _dt.datetime, *, beyond: Beyond = None
    ) -> _dt.timedelta:
        """Working time from *start* to *end*, negative if *end* is earlier.

        Raises:
            BeyondCoverageError: the span leaves the coverage.
            InvalidValueError: an argument is naive or outside 1970-2200.
        """
        try:
            first, second = _subtract(start, EPOCH), _subtract(end, EPOCH)
        except TypeError:
            to_micros(start, "start"), to_micros(end, "end")
            raise
        a = (first.days * 86_400 + first.seconds) * 1_000_000 + first.microseconds
        b = (second.days * 86_400 + second.seconds) * 1_000_000 + second.microseconds
        low, high = (a, b) if a <= b else (b, a)
        if beyond is not None or low < self._known_lo or high > self._known_hi:
            self._check(beyond, low, high)
        window = self._window
        if low < window.lo or high >= window.hi:
            window = self._cover(low, high)
        opens, closes, shift = window.opens, window.closes, window.shift
        i, j = bisect_right(opens, a) - 1, bisect_right(opens, b) - 1
        from_close, to_close = closes[i], closes[j]
        return _timedelta(
            0,
            0,
            ((b if b < to_close else to_close) - shift[j])
            - ((a if a < from_close else from_close) - shift[i]),
        )

    def is_open(self, at: _dt.datetime, *, beyond: Beyond = None) -> bool:
        """Whether *at* lies in an interval [opening, closing)."""
        micros = to_micros(at, "at")
        self._check(beyond, micros, micros)
        return self._open_us(micros)

    def next_opening(self, at: _dt.datetime, *, beyond: Beyond = None) -> DateTime | None:
        """The first opening at or after *at*; None if it is open for ever.

        Raises:
            NeverOpenError: there is no opening left.
            BeyondCoverageError: it lies, or may lie, beyond the coverage.
        """
        return self._next(at, beyond, opening=True)

    def next_closing(self, at: _dt.datetime, *, beyond: Beyond = None) -> DateTime | None:
        """The first closing at or after *at*; None if it is open for ever; errors as before."""
        return self._next(at, beyond, opening=False)

    def previous_opening(self, at: _dt.datetime, *, beyond: Beyond = None) -> DateTime | None:
        """The last opening before *at*; None if there is none since 1970.

        Raises:
            BeyondCoverageError: it lies, or may lie, beyond the coverage.
        """
        return self._previous(at, beyond, opening=True)

    def previous_closing(self, at: _dt.datetime, *, beyond: Beyond = None) -> DateTime | None:
        """The last closing before *at*; None if there is none since 1970; errors as before."""
        return self._previous(at, beyond, opening=False)

    def _next(self, at: _dt.datetime, beyond: Beyond, *, opening: bool) -> DateTime | None:
        micros = to_micros(at, "at")
        self._check(beyond, micros, micros)
        found = self._next_us(micros, opening=opening)
        if found < 0:
            self._check(beyond, micros, MAX_MICROS)
            return None
        self._check(beyond, micros, found)
        return from_micros(found, self._tz)

    def _previous(self, at: _dt.datetime, beyond: Beyond, *, opening: bool) -> DateTime | None:
        micros = to_micros(at, "at")
        self._check(beyond, micros, micros)
        found = self._previous_us(micros, opening=opening)
        self._check(beyond, MIN_MICROS if found is None else found, micros)
        return None if found is None else from_micros(found, self._tz)

    def intervals(
        self, start: _dt.datetime, end: _dt.datetime, *, beyond: Beyond = None
    ) -> list[tuple[DateTime, DateTime]]:
        """The open intervals between *start* and *end*, cut at both; none if *end* is earlier."""
        low, high = to_micros(start, "start"), to_micros(end, "end")
        self._check(beyond, low, high)
        return [
            (from_micros(a, self._tz), from_micros(b, self._tz))
            for a, b in self._intervals_us(low, high)
        ]

    # Dates

    def is_working_day(self, date: _dt.date, *, beyond: Beyond = None) -> bool:
        """Whether there is any opening on *date* (hours belong to the day they start on)."""
        ordinal = self._ordinal(date, beyond)
        working = self._working_dates(ordinal, ordinal)[2]
        i = bisect_left(working, ordinal)
        return i < len(working) and working[i] == ordinal

    def hours_of(
        self, date: _dt.date, *, beyond: Beyond = None
    ) -> tuple[tuple[DateTime, DateTime], ...]:
        """(opening, closing) of the hours that start on *date*, empty on a closed day."""
        day = self._source.day(self._ordinal(date, beyond))
        return tuple((from_micros(a, self._tz), from_micros(b, self._tz)) for a, b in day.intervals)

    def add_working_days(self, date: _dt.date, n: int, *, beyond: Beyond = None) -> _dt.date:
        """The working day *n* working days after *date*; *date* itself for n = 0.

        The inverse of `working_days_between`, so ``add_working_days(sunday, -1)`` is the Thursday:
        only the Friday lies in (Thursday, Sunday].

        Raises:
            BeyondCoverageError: the span leaves the coverage.
            NeverOpenError: there are not so many working days left.
            InvalidValueError: *n* is no int, or the result lies outside 1970-2200.
        """
        if type(n) is not int:
            raise InvalidValueError(f"n is a whole number of working days, got {n!r:.60}")
        if type(date) is not _date:
            date = _plain(date)
        ordinal = date.toordinal()
        first, last, working = self._dates
        if first <= ordinal <= last:
            i = bisect_right(working, ordinal) + n - 1
            if n and 0 <= i < len(working):
                found = working[i]
                if self._cov_lo <= ordinal and found <= self._cov_hi and beyond is None and n > 0:
                    return _date.fromordinal(found)
        self._check_dates(beyond, ordinal, ordinal)
        found = self._nth_working(ordinal, n)
        self._check_dates(beyond, ordinal, found)
        return _date.fromordinal(found)

    def working_days_between(
        self, start: _dt.date, end: _dt.date, *, beyond: Beyond = None
    ) -> int:
        """The working days in (start, end], negative if *end* is earlier."""
        a, b = _plain(start).toordinal(), _plain(end).toordinal()
        self._check_dates(beyond, a, b)
        working = self._working_dates(min(a, b), max(a, b))[2]
        return bisect_right(working, b) - bisect_right(working, a)

    def day(self, date: _dt.date) -> Day:
        """Everything about one date: its hours, why it is open or closed, whether that is known.

        Does not raise beyond the coverage: `Day.known` tells. Dates 1969-2201.
        """
        plain = _plain(date)
        if not 1969 <= plain.year <= 2201:
            raise InvalidValueError(f"{plain} lies outside the supported years 1970-2200")
        return self._source.day(plain.toordinal())

    def day_of(self, at: int) -> _dt.date:
        """The date to which an instant (microseconds since 1970 UTC) belongs.

        An instant inside a working day's hours belongs to that day (Tuesday 03:00 inside
        Monday's night shift is Monday), any other to its local date. Between the hours of a
        combination that run past midnight it still is the day they started on.
        """
        ordinal = _fromtimestamp(at // 1_000_000, self._tz).toordinal()
        for near in (ordinal - 2, ordinal - 1):
            pairs = self._source.day(near).intervals
            if pairs and pairs[0][0] <= at < pairs[-1][1]:
                return _date.fromordinal(near)
        return _date.fromordinal(ordinal)

    def nth_working_day(self, date: _dt.date, n: int) -> _dt.date:
        """`add_working_days` without asking about the coverage."""
        return _date.fromordinal(self._nth_working(_plain(date).toordinal(), n))

    def known(self, date: _dt.date) -> bool:
        """Whether *date* lies within the coverage."""
        return self._cov_lo <= _plain(date).toordinal() <= self._cov_hi

    def wall(self, date: _dt.date, time: _dt.time | _dt.timedelta, *, opening: bool) -> int:
        """The instant (microseconds since 1970 UTC) at which the clocks show *time* on *date*.

        A time that is skipped becomes the end of the gap; of one that is repeated an *opening*
        takes the first pass, a closing or a due time the second. ``timedelta(days=1)`` is 24:00.
        """
        if isinstance(time, _timedelta):
            after = time // _timedelta(microseconds=1)
        else:
            after = (time.hour * 3600 + time.minute * 60 + time.second) * 1_000_000
            after += time.microsecond
        return self._local(_plain(date).toordinal(), after, opening=opening)

    def end_of_day(self, date: _dt.date) -> int:
        """23:59:59 of *date* in microseconds since 1970 UTC, of a repeated one the second pass."""
        return self._local(_plain(date).toordinal(), 86_399_000_000, opening=False)

    def _local(self, ordinal: int, after: int, *, opening: bool) -> int:
        year = _date.fromordinal(ordinal).year
        wall = (ordinal - _ORDINAL_1970) * DAY + after
        return localise(self._source.timezone, year, wall, opening=opening)

    # Limits

    def due(
        self,
        start: _dt.datetime,
        limit: Limit | str,
        *,
        conventions: Conventions | None = None,
        pauses: Sequence[Any] = (),
    ) -> Due:
        """When *limit*, counted from *start*, is due; see `complaintflow.calendar.due`.

        Beyond the coverage the answer is computed on ordinary weeks and marked provisional.
        """
        from complaintflow.calendar.due import due as _due

        return _due(self, start, limit, conventions, pauses)

    def due_many(
        self,
        starts: Iterable[Any],
        limit: Limit | str,
        *,
        conventions: Conventions | None = None,
    ) -> Any:
        """The due instants of many starts, the same answers as `due`."""
        from complaintflow.calendar.due import due_many as _due_many

        return _due_many(self, starts, limit, conventions)

    # Many at once

    def add_many(self, starts: Any, amount: Any, *, beyond: Beyond = None) -> Any:
        """`add` for many starts: the same answers in the same form as the starts.

        Args:
            starts: A sequence of ints (microseconds since 1970 UTC) or of aware datetimes, or a
                NumPy array of int64 (microseconds) or datetime64 (UTC).
            amount: One amount as for `add`, or a sequence of as many as there are starts; an
                int64 or timedelta64 array beside an array of starts.
            beyond: As for `add`.

        Returns:
            A list of ints or of `pendulum.DateTime`, or an int64 or datetime64[us] array.
        """
        from complaintflow.calendar.bulk import add_many

        return add_many(self, starts, amount, beyond)

    def between_many(self, starts: Any, ends: Any, *, beyond: Beyond = None) -> Any:
        """`between` for many pairs; *ends* may be one instant.

        Returns:
            A list of ints (microseconds) or of timedelta, or an int64 or timedelta64[us] array.
        """
        from complaintflow.calendar.bulk import between_many

        return between_many(self, starts, ends, beyond)

    # Combining

    def union(self, other: WorkingCalendar, *, zone: str | None = None) -> WorkingCalendar:
        """Open when either is; ``a | b`` if both have one zone."""
        return self._combined("union", other, zone)

    def intersection(self, other: WorkingCalendar, *, zone: str | None = None) -> WorkingCalendar:
        """Open when both are; ``a & b`` if both have one zone."""
        return self._combined("intersection", other, zone)

    def difference(self, other: WorkingCalendar, *, zone: str | None = None) -> WorkingCalendar:
        """Open when this one is and *other* is not; ``a - b`` if both have one zone."""
        return self._combined("difference", other, zone)

    def _combined(
        self, operation: Operation, other: WorkingCalendar, zone_name: str | None
    ) -> WorkingCalendar:
        if not isinstance(other, WorkingCalendar):
            raise InvalidValueError(f"expected another WorkingCalendar, got {other!r:.60}")
        if zone_name is None:
            if self.timezone != other.timezone:
                raise InvalidCalendarError(
                    f"the calendars are in {self.timezone} and {other.timezone}: say in which zone "
                    f"the result has its days: a.{operation}(b, zone={self.timezone!r})"
                )
            zone_name = self.timezone
        zone(zone_name)
        return WorkingCalendar._of(Combined(operation, self._source, other._source, zone_name))

    def __or__(self, other: object) -> WorkingCalendar:
        return self.union(other) if isinstance(other, WorkingCalendar) else NotImplemented

    def __and__(self, other: object) -> WorkingCalendar:
        return self.intersection(other) if isinstance(other, WorkingCalendar) else NotImplemented

    def __sub__(self, other: object) -> WorkingCalendar:
        return self.difference(other) if isinstance(other, WorkingCalendar) else NotImplemented

    # Making

    @classmethod
    def always(cls, timezone: str) -> WorkingCalendar:
        """Open round the clock, every day."""
        return cls(timezone, {"mon-sun": "00:00-24:00"})

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> WorkingCalendar:
        """Read what `to_mapping` gives, or a table of a TOML file.

        Raises:
            InvalidCalendarError: with every problem, each with its path.
        """
        from complaintflow.calendar.tomlform import from_mapping

        return from_mapping(mapping)

    def to_mapping(self) -> dict[str, Any]:
        """The calendar as plain data that TOML and JSON can hold."""
        from complaintflow.calendar.tomlform import to_mapping

        return to_mapping(self)

    # Checks

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
        if low < FIRST_DATE.toordinal() or high > LAST_DATE.toordinal():
            at = low if low < FIRST_DATE.toordinal() else high
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
        ordinal = _plain(date).toordinal()
        self._check_dates(beyond, ordinal, ordinal)
        return ordinal


def _plain(date: Any) -> _dt.date:
    if isinstance(date, _dt.datetime) or not isinstance(date, _date):
        hint = "; take .date() of it in the zone you mean" if isinstance(date, _dt.datetime) else ""
        raise InvalidValueError(f"expected a date, got {type(date).__name__} {date!r:.60}{hint}")
    return date


def _rebuild(mapping: Mapping[str, Any]) -> WorkingCalendar:
    return WorkingCalendar.from_mapping(mapping)
