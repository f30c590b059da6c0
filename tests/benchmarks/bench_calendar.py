"""How fast the calendar is, beside every other way to do the same work, in one run.

Run it on a quiet machine::

    python tests/benchmarks/bench_calendar.py

It prints the Markdown table of ``docs/reference/speed-calendar.md``. Every answer is compared
first; contestants that are not installed are left out. Times are processor time, the best of
interleaved rounds.
"""

from __future__ import annotations

import datetime as dt
import platform
import subprocess
import sys
import time
import timeit
import warnings
from collections.abc import Iterator
from typing import Any

from calendar_contestants import (  # type: ignore[import-not-found]  # beside this script
    BARE,
    CAL,
    CONVERSION,
    HOLIDAYS,
    PLAIN,
    TZ,
    WEEK,
    ZONE,
    Work,
    adders,
    bulk,
    bulk_numpy,
    day_adders,
    measurers,
    spans,
)
from pendulum import DateTime

from complaintflow.calendar import offsets
from complaintflow.calendar.working import WorkingCalendar

ROUNDS = 31


def best(works: list[tuple[str, int, Work]]) -> dict[str, float]:
    """Microseconds for one, the best of interleaved rounds."""
    found: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, count, work in works:
            took = timeit.timeit(work, timer=time.process_time, number=1) / count * 1e6
            found[name] = min(found.get(name, took), took)
    return found


def instants(values: list[Any]) -> list[dt.datetime]:
    """Whatever a contestant answers, as naive local datetimes."""
    found = []
    for value in values:
        if isinstance(value, int):
            value = dt.datetime.fromtimestamp(value // 1_000_000, PLAIN)
        at = dt.datetime(*value.timetuple()[:6])
        found.append(at)
    return found


def same_instants(name: str, ours: list[Any], theirs: list[Any]) -> int:
    """How many answers differ; those at the other end of the same break are counted, not wrong."""
    apart = 0
    for mine, other in zip(instants(ours), instants(theirs), strict=False):
        if mine != other:
            apart += 1
            a, b = mine.replace(tzinfo=PLAIN), other.replace(tzinfo=PLAIN)
            if CAL.between(a, b) != dt.timedelta(0):
                raise AssertionError(f"{name}: {mine} is not {other}")
    return apart


def same(name: str, ours: list[Any], theirs: list[Any]) -> None:
    for mine, other in zip(ours, theirs, strict=False):
        if mine != other:
            raise AssertionError(f"{name}: {mine} is not {other}")


Row = tuple[str, str, float, str, str]
"""What, beside what, ratio, goal, the times."""


def beside(what: str, mine: float, took: dict[str, float], goals: dict[str, str]) -> Iterator[Row]:
    """A row for each contestant: how many times longer it takes, or how much shorter."""
    for name, micros in took.items():
        goal = goals.get(name, "")
        ratio = mine / micros if goal.startswith("at most") else micros / mine
        digits = 3 if mine < 1 else 2
        yield what, name, ratio, goal, f"{mine:.{digits}f} us against {micros:.{digits}f} us"


def adder_rows() -> Iterator[Row]:
    works = list(adders())
    ours = works[0][2]()
    for name, _, work in works[1:]:
        if name != CONVERSION:
            apart = same_instants(name, ours, work())
            if apart:
                print(f"{name}: {apart} answers at the other end of a break", file=sys.stderr)
    took = best(works)
    mine = took.pop("`cal.add`")
    limit = took.pop(BARE) + took.pop(CONVERSION)
    goals = {
        "bare bisect + pendulum in and out": "at most 1.5",
        "pandas CustomBusinessHour": "at least 12",
        "businesstimedelta": "at least 300",
        "numpy busday, scalar, hours by hand": "at least 2",
    }
    took = {"bare bisect + pendulum in and out": limit, **took}
    yield from beside("start + 40 h, `cal.add`", mine, took, goals)


def measurer_rows() -> Iterator[Row]:
    works = list(measurers())
    ours = works[0][2]()
    for name, _, work in works[1:]:
        same(name, ours, work())
    took = best(works)
    mine = took.pop("`cal.between`")
    goals = {
        "bisect, zoneinfo datetimes in": "at most 2",
        "businesstimedelta": "at least 7,000",
        "stdlib day loop, naive": "at least 20",
    }
    yield from beside("elapsed over 90 days, `cal.between`", mine, took, goals)


def span_rows() -> Iterator[Row]:
    for what, goal, count, long, short in spans():
        took = best([("long", count, long), ("short", count, short)])
        yield from beside(
            what, took["long"], {"itself": took["short"]}, {"itself": f"at most {goal}"}
        )


def day_rows() -> Iterator[Row]:
    works = list(day_adders())
    ours = works[0][2]()
    for name, _, work in works[1:]:
        same(name, ours, work())
    took = best(works)
    mine = took.pop("`cal.add_working_days`")
    goals = {"bizdays": "at least 1.8", "holidays": "at least 7"}
    yield from beside("+ 10 working days", mine, took, goals)


def bulk_rows() -> Iterator[Row]:
    for what, works in (
        ("bulk with NumPy, per element", list(bulk_numpy())),
        ("bulk without NumPy, per element", list(bulk())),
    ):
        if works:
            same(what, list(works[0][2]()), list(works[1][2]()))
            took = best(works)
            mine = took.pop(works[0][0])
            yield from beside(what, mine, took, dict.fromkeys(took, "at most 2"))


def rows() -> Iterator[Row]:
    yield from adder_rows()
    yield from measurer_rows()
    yield from span_rows()
    yield from day_rows()
    yield from bulk_rows()


def making() -> tuple[float, float]:
    """Milliseconds for a calendar of one year and its first answer, warm and with a new zone."""
    year = {day: name for day, name in HOLIDAYS.items() if day.year == 2024}
    start, amount = DateTime(2024, 5, 6, 9, tzinfo=TZ), dt.timedelta(hours=40)

    def make() -> None:
        WorkingCalendar(ZONE, WEEK, closed=year).add(start, amount)

    def make_cold() -> None:
        offsets.transitions.cache_clear()
        make()

    return (
        min(timeit.repeat(make, number=1, repeat=50)) * 1e3,
        min(timeit.repeat(make_cold, number=1, repeat=50)) * 1e3,
    )


def imports() -> str:
    """Which optional parts importing the calendar drags in."""
    code = (
        "import sys; from complaintflow.calendar import WorkingCalendar; WorkingCalendar; "
        "print(*[m for m in ('numpy', 'pandas', 'holidays', 'icalendar', 'cattrs', "
        "'transitions', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip() or "none"


def main() -> None:
    """Compare, measure and print."""
    warnings.simplefilter("ignore")
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}.\n")
    print("| what | beside | ratio | goal | reached | times |")
    print("| --- | --- | ---: | --- | --- | --- |")
    for what, other, ratio, goal, times in rows():
        number = f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2f}"
        reached = ""
        if goal:
            bound = float(goal.split()[-1].replace(",", ""))
            reached = "yes" if (ratio <= bound) == ("most" in goal) else "**no**"
        print(f"| {what} | {other} | {number} | {goal} | {reached} | {times} |")
    warm, cold = making()
    reached = "yes" if cold < 1 else "**no**"
    print(
        f"| making a calendar of one year, first answer | | | under 1 ms | {reached} "
        f"| {warm:.2f} ms, {cold:.2f} ms with a zone never seen |"
    )
    print(f"| optional parts imported with it | | | none | {imports()} | |")


if __name__ == "__main__":
    main()
