"""Every workflow, routing, escalation and communication clause, by name: claimed, or why not."""

from __future__ import annotations

import pytest

from complaintflow.gallery import load_pack, pack_folder, packs
from complaintflow.policy.policy import Policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios

UNCLAIMED = {
    # The procedure leaves it open, and the policy says so.
    ("car_maker", "E1"): "open",  # no escalation is kept
    ("car_maker", "N1"): "open",  # no communication is kept
    ("circuit_boards", "E1"): "open",  # the reaction to delay is announced, and lost
    ("drug_complaints", "E1"): "open",  # escalation is lost
    ("market_quality", "N3"): "open",  # the rules of communication are lost
    # It concerns more than any one case, and is declared where it binds.
    ("customer_feedback", "E1"): "declared",  # who may read customer files
    ("iso_10002", "5.3.3"): "declared",  # what handlers know
    ("iso_10002", "8.1"): "declared",  # the register
    # It asks for nothing that a case could show.
    ("car_maker", "W2"): "nothing",  # other documents prevail
    ("front_desk", "N1"): "nothing",  # courtesy
    ("furnishing_mall", "N1"): "nothing",  # norms that are named and not given
    ("joint_answer", "E1"): "nothing",  # there is no escalation
}


def _wanted(policy: Policy) -> set[str]:
    """The clauses on workflow, routing, escalation, communication; all of a numbered standard."""
    return {clause for clause in policy.clauses if clause[0] in "WQEN" or clause[0].isdigit()}


def _reason(policy: Policy, clause: str) -> str:
    """Where the policy cites a clause that no rule claims."""
    if any(clause in item.clauses for item in policy.open_items):
        return "open"
    cited = [one.clauses for one in policy.roles] + [one.clauses for one in policy.records]
    return "declared" if any(clause in clauses for clauses in cited) else "nothing"


@pytest.mark.parametrize("pack", packs())
def test_each_clause_is_claimed_by_a_rule_that_a_scenario_touches(pack: str) -> None:
    policy = load_pack(pack)
    report = run_scenarios(policy, load_scenarios(pack_folder(pack), policy))
    touched = report.touched
    claimed = {clause for rule in report.rules if rule in touched for clause in rule.clauses}
    left = {(pack, clause): _reason(policy, clause) for clause in _wanted(policy) - claimed}
    assert left == {key: reason for key, reason in UNCLAIMED.items() if key[0] == pack}
    assert report.untouched == ()


def test_what_is_not_claimed_is_in_a_pack() -> None:
    assert {pack for pack, _ in UNCLAIMED} <= set(packs())
