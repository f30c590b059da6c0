"""How many routing decisions a second, and that a sweep costs what is due, not what is open.

Run it on a quiet machine::

    python tests/benchmarks/bench_routing.py

It prints the Markdown tables of ``docs/reference/speed-routing.md``. Processor time counts, the
best of interleaved rounds.

- A decision chooses one of 1,000 people, 20 of them absent, for a case among 10,000 open ones:
  who holds the role, who may not, the strategies, and the event that says so.
- A sweep records a miss and a rung in each of 1,000 cases. The others are open and not due.
  One case is opened at a desk; the others get its events, each with a customer, a subject, a
  person, and instants of its own.
"""

from __future__ import annotations

import collections
import gc
import platform
import time
from collections.abc import Sequence

import attrs

from complaintflow import Desk, instant
from complaintflow.audit.events import Assigned, Body, Event, Missed, RungReached, StepTaken
from complaintflow.desk.history import index_keys, key_text
from complaintflow.desk.people import Entry, People
from complaintflow.desk.workload import StoreWorkload, route_keys
from complaintflow.engine.program import Program
from complaintflow.engine.routing import choose
from complaintflow.engine.standing import Course, Standing, fold, view_of
from complaintflow.moments import to_micros
from complaintflow.policy.person import Person
from complaintflow.policy.world import Choosing, World
from complaintflow.policyfile import loads
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStatus

PEOPLE, ABSENT, CUSTOMERS, DUE, BATCH = 1_000, 20, 5_000, 1_000, 1_000
OPEN = (10_000, 100_000)
CHOICES, ROUNDS, TIMES, GOAL = 50, 5, 3, 1.5
SUBJECTS = ("brakes", "engine", "body", "seats", "lights")
ZONE = "Asia/Shanghai"
NOW = instant("2026-03-10T10:00", ZONE)
SECOND, MINUTE = 1_000_000, 60_000_000
LATE = 7
"""Which of each ten or hundred cases is late; nobody who has one of them is absent."""

POLICY = """
policy = {{ id = "many", version = "1", semantics = 1, calendar = "c", keeper = "office", final = ["closed"] }}
roles = {{ desk = "1", engineer = "2", office = "3" }}
[facts]
subject = "one of: brakes, engine, body, seats, lights"
customer = "text"
[step]
receive = {{ clause = "1", by = "desk", to = "open", asks = ["subject", "customer"] }}
close = {{ clause = "4", by = "office", from = "open", to = "closed" }}
[duty]
look = {{ clause = "2", owner = "engineer", starts = "receive", within = "24 h", rungs = [{{ at = "due", to = "engineer, office" }}] }}
[route]
engineer = {{ clause = "2", by = "{by}" }}
[calendar.c]
timezone = "Asia/Shanghai"
week = {{ "mon-fri" = ["09:00-17:00"] }}
"""
ROUTES = (
    *("first", "receiver", "skill subject", "sticky customer", "least loaded"),
    *("round robin", "weighted", "own longest_name"),
    "skill subject, sticky customer, least loaded",
)


def longest_name(choosing: Choosing, /) -> Sequence[str]:
    """A strategy of the host."""
    return [max(choosing.candidates, key=lambda person: (len(person.name), person.id)).id]


def engineer(number: int) -> str:
    return f"e{number % PEOPLE:04}"


