"""Several processes on one SQLite file, and one that is killed at any statement."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")

from complaintflow.store.sql import SqlStore
from complaintflow.testing.store_builders import put

WRITER = """
import sys
from complaintflow.errors import StaleVersionError
from complaintflow.store.sql import SqlStore
from complaintflow.testing.store_builders import note, status

store = SqlStore(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    with store.begin() as unit:
        serial = unit.next_serial("2026")
        entry = frozenset({("lot", "L7")})
        counted = len(unit.find("lot", "L7"))
        unit.append(f"C-{serial:03}", [note(1, counted=counted)], expected_version=0,
                    status=status(keys=entry))
        version = unit.version("shared")
        unit.append("shared", [note(version + 1)], expected_version=version, status=status())
print("done", flush=True)
"""

VICTIM = """
import os, signal, sys
from sqlalchemy import event
from complaintflow.store.protocol import Outcome
from complaintflow.store.sql import SqlStore
from complaintflow.testing.store_builders import message, note, status

store, left = SqlStore(sys.argv[1]), int(sys.argv[2])

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def counted(*_):
    global left
    left -= 1
    if left == 0:
        die()

with store.begin() as unit:
    event.listen(store.engine, "after_cursor_execute", counted)
    unit.append("C-1", [note(2), note(3, phone="138")], expected_version=1,
                status=status(state="x", attention=5, keys=frozenset({("lot", "L8")})),
                personal=frozenset({"phone"}))
    unit.append("C-2", [note(1)], expected_version=0, status=status())
    unit.remember("cmd-1", Outcome("f", "C-1", 2, 3))
    unit.post([message("a"), message("b")])
    unit.next_serial("2026")
    unit.save_document("policy", "d1", "text")
    if left > 0:
        print(left, flush=True)
        die() if sys.argv[3] == "before" else None
if sys.argv[3] == "after":
    die()
"""


def seen(url: str) -> tuple[object, ...]:
    """Everything that the victim may have changed."""
    store = SqlStore(url)
    with store.begin() as unit:
        found = (
            unit.version("C-1"),
            unit.version("C-2"),
            len(unit.trail("C-1")),
            unit.status("C-1").state,
            unit.due(9, 9),
            unit.find("lot", "L7"),
            unit.find("lot", "L8"),
            unit.outcome("cmd-1") is not None,
            len(unit.pending(0, 9)),
            unit.next_serial("2026"),
            unit.document("policy", "d1"),
        )
    store.close()
    return found


NOTHING = (1, 0, 1, "received", (), ("C-1",), (), False, 0, 1, None)
ALL = (3, 1, 3, "x", ("C-1",), (), ("C-1",), True, 2, 2, "text")


class TestKilled:
    """SIGKILL, which no process can prepare for."""

    def killed(self, tmp_path: Path, statement: int, when: str = "") -> tuple[object, ...]:
        url = f"sqlite:///{tmp_path / 'cases.db'}"
        store = SqlStore(url)
        put(store, "C-1", keys=frozenset({("lot", "L7")}))
        store.close()
        victim = subprocess.run(
            [sys.executable, "-c", VICTIM, url, str(statement), when],
            capture_output=True,
            text=True,
            check=False,
        )
        assert victim.returncode == -signal.SIGKILL, victim.stderr
        return seen(url)

    @pytest.mark.parametrize("statement", [1, 2, 3, 4, 5, 6, 8, 10, 11])
    def test_between_statements_it_leaves_nothing(self, tmp_path: Path, statement: int) -> None:
        assert self.killed(tmp_path, statement) == NOTHING

    def test_after_the_last_statement_it_leaves_nothing(self, tmp_path: Path) -> None:
        assert self.killed(tmp_path, 1_000, "before") == NOTHING

    def test_after_the_commit_it_leaves_all(self, tmp_path: Path) -> None:
        assert self.killed(tmp_path, 1_000, "after") == ALL


def test_two_processes_on_one_file(tmp_path: Path) -> None:
    """Numbers without gaps, each complaint counts those before it, no event is lost."""
    url = f"sqlite:///{tmp_path / 'cases.db'}"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        output, errors = writer.communicate()
        assert (output, errors) == ("done\n", "")
    store = SqlStore(url)
    with store.begin() as unit:
        assert unit.next_serial("2026") == 41
        assert unit.version("shared") == 40
        numbered = [case_id for case_id in unit.cases() if case_id != "shared"]
        assert numbered == [f"C-{number:03}" for number in range(1, 41)]
        counts = [unit.load(case_id)[0].body.facts["counted"] for case_id in numbered]  # type: ignore[union-attr]
        assert counts == list(range(40))
    store.close()
