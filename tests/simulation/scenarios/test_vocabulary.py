"""The words that a scenario may say of a policy."""

from __future__ import annotations

import attrs
import pytest

from complaintflow.policy.policy import Policy
from complaintflow.simulation.scenarios.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("each", "keys"),
    [
        ((), ()),
        (("shelf", "van"), ("shelf", "van")),
        ("units", ("depot", "lab")),  # what a decision answers
        ("marks", ("scratch", "dent", "stain")),  # what a fact can be
    ],
)
def test_the_keys_of_a_duty(
    policy: Policy, each: tuple[str, ...] | str, keys: tuple[str, ...]
) -> None:
    duty = attrs.evolve(policy.duties[0], each=each)
    assert Vocabulary(policy).keys(duty) == keys
