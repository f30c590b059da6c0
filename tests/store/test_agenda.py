"""complaintflow.store.agenda"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from complaintflow.store.agenda import Agenda, Timeline

NAMES = st.sampled_from("abcd")
CHANGES = st.lists(st.tuples(NAMES, st.none() | st.integers(0, 5)), max_size=200)


class Counted(str):
    """A name that counts how often it is compared."""

    __slots__ = ()
    comparisons = 0

    def __lt__(self, other: str) -> bool:
        Counted.comparisons += 1
        return str.__lt__(self, other)


class TestAgenda:
    @given(CHANGES, st.integers(0, 6), st.integers(0, 5))
    def test_it_agrees_with_a_sorted_list(
        self, changes: list[tuple[str, int | None]], now: int, limit: int
    ) -> None:
        agenda, plain = Agenda(), dict[str, int]()
        for number, (name, at) in enumerate(changes):
            agenda.set(name, at)
            plain.pop(name, None)
            if at is not None:
                plain[name] = at
            if number % 3 == 0:
                expected = sorted((at, name) for name, at in plain.items() if at <= now)
                assert agenda.due(now, limit) == [name for _, name in expected[:limit]]

    def test_what_is_outdated_does_not_pile_up(self) -> None:
        agenda = Agenda()
        for at in range(10_000):
            agenda.set("a", 1_000_000 - at)
        assert len(agenda._heap) < 100

    def test_a_question_costs_what_is_due_not_what_waits(self) -> None:
        """1,000 due among 100,000 need hardly more comparisons than among 10,000."""

        def cost(waiting: int) -> int:
            agenda = Agenda()
            for number in range(waiting):
                agenda.set(Counted(f"{number:06}"), 7)
            for number in range(1000):
                agenda.set(Counted(f"{number:06}"), 3)
            Counted.comparisons = 0
            assert len(agenda.due(5, 2000)) == 1000
            return Counted.comparisons

        assert cost(100_000) < 2 * cost(10_000)


class TestTimeline:
    @given(st.lists(st.tuples(st.integers(0, 9), NAMES), unique=True), st.data())
    def test_it_agrees_with_a_sorted_list(
        self, entries: list[tuple[int, str]], data: st.DataObject
    ) -> None:
        timeline = Timeline()
        for entry in entries:
            timeline.add(*entry)
        gone = data.draw(st.lists(st.sampled_from(entries), unique=True)) if entries else []
        for entry in gone:
            timeline.remove(*entry)
        since, before = data.draw(st.none() | st.integers(0, 9)), data.draw(st.integers(0, 9))
        left = sorted(entry for entry in entries if entry not in gone)
        assert timeline.window(since, before) == [
            name for at, name in left if (since is None or at >= since) and at < before
        ]
