"""`WorkingCalendar`: when it is open, and every question about working time."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from complaintflow.calendar.algebra import Combined, Operation, Source
from complaintflow.calendar.base import Beyond
from complaintflow.calendar.data import Closed, SpecialLike, WeekLike, check
from complaintflow.calendar.dates import DateQuestions
from complaintflow.calendar.day import Day
from complaintflow.calendar.instants import InstantQuestions
from complaintflow.calendar.leaf import Leaf
from complaintflow.calendar.making import Making
from complaintflow.errors import InvalidCalendarError, InvalidValueError
from complaintflow.moments import zone

if TYPE_CHECKING:
    from complaintflow.calendar.conventions import Conventions
    from complaintflow.calendar.due import Due
    from complaintflow.calendar.limits import Limit

__all__ = ["Beyond", "WorkingCalendar"]


class WorkingCalendar(InstantQuestions, DateQuestions, Making):
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

    __slots__ = ("__weakref__",)

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

    @property
    def standard_day(self) -> _dt.timedelta:
        """The length of one working day where a fraction of one is meant.

        Raises:
            InvalidCalendarError: no daily length of the week is the commonest.
        """
        if self._standard is not None:
            return _dt.timedelta(microseconds=self._standard)
        if not self._commonest:
            from complaintflow.calendar.standard import commonest_day

            self._commonest = commonest_day(self._source)
        return _dt.timedelta(microseconds=self._commonest)

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

    def due(
        self,
        start: _dt.datetime,
        limit: Limit | str,
        *,
        conventions: Conventions | None = None,
        pauses: Iterable[Any] = (),
        strict: bool = False,
    ) -> Due:
        """When *limit*, counted from *start*, is due; see `complaintflow.calendar.due`.

        Beyond the coverage the answer is computed on ordinary weeks and marked provisional;
        with *strict* it is refused.
        """
        from complaintflow.calendar.due import due as _due

        return _due(self, start, limit, conventions, pauses, strict=strict)

    def due_many(
        self,
        starts: Iterable[Any],
        limit: Limit | str,
        *,
        conventions: Conventions | None = None,
        beyond: Beyond = None,
    ) -> Any:
        """The due instants of many starts; see `complaintflow.calendar.many.due_many`."""
        from complaintflow.calendar.due import due_many as _due_many

        return _due_many(self, starts, limit, conventions, beyond=beyond)

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

    def edition(
        self,
        *,
        closed: Closed = (),
        special: Mapping[_dt.date, SpecialLike] | None = None,
        coverage: tuple[_dt.date, _dt.date] | None = None,
        periods: Mapping[_dt.date, WeekLike] | None = None,
        name: str | None = None,
    ) -> WorkingCalendar:
        """A new edition: this calendar and what was newly published; a new value, a new digest.

        Args:
            closed: Dates closed in addition.
            special: Special days in addition, or in place of those of the same date.
            coverage: The new coverage; not given, the old one widened to whole years with the
                new dates.
            periods: Weeks that hold from a date on, in addition.
            name: A new name; not given, the old one.

        Raises:
            InvalidCalendarError: the data contradict each other, or this is a combination
                (publish to its operands).
        """
        from complaintflow.calendar.editions import edition

        return edition(self, closed, special, coverage, periods, name)

    def changes(
        self, other: WorkingCalendar, first: _dt.date, last: _dt.date
    ) -> list[tuple[Day, Day]]:
        """The dates from *first* to *last* that *other* sees differently: (here, there)."""
        from complaintflow.calendar.editions import changes

        return changes(self, other, first, last)

    def to_mapping(self) -> dict[str, Any]:
        """The calendar as plain data that TOML and JSON can hold."""
        from complaintflow.calendar.tomlform import to_mapping

        return to_mapping(self)


def _rebuild(mapping: Mapping[str, Any]) -> WorkingCalendar:
    return WorkingCalendar.from_mapping(mapping)
