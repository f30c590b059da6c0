"""A year of a company: every owner, rung and message against a plan worked out day by day.

The oracle knows nothing of the engine: it counts working days one after the other, looks up
absences in a table, and keeps its own turn of the engineers.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import attrs
import pytest

from complaintflow.audit.events import Assigned, Missed, RungReached
from complaintflow.audit.messages import Message
from complaintflow.desk.desk import Desk
from complaintflow.desk.people_file import loads_people
from complaintflow.policyfile import loads

ZONE = ZoneInfo("Asia/Shanghai")
HOLIDAYS = {dt.date(2026, 1, 1), dt.date(2026, 5, 1), *(dt.date(2026, 10, d) for d in range(1, 8))}
ENGINEERS = ("e1", "e2", "e3")
LAST = dt.datetime(2026, 12, 31, 23, 59, tzinfo=ZONE)
POLICY = """
policy = { id = "year", version = "1", semantics = 1, calendar = "office", final = ["closed"] }
[roles]
desk = "1"
engineer = { clause = "2", above = "lead", calendar = "office" }
lead = { clause = "3", calendar = "office" }
gm = "4"
[step]
receive = { clause = "1", by = "desk", to = "open" }
close = { clause = "5", by = "gm", from = "open", to = "closed" }
[route]
engineer = { clause = "2", by = "round robin" }
[[duty.reply.rungs]]
code = "warn"
at = "1 working day before"
to = "engineer"
[[duty.reply.rungs]]
code = "late"
at = "due"
to = "lead"
[[duty.reply.rungs]]
code = "climb"
at = "every 24 h after, 2 times"
to = "gm"
[duty.reply]
clause = "2"
owner = "engineer"
starts = "receive"
within = "3 working days"
[records]
numbers = { number = "{YYYY}-{serial:05}" }
[calendar.office]
timezone = "Asia/Shanghai"
week = { "mon-fri" = ["09:00-17:00"] }
closed = [CLOSED]
coverage = [2025-12-01, 2027-03-31]
""".replace("CLOSED", ", ".join(sorted(day.isoformat() for day in HOLIDAYS)))


# -- the company: who is away when ---------------------------------------------------------


def absences(rng: random.Random) -> dict[str, set[dt.date]]:
    """Days on which each person is away: a few weeks of holiday, some days here and there."""
    year = [dt.date(2026, 1, 1) + dt.timedelta(n) for n in range(365)]
    found: dict[str, set[dt.date]] = {}
    for person in (*ENGINEERS, "boss"):
        away: set[dt.date] = set()
        for _ in range(4):
            start = rng.choice(year)
            away |= {start + dt.timedelta(n) for n in range(rng.randint(5, 15))}
        found[person] = away | set(rng.sample(year, 15))
    return found


def people_text(away: dict[str, set[dt.date]]) -> str:
    others = {"e1": "e2, boss", "e2": "e3, boss", "e3": "e1, boss", "boss": "chief"}
    rows = ['timezone = "Asia/Shanghai"', '[person.ma]\nroles = "desk"']
    for person in (*ENGINEERS, "boss"):
        role = "engineer" if person in ENGINEERS else "lead"
        substitutes = [part.strip() for part in others[person].split(",")]
        days = sorted(day.isoformat() for day in away[person])
        rows.append(
            f'[person.{person}]\nroles = "{role}"\nsubstitutes = {substitutes}\nabsent = {days}'
        )
    return "\n".join([*rows, '[person.chief]\nroles = "gm"'])


# -- the oracle ------------------------------------------------------------------------------


def works(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def at(day: dt.date, hour: int, minute: int = 0, second: int = 0) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=ZONE)


def nth_working_day(day: dt.date, number: int) -> dt.date:
    while number:
        day += dt.timedelta(1)
        number -= works(day)
    return day


def open_again(moment: dt.datetime) -> dt.datetime:
    day = moment.date()
    while not works(day) or at(day, 17) <= moment:
        day += dt.timedelta(1)
    return max(at(day, 9), moment)


@attrs.frozen
class Plan:
    """What must come of one complaint."""

    owner: str
    due: dt.datetime
    rungs: list[tuple[str, int, dt.datetime, tuple[str, ...], bool]]
    told: list[tuple[str, str, str]]


class Oracle:
    """Works out plans in the order of receipt."""

    def __init__(self, away: dict[str, set[dt.date]]) -> None:
        self.away = away
        self.turn = 0

    def is_away(self, person: str, moment: dt.datetime) -> bool:
        return moment.date() in self.away.get(person, set())

    def owner(self, moment: dt.datetime) -> str:
        there = [one for one in ENGINEERS if not self.is_away(one, moment)]
        if not there:
            return "chief" if self.is_away("boss", moment) else "boss"
        if len(there) == 1:
            return there[0]
        self.turn += 1
        wanted = (self.turn - 1) % 3
        while ENGINEERS[wanted] not in there:
            wanted = (wanted + 1) % 3
        return ENGINEERS[wanted]

    def stands_in(self, owner: str, moment: dt.datetime) -> tuple[str, ...]:
        """Who hears what the engineer of the case is told."""
        following = {"e1": "e2", "e2": "e3", "e3": "e1"}
        asked = [owner, following.get(owner, "boss"), "boss"]
        for one in asked if owner in ENGINEERS else [owner, "chief"]:
            if not self.is_away(one, moment):
                return (one,)
        there = [one for one in ENGINEERS if not self.is_away(one, moment)]
        return tuple(there) or ("chief",)

    def plan(
        self, received: dt.datetime, done: dt.datetime | None, swept: list[dt.datetime]
    ) -> Plan:
        owner = self.owner(received)
        due = at(nth_working_day(received.date(), 3), 17)
        warn = at(nth_working_day(received.date(), 2), 16, 59, 59)
        late = open_again(due + dt.timedelta(seconds=1))
        waited = late - (due + dt.timedelta(seconds=1))
        climbs = [due + waited + dt.timedelta(hours=24 * n) for n in (1, 2)]
        boss = "chief" if self.is_away("boss", late) else "boss"
        ladder = [
            ("warn", 1, warn, "engineer", self.stands_in(owner, warn)),
            ("late", 1, late, "lead", (boss,)),
            ("climb", 1, climbs[0], "gm", ("chief",)),
            ("climb", 2, climbs[1], "gm", ("chief",)),
        ]
        end = done or LAST
        rungs, told = [], []
        heard: dict[str, str] = {}
        for code, number, moment, role, people in ladder:
            if moment > end:
                continue
            seen = max((sweep for sweep in swept if sweep <= end), default=received) >= moment
            too_late = done is not None and not seen
            rungs.append((code, number, moment, people, too_late))
            # Who heard of it in another role a rung before is not told again.
            fresh = [person for person in people if heard.get(person, role) == role]
            heard = dict.fromkeys(fresh, role)
            if not too_late:
                told += [(f"{code} {number}", role, person) for person in fresh]
        return Plan(owner, due, rungs, told)


# -- the year --------------------------------------------------------------------------------


def history(rng: random.Random, count: int) -> Iterator[tuple[dt.datetime, dt.datetime | None]]:
    """When complaints come in, and when they are answered, if ever."""
    minutes = sorted(rng.randrange(360 * 24 * 60) for _ in range(count))
    for minute in minutes:
        received = dt.datetime(2026, 1, 1, tzinfo=ZONE) + dt.timedelta(minutes=minute)
        taken = dt.timedelta(minutes=rng.randrange(14 * 24 * 60))
        done = received + taken
        yield received, None if rng.random() < 0.05 or done >= LAST else done


def run(seed: int, count: int) -> None:
    rng = random.Random(seed)
    away = absences(rng)
    present = [dt.datetime(2026, 1, 1, tzinfo=ZONE)]
    desk = Desk(loads(POLICY), directory=loads_people(people_text(away)), now=lambda: present[0])
    complaints = list(history(rng, count))
    sweeps = [
        dt.datetime(2026, 1, 1, tzinfo=ZONE) + dt.timedelta(days=day, minutes=rng.randrange(1440))
        for day in range(365)
        if rng.random() < 0.7  # now and then the server is down
    ]
    sweeps.append(LAST)
    moments: list[tuple[dt.datetime, int, int]] = [(one, 2, 0) for one in sweeps]
    for index, (received, done) in enumerate(complaints):
        moments.append((received, 0, index))
        if done is not None:
            moments.append((done, 1, index))
    numbers: dict[int, str] = {}
    sent: dict[str, list[Message]] = {}
    for moment, what, index in sorted(moments):
        present[0] = moment
        accepted = []
        if what == 0:
            accepted = [desk.receive({}, by="ma", role="desk")]
            numbers[index] = accepted[0].case.id
        elif what == 1:
            # Somebody who holds a role may always act, even on a day off.
            accepted = [desk.do(numbers[index], "reply", by="e1", role="engineer")]
        else:
            accepted = list(desk.sweep())
        for one in accepted:
            sent.setdefault(one.case.id, []).extend(one.messages)
    oracle = Oracle(away)
    for index, (received, done) in enumerate(complaints):
        number = numbers[index]
        plan = oracle.plan(received, done, sweeps)
        events = desk.case(number).events
        owners = [event.body.person for event in events if isinstance(event.body, Assigned)]
        assert owners == [plan.owner], (number, received)
        rungs = [
            (
                event.body.rung,
                event.body.repetition,
                dt.datetime.fromtimestamp(event.occurred / 1_000_000, ZONE),
                tuple(person for people in event.body.people.values() for person in people),
                event.body.too_late,
            )
            for event in events
            if isinstance(event.body, RungReached)
        ]
        assert rungs == plan.rungs, (number, received, done)
        first, *later = sent[number]
        assert (first.kind, first.role, first.person) == ("assigned", "engineer", plan.owner)
        told = [(f"{m.data['rung']} {m.data['repetition']}", m.role, m.person) for m in later]
        assert told == plan.told, (number, received, done)
        missed = [event.body for event in events if isinstance(event.body, Missed)]
        is_late = (done or LAST) > plan.due + dt.timedelta(seconds=1)
        assert len(missed) == is_late, (number, received, done)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_year_of_250_complaints_goes_as_planned(seed: int) -> None:
    run(seed, 250)


@pytest.mark.long
def test_a_year_of_10_000_complaints_goes_as_planned() -> None:
    run(3, 10_000)
