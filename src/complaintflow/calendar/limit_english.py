"""Limits in English."""

from __future__ import annotations

import datetime as _dt
from decimal import Decimal
from typing import Literal

from complaintflow.calendar import limits as _l
from complaintflow.calendar.limit_amounts import Unit, amount
from complaintflow.calendar.limit_reader import Reader, plain, wall

__all__ = ["KEYS", "read_english", "write_english"]

KEYS = {
    "word": "word",
    "before": "before",
    "referenced": "referenced",
    "unset": "unset",
    "promise": "promise",
    "promised": "promise",
    "customer's date": "customer's date",
    "customers date": "customer's date",
}
_HOURS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
}
_DAYS: dict[str, Unit] = {
    "day": ("calendar days", 1),
    "days": ("calendar days", 1),
    "week": ("calendar days", 7),
    "weeks": ("calendar days", 7),
    "month": ("months", 1),
    "months": ("months", 1),
    "year": ("months", 12),
    "years": ("months", 12),
}
_WORKING = ("working", "business")
_CALENDAR = ("calendar", "civil", "consecutive")
_UNITS = (*_HOURS, *_DAYS, *_WORKING, *_CALENDAR)
_NUMBERS = (
    "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_STARTS = (*_NUMBERS, "half", "same", "every", "next", "the", "end", "word", "before", "unset")


def read_english(reader: Reader) -> _l.Limit:
    """Read one limit that is not keyed by a colon."""
    reader.take_word("within")
    if reader.take_word("every"):
        return _every(reader)
    if reader.take_phrase("same day"):
        return _same_day(reader)
    if reader.take_phrase("end of the next half day"):
        return _l.FixedPoint("half day", 1)
    if reader.take_phrase("end of the"):
        count = _ordinal(reader)
        reader.expect_phrase("half day")
        return _l.FixedPoint("half day", count)
    time = reader.clock()
    if time is not None:
        reader.expect_word("'on' and a day", ("on",))
        return _day(reader, time)
    if reader.peek_word().casefold() in ("the", "next", "this"):
        return _day(reader, None)
    return _amount(reader)


def _same_day(reader: Reader) -> _l.SameDay:
    if reader.take(",") or reader.peek_word().casefold() == "by":
        reader.take_word("by")
        reader.expect_phrase("close of business")
        return _l.SameDay("close of business")
    return _l.SameDay()


def _number(reader: Reader) -> Decimal | None:
    found = reader.number()
    if found is not None:
        return found
    word = reader.take_word("half", "a", "an", *_NUMBERS)
    if word == "half":
        reader.take_word("a", "an")
        return Decimal("0.5")
    if word in ("a", "an"):
        return Decimal(1)
    return None if word is None else Decimal(_NUMBERS.index(word) + 1)


def _amount(reader: Reader) -> _l.Limit:
    parts: list[tuple[Decimal, Unit, int]] = []
    while True:
        start = reader.pos
        number = _number(reader)
        if number is None:
            break
        parts.append((number, _unit(reader), start))
        reader.take_word("and")
    if not parts:
        raise reader.error(
            "expected a limit such as '3 working days', '24 h' or 'same day', or words that are "
            "no amount such as 'word: promptly'",
            _STARTS,
            reader.peek_word(),
        )
    return amount(reader, parts)


def _unit(reader: Reader) -> Unit:
    if reader.take_word(*_WORKING):
        reader.take("-")
        word = reader.expect_word("working hours, minutes or days", (*_HOURS, "day", "days"))
        return ("working days", 1) if word in _DAYS else ("working time", _HOURS[word])
    if reader.take_word(*_CALENDAR):
        return _DAYS[reader.expect_word("days, weeks, months or years", tuple(_DAYS))]
    word = reader.expect_word("a unit such as 'h' or 'working days'", _UNITS)
    return _DAYS[word] if word in _DAYS else ("elapsed", _HOURS[word])


def _ordinal(reader: Reader) -> int:
    if reader.take_word("next"):
        return 1
    start = reader.pos
    number = reader.number()
    if number is None:
        raise reader.error(
            "expected 'next' or a number such as '2nd'", ["next"], reader.peek_word()
        )
    if number != int(number):
        reader.pos = start
        raise reader.error("expected a whole number such as '2nd'")
    reader.expect_word("'st', 'nd', 'rd' or 'th'", ("st", "nd", "rd", "th"))
    return int(number)


def _month(reader: Reader) -> int:
    reader.expect_phrase("of")
    word = reader.expect_word("'this month' or 'next month'", ("this", "next", "the"))
    if word == "the":
        word = reader.expect_word("'next month'", ("next",))
    reader.expect_phrase("month")
    return 0 if word == "this" else 1


def _day(reader: Reader, time: _dt.time | None) -> _l.FixedPoint:
    reader.take_word("the")
    on: Literal["working day", "calendar day", "day of month"]
    months = 0
    if reader.take_word("last"):
        reader.expect_phrase("day")
        on, count, months = "day of month", 31, _month(reader)
    else:
        count = _ordinal(reader)
        word = reader.expect_word(
            "a working day, a calendar day, or a day 'of next month'",
            (*_WORKING, *_CALENDAR, "day", "of"),
        )
        if word == "of":
            reader.pos -= 2 + _spaces(reader)
            on, months = "day of month", _month(reader)
        else:
            on = "working day" if word in _WORKING else "calendar day"
            if word != "day":
                reader.expect_phrase("day")
    if time is None and reader.take_word("at"):
        time = reader.clock()
        if time is None:
            raise reader.error("expected a wall time such as '09:00'")
    return _l.FixedPoint(on, count, months, time)


def _spaces(reader: Reader) -> int:
    before = reader.source[: reader.pos]
    return len(before) - len(before.rstrip(" \t\u3000"))


def _every(reader: Reader) -> _l.Recurring:
    start = reader.pos
    number = reader.number()
    mode = reader.take_word("rolling", "calendar")
    word = reader.expect_word(
        "a week, month, quarter or year",
        ("week", "month", "quarter", "year", "weeks", "months", "quarters", "years"),
    )
    every: Literal["week", "month", "quarter", "year"]
    every = {"w": "week", "m": "month", "q": "quarter", "y": "year"}[word[0]]  # type: ignore[assignment]
    count = 1 if number is None else int(number)
    if mode == "rolling":
        if number is not None and number != count:
            reader.pos = start
            raise reader.error("expected a whole number")
        return _l.Recurring(every, count, rolling=True)
    if number is not None and number != 1:
        reader.pos = start
        raise reader.error(f"calendar periods come one by one; say '{count} rolling {every}s'")
    if not reader.take_word("by"):
        if mode is None:
            raise reader.error(
                f"say which: 'every calendar {every}', 'every rolling {every}' or a day, "
                "such as 'every month by the 5th'"
            )
        return _l.Recurring(every)
    if every == "quarter":
        raise reader.error("a quarter has no day to be done by; say 'every calendar quarter'")
    if every == "week":
        day = reader.expect_word("a weekday", tuple(_WEEKDAYS))
        return _l.Recurring("week", by=_WEEKDAYS.index(day) + 1)
    if every == "month":
        reader.take_word("the")
        if reader.take_word("last"):
            reader.expect_phrase("day")
            return _l.Recurring("month", by=31)
        return _l.Recurring("month", by=_ordinal(reader))
    number = reader.number()
    if number is None or number != int(number):
        raise reader.error("expected a day and a month such as '31 March'")
    month = reader.expect_word("a month's name", tuple(_MONTHS))
    return _l.Recurring("year", by=int(number), month=_MONTHS.index(month) + 1)


def _th(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _many(number: int | Decimal, unit: str) -> str:
    if number == Decimal("0.5"):
        return f"half {unit}"
    shown = plain(number) if isinstance(number, Decimal) else str(number)
    return f"{shown} {unit}" if number == 1 else f"{shown} {unit}s"


def write_english(limit: _l.Limit) -> str:
    """The canonical English text."""
    match limit:
        case _l.Elapsed(seconds):
            if seconds % 3600 == 0:
                return f"{seconds // 3600} h"
            return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"
        case _l.WorkingTime(seconds):
            if seconds % 3600 == 0:
                return _many(seconds // 3600, "working hour")
            if seconds % 60 == 0:
                return _many(seconds // 60, "working minute")
            return _many(seconds, "working second")
        case _l.WorkingDays(days):
            return _many(days, "working day")
        case _l.CalendarDays(days, weeks):
            parts = [_many(weeks, "week")] if weeks else []
            return " ".join([*parts, _many(days, "calendar day")] if days else parts)
        case _l.Months(months, years):
            parts = [_many(years, "year")] if years else []
            return " ".join([*parts, _many(months, "month")] if months else parts)
        case _l.SameDay(end):
            return "same day" if end == "end of day" else "same day by close of business"
        case _:
            return _write_other(limit)


def _write_other(limit: _l.Limit) -> str:
    match limit:
        case _l.FixedPoint():
            return _write_point(limit)
        case _l.Recurring():
            return _write_every(limit)
        case _l.Promise(fact):
            return f"promise: {fact}" if fact else "promise"
        case _l.CustomersDate(fact):
            return f"customer's date: {fact}" if fact else "customer's date"
        case _l.EventOrder(before):
            return f"before: {before}"
        case _l.WordOnly(words):
            return f"word: {words}"
        case _l.Referenced(where):
            return f"referenced: {where}"
        case _l.Unset(note):
            return f"unset: {note}" if note else "unset"
    raise AssertionError(limit)  # the union is closed


def _write_point(limit: _l.FixedPoint) -> str:
    nth = "next" if limit.count == 1 else _th(limit.count)
    if limit.on == "half day":
        return f"end of the {nth} half day"
    if limit.on == "day of month":
        nth = "last day" if limit.count == 31 else _th(limit.count)
        day = f"the {nth} of {'next' if limit.months else 'this'} month"
    else:
        day = f"the {nth} {limit.on}"
    return f"{wall(limit.time)} on {day}" if limit.time else day


def _write_every(limit: _l.Recurring) -> str:
    if limit.rolling:
        if limit.count == 1:
            return f"every rolling {limit.every}"
        return f"every {limit.count} rolling {limit.every}s"
    if limit.by is None:
        return f"every calendar {limit.every}"
    if limit.every == "week":
        return f"every week by {_WEEKDAYS[limit.by - 1].capitalize()}"
    if limit.month is not None:
        return f"every year by {limit.by} {_MONTHS[limit.month - 1].capitalize()}"
    return f"every month by the {'last day' if limit.by == 31 else _th(limit.by)}"