def company() -> People:
    """A desk clerk, an office, and the engineers."""
    clerks = [Person("ma", roles=["desk"]), Person("wu", roles=["office"])]
    entries = [Entry(person) for person in clerks]
    for number in range(PEOPLE):
        person = Person(
            engineer(number),
            f"Engineer {number}",
            ["engineer"],
            substitutes=[engineer(number + 1)],
            skills={SUBJECTS[number % len(SUBJECTS)]},
            weight=1 + number % 3,
        )
        away = ((0, 2**60),) if number % (PEOPLE // ABSENT) == 0 else ()
        entries.append(Entry(person, away))
    return People(entries)


@attrs.frozen
class Pattern:
    """A case as a desk opened it; its copies are other cases.

    Args:
        events: What the desk recorded.
        program: The policy.
    """

    events: tuple[Event, ...]
    program: Program

    def copy(self, number: int, received: int) -> tuple[Event, ...]:
        """The events of another case, of its own customer, subject and person."""
        said = {"subject": SUBJECTS[number % 5], "customer": f"c{number % CUSTOMERS}"}
        return tuple(
            attrs.evolve(
                event,
                body=_body(event.body, said, engineer(number)),
                occurred=received,
                recorded=received,
            )
            for event in self.events
        )


def _body(body: Body, said: dict[str, str], person: str) -> Body:
    if isinstance(body, StepTaken):
        return attrs.evolve(body, facts=dict(said))
    if isinstance(body, Assigned):
        return attrs.evolve(body, person=person)
    return attrs.evolve(body)


def pattern(by: str, people: People) -> Pattern:
    """One case under the route *by*, opened at a desk."""
    policy = loads(POLICY.format(by=by))
    own = {"longest_name": longest_name}
    desk = Desk(policy, directory=people, strategies=own, now=lambda: NOW)
    accepted = desk.receive({"subject": "brakes", "customer": "c"}, by="ma", role="desk")
    return Pattern(accepted.events, Program(policy))


def status(program: Program, case_id: str, events: tuple[Event, ...]) -> CaseStatus:
    """What a store must know of a case, as a desk says it."""
    course = Course(program, fold(program, case_id, events))
    course.first()
    standing = course.standing
    keys = index_keys(program, standing).union(route_keys(program, standing))
    case = standing.case
    return CaseStatus(case.state, True, case.received, case.policy, standing.attention, keys)


def like(first: CaseStatus, number: int, received: int) -> CaseStatus:
    """The same of a copy, without folding it."""
    assert first.attention is not None
    customer = key_text({"customer": f"c{number % CUSTOMERS}"})
    known = {"person": engineer(number)}
    found = {(name, key if key == "ma" else known.get(name, customer)) for name, key in first.keys}
    attention = first.attention - first.received + received
    return attrs.evolve(first, received=received, attention=attention, keys=frozenset(found))


def fill(made: Pattern, count: int, due: int) -> MemoryStore:
    """A store with *count* open cases; *due* of them, scattered, are a quarter of an hour late."""
    store, now, every = MemoryStore(), to_micros(NOW), count // max(due, 1)
    known = status(made.program, "pattern", made.events)
    for first in range(0, count, BATCH):
        with store.begin() as unit:
            for number in range(first, first + BATCH):
                late = due and number % every == LATE
                received = now - (24 * 60 + 15 if late else 60) * MINUTE - number % 600 * SECOND
                events, case_id = made.copy(number, received), f"C-{number:06}"
                said = like(known, number, received)
                if number % BATCH == LATE:
                    assert said == status(made.program, case_id, events)
                unit.append(case_id, events, expected_version=0, status=said)
    return store


# -- decisions -----------------------------------------------------------------------------------


@attrs.frozen
class Choice:
    """Choosing the person of a new case among ten thousand open ones."""

    made: Pattern
    store: MemoryStore
    people: People

    def some(self, count: int) -> list[Assigned]:
        """So many choices, one after the other, for the same case."""
        program = self.made.program
        events = self.made.copy(3, to_micros(NOW))
        unassigned = [event for event in events if not isinstance(event.body, Assigned)]
        view = view_of(program, fold(program, "new", unassigned))
        with self.store.begin() as unit:

            def earlier(case_id: str) -> Standing:
                return fold(program, case_id, unit.load(case_id))

            workload = StoreWorkload(unit, program, earlier)
            own = {"longest_name": longest_name}
            world = World(directory=self.people, workload=workload, strategies=own)
            return [choose(view, world, "engineer", to_micros(NOW)) for _ in range(count)]


def check(by: str, found: Assigned, people: People) -> None:
    """The answer against one that is worked out by hand."""
    there = [engineer(number) for number in range(PEOPLE) if number % (PEOPLE // ABSENT)]
    able = [code for code in there if int(code[1:]) % 5 == 3]
    last = engineer((OPEN[0] - CUSTOMERS) + 3)
    loads = collections.Counter(engineer(number) for number in range(OPEN[0]))
    wanted = {
        "first": there[0],
        "receiver": there[0],
        "skill subject": able[0],
        "sticky customer": last,
        "least loaded": min(there, key=lambda code: loads[code]),
        "round robin": there[0],
        "weighted": there[0],
        "own longest_name": max(there),
        "skill subject, sticky customer, least loaded": last,
    }
    assert found.person == wanted[by], (by, found.person, wanted[by])


def decisions(people: People) -> dict[str, float]:
    """Microseconds for one decision, by route."""
    choices: dict[str, Choice] = {}
    for by in ROUTES:
        made = pattern(by, people)
        choices[by] = Choice(made, fill(made, OPEN[0], 0), people)
        check(by, choices[by].some(1)[0], people)
    least = dict.fromkeys(ROUTES, float("inf"))
    for _ in range(ROUNDS):
        for by, choice in choices.items():
            began = time.process_time()
            choice.some(CHOICES)
            least[by] = min(least[by], (time.process_time() - began) / CHOICES * 1e6)
    return least


# -- sweeps --------------------------------------------------------------------------------------


def sweep(made: Pattern, people: People, count: int) -> float:
    """Seconds for a sweep that finds a thousand due cases among *count*."""
    desk = Desk(
        made.program.policy, store=fill(made, count, DUE), directory=people, now=lambda: NOW
    )
    gc.collect()
    began = time.process_time()
    found = desk.sweep()
    took = time.process_time() - began
    assert len(found) == DUE
    assert {one.case.id for one in found} == {
        f"C-{number:06}" for number in range(LATE, count, count // DUE)
    }
    for one in found:
        assert [type(event.body) for event in one.events] == [Missed, RungReached]
        assert [message.person for message in one.messages] == [one.case.assigned["engineer"], "wu"]
    assert not desk.sweep()
    return took


def main() -> None:
    """Compare, measure, print the tables."""
    people = company()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}.\n")
    print("| route, 1,000 people | a decision | decisions a second |")
    print("| --- | ---: | ---: |")
    for by, micros in decisions(people).items():
        print(f"| `{by}` | {micros:,.0f} us | {1e6 / micros:,.0f} |")
    made = pattern("least loaded", people)
    took = dict.fromkeys(OPEN, float("inf"))
    for _ in range(TIMES):
        for count in OPEN:
            took[count] = min(took[count], sweep(made, people, count))
    few, many = took.values()
    print(f"\n| 1,000 due among | {OPEN[0]:,} | {OPEN[1]:,} | ratio | goal | reached |")
    print("| --- | ---: | ---: | ---: | --- | --- |")
    reached = "yes" if many / few <= GOAL else "**no**"
    print(
        f"| a sweep | {few * 1e3:,.0f} ms | {many * 1e3:,.0f} ms | {many / few:.2f} "
        f"| at most {GOAL} | {reached} |"
    )


if __name__ == "__main__":
    main()
