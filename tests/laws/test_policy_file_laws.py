"""Laws of policy files: what is written is read back, as TOML and as JSON."""

from __future__ import annotations

import json

from hypothesis import given, settings

from complaintflow.policy.policy import Policy
from complaintflow.policy.validate import problems_of
from complaintflow.policyfile import dump, from_mapping, loads, to_mapping
from complaintflow.testing.expressions import FUNCTIONS
from complaintflow.testing.policies import Domain, policies

FEW = settings(max_examples=max(5, settings().max_examples // 4))  # a policy is big to draw


@FEW
@given(policies())
def test_a_policy_is_read_back(policy: Policy) -> None:
    text = dump(policy)
    again = loads(text, domain=Domain())
    assert again == policy
    assert again.digest == policy.digest
    data = json.loads(json.dumps(to_mapping(policy)))
    assert from_mapping(data, domain=Domain()) == policy
    assert problems_of(policy, FUNCTIONS) == ()
