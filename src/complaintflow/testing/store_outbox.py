"""The store's contract: the outbox."""

# ruff: noqa: D102, D415, PT012 - a test's name says what it promises

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from complaintflow.audit.delivery import Delivery
from complaintflow.errors import UnknownMessageError
from complaintflow.store.protocol import LEASE, CaseStore
from complaintflow.testing.store_builders import message, put

__all__ = ["OutboxContract"]


def claimed(store: CaseStore, now: int, limit: int = 10) -> list[tuple[str, int, str]]:
    """What a worker gets at *now*: key, attempts, last error."""
    with store.begin() as unit:
        return [(it.message.key, it.attempts, it.error) for it in unit.pending(now, limit)]


class OutboxContract:
    """UnitOfWork.post, pending, delivered, failed, dead, resend"""

    def test_messages_come_out_as_they_went_in(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.post([message("a", at=5)])
        with store.begin() as unit:
            assert unit.pending(5, 10) == (Delivery(message("a", at=5), 1),)

    def test_the_longest_ready_comes_first(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.post([message("d", at=9), message("c", at=1), message("b", at=5)])
            unit.post([message("a", at=5), message("e", at=10)])
        assert [key for key, *_ in claimed(store, 9, limit=3)] == ["c", "a", "b"]
        assert [key for key, *_ in claimed(store, 9)] == ["d"]

    def test_a_key_is_posted_once(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.post([message("a", at=5), message("a", at=7)])
            unit.post([])
        with store.begin() as unit:
            unit.post([message("a", at=6)])
            assert unit.pending(9, 10) == (Delivery(message("a", at=5), 1),)
            unit.delivered("a")
            unit.post([message("a", at=6)])
        assert claimed(store, 10 * LEASE) == []

    def test_a_claimed_message_is_nobody_elses_until_its_lease_ends(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.post([message("a")])
        assert claimed(store, 0) == [("a", 1, "")]
        assert claimed(store, LEASE - 1) == []
        assert claimed(store, LEASE) == [("a", 2, "")]
        with store.begin() as unit:
            assert len(unit.pending(2 * LEASE, 10, lease=3)) == 1
        assert claimed(store, 2 * LEASE + 2) == []
        assert claimed(store, 2 * LEASE + 3) == [("a", 4, "")]

    def test_a_claim_that_is_rolled_back_is_none(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.post([message("a")])
        with pytest.raises(ZeroDivisionError), store.begin() as unit:
            assert len(unit.pending(0, 10)) == 1
            raise ZeroDivisionError
        assert claimed(store, 0) == [("a", 1, "")]

    def test_a_delivered_message_never_comes_again(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.post([message("a"), message("b")])
        claimed(store, 0)
        with store.begin() as unit:
            unit.delivered("a")
            unit.delivered("a")
            unit.failed("a", "a slower worker", 1)
            unit.failed("a", "a slower worker", None)
        assert claimed(store, 10 * LEASE) == [("b", 2, "")]
        with store.begin() as unit:
            assert unit.dead() == ()

    def test_a_failed_message_comes_again_when_it_was_said(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.post([message("a")])
        claimed(store, 0)
        with store.begin() as unit:
            unit.failed("a", "server busy", 50)
        assert claimed(store, 49) == []
        assert claimed(store, 50) == [("a", 2, "server busy")]

    def test_a_message_that_was_given_up_is_dead(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.post([message("b", at=1), message("c", at=0), message("a", at=1), message("d")])
        claimed(store, 1, limit=3)
        with store.begin() as unit:
            for key in ("a", "b", "c"):
                unit.failed(key, f"no such address {key}", None)
        assert claimed(store, 1) == [("b", 1, "")] or claimed(store, 1) == []
        with store.begin() as unit:
            assert [it.message.key for it in unit.dead()] == ["c", "a", "b"]
            assert unit.dead()[0] == Delivery(message("c", at=0), 1, "no such address c")

    def test_a_message_is_sent_again_on_request(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.post([message("dead"), message("done")])
            unit.pending(0, 10)
            unit.failed("dead", "no such address", None)
            unit.delivered("done")
        with store.begin() as unit:
            unit.resend("dead")
            unit.resend("done")
            assert unit.dead() == ()
        assert claimed(store, 0) == [("dead", 1, ""), ("done", 1, "")]

    def test_what_is_erased_is_erased_in_messages_too(self, store: CaseStore) -> None:
        facts = {"phone": "138", "name": "Li", "line": "L3"}
        shown = attrs.evolve(message("a"), facts=facts, personal=("phone", "name"))
        put(store, "C-1", "C-2")
        with store.begin() as unit:
            unit.post([shown, attrs.evolve(shown, key="b", case="C-2"), message("c")])
        with pytest.raises(ZeroDivisionError), store.begin() as unit:
            unit.erase("C-1")
            raise ZeroDivisionError
        with store.begin() as unit:
            unit.erase("C-1", frozenset({"phone", "line"}))
            first, other, plain = (it.message for it in unit.pending(0, 10, lease=1))
            assert (first.facts, first.personal) == ({"name": "Li", "line": "L3"}, ("name",))
            assert (other.facts, plain) == (facts, message("c"))
            unit.delivered("a")
            unit.erase("C-1")
            unit.resend("a")
            assert unit.pending(0, 1)[0].message.facts == {"line": "L3"}

    def test_a_key_that_was_never_posted(self, store: CaseStore) -> None:
        with store.begin() as unit:
            calls: tuple[Callable[[], None], ...] = (
                lambda: unit.delivered("a"),
                lambda: unit.failed("a", "", 5),
                lambda: unit.failed("a", "", None),
                lambda: unit.resend("a"),
            )
            for call in calls:
                with pytest.raises(UnknownMessageError) as caught:
                    call()
                assert caught.value.key == "a"
