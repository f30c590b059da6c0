"""The pack `mould_maker`: what its scenario file alone cannot show."""

from __future__ import annotations

from complaintflow.calendar.limits import Disagreeing
from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.check import check
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios


def test_the_limit_keeps_both_units_and_check_says_where_they_part() -> None:
    policy = load_pack("mould_maker")
    (duty,) = (one for one in policy.duties if one.code == "prove_measures")
    assert duty.target is not None
    assert isinstance(duty.target.within, Disagreeing)
    assert str(duty.target.within) == "10 working days (also written: 2 weeks)"
    (found,) = (one for one in check(policy) if one.code == "CF405")
    assert found.severity == "note"
    assert "T3" in found.clauses


def test_every_scenario_of_the_catalogue_is_there() -> None:
    policy = load_pack("mould_maker")
    report = run_scenarios(policy, load_scenarios(pack_folder("mould_maker"), policy))
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0] == "X"}
    assert numbers == {"X1", "X2", "X4", "X5"}
    wanted = {check.wanted for one in report.results for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-10 09:30:00 (elapsed)",
        "2026-03-24 17:00:00 (disagreeing)",
        "2026-03-24 23:59:59 (disagreeing)",
        "2026-03-14 16:50:00 (elapsed)",
        "2026-03-30 17:00:00 (disagreeing)",
        "2026-03-20 12:00:00 (date)",
    } <= wanted
    assert report.passed
    assert report.count("waits") == 0
    assert report.untouched == ()
