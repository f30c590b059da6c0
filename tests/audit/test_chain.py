"""complaintflow.audit.chain"""

from __future__ import annotations

import hashlib

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.chain import (
    MESSAGES,
    Anchor,
    Row,
    Verdict,
    anchor,
    extend,
    genesis,
    verify,
)
from complaintflow.audit.codec import encode
from complaintflow.audit.events import Event, Noted
from complaintflow.errors import BrokenTrailError
from complaintflow.testing.events import trails


def sealed(events: tuple[Event, ...], case: str = "C-1") -> tuple[Row, ...]:
    rows, link = [], genesis(case)
    for event in events:
        text, _ = encode(event)
        link = extend(link, text)
        rows.append(Row(case, event.position, text, link))
    return tuple(rows)


def notes(count: int) -> tuple[Event, ...]:
    return tuple(
        Event(position, Noted({"n": position}), "wang", "", 0, 0, f"cmd-{position}", "")
        for position in range(1, count + 1)
    )


FIVE = sealed(notes(5))
ANCHOR = anchor(FIVE)


def relinked(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """What somebody who can write every row would leave: new links for the same texts."""
    made, link = [], genesis(rows[0].case)
    for row in rows:
        link = extend(link, row.text)
        made.append(attrs.evolve(row, link=link))
    return tuple(made)


def renumbered(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(attrs.evolve(row, position=position) for position, row in enumerate(rows, 1))


class TestLinks:
    def test_a_link_is_the_sha256_of_the_link_before_and_the_text(self) -> None:
        assert extend("ab", "text") == hashlib.sha256(b"ab\ntext").hexdigest()

    def test_the_first_hangs_on_the_case(self) -> None:
        assert genesis("C-1") == hashlib.sha256(b"complaintflow trail 1\nC-1").hexdigest()


class TestVerify:
    """verify(rows, anchor)"""

    @given(trails())
    def test_a_true_trail_is_whole(self, events: tuple[Event, ...]) -> None:
        rows = sealed(events)
        assert verify(rows).ok
        assert verify(rows, anchor(rows)).ok
        verify(rows).require()

    def test_an_empty_trail_is_whole_unless_an_anchor_saw_more(self) -> None:
        assert verify(()).ok
        assert verify((), Anchor("C-1", 0, genesis("C-1"))).ok
        assert verify((), Anchor("C-1", 0, "0" * 64)).problem == "anchor"
        assert verify((), ANCHOR) == Verdict("C-1", 0, "end", 1)

    @given(trails(), st.data())
    def test_any_changed_character_is_found_where_it_is(
        self, events: tuple[Event, ...], data: st.DataObject
    ) -> None:
        rows = sealed(events)
        at = data.draw(st.integers(0, len(rows) - 1))
        text = rows[at].text
        place = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != text[place]))
        changed = attrs.evolve(rows[at], text=text[:place] + other + text[place + 1 :])
        assert verify((*rows[:at], changed, *rows[at + 1 :])).position == at + 1

    @given(trails(), st.data())
    def test_a_changed_link_is_found_where_it_is(
        self, events: tuple[Event, ...], data: st.DataObject
    ) -> None:
        rows = sealed(events)
        at = data.draw(st.integers(0, len(rows) - 1))
        changed = attrs.evolve(rows[at], link=genesis("other"))
        assert verify((*rows[:at], changed, *rows[at + 1 :])).position == at + 1

    @pytest.mark.parametrize("at", range(5))
    def test_a_text_with_its_own_new_link_is_found_at_the_next_event(self, at: int) -> None:
        """The last one has no next: only an anchor shows it."""
        text = FIVE[at].text.replace("wang", "wei")
        before = FIVE[at - 1].link if at else genesis("C-1")
        changed = Row("C-1", at + 1, text, extend(before, text))
        rows = (*FIVE[:at], changed, *FIVE[at + 1 :])
        assert verify(rows).position == (at + 2 if at < 4 else None)
        assert verify(rows, ANCHOR).position == min(at + 2, 5)

    @pytest.mark.parametrize("at", range(4))
    def test_a_removed_event_is_found(self, at: int) -> None:
        rows = (*FIVE[:at], *FIVE[at + 1 :])
        assert verify(rows) == Verdict("C-1", 4, "position", at + 1)
        assert verify(renumbered(rows)) == Verdict("C-1", 4, "link", at + 1)

    def test_removal_at_the_end_is_found_against_an_anchor(self) -> None:
        assert verify(FIVE[:4]).ok, "without an anchor nothing can show it"
        assert verify(FIVE[:4], ANCHOR) == Verdict("C-1", 4, "end", 5)
        assert verify((), ANCHOR).position == 1

    @pytest.mark.parametrize("at", range(5))
    def test_an_inserted_event_is_found(self, at: int) -> None:
        event = attrs.evolve(notes(1)[0], position=at + 1, by="eve")
        text, _ = encode(event)
        before = FIVE[at - 1].link if at else genesis("C-1")
        rows = renumbered((*FIVE[:at], Row("C-1", 0, text, extend(before, text)), *FIVE[at:]))
        assert verify(rows).position == at + 2

    @pytest.mark.parametrize("at", range(4))
    def test_two_events_in_the_wrong_order_are_found(self, at: int) -> None:
        rows = (*FIVE[:at], FIVE[at + 1], FIVE[at], *FIVE[at + 2 :])
        assert verify(rows).position == at + 1
        assert verify(renumbered(rows)).position == at + 1

    def test_a_chain_made_anew_is_found_against_an_anchor_only(self) -> None:
        forged = attrs.evolve(FIVE[1], text=FIVE[1].text.replace("wang", "wei"))
        rows = relinked((FIVE[0], forged, *FIVE[2:]))
        assert verify(rows).ok, "as the module says: the chain alone does not prove it"
        assert verify(rows, ANCHOR) == Verdict("C-1", 5, "anchor", 5)

    def test_an_anchor_holds_for_a_trail_that_grew(self) -> None:
        assert verify(FIVE, anchor(FIVE[:3])).ok

    def test_a_text_that_says_another_position_is_found_even_when_linked_anew(self) -> None:
        rows = relinked(renumbered(FIVE[1:]))
        assert verify(rows) == Verdict("C-1", 4, "text", 1)

    @pytest.mark.parametrize("text", ["", "[1]", "\ud800", "[" * 100_000])
    def test_a_text_that_is_no_event_is_found(self, text: str) -> None:
        link = extend(genesis("C-1"), text) if text != "\ud800" else "0" * 64
        assert verify((Row("C-1", 1, text, link),)) == Verdict("C-1", 1, "text", 1)

    def test_another_cases_rows_are_found(self) -> None:
        other = sealed(notes(5), "C-2")
        assert verify((*FIVE[:2], *other[2:])) == Verdict("C-1", 5, "case", 3)
        moved = tuple(attrs.evolve(row, case="C-1") for row in other)
        assert verify(moved) == Verdict("C-1", 5, "link", 1)
        assert verify(other, ANCHOR).problem == "case"


class TestVerdict:
    def test_it_says_what_is_wrong_in_both_languages(self) -> None:
        verdict = verify(FIVE[:4], ANCHOR)
        assert verdict.text() == "case C-1 ends before event 5, which the anchor has seen"
        assert "第5条" in verdict.text("zh")

    def test_require_raises_with_the_position(self) -> None:
        with pytest.raises(BrokenTrailError, match="ends before event 5") as caught:
            verify(FIVE[:4], ANCHOR).require()
        assert caught.value.position == 5

    def test_every_problem_has_words(self) -> None:
        for problem in MESSAGES:
            for language in ("en", "zh"):
                assert Verdict("C-1", 5, problem, 2).text(language)
