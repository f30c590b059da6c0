"""The contract of a notifier: run it on one of your own, against a receiver of your own."""

# ruff: noqa: D102 - a test's name says what it promises

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.audit.messages import Message
from complaintflow.errors import NotDeliveredError
from complaintflow.notify.courier import Courier
from complaintflow.notify.protocol import Notifier
from complaintflow.store.memory import MemoryStore

__all__ = ["NotifierContract"]


def _notice(key: str = "C-1:4:boss") -> Message:
    names = {"stopped": ("Line stopped", "停线"), "boss": ("Boss", "总经理")}
    data = {"policy": "p"}
    return Message(
        key, "C-1", "stopped", "boss", "", 0, names=names, facts={"line": "L3"}, data=data
    )


class NotifierContract:
    """Notifier.send.

    Supply three fixtures: ``notifier``, whose receiver works; ``broken``, whose receiver is down;
    ``arrived``, a callable that gives the keys which the receiver has got, repetitions and all.
    """

    def test_what_is_sent_arrives_under_its_key(
        self, notifier: Notifier, arrived: Callable[[], list[str]]
    ) -> None:
        for key in ("C-1:4:boss", "C-2:4:boss"):
            notifier.send(_notice(key))
        assert arrived() == ["C-1:4:boss", "C-2:4:boss"]

    def test_the_same_message_comes_again_under_the_same_key(
        self, notifier: Notifier, arrived: Callable[[], list[str]]
    ) -> None:
        for _ in range(2):
            notifier.send(_notice())
        assert set(arrived()) == {"C-1:4:boss"}

    def test_a_receiver_that_is_down_is_a_failure_that_may_pass(self, broken: Notifier) -> None:
        with pytest.raises(NotDeliveredError) as caught:
            broken.send(_notice())
        assert not caught.value.permanent
        assert str(caught.value)

    def test_a_courier_brings_it(
        self, notifier: Notifier, broken: Notifier, arrived: Callable[[], list[str]]
    ) -> None:
        store = MemoryStore()
        with store.begin() as work:
            work.post([_notice()])
        assert len(Courier(store, broken).run().failed) == 1
        with store.begin() as work:
            work.resend("C-1:4:boss")
        assert Courier(store, notifier).run().delivered == ("C-1:4:boss",)
        assert arrived() == ["C-1:4:boss"]
