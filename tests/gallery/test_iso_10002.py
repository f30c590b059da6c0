"""The pack `iso_10002`: the default workflow, and what can be made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policyfile import load_policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import load_scenarios
from complaintflow.testing.rehearsal import Rehearsal

POLICY = load_pack("iso_10002")
SHEET = {"complainant_name": "Li", "subject": "the lid leaks", "remedy_sought": "a new one"}


def test_the_words_of_the_standard() -> None:
    words = {
        "received", "acknowledged", "assessed", "under_investigation", "responded", "closed",
        "withdrawn", "not_investigated",
    }  # fmt: skip
    assert words <= set(POLICY.states)
    assert POLICY.open_items == ()


def test_every_rule_is_touched_and_every_expectation_passes() -> None:
    report = run_scenarios(POLICY, load_scenarios(pack_folder("iso_10002"), POLICY))
    assert report.passed
    assert report.untouched == ()


@pytest.mark.parametrize(
    ("limit", "due"), [("24 h", "2026-03-10 09:00:00"), ("4 h", "2026-03-09 13:00:00")]
)
def test_a_company_fills_in_its_own_limits(limit: str, due: str) -> None:
    policy = load_policy(pack_folder("iso_10002"), parameters={"acknowledge_within": limit})
    play = Rehearsal(policy)
    play.receive("2026-03-09 09:00", role="handler", facts=SHEET)
    assert play.due("say_received") == due


def test_it_can_be_included(tmp_path: Path) -> None:
    """A company keeps the flow and adds what it tells whom."""
    base = pack_folder("iso_10002")
    for name in ("policy.toml", "clauses.toml", "calendar.toml"):
        (tmp_path / name).write_text((base / name).read_text("utf-8"), "utf-8")
    (tmp_path / "policy.toml").rename(tmp_path / "base.toml")
    (tmp_path / "policy.toml").write_text(
        'include = ["base.toml"]\n[tell]\nboss = { clause = "7.5", on = "priority is urgent", to = "manager" }\n',
        "utf-8",
    )
    policy = load_policy(tmp_path)
    assert {t.code for t in policy.tells} == {*(t.code for t in POLICY.tells), "boss"}


def test_it_waits_outside_while_the_complainant_is_asked() -> None:
    play = Rehearsal(POLICY)
    play.receive("2026-03-09 09:00", role="handler", facts=SHEET)
    play.do("2026-03-09 09:05", "acknowledge", role="handler")
    play.do("2026-03-09 09:10", "assess", role="handler", facts={"safety": True, "serious": False})
    play.do("2026-03-09 09:20", "investigate", role="investigator")
    assert play.case.turn.waits == "inside"
    play.do("2026-03-09 09:30", "ask_complainant", role="investigator", facts={"told": "batch?"})
    assert (play.case.turn.roles, play.case.turn.waits) == (("complainant",), "outside")
