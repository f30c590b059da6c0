"""The pack `circuit_boards`: what its scenario file alone cannot show."""

from __future__ import annotations

import pytest

from complaintflow.errors import InvalidValueError
from complaintflow.gallery import pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenario
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

FOLDER = pack_folder("circuit_boards")


def test_a_company_may_say_what_immediately_means() -> None:
    policy = load_policy(FOLDER, parameters={"immediately": "1 h"})
    (scenario,) = (one for one in load_scenarios(FOLDER, policy) if "one hour" in one.name)
    result = run_scenario(policy, scenario)
    assert result.status == "passed"
    assert [(check.subject, check.wanted) for check in result.checks] == [
        ("tell_quality", "2026-03-12 17:30:00 (elapsed)")
    ]


def test_the_hundredth_of_a_month_is_refused_and_the_next_month_begins_anew() -> None:
    stage = Rehearsal(load_policy(FOLDER))
    facts = {"customer_name": "Lanhai", "description": "open circuit"}
    for serial in range(1, 100):
        stage.receive("2026-03-02 09:00", role="sales", facts=facts)
        assert stage.number == f"2603{serial:02}"
    with pytest.raises(InvalidValueError, match="serial 100 is wider than the 2 digits"):
        stage.receive("2026-03-02 09:00", role="sales", facts=facts)
    stage.receive("2026-04-01 00:00", role="sales", facts=facts)
    assert stage.number == "260401"
