"""The store's contract: many cases, commands, numbers, documents."""

# ruff: noqa: D102, D415, PT012 - a test's name says what it promises

from __future__ import annotations

import pytest

from complaintflow.errors import StaleVersionError, StoreError
from complaintflow.store.protocol import CaseStore, Outcome
from complaintflow.testing.store_builders import put

__all__ = ["QuestionContract"]

LOT = frozenset({("lot", "L7")})


class QuestionContract:
    """UnitOfWork.find, due, cases, outcome, remember, next_serial, document"""

    def test_find_answers_in_order_of_receipt(self, store: CaseStore) -> None:
        put(store, "C-3", received=1, keys=LOT)
        put(store, "C-2", "C-10", "c-1", received=5, keys=LOT)
        put(store, "C-1", received=9, keys=LOT)
        put(store, "C-0", received=5, keys=frozenset({("lot", "L8"), ("batch", "L7")}))
        with store.begin() as unit:
            assert unit.find("lot", "L7") == ("C-3", "C-10", "C-2", "c-1", "C-1")
            assert unit.find("lot", "l7") == ()

    @pytest.mark.parametrize(
        ("since", "before", "found"),
        [
            (None, None, ("a", "b", "c")),
            (5, None, ("b", "c")),
            (6, None, ("c",)),
            (None, 5, ("a",)),
            (None, 6, ("a", "b")),
            (1, 9, ("a", "b")),
            (5, 5, ()),
            (9, 1, ()),
        ],
    )
    def test_the_window_has_its_beginning_and_not_its_end(
        self, store: CaseStore, since: int | None, before: int | None, found: tuple[str, ...]
    ) -> None:
        for case_id, received in (("a", 1), ("b", 5), ("c", 9)):
            put(store, case_id, received=received, keys=LOT)
        with store.begin() as unit:
            assert unit.find("lot", "L7", since=since, before=before) == found

    def test_find_leaves_out_the_case_itself(self, store: CaseStore) -> None:
        put(store, "C-1", "C-2", keys=LOT)
        with store.begin() as unit:
            assert unit.find("lot", "L7", exclude="C-1") == ("C-2",)

    def test_entries_are_those_of_the_last_status(self, store: CaseStore) -> None:
        put(store, "C-1", keys=frozenset({("lot", "L7"), ("customer", "A")}))
        put(store, "C-1", keys=frozenset({("lot", "L8"), ("customer", "A")}))
        with store.begin() as unit:
            assert unit.find("lot", "L7") == ()
            assert unit.find("lot", "L8") == unit.find("customer", "A") == ("C-1",)

    def test_a_receipt_that_was_corrected_moves_the_case(self, store: CaseStore) -> None:
        put(store, "C-1", received=5, keys=LOT)
        put(store, "C-2", received=6, keys=LOT)
        put(store, "C-1", received=7, keys=LOT)
        with store.begin() as unit:
            assert unit.find("lot", "L7") == tuple(unit.cases()) == ("C-2", "C-1")
            assert unit.find("lot", "L7", before=6) == ()

    def test_tally_counts_the_cases_of_each_entry(self, store: CaseStore) -> None:
        put(store, "C-1", "C-2", keys=LOT)
        put(store, "C-3", keys=frozenset({("lot", "L8"), ("batch", "L9")}))
        put(store, "C-4", keys=frozenset({("lot", "L6")}))
        put(store, "C-4", keys=LOT)
        with store.begin() as unit:
            asked = ("L9", "L8", "L7", "L7", "L6")
            assert unit.tally("lot", asked) == {"L8": 1, "L7": 3}
            assert unit.tally("lot", ()) == {}

    def test_tally_of_a_thousand_entries(self, store: CaseStore) -> None:
        put(store, "C-1", keys=frozenset({("person", "p999")}))
        with store.begin() as unit:
            assert unit.tally("person", [f"p{n}" for n in range(1_000)]) == {"p999": 1}

    def test_due_is_the_oldest_first(self, store: CaseStore) -> None:
        for case_id, attention in (("d", 4), ("b", 2), ("e", None), ("a", 3), ("c", 2), ("f", 5)):
            put(store, case_id, attention=attention)
        with store.begin() as unit:
            assert unit.due(4, 10) == ("b", "c", "a", "d")
            assert unit.due(4, 3) == ("b", "c", "a")
            assert unit.due(1, 10) == unit.due(9, 0) == ()
            assert unit.due(4, 10) == ("b", "c", "a", "d"), "asking changes nothing"

    def test_due_follows_the_status(self, store: CaseStore) -> None:
        put(store, "C-1", "C-2", attention=2)
        put(store, "C-1", attention=6)
        put(store, "C-2", attention=None)
        with store.begin() as unit:
            assert unit.due(5, 10) == ()
            assert unit.due(6, 10) == ("C-1",)
        put(store, "C-1", "C-2", attention=2)
        with store.begin() as unit:
            assert unit.due(5, 10) == ("C-1", "C-2")

    def test_cases_by_receipt_state_and_openness(self, store: CaseStore) -> None:
        put(store, "b", received=2)
        put(store, "a", "c", received=2, state="closed", open=False)
        put(store, "d", received=1, state="closed")
        with store.begin() as unit:
            assert list(unit.cases()) == ["d", "a", "b", "c"]
            assert list(unit.cases(open=True)) == ["d", "b"]
            assert list(unit.cases(open=False)) == ["a", "c"]
            assert list(unit.cases(state="closed")) == ["d", "a", "c"]
            assert list(unit.cases(open=True, state="closed")) == ["d"]
            assert list(unit.cases(state="none")) == []

    def test_cases_are_those_when_asked(self, store: CaseStore) -> None:
        """Going through them while writing neither skips nor repeats one."""
        put(store, "a", "b", "c")
        seen = []
        with store.begin() as unit:
            for case_id in unit.cases(state="received"):
                seen.append(case_id)
                version, last = unit.version(case_id), unit.status(case_id)
                unit.append(case_id, [], expected_version=version, status=last)
        assert seen == ["a", "b", "c"]

    def test_a_command_is_remembered(self, store: CaseStore) -> None:
        outcome = Outcome("digest", "C-1", 1, 4)
        with store.begin() as unit:
            assert unit.outcome("cmd-1") is None
            unit.remember("cmd-1", outcome)
            assert unit.outcome("cmd-1") == outcome
        with store.begin() as unit:
            assert unit.outcome("cmd-1") == outcome
            assert unit.outcome("cmd-2") is None

    def test_a_command_is_remembered_once(self, store: CaseStore) -> None:
        """Whoever comes second starts again, and then finds the first outcome."""
        with store.begin() as unit:
            unit.remember("cmd-1", Outcome("digest", "C-1", 1, 4))
        for again in (Outcome("digest", "C-1", 1, 4), Outcome("other", "C-2", 1, 1)):
            with pytest.raises(StaleVersionError, match="cmd-1"), store.begin() as unit:
                unit.remember("cmd-1", again)
        with store.begin() as unit:
            assert unit.outcome("cmd-1") == Outcome("digest", "C-1", 1, 4)

    def test_numbers_count_from_1_in_each_series(self, store: CaseStore) -> None:
        with store.begin() as unit:
            assert [unit.next_serial("2026"), unit.next_serial("2026")] == [1, 2]
        with store.begin() as unit:
            assert [unit.next_serial("2027"), unit.next_serial("2026")] == [1, 3]

    def test_a_number_that_was_rolled_back_is_given_again(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.next_serial("2026")
        with pytest.raises(ZeroDivisionError), store.begin() as unit:
            assert unit.next_serial("2026") == 2
            assert unit.next_serial("2027") == 1
            raise ZeroDivisionError
        with store.begin() as unit:
            assert [unit.next_serial("2026"), unit.next_serial("2027")] == [2, 1]

    def test_documents_are_kept_by_kind_and_digest(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.save_document("policy", "d1", "一")
            unit.save_document("calendar", "d1", "二")
        with store.begin() as unit:
            unit.save_document("policy", "d1", "一")  # the same again does nothing
            assert unit.document("policy", "d1") == "一"
            assert unit.document("calendar", "d1") == "二"
            assert unit.document("policy", "d2") is None

    def test_a_digest_names_one_text_for_ever(self, store: CaseStore) -> None:
        with store.begin() as unit:
            unit.save_document("policy", "d1", "one")
            with pytest.raises(StoreError, match="policy d1"):
                unit.save_document("policy", "d1", "two")
            assert unit.document("policy", "d1") == "one"
