"""What the desk does to several cases at once: the same on every store, and all or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("sqlalchemy")

from sqlalchemy import MetaData, event

from complaintflow.audit.events import LinkClosed, Linked, Related
from complaintflow.desk.desk import Desk
from complaintflow.moments import instant
from complaintflow.policyfile import loads
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore
from complaintflow.store.sql import SqlStore
from complaintflow.store.sql_schema import Tables

if TYPE_CHECKING:
    from pendulum import DateTime

TEXT = """
policy = { id = "g", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
[roles]
office = "C1"
[facts]
sites = "some of: north, south"
site = "one of: north, south"
product = "text"
[step]
receive = { clause = "C1", by = "office", to = "open" }
take_over = { clause = "C1", by = "office", to = "inside" }
answer = { clause = "C1", by = "office", from = "inside", to = "closed" }
register = { clause = "C1", by = "office", from = "open" }
close = { clause = "C1", by = "office", from = "open", to = "closed", needs = { C1 = "parts" } }
[duty]
reply = { clause = "C1", owner = "office", starts = "receive", within = "24 h" }
call = { clause = "C1", owner = "office", starts = "case.handed_over", within = "2 h" }
count = { clause = "C1", owner = "office", starts = "case.month", within = "every month by the 5th" }
[link]
parts = { clause = "C1", opens = "a case of each site", starts = "receive", each = "sites", member = "site", step = "take_over", takes = "product" }
[records]
book = { clause = "C1", number = "B{serial}", numbered = "register" }
"""
NEWER = TEXT.replace('version = "1"', 'version = "2"').replace('"24 h"', '"12 h"')
WHO: dict[str, Any] = {"by": "Ma", "role": "office"}


class Present:
    """A clock that stands where it was set."""

    def __init__(self) -> None:
        self.at = instant("2026-03-10T09:00", "Asia/Shanghai")

    def __call__(self) -> DateTime:
        return self.at


def play(store: CaseStore) -> dict[str, list[Any]]:
    """Everything that concerns several cases, once; every case's events."""
    present = Present()
    desk = Desk(loads(TEXT), store=store, now=present)
    for number, sites in (("K1", ["north", "south"]), ("K2", []), ("K3", [])):
        desk.receive({"sites": sites, "product": "pump"}, number=number, **WHO)
    desk.merge("K3", into="K2", reason="the same", command_id="m", **WHO)
    desk.split("K2", [{"product": "hose"}, {"product": None}], reason="two", command_id="s", **WHO)
    desk.do("K2", "register", command_id="r", **WHO)
    for site in ("north", "south"):
        desk.do(f"K1/parts.{site}", "answer", command_id=site, **WHO)
    present.at = instant("2026-03-10T12:00", "Asia/Shanghai")
    desk.hand_over("Ma", "Li", reason="leaves", command_id="h", **WHO)
    for dry_run in (True, False):
        desk.migrate(
            ["K1", "K2"],
            to=loads(NEWER),
            how="recompute",
            reason="new",
            dry_run=dry_run,
            command_id="v2",
            **WHO,
        )
    desk.do("K1", "close", command_id="c", **WHO)
    present.at = instant("2026-04-02T12:00", "Asia/Shanghai")
    desk.sweep()
    return {
        case.number: [(e.position, e.body, e.by, e.role, e.occurred) for e in case.events]
        for case in Desk(loads(NEWER), store=store, now=present).cases()
    }


def agree(desk: Desk) -> None:
    """Both sides of every relation say the same."""
    cases = {case.number: case for case in desk.cases()}
    other = {"duplicate_of": "has_duplicate", "part_of": "has_part"}
    said = {
        (case.number, related.kind, related.case)
        for case in cases.values()
        for related in case.standing.case.related
        if related.kind != "opened_by"
    }
    for one, kind, two in said:
        back = {**other, **{v: k for k, v in other.items()}}[kind]
        assert (two, back, one) in said
    for case in cases.values():
        opened = {
            opening.case: opening for opening in case.standing.case.links.values() if opening.case
        }
        children = {
            child.number: child
            for child in cases.values()
            if any(
                r.kind == "opened_by" and r.case == case.number for r in child.standing.case.related
            )
        }
        assert opened.keys() == children.keys()
        for number, opening in opened.items():
            assert (opening.closed_at is not None) is children[number].is_final


def test_it_is_the_same_in_memory_and_in_sqlite(store: SqlStore) -> None:
    expected = play(MemoryStore())
    assert sorted(expected) == sorted(
        ["K1", "K1/parts.north", "K1/parts.south", "K2", "K2/1", "K2/2", "K3", "g/2026-04"]
    )
    assert play(store) == expected
    agree(Desk(loads(TEXT), store=store))


def test_it_is_the_same_in_postgresql(postgres: str) -> None:
    made = SqlStore(postgres, tables=Tables.into(MetaData(), prefix="together_"))
    try:
        assert play(made) == play(MemoryStore())
        agree(Desk(loads(TEXT), store=made))
    finally:
        made.close()


def test_desks_that_relate_the_same_cases_at_once_lose_nothing(postgres: str) -> None:
    made = SqlStore(postgres, tables=Tables.into(MetaData(), prefix="races_"))
    desk = Desk(loads(TEXT), store=made)
    for number in ("A", "B", "C", "D"):
        desk.receive({"sites": ["north"], "product": "pump"}, number=number, **WHO)
    failed: list[BaseException] = []

    def run(act: Any, *args: Any, **details: Any) -> None:
        try:
            act(*args, **details, **WHO)
        except BaseException as error:  # noqa: BLE001 -- told below
            failed.append(error)

    work = [
        threading.Thread(target=run, args=(desk.merge, "B"), kwargs={"into": "A", "reason": "-"}),
        threading.Thread(target=run, args=(desk.merge, "C"), kwargs={"into": "A", "reason": "-"}),
        threading.Thread(
            target=run, args=(desk.split, "A", [{"product": "x"}]), kwargs={"reason": "-"}
        ),
        threading.Thread(target=run, args=(desk.do, "A/parts.north", "answer")),
        threading.Thread(target=run, args=(desk.do, "D/parts.north", "answer")),
        threading.Thread(target=run, args=(desk.hand_over, "Ma", "Li"), kwargs={"reason": "-"}),
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert failed == []
    agree(desk)
    bodies = [one.body for one in desk.case("A").events]
    assert sorted(b.kind for b in bodies if isinstance(b, Related)) == [
        "has_duplicate",
        "has_duplicate",
        "has_part",
    ]
    assert [b for b in bodies if isinstance(b, LinkClosed)] == [LinkClosed("parts", "north")]
    made.close()


def killed(folder: str) -> None:
    """Kill a desk after every third of its statements; run by a process of its own."""
    acts: dict[str, Any] = {
        "receive": lambda d: d.receive({"sites": ["north", "south"]}, number="K4", **WHO),
        "answer": lambda d: d.do("K1/parts.north", "answer", **WHO),
        "merge": lambda d: d.merge("K3", into="K2", reason="the same", **WHO),
        "split": lambda d: d.split("K2", [{}, {"product": "valve"}], reason="two", **WHO),
    }
    url = f"sqlite:///{folder}/cases.db"
    for name, act in acts.items():
        store = SqlStore(url)
        before = {case.number: len(case.events) for case in Desk(loads(TEXT), store=store).cases()}
        store.close()
        deaths = 0
        while True:
            child = os.fork()
            if child == 0:
                _die(url, act, 1 + 3 * deaths)
            _, status = os.waitpid(child, 0)
            store = SqlStore(url)
            desk = Desk(loads(TEXT), store=store)
            agree(desk)
            now = {case.number: len(case.events) for case in desk.cases()}
            store.close()
            if not os.WIFSIGNALED(status):
                assert status == 0
                break
            assert now == before, f"{name}: killed after {1 + 3 * deaths} statements, and it shows"
            deaths += 1
        assert now != before
        print(name, deaths)


def _die(url: str, act: Any, after: int) -> None:
    left = after

    def counted(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    store = SqlStore(url)
    desk = Desk(loads(TEXT), store=store)
    event.listen(store.engine, "after_cursor_execute", counted)
    act(desk)
    os._exit(0)


def test_a_desk_that_is_killed_leaves_both_sides_or_none(path: Path) -> None:
    store = SqlStore(f"sqlite:///{path}")
    desk = Desk(loads(TEXT), store=store)
    for number, sites in (("K1", ["north"]), ("K2", []), ("K3", [])):
        desk.receive({"sites": sites, "product": "pump"}, number=number, **WHO)
    store.close()
    here = Path(__file__)
    script = f"import sys; sys.path.insert(0, {str(here.parent)!r}); import {here.stem} as me; "
    script += f"me.killed({str(path.parent)!r})"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    deaths = dict(line.split() for line in done.stdout.splitlines())
    assert all(int(deaths[name]) > 2 for name in ("receive", "answer", "merge", "split")), deaths


def test_links_are_on_record_on_both_sides() -> None:
    store = MemoryStore()
    events = play(store)
    linked = [body for _, body, *_ in events["K1"] if isinstance(body, Linked)]
    assert [body.case for body in linked] == ["K1/parts.north", "K1/parts.south"]
    agree(Desk(loads(NEWER), store=store))
