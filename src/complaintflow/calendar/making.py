"""The other ways to make a `WorkingCalendar`; each imports what it needs when it is called."""

from __future__ import annotations

import datetime as _dt
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from complaintflow.calendar.data import HoursLike, WeekLike

if TYPE_CHECKING:
    from complaintflow.calendar.working import WorkingCalendar

__all__ = ["Making"]


class Making:
    """Class methods of `WorkingCalendar`."""

    __slots__ = ()

    @staticmethod
    def always(timezone: str) -> WorkingCalendar:
        """Open round the clock, every day."""
        from complaintflow.calendar.working import WorkingCalendar

        return WorkingCalendar(timezone, {"mon-sun": "00:00-24:00"})

    @staticmethod
    def china(
        week: WeekLike,
        *,
        years: tuple[int, int] | None = None,
        timezone: str = "Asia/Shanghai",
        language: Literal["en", "zh"] = "en",
        make_up: HoursLike | None = None,
        name: str = "",
        standard_day: _dt.timedelta | None = None,
    ) -> WorkingCalendar:
        """China's official calendar, built in: holidays and make-up workdays (调休补班).

        Args:
            week: Opening hours by weekday.
            years: First and last year; not given, every year that is built in. They are the
                coverage.
            timezone: IANA name.
            language: Of the holidays' names.
            make_up: Hours of make-up workdays, or a weekday whose hours they take; not given,
                the hours of the weekday whose work is done on them.
            name: What people call it.
            standard_day: As for the constructor.

        Raises:
            InvalidValueError: a year is not built in.
            InvalidCalendarError: the hours contradict each other.
        """
        from complaintflow.calendar.sources.china import china

        return china(
            week,
            years=years,
            timezone=timezone,
            language=language,
            make_up=make_up,
            name=name,
            standard_day=standard_day,
        )

    @staticmethod
    def from_holidays(
        country: str,
        subdivision: str | None = None,
        *,
        week: WeekLike,
        years: tuple[int, int],
        timezone: str,
        language: str | None = None,
        make_up: HoursLike | None = None,
        categories: tuple[str, ...] | None = None,
        name: str = "",
        standard_day: _dt.timedelta | None = None,
    ) -> WorkingCalendar:
        """A calendar with the public holidays that the package ``holidays`` knows.

        The package is asked once, now; the answers become data. Its make-up workdays become
        special days with the hours of the weekday they make up for, where the package tells it,
        else of the last weekday with hours. Years of China that are not announced yet, which the
        package guesses, stay outside the coverage.

        Args:
            country: The package's code, such as ``"CN"``.
            subdivision: Its state, province or canton.
            week: Opening hours by weekday.
            years: First and last year: the coverage.
            timezone: IANA name.
            language: Of the holidays' names, such as ``"en_US"``.
            make_up: Hours of make-up workdays, or a weekday whose hours they take.
            categories: The package's categories, such as ``("public", "bank")``.
            name: What people call it.
            standard_day: As for the constructor.

        Raises:
            MissingExtraError: the extra ``holidays`` is not installed.
            InvalidValueError: the package does not know the country, subdivision or category.
            InvalidCalendarError: the hours contradict each other.
        """
        from complaintflow.calendar.sources.package import from_holidays

        return from_holidays(
            country,
            subdivision,
            week=week,
            years=years,
            timezone=timezone,
            language=language,
            make_up=make_up,
            categories=categories,
            name=name,
            standard_day=standard_day,
        )

    @staticmethod
    def from_ical(
        source: str | bytes | os.PathLike[str],
        *,
        week: WeekLike,
        timezone: str,
        coverage: tuple[_dt.date, _dt.date],
        make_up: Mapping[str, HoursLike] | None = None,
        name: str = "",
        standard_day: _dt.timedelta | None = None,
    ) -> WorkingCalendar:
        """A calendar closed on the all-day events of an iCalendar file, recurring ones included.

        Args:
            source: A path, or the text or bytes of the file.
            week: Opening hours by weekday.
            timezone: IANA name.
            coverage: First and last date for which the file is complete; events outside are
                left out.
            make_up: Words by which to know make-up workdays, and their hours or the weekday
                whose hours they take: ``{"补班": "fri"}``.
            name: What people call it.
            standard_day: As for the constructor.

        Raises:
            MissingExtraError: the extra ``holidays`` is not installed.
            InvalidCalendarError: it is no iCalendar file, or an event does not take whole days.
        """
        from complaintflow.calendar.sources.ical import from_ical

        return from_ical(
            source,
            week=week,
            timezone=timezone,
            coverage=coverage,
            make_up=make_up,
            name=name,
            standard_day=standard_day,
        )

    @staticmethod
    def from_mapping(mapping: Mapping[str, Any]) -> WorkingCalendar:
        """Read what `to_mapping` gives, or a table of a TOML file.

        Raises:
            InvalidCalendarError: with every problem, each with its path.
        """
        from complaintflow.calendar.tomlform import from_mapping

        return from_mapping(mapping)
