"""What the house costs: importing it, deciding a step. (`bench_run.py` runs registers.)

Prints Markdown tables with ratios measured in this very run:

- imports, each in a process of its own, against importing what the package depends on (goal:
  1.3x; `WorkingCalendar` alone against attrs and pendulum);
- ten steps decided and folded under the whole policy of s000, with all its targets, against the
  same ten triggers on a bare `transitions` machine;
- folding 1,000 events, and the memory of an open case.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from transitions import Machine

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


def best(act: Callable[[], object], times: int, rounds: int = 7) -> float:
    """The best of *rounds* averages over *times* calls, in seconds."""
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        for _ in range(times):
            act()
        found.append((time.perf_counter() - begin) / times)
    return min(found)


def imported(code: str, rounds: int = 15) -> float:
    """The median time of a fresh process that runs *code*, in seconds."""
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def imports() -> None:
    nothing = imported("pass")
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
    for name, code, needs in rows:
        ours, theirs = imported(f"{needs}; {code}") - nothing, imported(needs) - nothing
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

    def at_a_desk() -> None:
        now = [START]
        desk = Desk(policy, now=lambda: from_micros(now[0], policy.calendar.tz))
        number = desk.receive(SHEET, by="p", role="sales_point").case.id
        for what, role in TEN[1:]:
            now[0] += MINUTE
            desk.do(
                number,
                what.what,
                by="p",
                role=role,
                key=what.key,
                facts=what.facts,
                present=what.present,
            )

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
    alone = best(bare, 100)
    print("\n| ten steps of s000 | us | x bare `transitions` |\n| --- | ---: | ---: |")
    for name, act, times in (
        ("bare triggers", bare, 100),
        ("decided and folded, all targets", decided, 10),
        ("at a desk: trail, memory store", at_a_desk, 10),
    ):
        spent = best(act, times)
        print(f"| {name} | {spent * 1e6:,.0f} | {spent / alone:.1f} |")
    print(f"| folding 1,000 events | {_thousand(program) * 1e6:,.0f} | |")
    tracemalloc.start()
    kept = [decided() for _ in range(200)]
    size = tracemalloc.get_traced_memory()[0] / len(kept)
    tracemalloc.stop()
    print(f"\nAn open case after those ten steps, folded, takes {size / 1024:.1f} KiB.")


def _thousand(program: Program) -> float:
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
    return best(lambda: fold(program, "X", events), 3)


if __name__ == "__main__":
    company = load_pack("oem_supplier")
    imports()
    steps(company)
