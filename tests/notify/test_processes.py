"""Several couriers on one SQLite file, and couriers that are killed at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")

from tests.notify.conftest import SECOND, T0, Clock

from complaintflow.notify.courier import Courier
from complaintflow.store.sql import SqlStore
from complaintflow.testing.store_builders import message

COURIER = """
import datetime as dt, os, signal, sys
from complaintflow.notify.courier import Courier
from complaintflow.store.sql import SqlStore

url, log, now, die_at = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
acts = 0

def act():
    global acts
    acts += 1
    if acts == die_at:
        os.kill(os.getpid(), signal.SIGKILL)

class Receiver:
    def send(self, message):
        act()
        os.write(file, (message.key + chr(10)).encode())
        act()

clock = lambda: dt.datetime.fromtimestamp(now, dt.UTC)
store = SqlStore(url)
print("ready", flush=True)
sys.stdin.readline()
Courier(store, Receiver(), now=clock, batch=4, lease=60).run()
"""
MESSAGES = [f"m{number:02}" for number in range(20)]


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite:///{tmp_path / 'cases.db'}"
    store = SqlStore(made)
    with store.begin() as work:
        work.post([message(key, at=T0) for key in MESSAGES])
    store.close()
    return made


def start(url: str, log: Path, now: int, die_at: int = 0) -> subprocess.Popen[str]:
    made = subprocess.Popen(
        [sys.executable, "-c", COURIER, url, str(log), str(now), str(die_at)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    assert made.stdout is not None
    assert made.stdout.readline() == "ready\n"
    return made


def finish(courier: subprocess.Popen[str]) -> int:
    courier.communicate("go\n")
    return courier.returncode


def test_two_couriers_at_once_deliver_each_message_once(url: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    both = [start(url, log, T0 // SECOND) for _ in range(2)]
    for courier in both:
        assert courier.stdin is not None
        courier.stdin.write("go\n")
        courier.stdin.flush()
    assert [courier.wait() for courier in both] == [0, 0]
    for courier in both:
        courier.communicate()
    assert Counter(log.read_text().split()) == Counter(MESSAGES)


def test_whoever_is_killed_loses_nothing(url: str, tmp_path: Path) -> None:
    """Killed before a message is handed over, and after it was but before that is on record."""
    log, now, deaths = tmp_path / "log", T0 // SECOND, (1, 2, 7, 8)
    for die_at in deaths:
        assert finish(start(url, log, now, die_at)) == -signal.SIGKILL
        now += 60
    assert finish(start(url, log, now)) == 0
    received = Counter(log.read_text().split())
    assert set(received) == set(MESSAGES)
    # Only what was under way when somebody died came twice, and only if it had gone out.
    assert received.total() - len(MESSAGES) == sum(die_at % 2 == 0 for die_at in deaths)
    store = SqlStore(url)
    assert not Courier(store, _Nobody(), now=Clock((now + 10**6) * SECOND)).run()
    with store.begin() as work:
        assert work.dead() == ()
    store.close()


class _Nobody:
    def send(self, message: object) -> None:
        raise AssertionError("everything was delivered")
