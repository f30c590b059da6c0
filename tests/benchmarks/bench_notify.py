"""How many messages a second go out, without a receiver that takes time.

Run it on a quiet machine::

    python tests/benchmarks/bench_notify.py

It prints the Markdown table of ``docs/reference/notify.md``: messages claimed, filled into the
shipped templates, handed to a notifier that drops them, and settled one by one. Each contestant
takes its turn in each round; the best round counts.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from complaintflow.audit.messages import Message
from complaintflow.domain.values import Money
from complaintflow.notify.courier import Courier
from complaintflow.notify.mail import Renderer
from complaintflow.notify.plain import plain_message
from complaintflow.notify.templates import Templates
from complaintflow.store.memory import MemoryStore
from complaintflow.store.protocol import CaseStore
from complaintflow.store.sql import SqlStore

MESSAGES, ROUNDS = 500, 3
NOW = dt.datetime(2026, 3, 10, tzinfo=dt.UTC)
Make = Callable[[Path], CaseStore]
STORES: dict[str, Make] = {
    "memory": lambda _: MemoryStore(),
    "SQLite file, not durable": lambda path: SqlStore(f"sqlite:///{path}", durable=False),
    "SQLite file": lambda path: SqlStore(f"sqlite:///{path}"),
}


class Nobody:
    """Renders what it is told, and drops it."""

    def __init__(self, renderer: Renderer | None) -> None:
        self.renderer = renderer
        self.letters = 0

    def send(self, message: Message) -> None:
        """As far as a real notifier gets before it speaks to anybody."""
        if self.renderer is not None:
            self.letters += len(self.renderer.render(message).text) > 0
        else:
            self.letters += len(plain_message(message)) > 0


def message(number: int) -> Message:
    """A notice with three facts."""
    return Message(
        f"C-{number:05}:4:boss",
        f"C-{number:05}",
        *("big_loss", "boss", "li", 0),
        channel="mail",
        zone="Asia/Shanghai",
        clauses=("T4",),
        names={"big_loss": ("Large loss", "重大损失"), "loss": ("Loss", "损失")},
        facts={"loss": Money(Decimal(6000), "CNY"), "line": "L3", "customer": "华东整车"},
        data={"policy": "p", "occurred": NOW},
    )


@contextmanager
def filled(make: Make) -> Iterator[CaseStore]:
    """A store with messages that wait."""
    with tempfile.TemporaryDirectory() as folder:
        store = make(Path(folder) / "cases.db")
        with store.begin() as work:
            work.post([message(number) for number in range(MESSAGES)])
        yield store
        if isinstance(store, SqlStore):
            store.close()


def rate(make: Make, renderer: Renderer | None) -> float:
    """Messages a second."""
    with filled(make) as store:
        nobody = Nobody(renderer)
        courier = Courier(store, nobody, now=lambda: NOW)
        began = time.perf_counter()
        tour = courier.run()
        took = time.perf_counter() - began
    assert len(tour.delivered) == nobody.letters == MESSAGES
    return MESSAGES / took


def main() -> None:
    """Measure, and print the table."""
    renderers = {"as data": None, "as text and HTML": Templates()}
    best: dict[tuple[str, str], float] = {}
    for _ in range(ROUNDS):
        for label, make in STORES.items():
            for how, renderer in renderers.items():
                found = rate(make, renderer)
                best[label, how] = max(found, best.get((label, how), 0))
    print(f"| messages a second | {' | '.join(renderers)} |")
    print("| --- | ---: | ---: |")
    for label in STORES:
        print(f"| {label} | {' | '.join(f'{best[label, how]:,.0f}' for how in renderers)} |")


if __name__ == "__main__":
    main()
