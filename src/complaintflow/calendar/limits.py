"""How long something may take: one closed family of frozen values.

Not every limit is an amount of time. A promise, a date of the customer's, a gate or a
word such as "promptly" stays what it is; none is ever zero, infinite or a silent default.

========================  ==============  ==============================================
text                      class           sort
========================  ==============  ==============================================
``24 h``, ``90 min``      Elapsed         ``elapsed``: physical time, round the clock
``4 working hours``       WorkingTime     ``working time``: counted on the calendar
``1.5 working days``      WorkingDays     ``working days``
``10 calendar days``      CalendarDays    ``calendar days``, weeks included
``6 months``, ``1 year``  Months          ``months``, years included
``same day``              SameDay         ``same day``
``09:00 on the next       FixedPoint      ``fixed point``: a wall time on a counted day
working day``
``every month by the      Recurring       ``recurring``: a duty of its own per period
5th``
``promise``               Promise         ``promise``: the instant told to the customer
``customer's date``       CustomersDate   ``customer's date``
``before: commitment``    EventOrder      ``event order``: a gate
``word: promptly``        WordOnly        ``word only``: a duty without an instant
``referenced: SOP-12``    Referenced      ``referenced``: written elsewhere
``unset``                 Unset           ``unset``: nobody has said
``10 working days (also   Disagreeing     ``disagreeing``: one governs, both are kept
written: 2 weeks)``
========================  ==============  ==============================================
"""

from __future__ import annotations

import datetime as _dt
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from complaintflow.calendar.limit_base import Language, Limit, one_of, whole
from complaintflow.calendar.limit_wordings import (
    CustomersDate,
    EventOrder,
    Promise,
    Referenced,
    Unset,
    WordOnly,
)
from complaintflow.errors import InvalidValueError

__all__ = [
    "CalendarDays",
    "CustomersDate",
    "Disagreeing",
    "Elapsed",
    "EventOrder",
    "FixedPoint",
    "Language",
    "Limit",
    "Months",
    "Promise",
    "Recurring",
    "Referenced",
    "SameDay",
    "Unset",
    "WordOnly",
    "WorkingDays",
    "WorkingTime",
]

MAX_SECONDS = 3_600_000_000  # a million hours
MAX_DAYS = 36_525  # a century
MAX_MONTHS = 1_200


def _seconds(value: object) -> int:
    if isinstance(value, _dt.timedelta):
        if value.microseconds:
            raise InvalidValueError(f"a limit has whole seconds, got {value}")
        value = value.days * 86_400 + value.seconds
    return whole(value, "the seconds of a limit", 1, MAX_SECONDS)


def _days(value: object) -> Decimal:
    if isinstance(value, Fraction):
        number = Decimal(value.numerator) / Decimal(value.denominator)
        value = number if Fraction(number) == value else str(value)
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise InvalidValueError(
            "a number of working days is a Decimal, an int or text such as '1.5', "
            f"got {type(value).__name__} {value!r}"
        )
    try:
        number = Decimal(value)
    except ArithmeticError:
        raise InvalidValueError(
            f"a number of working days is a plain decimal such as '1.5', got {value!r}"
        ) from None
    if not number.is_finite() or not 0 < number <= MAX_DAYS:
        raise InvalidValueError(
            f"a number of working days lies above 0 and up to {MAX_DAYS:,}, got {value}"
        )
    rounded = number.quantize(Decimal("0.001"))
    if rounded != number:
        raise InvalidValueError(f"working days have at most three decimals, got {value}")
    whole = rounded.to_integral_value()
    return whole if whole == rounded else rounded.normalize()


@attrs.frozen
class Elapsed(Limit):
    """Physical time, round the clock: ``24 h``, ``90 min``.

    Args:
        seconds: Whole seconds, or a `timedelta`; from 1 s to a million hours.
    """

    sort = "elapsed"
    movable = True
    seconds: int = attrs.field(converter=_seconds)

    @property
    def micros(self) -> int:
        """The amount in microseconds."""
        return self.seconds * 1_000_000


@attrs.frozen
class WorkingTime(Limit):
    """Time counted only while the calendar is open: ``4 working hours``.

    Args:
        seconds: Whole seconds of working time, or a `timedelta`; up to a million hours.
    """

    sort = "working time"
    movable = True
    seconds: int = attrs.field(converter=_seconds)

    @property
    def micros(self) -> int:
        """The amount in microseconds."""
        return self.seconds * 1_000_000


@attrs.frozen
class WorkingDays(Limit):
    """Working days, fractions included: ``3 working days``, ``half working day``.

    Whole days are counted first; a fraction is that part of the calendar's standard day
    as working time, never later than one whole day more.

    Args:
        days: Above 0, at most three decimals; a Decimal, an int, a Fraction or text.
    """

    sort = "working days"
    counted = True
    movable = True
    days: Decimal = attrs.field(converter=_days)

    @property
    def whole(self) -> int:
        """The whole days in it."""
        return int(self.days)

    @property
    def fraction(self) -> Fraction:
        """What is left after the whole days, at least 0 and below 1."""
        return Fraction(self.days) - self.whole


