"""What the house costs: importing it, deciding a step. (`bench_run.py` runs registers.)

Prints Markdown tables with ratios measured in this very run:

- imports, each in a process of its own, against importing what the package depends on (goal:
  1.3x; `WorkingCalendar` alone against attrs and pendulum);
- ten steps decided and folded under the whole policy of s000, with all its targets, against the
  same ten triggers on a bare `transitions` machine;
- folding 1,000 events, and the memory of an open case.

Processor time is measured, contestants take turns, and the least of each counts: what else the
machine does distorts no ratio.
"""

from __future__ import annotations

import itertools
import os
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from typing import Any

from transitions import Machine

from complaintflow.audit.events import Event
from complaintflow.desk.desk import Desk
from complaintflow.engine.commands import Command, Do, Note, Receive
from complaintflow.engine.decide import decide
from complaintflow.engine.outcome import Accepted
from complaintflow.engine.program import Program
from complaintflow.engine.standing import Standing, fold
from complaintflow.gallery import load_pack
from complaintflow.moments import from_micros, instant, to_micros
from complaintflow.policy.policy import Policy
from complaintflow.policy.world import World

START = to_micros(instant("2026-03-10T09:20+08:00"))
MINUTE = 60_000_000
TEAM = {
    "plant_director": "a",
    "quality_head": "b",
    "technical_supervisor": "c",
    "bu_manager": "d",
}
SHEET: dict[str, Any] = {
    "customer": "OEM-1",
    "subject": "quality",
    "oral": False,
    "product": "hinge",
    "model": "H1",
    "defect": "crack",
    "shipped": "100",
    "defective": "3",
    "disposal": "held",
    "produced_on": "2026-02-01",
    "line_stopped": True,
    "possible_loss": "3000",
}
TEN: list[tuple[Any, str]] = [
    (Receive(None, SHEET), "sales_point"),
    (Do("confirm_on_site", facts={"problem_real": True}), "sales_point"),
    (Do("file_sheet"), "sales_point"),
    (Do("verify", facts={"vague": False}), "sales"),
    (Do("confirm_grade"), "quality"),
    (Do("preliminary_report", present=TEAM), "plant"),
    (Do("preliminary_report", present=TEAM), "quality"),
    (Do("analysis", key="planning", facts={"report": "r"}), "planning"),
    (Do("analysis", key="plant", facts={"report": "r"}), "plant"),
    (Do("implement"), "plant"),
]


def best(acts: dict[str, tuple[Callable[[], object], int]], rounds: int = 15) -> dict[str, float]:
    """For each contestant the least processor time of a call, in seconds.

    They take turns, so that what else the machine does meets all of them alike; each turn is so
    many calls of which the average counts.
    """
    found = dict.fromkeys(acts, float("inf"))
    for _ in range(rounds):
        for name, (act, times) in acts.items():
            begin = time.process_time()
            for _ in range(times):
                act()
            found[name] = min(found[name], (time.process_time() - begin) / times)
    return found


def imported(codes: Iterable[str], rounds: int = 15) -> dict[str, float]:
    """For each code the least processor time of a fresh process that runs it, in seconds."""
    found = dict.fromkeys(codes, float("inf"))
    for _ in range(rounds):
        for code in found:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            found[code] = min(found[code], spent)
    return found


def imports() -> None:
    rows = [
        (
            "the bare package",
            "import complaintflow",
            "import attrs, cattrs, pendulum, tomli_w, transitions",
        ),
        (
            "`WorkingCalendar` alone",
            "from complaintflow import WorkingCalendar",
            "import attrs, pendulum",
        ),
        (
            "a desk",
            "from complaintflow import Desk, load_policy",
            "import attrs, cattrs, pendulum, tomli_w, transitions",
        ),
    ]
    print("| import | ms | its dependencies, ms | ratio |\n| --- | ---: | ---: | ---: |")
    spent = imported(["pass", *(c for _, code, needs in rows for c in (needs, f"{needs}; {code}"))])
    for name, code, needs in rows:
        ours, theirs = (spent[c] - spent["pass"] for c in (f"{needs}; {code}", needs))
        print(f"| {name} | {ours * 1e3:.0f} | {theirs * 1e3:.0f} | {ours / theirs:.2f} |")


def steps(policy: Policy) -> None:
    program = Program(policy)
    world = World()

    def decided() -> Standing:
        standing = fold(program, "X", ())
        for number, (what, role) in enumerate(TEN):
            now = START + number * MINUTE
            outcome = decide(program, standing, Command("c", what, "p", role, now), world, now)
            assert isinstance(outcome, Accepted), outcome
            standing = outcome.standing
        return standing

    now = [START]
    desk = Desk(policy, now=lambda: from_micros(now[0], policy.calendar.tz))
    customers = itertools.count(1)

    def at_a_desk() -> str:
        now[0] = START  # each case has a customer of its own, so that none counts another
        sheet = {**SHEET, "customer": f"OEM-{next(customers)}"}
        number = desk.receive(sheet, by="p", role="sales_point").case.id
        for what, role in TEN[1:]:
            now[0] += MINUTE
            details = {"key": what.key, "facts": what.facts, "present": what.present}
            desk.do(number, what.what, by="p", role=role, **details)
        return number

    def with_trail() -> None:
        number = at_a_desk()
        with desk.store.begin() as work:
            work.trail(number)

    machine = Machine(
        model=None, states=[str(n) for n in range(11)], initial="0", auto_transitions=False
    )
    for n in range(10):
        machine.add_transition(f"t{n}", str(n), str(n + 1))

    class Cursor:
        __slots__ = ("state",)
        state: str

    def bare() -> None:
        cursor = Cursor()
        cursor.state = "0"
        for n in range(10):
            machine.events[f"t{n}"].trigger(cursor)

    assert decided().case.state == "implemented"
    events = _thousand(program)
    names: dict[str, tuple[Callable[[], object], int]] = {
        "bare triggers": (bare, 100),
        "decided and folded, all targets": (decided, 5),
        "at a desk, memory store": (at_a_desk, 5),
        "and its hash chain made": (with_trail, 5),
        "folding 1,000 events": (lambda: fold(program, "X", events), 1),
    }
    spent = best(names)
    alone = spent["bare triggers"]
    print("\n| ten steps of s000 | us | x bare `transitions` |\n| --- | ---: | ---: |")
    for name, seconds in spent.items():
        ratio = "" if name.startswith("folding") else f"{seconds / alone:.1f}"
        print(f"| {name} | {seconds * 1e6:,.0f} | {ratio} |")
    tracemalloc.start()
    kept = [decided() for _ in range(200)]
    size = tracemalloc.get_traced_memory()[0] / len(kept)
    tracemalloc.stop()
    print(f"\nAn open case after those ten steps, folded, takes {size / 1024:.1f} KiB.")


def _thousand(program: Program) -> list[Event]:
    """A long case: a fact is noted again and again."""
    standing = fold(program, "X", ())
    world = World()
    opened = decide(
        program, standing, Command("c", TEN[0][0], "p", "sales_point", START), world, START
    )
    assert isinstance(opened, Accepted)
    events, standing = list(opened.events), opened.standing
    while len(events) < 1_000:
        note = Note({"vague": len(events) % 2 == 0})
        command = Command("c", note, "p", "sales", START)
        outcome = decide(program, standing, command, world, START)
        assert isinstance(outcome, Accepted)
        events += outcome.events
        standing = outcome.standing
    return events


if __name__ == "__main__":
    company = load_pack("oem_supplier")
    imports()
    steps(company)
