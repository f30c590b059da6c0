"""The store's contract: all or nothing, and many workers."""

# ruff: noqa: D102, D415, PT012 - a test's name says what it promises

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from complaintflow.audit.chain import verify
from complaintflow.errors import StaleVersionError, StoreError, UnknownCaseError
from complaintflow.store.protocol import CaseStore, Outcome
from complaintflow.testing.store_builders import message, note, put, status

__all__ = ["UnitContract"]

T = TypeVar("T")
WORKERS = 4


def persistent(work: Callable[[], T]) -> T:
    """Do *work*, again whenever somebody else came first, as a desk does."""
    for _ in range(1000):
        try:
            return work()
        except StaleVersionError:
            continue
    pytest.fail("lost a thousand races")


def together(work: Callable[[int], T]) -> list[T]:
    """*work* in several threads that begin at the same time."""
    ready = threading.Barrier(WORKERS)

    def one(number: int) -> T:
        ready.wait()
        return work(number)

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, range(WORKERS)))


class UnitContract:
    """CaseStore.begin"""

    threads = True
    """Whether several threads may use the store at once; a host's connection is one thread's."""

    def test_a_unit_of_work_is_all_or_nothing(self, store: CaseStore) -> None:
        put(store, "C-1", attention=5, keys=frozenset({("lot", "L7")}))
        with pytest.raises(ZeroDivisionError), store.begin() as unit:
            changed = status(state="x", open=False, received=1, keys=frozenset({("lot", "L8")}))
            unit.append("C-1", [note(2)], expected_version=1, status=changed)
            unit.append("C-2", [note(1)], expected_version=0, status=changed)
            unit.remember("cmd-1", Outcome("f", "C-1", 2, 2))
            unit.post([message("a")])
            unit.next_serial("2026")
            unit.save_document("policy", "d1", "text")
            raise ZeroDivisionError
        with store.begin() as unit:
            assert unit.load("C-1") == (note(1),)
            assert unit.status("C-1").state == "received"
            assert unit.due(5, 10) == unit.find("lot", "L7") == tuple(unit.cases()) == ("C-1",)
            assert unit.find("lot", "L8") == ()
            with pytest.raises(UnknownCaseError):
                unit.load("C-2")
            assert unit.outcome("cmd-1") is None
            assert unit.pending(0, 10) == ()
            assert unit.document("policy", "d1") is None
            assert unit.next_serial("2026") == 1

    def test_the_error_of_the_block_comes_through(self, store: CaseStore) -> None:
        problem = KeyboardInterrupt()
        with pytest.raises(KeyboardInterrupt) as caught, store.begin():
            raise problem
        assert caught.value is problem

    def test_a_store_goes_on_after_an_error(self, store: CaseStore) -> None:
        put(store, "C-1")
        with pytest.raises(StaleVersionError), store.begin() as unit:
            unit.append("C-1", [note(1)], expected_version=0, status=status())
        put(store, "C-1")
        with store.begin() as unit:
            assert unit.version("C-1") == 2

    def test_a_unit_reads_its_own_writes(self, store: CaseStore) -> None:
        with store.begin() as unit:
            entry = frozenset({("lot", "L7")})
            unit.append(
                "C-1", [note(1)], expected_version=0, status=status(attention=5, keys=entry)
            )
            assert unit.load("C-1") == (note(1),)
            assert unit.due(5, 1) == unit.find("lot", "L7") == tuple(unit.cases()) == ("C-1",)
            unit.append("C-1", [note(2)], expected_version=1, status=status())
            assert unit.due(5, 1) == unit.find("lot", "L7") == ()
            assert unit.version("C-1") == len(unit.trail("C-1")) == 2

    def test_a_case_is_written_twice_without_a_look_between(self, store: CaseStore) -> None:
        first, second = frozenset({("lot", "L7")}), frozenset({("lot", "L8")})
        with store.begin() as unit:
            unit.append("C-1", [note(1)], expected_version=0, status=status(keys=first))
            unit.append("C-1", [note(2)], expected_version=1, status=status(keys=second))
            with pytest.raises(StaleVersionError):
                unit.append("C-1", [note(2)], expected_version=1, status=status())
        with store.begin() as unit:
            assert unit.load("C-1") == (note(1), note(2))
            assert unit.find("lot", "L7") == ()
            assert unit.find("lot", "L8") == ("C-1",)
            assert verify(unit.trail("C-1"), unit.anchor("C-1")).ok

    def test_an_ended_unit_is_of_no_use(self, store: CaseStore) -> None:
        put(store, "C-1")
        with store.begin() as unit:
            pass
        for call in (
            lambda: unit.load("C-1"),
            lambda: unit.append("C-1", [note(2)], expected_version=1, status=status()),
            lambda: unit.next_serial("2026"),
            lambda: unit.post([message("a")]),
        ):
            with pytest.raises(StoreError, match="ended"):
                call()

    def test_units_of_one_thread_do_not_nest(self, store: CaseStore) -> None:
        """An error at once, where waiting would be for ever."""
        with store.begin() as unit:
            with pytest.raises(StoreError, match="open already"), store.begin():
                pass
            unit.next_serial("2026")
        with store.begin() as unit:
            assert unit.next_serial("2026") == 2

    def test_of_several_writers_one_wins_each_version(self, store: CaseStore) -> None:
        self._needs_threads()
        put(store, "C-1")
        rounds = 8

        def write(worker: int) -> None:
            for number in range(rounds):
                persistent(lambda it=f"{worker}:{number}": self._add(store, it))  # type: ignore[misc]

        together(write)
        with store.begin() as unit:
            events = unit.load("C-1")
        assert [event.position for event in events] == list(range(1, WORKERS * rounds + 2))
        written = [event.body.facts.get("it") for event in events[1:]]  # type: ignore[union-attr]
        assert sorted(map(str, written)) == sorted(
            f"{worker}:{number}" for worker in range(WORKERS) for number in range(rounds)
        )

    @staticmethod
    def _add(store: CaseStore, it: str) -> None:
        with store.begin() as unit:
            version = len(unit.load("C-1"))
            unit.append(
                "C-1", [note(version + 1, it=it)], expected_version=version, status=status()
            )

    def test_one_command_of_several_workers_is_done_once(self, store: CaseStore) -> None:
        self._needs_threads()

        def once() -> tuple[int, Outcome]:
            with store.begin() as unit:
                known = unit.outcome("cmd-1")
                if known:
                    return 0, known
                number = unit.next_serial("2026")
                case_id = f"C-{number}"
                unit.append(case_id, [note(1)], expected_version=0, status=status())
                outcome = Outcome("f", case_id, 1, 1)
                unit.remember("cmd-1", outcome)
                return 1, outcome

        answers = together(lambda _: persistent(once))
        assert sum(done for done, _ in answers) == 1
        assert {outcome for _, outcome in answers} == {Outcome("f", "C-1", 1, 1)}
        with store.begin() as unit:
            assert list(unit.cases()) == ["C-1"]

    def test_numbers_leave_no_gap_though_some_workers_fail(self, store: CaseStore) -> None:
        self._needs_threads()

        def number(attempt: int) -> int | None:
            try:
                with store.begin() as unit:
                    given = unit.next_serial("2026")
                    if attempt % 3 == 0:
                        raise ZeroDivisionError
                    return given
            except ZeroDivisionError:
                return None

        answers = together(lambda _: [persistent(lambda it=it: number(it)) for it in range(9)])  # type: ignore[misc]
        given = [one for answer in answers for one in answer if one is not None]
        assert sorted(given) == list(range(1, WORKERS * 6 + 1))

    def test_each_message_goes_to_one_worker(self, store: CaseStore) -> None:
        self._needs_threads()
        with store.begin() as unit:
            unit.post([message(f"m{number:02}") for number in range(40)])

        def claim() -> list[str]:
            with store.begin() as unit:
                return [it.message.key for it in unit.pending(0, 3)]

        def work(_: int) -> list[str]:
            mine: list[str] = []
            while got := persistent(claim):
                mine += got
            return mine

        got = [key for mine in together(work) for key in mine]
        assert sorted(got) == [f"m{number:02}" for number in range(40)]

    def test_what_find_answered_stays_true_until_the_end(self, store: CaseStore) -> None:
        """Two complaints at the same moment cannot both be the first about a lot."""
        self._needs_threads()
        rounds = 6

        def receive(case_id: str) -> int:
            with store.begin() as unit:
                before = len(unit.find("lot", "L7"))
                entry = frozenset({("lot", "L7")})
                unit.append(case_id, [note(1)], expected_version=0, status=status(keys=entry))
                return before

        answers = together(
            lambda worker: [
                persistent(lambda it=f"C-{worker}-{number}": receive(it))  # type: ignore[misc]
                for number in range(rounds)
            ]
        )
        counted = sorted(before for answer in answers for before in answer)
        assert counted == list(range(WORKERS * rounds))

    def test_whoever_writes_what_find_answered_waits(self, store: CaseStore) -> None:
        """Also one who never asked."""
        self._needs_threads()
        asked, written = threading.Event(), threading.Event()
        entry = frozenset({("lot", "L7")})
        put(store, "C-1", keys=entry)

        def write() -> None:
            asked.wait()
            put(store, "C-2", keys=entry)
            written.set()

        with ThreadPoolExecutor(1) as pool:
            writer = pool.submit(write)
            with store.begin() as unit:
                assert unit.find("lot", "L7") == ("C-1",)
                asked.set()
                written.wait(0.3)  # in vain, as it should be
                assert unit.find("lot", "L7") == ("C-1",)
            writer.result()
        with store.begin() as unit:
            assert unit.find("lot", "L7") == ("C-1", "C-2")

    def test_two_that_ask_in_opposite_orders_both_end(self, store: CaseStore) -> None:
        """Where each would wait for the other, one is told to start again."""
        self._needs_threads()
        asked = (threading.Event(), threading.Event())

        def ask(worker: int) -> None:
            lots = ("L7", "L8") if worker else ("L8", "L7")

            def once() -> None:
                with store.begin() as unit:
                    unit.find("lot", lots[0])
                    asked[worker].set()
                    asked[1 - worker].wait(0.2)  # in vain where units follow one another
                    unit.find("lot", lots[1])
                    unit.next_serial("2026")

            if worker < len(asked):
                persistent(once)

        together(ask)
        with store.begin() as unit:
            assert unit.next_serial("2026") == 3

    def _needs_threads(self) -> None:
        if not self.threads:
            pytest.skip("this store belongs to one thread")
