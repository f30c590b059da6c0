"""Whoever declares a fact, the policy or the host's class, it is the same policy."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintflow.domain.types import FactType, Simple
from complaintflow.policy.expression import Function
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import from_mapping, to_mapping
from complaintflow.testing.policies import Domain, policies

FEW = settings(max_examples=max(5, settings().max_examples // 10))  # a policy is big to draw


@attrs.frozen
class Host:
    """A host whose complaints know *facts*."""

    facts: Mapping[str, FactType]
    functions: Mapping[str, Function] = attrs.Factory(lambda: Domain().functions)


@FEW
@given(policies(), st.data())
def test_what_is_lent_need_not_be_declared(policy: Policy, data: st.DataObject) -> None:
    mapping = to_mapping(policy)
    rows = mapping.get("facts", {})
    bare = [code for code, row in rows.items() if isinstance(row, str)]  # just a type
    lent = data.draw(st.sets(st.sampled_from(bare))) if bare else set()
    mapping["facts"] = {code: row for code, row in rows.items() if code not in lent}
    types = {fact.code: fact.type for fact in policy.facts if fact.code in lent}
    host = Host({**types, "an_unused_field": Simple("text")})
    again = from_mapping(mapping, domain=host)
    assert set(again.facts) == set(policy.facts)
    assert attrs.evolve(again, facts=policy.facts) == policy


@FEW
@given(policies())
def test_a_class_that_knows_more_changes_nothing(policy: Policy) -> None:
    mapping = to_mapping(policy)
    given = {fact.code: fact.type for fact in policy.facts if fact.given}
    more = {f"unused_{number}": Simple("text") for number in range(3)}
    again = from_mapping(mapping, domain=Host({**given, **more}))
    assert again == policy
    assert again.digest == policy.digest
