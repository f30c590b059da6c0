"""Delivery under random failures, slow receivers, two couriers and sudden deaths.

At least once: what was posted is in the end received, or lies among the dead letters. Never twice
without need: what was settled is not sent again, and what is claimed is nobody else's. So a
receiver that drops repeated keys has each message exactly once.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from complaintflow.audit.messages import Message
from complaintflow.errors import NotDeliveredError
from complaintflow.moments import from_micros, zone
from complaintflow.notify.backoff import Backoff
from complaintflow.notify.courier import Courier
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore
from complaintflow.testing.store_builders import message

SECOND = 1_000_000
LEASE = 60
BACKOFF = Backoff(first=8, longest=100, attempts=4)
FATES = st.sampled_from(
    ["taken", "busy", "gone", "slow", "dies before", "dies after", "the other one comes"]
)


class Killed(BaseException):
    """The process is gone: nothing after it happens."""


@attrs.define
class Known:
    """What a naive observer notes of one message."""

    ready: int
    attempts: int = 0
    received: int = 0
    settled: bool = False
    dead: bool = False


class Watched:
    """An outbox; each claim and each settling is held against what is known."""

    def __init__(self, machine: Delivery) -> None:
        self.machine = machine

    @contextmanager
    def begin(self) -> Iterator[Any]:
        with self.machine.store.begin() as work:
            yield _Work(self.machine, work)


class _Work:
    def __init__(self, machine: Delivery, work: Any) -> None:
        self.machine, self.work = machine, work

    def pending(self, now: int, limit: int, *, lease: int = 0) -> tuple[Any, ...]:
        claimed: tuple[Any, ...] = self.work.pending(now, limit, lease=lease)
        for delivery in claimed:
            known = self.machine.known[delivery.message.key]
            assert not known.settled
            assert not known.dead
            assert known.ready <= self.machine.now
            known.attempts += 1
            assert delivery.attempts == known.attempts
            known.ready = now + lease
        return claimed

    def delivered(self, key: str) -> None:
        self.work.delivered(key)
        known = self.machine.known[key]
        assert known.received
        known.settled, known.dead = True, False

    def failed(self, key: str, error: str, retry_at: int | None) -> None:
        self.work.failed(key, error, retry_at)
        known = self.machine.known[key]
        assert error
        if known.settled:
            return
        known.dead = retry_at is None
        if retry_at is not None:
            wait = retry_at - self.machine.now
            assert BACKOFF.first * SECOND / 2 <= wait <= BACKOFF.longest * SECOND
            known.ready = retry_at


class Delivery(RuleBasedStateMachine):
    """Messages, two couriers, a receiver that takes, refuses, dawdles, or sees us die."""

    make_store: ClassVar[Any]
    keys = Bundle("keys")

    @initialize()
    def begin(self) -> None:
        self.store: CaseStore = type(self).make_store()
        self.now = 1_000 * SECOND
        self.known: dict[str, Known] = {}
        self.script: list[str] = []
        self.couriers = [self.courier(batch) for batch in (1, 3)]
        self.deep = 0

    def courier(self, batch: int) -> Courier:
        return Courier(
            Watched(self),
            self,
            now=lambda: from_micros(self.now, zone("UTC")),
            backoff=BACKOFF,
            batch=batch,
            lease=LEASE,
        )

    def send(self, message: Message) -> None:
        known = self.known[message.key]
        assert not known.settled
        fate = self.script.pop(0) if self.script else "taken"
        if fate == "the other one comes" and not self.deep:
            self.deep += 1
            self.couriers[0].run()
            self.deep -= 1
        if fate == "slow":
            self.now += LEASE * SECOND // 2
        if fate == "busy":
            raise NotDeliveredError("busy")
        if fate == "gone":
            raise NotDeliveredError("gone", permanent=True)
        if fate == "dies before":
            raise Killed
        known.received += 1
        if fate == "dies after":
            raise Killed

    @rule(target=keys, delay=st.integers(0, 30))
    def post(self, delay: int) -> str:
        key = f"m{len(self.known)}"
        at = self.now + delay * SECOND
        with self.store.begin() as work:
            work.post([message(key, at=at)])
        self.known[key] = Known(at)
        return key

    @rule(seconds=st.sampled_from([1, 5, LEASE - 1, LEASE, 200]))
    def wait(self, seconds: int) -> None:
        self.now += seconds * SECOND

    @rule(which=st.integers(0, 1), script=st.lists(FATES, max_size=5), limit=st.none() | st.just(2))
    def run(self, which: int, script: list[str], limit: int | None) -> None:
        self.script = script
        self.deep = 0
        try:
            tour = self.couriers[which].run(limit=limit)
        except Killed:
            return
        assert all(self.known[key].received for key in tour.delivered)
        assert limit is None or len(tour) <= limit

    @rule(key=keys)
    def send_again(self, key: str) -> None:
        with self.store.begin() as work:
            work.resend(key)
        known = self.known[key]
        self.known[key] = Known(0, received=known.received)

    @rule()
    def look_at_the_dead(self) -> None:
        with self.store.begin() as work:
            dead = {delivery.message.key for delivery in work.dead()}
        assert dead == {key for key, known in self.known.items() if known.dead}

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        self.script = []
        for _ in range(2):
            self.now += 10 * max(LEASE, BACKOFF.longest) * SECOND
            self.couriers[1].run()
        self.look_at_the_dead()
        for key, known in self.known.items():
            assert known.dead or known.settled, f"{key} was lost"
            assert known.dead or known.received
        assert not self.couriers[0].run()


class InMemory(Delivery):
    make_store = MemoryStore


TestInMemory = InMemory.TestCase

if importlib.util.find_spec("sqlalchemy"):
    from complaintflow.store.sql import SqlStore

    class InSql(Delivery):
        make_store = staticmethod(lambda: SqlStore("sqlite://"))

        def teardown(self) -> None:
            super().teardown()
            store = getattr(self, "store", None)
            if isinstance(store, SqlStore):
                store.close()

    TestInSql = InSql.TestCase
