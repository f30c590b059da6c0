"""The work that `bench_calendar.py` measures, each contestant's whole work as a callable."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from pendulum import DateTime
from pendulum.tz.timezone import Timezone

from complaintflow.calendar.working import WorkingCalendar

Work = Callable[[], Any]
ZONE = "Asia/Shanghai"
TZ, PLAIN = Timezone(ZONE), ZoneInfo(ZONE)
WEEK = {"mon-fri": ["08:00-12:00", "13:00-17:00"]}
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
SPANS = ((8, 12), (13, 17))
HOUR = 3_600_000_000
BARE, CONVERSION = "bare bisect on ints", "one pendulum DateTime in and out"
_subtract = dt.datetime.__sub__


def holiday_list(per_year: int, first: int = 2020, last: int = 2034) -> dict[dt.date, str]:
    """So many weekdays of every year, drawn without replacement."""
    rng = random.Random(per_year)
    found: dict[dt.date, str] = {}
    for year in range(first, last + 1):
        days = [dt.date(year, 1, 1) + dt.timedelta(days=i) for i in range(365)]
        weekdays = [day for day in days if day.weekday() < 5]
        found |= dict.fromkeys(rng.sample(weekdays, per_year), "holiday")
    return found


def calendar_with(holidays: dict[dt.date, str]) -> WorkingCalendar:
    return WorkingCalendar(
        ZONE, WEEK, closed=holidays, coverage=(dt.date(2020, 1, 1), dt.date(2034, 12, 31))
    )


HOLIDAYS = holiday_list(20)
CAL = calendar_with(HOLIDAYS)
_rng = random.Random(7)
SECONDS = [
    int(dt.datetime(2024, 1, 1, tzinfo=PLAIN).timestamp()) + _rng.randrange(2 * 366 * 86_400)
    for _ in range(2_000)
]
MICROS = [second * 1_000_000 for second in SECONDS]
STARTS = [DateTime.fromtimestamp(second, TZ) for second in SECONDS]
PLAIN_STARTS = [dt.datetime.fromtimestamp(second, PLAIN) for second in SECONDS]
PLAIN_ENDS = [start + dt.timedelta(days=90) for start in PLAIN_STARTS]
NAIVE = [start.replace(tzinfo=None) for start in PLAIN_STARTS]
DATES = [start.date() for start in PLAIN_STARTS]


# The bare limits: prefix sums and bisect, written by hand


def prefix_sums() -> tuple[list[int], list[int], list[int]]:
    opens, closes, before, total = [], [], [], 0
    day = dt.date(2023, 1, 1)
    while day.year < 2030:
        if day.weekday() < 5 and day not in HOLIDAYS:
            for first, last in SPANS:
                start = dt.datetime(day.year, day.month, day.day, first, tzinfo=PLAIN)
                opens.append(to_int(start))
                closes.append(to_int(start) + (last - first) * HOUR)
                before.append(total)
                total += (last - first) * HOUR
        day += dt.timedelta(days=1)
    return opens, closes, before


def to_int(at: dt.datetime) -> int:
    delta = at - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


OPENS, CLOSES, BEFORE = prefix_sums()


def bare_add(at: int, amount: int) -> int:
    i = bisect_right(OPENS, at) - 1
    close = CLOSES[i]
    position = BEFORE[i] + (at if at < close else close) - OPENS[i] + amount  # noqa: FURB136
    j = bisect_left(BEFORE, position) - 1
    return OPENS[j] + position - BEFORE[j]


def bare_add_zoneinfo(at: dt.datetime, amount: int) -> dt.datetime:
    found = bare_add(to_int(at), amount)
    local = dt.datetime.fromtimestamp(found // 1_000_000, PLAIN)
    return local.replace(microsecond=found % 1_000_000) if found % 1_000_000 else local


def pendulum_in_and_out(at: DateTime) -> DateTime:
    delta = _subtract(at, EPOCH)
    micros = (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds
    local = dt.datetime.fromtimestamp(micros // 1_000_000, TZ)
    return DateTime(
        local.year,
        local.month,
        local.day,
        local.hour,
        local.minute,
        local.second,
        micros % 1_000_000,
        tzinfo=TZ,
        fold=local.fold,
    )


def bare_between(start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    a, b = to_int(start), to_int(end)
    i, j = bisect_right(OPENS, a) - 1, bisect_right(OPENS, b) - 1
    return dt.timedelta(
        microseconds=(BEFORE[j] + min(b, CLOSES[j]) - OPENS[j])
        - (BEFORE[i] + min(a, CLOSES[i]) - OPENS[i])
    )


# By hand, without prefix sums


def loop_between(start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """Day by day on naive local time, which is exact where no daylight saving is."""
    total, day = dt.timedelta(0), start.date()
    while day <= end.date():
        if day.weekday() < 5 and day not in HOLIDAYS:
            for first, last in SPANS:
                low = max(start, dt.datetime(day.year, day.month, day.day, first))
                high = min(end, dt.datetime(day.year, day.month, day.day, last))
                total += max(high - low, dt.timedelta(0))
        day += dt.timedelta(days=1)
    return total


def loop_add(start: dt.datetime, amount: dt.timedelta) -> dt.datetime:
    day = start.date()
    while True:
        if day.weekday() < 5 and day not in HOLIDAYS:
            for first, last in SPANS:
                low = max(start, dt.datetime(day.year, day.month, day.day, first))
                high = dt.datetime(day.year, day.month, day.day, last)
                if low < high:
                    if amount <= high - low:
                        return low + amount
                    amount -= high - low
        day += dt.timedelta(days=1)


# The other libraries, each with the whole work as a callable


def adders() -> Iterator[tuple[str, int, Work]]:
    """(name, how many of the starts, the work) for start + 40 h."""
    amount = dt.timedelta(hours=40)
    yield "`cal.add`", 2_000, lambda: [CAL.add(start, amount) for start in STARTS]
    yield BARE, 2_000, lambda: [bare_add(at, 40 * HOUR) for at in MICROS]
    yield (
        "one pendulum DateTime in and out",
        2_000,
        lambda: [pendulum_in_and_out(s) for s in STARTS],
    )
    yield (
        "bisect, zoneinfo datetimes in and out",
        2_000,
        lambda: [bare_add_zoneinfo(start, 40 * HOUR) for start in PLAIN_STARTS],
    )
    yield "stdlib day loop, naive", 2_000, lambda: [loop_add(start, amount) for start in NAIVE]
    try:
        import numpy as np
    except ImportError:
        pass
    else:
        days = np.busdaycalendar(holidays=np.array(sorted(HOLIDAYS), "datetime64[D]"))

        def scalar(start: dt.datetime, amount: int) -> dt.datetime:
            """Whole days by busday_offset, the rest by hand: eight hours, in two halves."""
            date: Any = np.datetime64(start.date())
            if np.is_busday(date, busdaycal=days):
                second = start.hour * 3600 + start.minute * 60 + start.second
                done = min(max(second - 8 * 3600, 0), 4 * 3600)
                done += min(max(second - 13 * 3600, 0), 4 * 3600)
            else:
                date, done = np.busday_offset(date, 0, roll="forward", busdaycal=days), 0
            more, rest = divmod(done + amount, 8 * 3600)
            if rest == 0:  # used up exactly at a closing
                more, rest = more - 1, 8 * 3600
            day = np.busday_offset(date, more, roll="forward", busdaycal=days).astype(object)
            rest += 8 * 3600 if rest <= 4 * 3600 else 9 * 3600
            return dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=rest)

        yield (
            "numpy busday, scalar, hours by hand",
            2_000,
            lambda: [scalar(s, 144_000) for s in NAIVE],
        )
    try:
        import pandas as pd
    except ImportError:
        pass
    else:
        offset = pd.offsets.CustomBusinessHour(
            40, start=["08:00", "13:00"], end=["12:00", "17:00"], holidays=sorted(HOLIDAYS)
        )
        stamps = [pd.Timestamp(start) for start in NAIVE[:500]]
        yield "pandas CustomBusinessHour", 500, lambda: [stamp + offset for stamp in stamps]
    try:
        import businesstimedelta as btd  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        pass
    else:
        rule = _btd_rules(btd)
        forty = btd.BusinessTimeDelta(rule, hours=40)
        yield (
            "businesstimedelta",
            40,
            lambda: [(start + forty).astimezone(PLAIN) for start in PLAIN_STARTS[:40]],
        )


def _btd_rules(btd: Any) -> Any:
    import pytz  # type: ignore[import-untyped,unused-ignore]  # which it expects

    tz, days = pytz.timezone(ZONE), [0, 1, 2, 3, 4]
    work = btd.WorkDayRule(dt.time(8), dt.time(17), days, tz=tz)
    lunch = btd.LunchTimeRule(dt.time(12), dt.time(13), days, tz=tz)
    return btd.Rules([work, lunch, btd.HolidayRule(listed_holidays(), tz=tz)])


def listed_holidays() -> Any:
    """The same days as the package ``holidays`` holds them, which its users pass on."""
    try:
        import holidays
    except ImportError:
        return HOLIDAYS
    listed: Any = holidays.HolidayBase()
    listed.weekend = {5, 6}
    listed.update(HOLIDAYS)
    return listed


def measurers() -> Iterator[tuple[str, int, Work]]:
    """(name, how many, the work) for the time elapsed over 90 days."""
    pairs = list(zip(PLAIN_STARTS, PLAIN_ENDS, strict=True))
    naive = [(a.replace(tzinfo=None), b.replace(tzinfo=None)) for a, b in pairs]
    yield "`cal.between`", 2_000, lambda: [CAL.between(a, b) for a, b in pairs]
    yield "bisect, zoneinfo datetimes in", 2_000, lambda: [bare_between(a, b) for a, b in pairs]
    yield "stdlib day loop, naive", 200, lambda: [loop_between(a, b) for a, b in naive[:200]]
    try:
        import businesstimedelta as btd  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        pass
    else:
        rule = _btd_rules(btd)
        yield (
            "businesstimedelta",
            5,
            lambda: [
                dt.timedelta(seconds=found.hours * 3600 + found.seconds)
                for a, b in pairs[:5]
                for found in (rule.difference(a, b),)
            ],
        )


def day_adders() -> Iterator[tuple[str, int, Work]]:
    """(name, how many, the work) for ten working days more."""
    yield "`cal.add_working_days`", 2_000, lambda: [CAL.add_working_days(d, 10) for d in DATES]
    try:
        import bizdays
    except ImportError:
        pass
    else:
        biz = bizdays.Calendar(
            sorted(HOLIDAYS),
            ["Saturday", "Sunday"],
            startdate="2020-01-01",
            enddate="2034-12-31",
            name="bench",
        )
        yield "bizdays", 2_000, lambda: [biz.offset(d, 10) for d in DATES]
    listed = listed_holidays()
    if listed is not HOLIDAYS:
        yield "holidays", 2_000, lambda: [listed.get_nth_working_day(d, 10) for d in DATES]
    try:
        import numpy as np
    except ImportError:
        pass
    else:
        days = np.busdaycalendar(holidays=np.array(sorted(HOLIDAYS), "datetime64[D]"))
        yield (
            "numpy busday_offset, scalar",
            2_000,
            lambda: [
                np.busday_offset(d, 10, roll="preceding", busdaycal=days).astype(object)
                for d in DATES
            ],
        )


def bulk() -> Iterator[tuple[str, int, Work]]:
    amount = dt.timedelta(hours=40)
    yield "`cal.add_many`, list of ints", 2_000, lambda: CAL.add_many(MICROS, amount)
    yield (
        "comprehension over bare bisect",
        2_000,
        lambda: [bare_add(at, 40 * HOUR) for at in MICROS],
    )


def bulk_numpy() -> Iterator[tuple[str, int, Work]]:
    try:
        import numpy as np
    except ImportError:
        return
    amount = dt.timedelta(hours=40)
    at = np.array(MICROS * 50, np.int64)
    opens, closes, before = (np.array(part, np.int64) for part in (OPENS, CLOSES, BEFORE))

    def bare() -> Any:
        i = np.searchsorted(opens, at, "right") - 1
        position = before[i] + np.minimum(at, closes[i]) - opens[i] + 40 * HOUR
        j = np.searchsorted(before, position, "left") - 1
        return opens[j] + position - before[j]

    yield "`cal.add_many`, int64 array", len(at), lambda: CAL.add_many(at, amount)
    yield "bare searchsorted", len(at), bare


def spans() -> Iterator[tuple[str, str, int, Work, Work]]:
    """(what, goal, how many, the long work, the short work)."""
    many = calendar_with(holiday_list(133))  # 15 years: 1,995
    long, short = dt.timedelta(hours=8_000), dt.timedelta(hours=8)
    yield (
        "`add` of 8,000 h against 8 h",
        "1.3",
        2_000,
        lambda: [CAL.add(start, long) for start in STARTS],
        lambda: [CAL.add(start, short) for start in STARTS],
    )
    near = [start + dt.timedelta(days=9) for start in PLAIN_STARTS]
    far = [start + dt.timedelta(days=900) for start in PLAIN_STARTS]
    yield (
        "`between` over 900 d against 9 d",
        "1.3",
        2_000,
        lambda: [CAL.between(a, b) for a, b in zip(PLAIN_STARTS, far, strict=True)],
        lambda: [CAL.between(a, b) for a, b in zip(PLAIN_STARTS, near, strict=True)],
    )
    few = calendar_with(dict(list(HOLIDAYS.items())[:20]))
    forty = dt.timedelta(hours=40)
    yield (
        "`add` with 2,000 holidays against 20",
        "1.3",
        2_000,
        lambda: [many.add(start, forty) for start in STARTS],
        lambda: [few.add(start, forty) for start in STARTS],
    )
