"""The pack `marketing_centre`: what its scenario file alone cannot show."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from complaintflow.calendar import Conventions
from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.check import check
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

POLICY = load_pack("marketing_centre")


def named(wanted: str, **changes: Any) -> Rehearsal:
    """A case whose department was named on 30 April, the target of `finish` changed."""
    duties = tuple(
        attrs.evolve(duty, target=attrs.evolve(duty.target, **changes))
        if duty.code == "finish" and duty.target is not None
        else duty
        for duty in POLICY.duties
    )
    play = Rehearsal(attrs.evolve(POLICY, duties=duties))
    told = {
        "channel": "telephone",
        "content": "-",
        "ledger_entry": "L-1",
        "at_fault": "company_side",
        "first_unit": "production",
        "responsible": {"production"},
        "anomaly_sheet": "Q-1",
        **({"answer_wanted_by": wanted} if wanted else {}),
    }
    play.receive("2026-04-30 08:00", role="marketing", facts=told)
    play.do("2026-04-30 08:10", "analyse_first", role="marketing")
    play.do("2026-04-30 08:30", "hand_over", role="marketing")
    play.do("2026-04-30 09:00", "name_unit", role="quality_control")
    return play


def test_a_last_day_off_moves_where_the_company_counts_so() -> None:
    """X7 of the catalogue, by its last reading: three days that roll to the next working day."""
    rolled = named("", conventions=Conventions(last_day_off="following"))
    assert rolled.due("finish") == "2026-05-06 23:59:59"


@pytest.mark.parametrize(
    ("ranks", "due"),
    [("replaces", "2026-05-08 12:00:00"), ("earliest", "2026-05-03 23:59:59")],
)
def test_a_later_date_of_the_customer_by_both_readings(ranks: str, due: str) -> None:
    assert named("2026-05-08T12:00+08:00", ranks=ranks).due("finish") == due


def test_check_finds_that_nobody_may_be_named() -> None:
    pytest.importorskip("z3")
    warnings = [(one.code, one.path[1]) for one in check(POLICY) if one.severity == "warning"]
    assert warnings == [("CF502", "state_cause")]


def test_every_scenario_and_every_instant_of_the_catalogue_is_there() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("marketing_centre"), POLICY))
    assert report.passed
    assert report.untouched == ()
    names = [one.scenario.name for one in report.results]
    numbers = {name.partition(":")[0].partition(",")[0] for name in names if name[0] == "X"}
    assert numbers == {"X1", "X2", "X4", "X5", "X7", "X8"}
    wanted = {check.wanted for one in report.results for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-10 02:00:00 (elapsed)",
        "2026-03-12 23:59:59 (calendar days)",
        "2026-03-12 14:00:00 (elapsed)",
        "2026-03-11 12:00:00 (date)",
        "2026-03-14 05:00:00 (elapsed)",
        "2026-03-16 23:59:59 (calendar days)",
        "2026-04-30 21:00:00 (elapsed)",
        "2026-05-03 23:59:59 (calendar days)",
        "2026-05-08 17:00:00 (working days)",
        "2026-03-26 22:00:00 (elapsed)",
    } <= wanted
