"""Claim, send, settle: each message at least once, whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Never

import pytest
from tests.notify.conftest import SECOND, T0, Clock, letter

from complaintflow.audit.messages import Message
from complaintflow.errors import InvalidValueError, NotDeliveredError, StoreError
from complaintflow.notify.backoff import Backoff
from complaintflow.notify.channels import Channels
from complaintflow.notify.courier import Courier, Tour
from complaintflow.notify.log import LogNotifier
from complaintflow.store.memory import MemoryStore
from complaintflow.testing.store_builders import message


class Sink:
    """Remembers what was sent; does *then* each time."""

    def __init__(self, then: Callable[[Message], None] = lambda _: None) -> None:
        self.sent: list[str] = []
        self.then = then

    def send(self, message: Message) -> None:
        self.then(message)
        self.sent.append(message.key)


def fails(error: Exception) -> Callable[[Message], None]:
    def fail(_: Message) -> None:
        raise error

    return fail


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def post(store: MemoryStore, *keys: str, at: int = T0) -> None:
    with store.begin() as work:
        work.post([message(key, at=at) for key in keys])


def dead(store: MemoryStore) -> list[tuple[str, int, str]]:
    with store.begin() as work:
        return [(it.message.key, it.attempts, it.error) for it in work.dead()]


def test_what_is_ready_goes_out_once(store: MemoryStore, clock: Clock) -> None:
    post(store, *(f"m{number:02}" for number in range(25)))
    post(store, "later", at=T0 + 1)
    sink = Sink()
    tour = Courier(store, sink, now=clock).run()
    assert sink.sent == [f"m{number:02}" for number in range(25)]
    assert (tour.delivered, len(tour), bool(tour)) == (tuple(sink.sent), 25, True)
    assert Courier(store, sink, now=clock).run() == Tour()
    clock.pass_(1)
    assert Courier(store, sink, now=clock).run().delivered == ("later",)


def test_no_more_than_the_limit(store: MemoryStore, clock: Clock) -> None:
    post(store, *"abcdefg")
    courier = Courier(store, Sink(), now=clock, batch=2)
    assert courier.run(limit=3).delivered == ("a", "b", "c")
    assert courier.run(limit=0) == Tour()
    assert courier.run().delivered == ("d", "e", "f", "g")


def test_a_failure_is_tried_again_and_then_given_up(store: MemoryStore, clock: Clock) -> None:
    post(store, "a")
    backoff = Backoff(first=10, attempts=3)
    courier = Courier(store, Sink(fails(NotDeliveredError("busy"))), now=clock, backoff=backoff)
    (failed,) = courier.run().failed
    assert (failed.message.key, failed.attempts, failed.error) == ("a", 1, "busy")
    assert not courier.run()
    clock.at += backoff.wait("a", 1) - 1
    assert not courier.run()
    clock.at += 1
    assert courier.run().failed[0].attempts == 2
    clock.at += backoff.wait("a", 2)
    (given_up,) = courier.run().dead
    assert (given_up.attempts, given_up.error) == (3, "busy")
    assert dead(store) == [("a", 3, "busy")]
    clock.pass_(10**6)
    assert not courier.run()


def test_a_dead_letter_is_sent_again_on_request(store: MemoryStore, clock: Clock) -> None:
    post(store, "a")
    Courier(store, Sink(fails(NotDeliveredError("no such address", True))), now=clock).run()
    assert dead(store) == [("a", 1, "no such address")]
    with store.begin() as work:
        work.resend("a")
    assert Courier(store, Sink(), now=clock).run().delivered == ("a",)
    assert dead(store) == []


def test_a_receiver_may_ask_for_time(store: MemoryStore, clock: Clock) -> None:
    post(store, "a")
    sink = Sink(fails(NotDeliveredError("busy", retry_after=900)))
    courier = Courier(store, sink, now=clock, backoff=Backoff(first=1))
    assert courier.run().failed
    clock.pass_(899)
    assert not courier.run()
    clock.pass_(1)
    assert courier.run().failed


def test_one_bad_message_does_not_stop_the_others(store: MemoryStore, clock: Clock) -> None:
    post(store, "a", "bad", "c")

    def choke(message: Message) -> None:
        if message.key == "bad":
            raise KeyError("x" * 1000)

    sink = Sink(choke)
    tour = Courier(store, sink, now=clock).run()
    assert sink.sent == ["a", "c"]
    assert tour.failed[0].error == f"KeyError: '{'x' * 489}"  # no longer than 500


def test_what_kills_its_courier_each_time_is_given_up(store: MemoryStore, clock: Clock) -> None:
    class Killed(BaseException):
        pass

    def die(_: Message) -> None:
        raise Killed

    post(store, "deadly")
    courier = Courier(store, Sink(die), now=clock, backoff=Backoff(attempts=3), lease=60)
    for _ in range(3):
        with pytest.raises(Killed):
            courier.run()
        assert not courier.run()
        clock.pass_(60)
    assert courier.run().dead[0].attempts == 4
    assert dead(store)[0][2] == "handed out 3 times and never settled; last error: none"


def test_a_slow_courier_leaves_what_is_no_longer_its_own(store: MemoryStore, clock: Clock) -> None:
    post(store, *"abc")
    sink = Sink(lambda _: clock.pass_(100))
    slow = Courier(store, sink, now=clock, lease=150)
    other = Sink()
    # b is sent within the lease and settled after it; c is left to whoever comes next.
    assert slow.run().delivered == ("a", "b")
    assert Courier(store, other, now=clock).run().delivered == ("c",)


def test_no_unit_of_work_is_open_while_something_is_sent(clock: Clock) -> None:
    store = MemoryStore()
    post(store, "a")

    def look(_: Message) -> None:
        with store.begin() as work:  # a second one in this thread would be refused
            work.post([message("b", at=T0 + SECOND)])

    assert Courier(store, Sink(look), now=clock).run().delivered == ("a",)


def test_an_outbox_that_fails_is_heard_of(store: MemoryStore, clock: Clock) -> None:
    class Broken(MemoryStore):
        def begin(self) -> Never:
            raise StoreError("disk full")

    with pytest.raises(StoreError, match="disk full"):
        Courier(Broken(), Sink(), now=clock).run()


@pytest.mark.parametrize("wrong", [{"batch": 0}, {"lease": 0}])
def test_what_cannot_be_is_refused(store: MemoryStore, wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidValueError, match="at least 1"):
        Courier(store, Sink(), **wrong)  # type: ignore[arg-type]


def test_the_log_shows_no_fact(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        LogNotifier().send(letter())
        LogNotifier().send(letter(person=""))
    assert caplog.messages == [
        "C-1.2 notice: news to boss wang",
        "C-1.2 notice: news to boss (nobody by name)",
    ]
    assert caplog.records[0].__dict__["message_key"] == "C-1.2:4:boss"


def test_each_message_takes_its_channel() -> None:
    mail, chat, rest = Sink(), Sink(), Sink()
    channels = Channels({"mail": mail, "chat": chat}, rest)
    channels.send(letter(key="m", channel="mail"))
    channels.send(letter(key="r", channel=""))
    assert (mail.sent, chat.sent, rest.sent) == (["m"], [], ["r"])
    with pytest.raises(NotDeliveredError, match="'mial'; did you mean 'mail'") as caught:
        channels.send(letter(channel="mial"))
    assert caught.value.permanent
    with pytest.raises(NotDeliveredError, match="no notifier for the channel ''"):
        Channels({}).send(letter(channel=""))
