"""The store's contract: events, status, trail and erasure of one case."""

# ruff: noqa: D102, D415, PT012 - a test's name says what it promises

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from complaintflow.audit.chain import verify
from complaintflow.audit.events import Noted
from complaintflow.audit.vault import Erased
from complaintflow.domain.values import Evidence, Money, Quantity, Ratio
from complaintflow.errors import InvalidValueError, StaleVersionError, UnknownCaseError
from complaintflow.store.protocol import CaseStore
from complaintflow.testing.store_builders import note, put, status

__all__ = ["CaseContract"]


class CaseContract:
    """UnitOfWork.load, append, status, version, trail, anchor, erase"""

    def test_what_was_appended_is_loaded(self, store: CaseStore) -> None:
        """In another unit of work, equal to the last digit."""
        first = note(1, amount=Money("5000.00", "CNY"), since=date(2026, 3, 10), lot=None)
        second = note(2, files=(Evidence("photo"),), share=Ratio("0.025"), n=Decimal("1.50"))
        third = note(3, codes=frozenset({"a", "b"}), quantity=Quantity(12, "kg"), ok=True, 客="户")
        with store.begin() as unit:
            unit.append("C-1", [first], expected_version=0, status=status())
        with store.begin() as unit:
            assert unit.load("C-1") == (first,)
            unit.append("C-1", [second, third], expected_version=1, status=status())
            assert unit.load("C-1") == (first, second, third)
        with store.begin() as unit:
            assert unit.load("C-1") == (first, second, third)
            assert unit.version("C-1") == 3

    def test_cases_do_not_mix(self, store: CaseStore) -> None:
        put(store, "C-1", "C-1", "c-1", "C-10")
        with store.begin() as unit:
            assert [unit.version(it) for it in ("C-1", "c-1", "C-10", "C")] == [2, 1, 1, 0]

    def test_a_case_that_is_not_there(self, store: CaseStore) -> None:
        with store.begin() as unit:
            assert unit.version("C-1") == 0
            for call in (unit.load, unit.status, unit.trail, unit.anchor, unit.erase):
                with pytest.raises(UnknownCaseError) as caught:
                    call("C-1")
                assert caught.value.case_id == "C-1"

    def test_a_stale_writer_is_refused(self, store: CaseStore) -> None:
        put(store, "C-1", "C-1")
        with pytest.raises(StaleVersionError) as caught, store.begin() as unit:
            unit.append("C-1", [note(2)], expected_version=1, status=status())
        assert (caught.value.case_id, caught.value.expected, caught.value.found) == ("C-1", 1, 2)

    def test_a_second_opening_is_refused(self, store: CaseStore) -> None:
        put(store, "C-1")
        with pytest.raises(StaleVersionError) as caught, store.begin() as unit:
            unit.append("C-1", [note(1)], expected_version=0, status=status())
        assert caught.value.found == 1

    def test_a_refused_writer_changes_nothing(self, store: CaseStore) -> None:
        put(store, "C-1")
        with store.begin() as unit:
            with pytest.raises(StaleVersionError):
                unit.append("C-1", [note(1)], expected_version=0, status=status(state="x"))
            assert unit.load("C-1") == (note(1),)
            assert unit.status("C-1").state == "received"

    def test_going_on_with_a_case_that_is_not_there(self, store: CaseStore) -> None:
        with pytest.raises(UnknownCaseError), store.begin() as unit:
            unit.append("C-1", [note(3)], expected_version=2, status=status())

    @pytest.mark.parametrize("positions", [(2,), (0,), (1, 1), (1, 3), (2, 1)])
    def test_positions_leave_no_gap(self, store: CaseStore, positions: tuple[int, ...]) -> None:
        with store.begin() as unit:
            with pytest.raises(InvalidValueError, match="position"):
                unit.append("C-1", [*map(note, positions)], expected_version=0, status=status())
            assert unit.version("C-1") == 0

    @pytest.mark.parametrize("case_id", ["", "C\x001"])
    def test_a_number_is_text_without_nul(self, store: CaseStore, case_id: str) -> None:
        with store.begin() as unit, pytest.raises(InvalidValueError, match="number"):
            unit.append(case_id, [note(1)], expected_version=0, status=status())

    def test_a_case_begins_with_an_event(self, store: CaseStore) -> None:
        with store.begin() as unit, pytest.raises(InvalidValueError, match="begin"):
            unit.append("C-1", [], expected_version=0, status=status())

    def test_the_status_is_the_last_one_written(self, store: CaseStore) -> None:
        first = status(attention=7, policy="p1", keys=frozenset({("lot", "L7"), ("客户", "华东")}))
        last = status(state="closed", open=False, received=50, policy="p2")
        with store.begin() as unit:
            unit.append("C-1", [note(1)], expected_version=0, status=first)
            assert unit.status("C-1") == first
        with store.begin() as unit:
            unit.append("C-1", [note(2)], expected_version=1, status=last)
        with store.begin() as unit:
            assert unit.status("C-1") == last

    def test_the_status_may_change_without_an_event(self, store: CaseStore) -> None:
        """After a sweep that found nothing to do but when to come again."""
        put(store, "C-1")
        with store.begin() as unit:
            unit.append("C-1", [], expected_version=1, status=status(attention=9))
        with store.begin() as unit:
            assert unit.status("C-1").attention == 9
            assert unit.load("C-1") == (note(1),)

    def test_the_trail_verifies_up_to_its_anchor(self, store: CaseStore) -> None:
        put(store, "C-1", "C-1", "C-1", "C-2")
        with store.begin() as unit:
            rows, anchor = unit.trail("C-1"), unit.anchor("C-1")
        assert [row.position for row in rows] == [1, 2, 3]
        assert (anchor.case, anchor.length, anchor.digest) == ("C-1", 3, rows[-1].link)
        assert verify(rows, anchor).ok

    def test_the_trail_grows_and_never_changes(self, store: CaseStore) -> None:
        """Also where it was asked for in a unit of work that was rolled back."""
        personal = frozenset({"phone"})
        with store.begin() as unit:
            unit.append(
                "C-1", [note(1, phone="1")], expected_version=0, status=status(), personal=personal
            )
        with pytest.raises(ZeroDivisionError), store.begin() as unit:
            unit.append(
                "C-1", [note(2, phone="2")], expected_version=1, status=status(), personal=personal
            )
            early = unit.trail("C-1")[:1]
            raise ZeroDivisionError
        put(store, "C-1")
        with store.begin() as unit:
            assert unit.trail("C-1")[:1] == early
            assert verify(unit.trail("C-1"), unit.anchor("C-1")).ok

    def test_personal_values_are_beside_the_trail(self, store: CaseStore) -> None:
        events = [note(1, phone="13800138000", lot="L7"), note(2, lot="L8")]
        with store.begin() as unit:
            unit.append(
                "C-1", events, expected_version=0, status=status(), personal=frozenset({"phone"})
            )
        with store.begin() as unit:
            assert list(unit.load("C-1")) == events
            assert all("13800138000" not in row.text for row in unit.trail("C-1"))
            assert "L7" in unit.trail("C-1")[0].text

    def test_what_is_personal_is_said_with_each_append(self, store: CaseStore) -> None:
        said = (frozenset({"phone"}), frozenset({"name"}), frozenset[str]())
        for version, personal in enumerate(said):
            event = note(version + 1, phone="138", name="Wang")
            with store.begin() as unit:
                unit.append(
                    "C-1", [event], expected_version=version, status=status(), personal=personal
                )
        with store.begin() as unit:
            texts = [row.text for row in unit.trail("C-1")]
        assert ["138" in text for text in texts] == [False, True, True]
        assert ["Wang" in text for text in texts] == [True, False, True]

    def test_erasing_leaves_the_chain_whole(self, store: CaseStore) -> None:
        personal = frozenset({"phone", "name"})
        with store.begin() as unit:
            unit.append(
                "C-1",
                [note(1, phone="138", name="Wang", lot="L7"), note(2, phone="139")],
                expected_version=0,
                status=status(),
                personal=personal,
            )
            before = unit.trail("C-1")
        with store.begin() as unit:
            assert unit.erase("C-1", frozenset({"phone", "lot"})) == 2
            assert unit.erase("C-1", frozenset({"phone"})) == 0
        with store.begin() as unit:
            assert unit.trail("C-1") == before
            assert verify(before, unit.anchor("C-1")).ok
            first, second = unit.load("C-1")
            assert isinstance(first.body, Noted)
            assert isinstance(second.body, Noted)
            assert isinstance(first.body.facts["phone"], Erased)
            assert isinstance(second.body.facts["phone"], Erased)
            assert (first.body.facts["name"], first.body.facts["lot"]) == ("Wang", "L7")
            assert unit.erase("C-1") == 1, "every personal value that is left"

    @pytest.mark.parametrize("looked", [True, False])
    def test_an_erasure_that_is_rolled_back_erased_nothing(
        self, store: CaseStore, looked: bool
    ) -> None:
        event = note(1, phone="138", name="Wang")
        personal = frozenset({"phone", "name"})
        with store.begin() as unit:
            unit.append("C-1", [event], expected_version=0, status=status(), personal=personal)
        with pytest.raises(ZeroDivisionError), store.begin() as unit:
            unit.erase("C-1", frozenset({"phone"}))
            unit.load("C-1")
            raise ZeroDivisionError
        with store.begin() as unit:
            if looked:
                assert unit.load("C-1") == (event,)
            unit.erase("C-1", frozenset({"name"}))
        with store.begin() as unit:
            (left,) = unit.load("C-1")
            assert isinstance(left.body, Noted)
            assert left.body.facts["phone"] == "138"
            assert isinstance(left.body.facts["name"], Erased)
