"""What a directory and a strategy promise, as tests: run them on your own.

Subclass in a test file and supply the fixtures::

    class TestOurPeople(DirectoryContract):
        @pytest.fixture
        def directory(self) -> Directory:
            return OurPeople(database)

        @pytest.fixture
        def roles(self) -> list[str]:
            return ["desk", "engineer"]
"""

# ruff: noqa: D102 - a test's name says what it promises

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs
import pytest

from complaintflow.moments import to_micros
from complaintflow.policy.person import Person
from complaintflow.policy.world import Choosing, Directory, Strategy

__all__ = ["DirectoryContract", "StrategyContract"]

_NOBODY = "nobody who was ever here \u2603"


def _instants() -> tuple[int, ...]:
    """Long ago, now and then, and far ahead; microseconds since 1970 UTC."""
    days = ((1990, 1, 1), (2026, 3, 10), (2026, 3, 14), (2090, 12, 31))
    return tuple(to_micros(dt.datetime(*day, 12, tzinfo=dt.UTC)) for day in days)


class DirectoryContract:
    """`Directory.person` and `Directory.holders`.

    Supply two fixtures: ``directory``, and ``roles``, of which at least one is held by somebody
    at one of ``instants``; supply those too where the default ones do not suit.
    """

    @pytest.fixture
    def instants(self) -> Sequence[int]:
        """When it is asked; microseconds since 1970 UTC."""
        return _instants()

    def test_somebody_holds_a_role(
        self, directory: Directory, roles: Sequence[str], instants: Sequence[int]
    ) -> None:
        assert any(directory.holders(role, at) for role in roles for at in instants)

    def test_who_holds_a_role_is_known_as_the_same_person(
        self, directory: Directory, roles: Sequence[str], instants: Sequence[int]
    ) -> None:
        for at in instants:
            for role in roles:
                for person in directory.holders(role, at):
                    assert isinstance(person, Person)
                    assert role in person.roles
                    assert directory.person(person.id, at) == person

    def test_nobody_holds_a_role_twice(
        self, directory: Directory, roles: Sequence[str], instants: Sequence[int]
    ) -> None:
        for at in instants:
            for role in roles:
                ids = [person.id for person in directory.holders(role, at)]
                assert len(ids) == len(set(ids))

    def test_the_same_question_has_the_same_answer_in_the_same_order(
        self, directory: Directory, roles: Sequence[str], instants: Sequence[int]
    ) -> None:
        asked = [(role, at) for role in roles for at in instants]
        first = {question: directory.holders(*question) for question in asked}
        again = {question: directory.holders(*question) for question in reversed(asked)}
        assert first == again

    def test_holders_are_a_tuple(
        self, directory: Directory, roles: Sequence[str], instants: Sequence[int]
    ) -> None:
        assert all(
            isinstance(directory.holders(role, at), tuple) for role in roles for at in instants
        )

    def test_a_stranger_is_nobody_and_an_unknown_role_is_vacant(
        self, directory: Directory, instants: Sequence[int]
    ) -> None:
        for at in instants:
            assert directory.person(_NOBODY, at) is None
            assert directory.person("", at) is None
            assert directory.holders(_NOBODY, at) == ()

    def test_managers_and_substitutes_are_other_people(
        self, directory: Directory, roles: Sequence[str], instants: Sequence[int]
    ) -> None:
        for at in instants:
            for role in roles:
                for person in directory.holders(role, at):
                    others = (*person.substitutes, *filter(None, (person.manager,)))
                    assert person.id not in others


class StrategyContract:
    """`Strategy.__call__`.

    Supply two fixtures: ``strategy``, and ``choosing``, a question that it may be asked; best one
    with several candidates, all of whom could be left.
    """

    def test_it_leaves_some_of_the_candidates(self, strategy: Strategy, choosing: Choosing) -> None:
        ids = {person.id for person in choosing.candidates}
        left = tuple(strategy(choosing))
        assert left
        assert set(left) <= ids
        assert len(left) == len(set(left))

    def test_each_candidate_alone_is_left(self, strategy: Strategy, choosing: Choosing) -> None:
        for person in choosing.candidates:
            alone = attrs.evolve(choosing, candidates=(person,))
            assert tuple(strategy(alone)) == (person.id,)

    def test_it_leaves_somebody_whoever_is_away(
        self, strategy: Strategy, choosing: Choosing
    ) -> None:
        for away in choosing.candidates:
            others = tuple(person for person in choosing.candidates if person != away)
            if others:
                left = tuple(strategy(attrs.evolve(choosing, candidates=others)))
                assert left
                assert set(left) <= {person.id for person in others}

    def test_it_does_with_what_is_not_known_yet(
        self, strategy: Strategy, choosing: Choosing
    ) -> None:
        unknown = dict.fromkeys(choosing.values)
        assert tuple(strategy(attrs.evolve(choosing, values=unknown)))
