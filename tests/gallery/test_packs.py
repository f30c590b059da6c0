"""What every policy pack has to be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from complaintflow.domain.types import OneOf, SomeOf
from complaintflow.gallery import load_pack, packs
from complaintflow.policy.check import check
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import dump, loads


def _codes(policy: Policy) -> Iterator[str]:
    """Every code that people may come to see."""
    tables = (
        *(policy.roles, policy.facts, policy.forms, policy.decisions, policy.steps),
        *(policy.duties, policy.approvals, policy.actions, policy.tells, policy.links),
        *(policy.records, policy.choices),
    )
    for table in tables:
        for one in table:
            yield one.code
    yield from policy.states
    for decision in policy.decisions:
        yield from decision.answers
    for fact in policy.facts:
        if isinstance(fact.type, (OneOf, SomeOf)):
            yield from fact.type.members
    for action in policy.actions:
        yield from action.kinds


@pytest.mark.parametrize("pack", packs())
def test_every_code_has_a_name_in_both_languages(pack: str) -> None:
    policy = load_pack(pack)
    bare = {
        code
        for code in _codes(policy)
        if code not in policy.names or not (policy.names[code].en and policy.names[code].zh)
    }
    # A decision that only says yes or no answers with a word of the language.
    assert bare <= {"yes"}


@pytest.mark.parametrize("pack", packs())
def test_check_finds_no_error(pack: str) -> None:
    found = check(load_pack(pack))
    assert [one for one in found if one.severity == "error"] == []


@pytest.mark.parametrize("pack", packs())
def test_written_out_and_read_back_it_is_the_same(pack: str) -> None:
    policy = load_pack(pack)
    assert loads(dump(policy)) == policy
