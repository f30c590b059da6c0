"""complaintflow.testing.people_contracts: ours keep them, and what breaks them is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from complaintflow.desk.people import Entry, People
from complaintflow.moments import instant, to_micros
from complaintflow.policy.person import Person
from complaintflow.policy.world import Choosing, Directory, NoWorkload, Strategy
from complaintflow.testing.people_contracts import DirectoryContract, StrategyContract

AT = to_micros(instant("2026-03-10T09:00", "Asia/Shanghai"))
PEOPLE = People(
    [
        Entry(Person("li", roles=["engineer"], substitutes=["wu"]), ((AT, AT + 1),)),
        Entry(Person("wu", roles=["engineer", "lead"]), since=AT),
        Entry(Person("ma", roles=["lead"], manager="wu"), until=AT),
    ]
)
CHOOSING = Choosing(
    "K1", "engineer", AT, PEOPLE.holders("engineer", AT), {"make": "n"}, NoWorkload()
)


def last(choosing: Choosing, /) -> Sequence[str]:
    return [choosing.candidates[-1].id]


class TestPeople(DirectoryContract):
    @pytest.fixture
    def directory(self) -> Directory:
        return PEOPLE

    @pytest.fixture
    def roles(self) -> list[str]:
        return ["engineer", "lead"]


class TestLast(StrategyContract):
    @pytest.fixture
    def strategy(self) -> Strategy:
        return last

    @pytest.fixture
    def choosing(self) -> Choosing:
        return CHOOSING


class Broken:
    """People, but for one promise."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.asked = 0

    def person(self, who: str, at: int, /) -> Person | None:
        if self.what == "knows everybody":
            return Person(who or "x")
        return None if self.what == "knows nobody" else PEOPLE.person(who, at)

    def holders(self, role: str, at: int, /) -> tuple[Person, ...]:
        found = PEOPLE.holders(role, at)
        self.asked += 1
        if self.what == "shuffles" and self.asked % 2:
            return found[::-1]
        if self.what == "has nobody":
            return ()
        return found + found if self.what == "twice" else found


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        ("knows everybody", "test_a_stranger_is_nobody_and_an_unknown_role_is_vacant"),
        ("knows nobody", "test_who_holds_a_role_is_known_as_the_same_person"),
        ("shuffles", "test_the_same_question_has_the_same_answer_in_the_same_order"),
        ("twice", "test_nobody_holds_a_role_twice"),
        ("has nobody", "test_somebody_holds_a_role"),
    ],
)
def test_a_directory_that_breaks_a_promise_is_found_out(what: str, broken: str) -> None:
    contract, asked = DirectoryContract(), (AT, AT + 1)
    given = {"directory": Broken(what), "roles": ["engineer", "lead"], "instants": asked}
    if "unknown_role" in broken:
        del given["roles"]
    with pytest.raises(AssertionError):
        getattr(contract, broken)(**given)


@pytest.mark.parametrize(
    ("strategy", "broken"),
    [
        (lambda choosing: [], "test_it_leaves_some_of_the_candidates"),
        (lambda choosing: ["wu", "wu"], "test_it_leaves_some_of_the_candidates"),
        (lambda choosing: ["li"], "test_each_candidate_alone_is_left"),
        (lambda choosing: ["wu"], "test_it_leaves_somebody_whoever_is_away"),
        (
            lambda choosing: ["li"] if choosing.values["make"] else [],
            "test_it_does_with_what_is_not_known_yet",
        ),
    ],
)
def test_a_strategy_that_breaks_a_promise_is_found_out(
    strategy: Callable[[Choosing], Sequence[str]], broken: str
) -> None:
    with pytest.raises(AssertionError):
        getattr(StrategyContract(), broken)(strategy, CHOOSING)
