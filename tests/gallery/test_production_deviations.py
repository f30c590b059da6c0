"""The pack `production_deviations`: what its scenario file alone cannot show."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

POLICY = load_pack("production_deviations")

EXAMPLES = ["material_returned", "top_up", "equipment_failure", "beyond_alert", "mixed_drugs"]
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "fixed_at_once": st.booleans(),
        "confirmed_harmless": st.booleans(),
        "qa_can_tell": st.booleans(),
        "storage_risk": st.booleans(),
        "effect": st.sampled_from(["no_effect", "recoverable", "irrecoverable"]),
        "example": st.lists(st.sampled_from(EXAMPLES), unique=True),
    },
)
HARMLESS: dict[str, Any] = {
    "fixed_at_once": True,
    "confirmed_harmless": True,
    "qa_can_tell": True,
    "storage_risk": False,
    "effect": "no_effect",
}


@given(FACTS)
def test_there_is_always_a_grade_and_it_is_minor_only_when_all_is_known(
    facts: dict[str, Any],
) -> None:
    play = Rehearsal(POLICY)
    asked = {"description": "a spill", "departs_from": ["test_method"]}
    play.receive("2026-03-11 09:00", role="discoverer", facts={**asked, **facts})
    grade = play.case.answers["grade"]
    harmless = set(facts.get("example", ["?"])) <= {"material_returned", "top_up"}
    minor = harmless and HARMLESS.items() <= facts.items()
    assert grade is not None
    assert (grade == "minor") is minor
    assert (play.case.answers["way"] == "lighter") is minor


def test_every_scenario_of_the_catalogue_is_there() -> None:
    folder = pack_folder("production_deviations")
    report = run_scenarios(POLICY, load_scenarios(folder, POLICY))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0].isdigit()}
    assert numbers == {"1", "2", "4", "5"}