@attrs.frozen
class CalendarDays(Limit):
    """Days of the civil calendar, not n x 24 h: ``10 calendar days``, ``2 weeks``.

    Args:
        days: Days.
        weeks: Weeks, kept apart so that the text stays as it was written.
    """

    sort = "calendar days"
    counted = True
    movable = True
    days: int = 0
    weeks: int = 0

    def __attrs_post_init__(self) -> None:
        whole(self.days, "days", 0, MAX_DAYS)
        whole(self.weeks, "weeks", 0, MAX_DAYS)
        whole(self.total, "a number of calendar days", 1, MAX_DAYS)

    @property
    def total(self) -> int:
        """All of it in days."""
        return self.days + 7 * self.weeks


@attrs.frozen
class Months(Limit):
    """Civil months and years: 31 January + 1 month is the last day of February.

    Args:
        months: Months.
        years: Years, kept apart so that the text stays as it was written.
    """

    sort = "months"
    counted = True
    movable = True
    months: int = 0
    years: int = 0

    def __attrs_post_init__(self) -> None:
        whole(self.months, "months", 0, MAX_MONTHS)
        whole(self.years, "years", 0, MAX_MONTHS)
        whole(self.total, "a number of months", 1, MAX_MONTHS)

    @property
    def total(self) -> int:
        """All of it in months."""
        return self.months + 12 * self.years


@attrs.frozen
class SameDay(Limit):
    """The local day on which the clock starts: ``same day``.

    Args:
        end: ``end of day`` (23:59:59) or ``close of business``.
    """

    sort = "same day"
    counted = True
    end: Literal["end of day", "close of business"] = attrs.field(
        default="end of day",
        validator=one_of("end of day", "close of business"),
    )


@attrs.frozen
class FixedPoint(Limit):
    """A wall time on a counted day: ``09:00 on the next working day``.

    Args:
        on: What is counted: ``working day``, ``calendar day``, ``day of month`` or
            ``half day`` (the end of the nth opening interval that is still to come).
        count: The nth such day after the start (``next`` is 1), or the day of the month;
            a month that is too short gives its last day, so 31 is always the last day.
        months: For a day of month: 0 is this month, 1 the next.
        time: Wall time; without one, close of business.
    """

    sort = "fixed point"
    counted = True
    on: Literal["working day", "calendar day", "day of month", "half day"] = attrs.field(
        validator=one_of("working day", "calendar day", "day of month", "half day")
    )
    count: int = 1
    months: int = 0
    time: _dt.time | None = None

    def __attrs_post_init__(self) -> None:
        of_month = self.on == "day of month"
        whole(self.count, "the count of a fixed point", 1, 31 if of_month else 366)
        whole(self.months, "the months of a fixed point", 0, 1 if of_month else 0)
        if self.time is not None:
            if self.on == "half day":
                raise InvalidValueError("the end of a half day has no wall time of its own")
            if self.time.tzinfo is not None or self.time.microsecond:
                raise InvalidValueError(
                    f"a wall time has no zone and whole seconds, got {self.time!r}"
                )


@attrs.frozen
class Recurring(Limit):
    """A duty of its own per period: ``every month by the 5th``, ``every rolling year``.

    Args:
        every: ``week``, ``month``, ``quarter`` or ``year``.
        count: How many of them; more than 1 only when rolling.
        by: The last day inside a calendar period: weekday 1-7 of a week, day 1-31 of a
            month or of *month* in a year; without one, the period's last day.
        month: The month of *by* when the period is a year.
        rolling: Counted from the last time it was done; else the calendar's periods.
    """

    sort = "recurring"
    every: Literal["week", "month", "quarter", "year"] = attrs.field(
        validator=one_of("week", "month", "quarter", "year")
    )
    count: int = 1
    by: int | None = None
    month: int | None = None
    rolling: bool = False

    def __attrs_post_init__(self) -> None:
        whole(self.count, "the count of a recurring limit", 1, 100 if self.rolling else 1)
        if self.by is None:
            if self.month is not None:
                raise InvalidValueError("a month needs a day of it")
            return
        if self.rolling or self.every == "quarter":
            raise InvalidValueError("only a calendar week, month or year has a day to be done by")
        whole(self.by, "the day of a recurring limit", 1, 7 if self.every == "week" else 31)
        if (self.every == "year") != (self.month is not None):
            raise InvalidValueError("a day of the year is given with its month, others without")
        if self.month is not None:
            whole(self.month, "the month of a recurring limit", 1, 12)


@attrs.frozen
class Disagreeing(Limit):
    """Two units that disagree, such as "two weeks (10 working days)".

    Args:
        governing: The one that counts.
        other: The other, kept so that it can be shown where they differ.
    """

    sort = "disagreeing"
    counted = True
    movable = True
    governing: Limit
    other: Limit

    def __attrs_post_init__(self) -> None:
        for part in (self.governing, self.other):
            if not isinstance(part, (Elapsed, WorkingTime, WorkingDays, CalendarDays, Months)):
                raise InvalidValueError(f"only two amounts can disagree, got {part!r}")
        if self.governing == self.other:
            raise InvalidValueError(f"{self.governing} cannot disagree with itself")
