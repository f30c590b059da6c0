"""The file of events: what it may say, and one test for each kind of bad row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from complaintflow.domain.values import Evidence
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.csvfile import parse_csv
from complaintflow.simulation.register.entries import EntryList, read_entries
from complaintflow.simulation.register.mappingfile import parse_mapping

MAPPING = parse_mapping('zone = "Asia/Shanghai"\n[events]\nnames = { "Repaired" = "fix" }')
HEAD = "number,occurred,recorded,role,who,what,key,facts,present,signed,via,evidence,reason,cost\n"
START = "A-1,2026-03-02 10:00,"


def read(shop: Policy, *lines: str) -> EntryList:
    return read_entries(
        shop, parse_csv(HEAD + "".join(f"{line}\n" for line in lines), "e"), MAPPING
    )


def test_a_step_with_everything(shop: Policy) -> None:
    (entry,) = read(
        shop,
        "A-1,2026-03-02 10:00,2026-03-04 08:00,chief,Bo,fix,,count=3；colour＝红,"
        "chief=Bo; 店员=Cy,clerk=Cy,phone,a.jpg、b.jpg,because,50 CNY",
    ).entries
    assert (entry.kind, entry.what, entry.role, entry.who) == ("do", "fix", "chief", "Bo")
    assert (entry.recorded - entry.occurred).total_hours() == 46
    assert entry.facts["count"] == Decimal(3)
    assert entry.facts["colour"] == "red"
    assert str(entry.facts["cost"]) == "50 CNY"
    assert entry.present == {"chief": "Bo", "clerk": "Cy"}
    assert (entry.signed, entry.via) == ({"clerk": "Cy"}, "phone")
    assert entry.evidence == (Evidence("a.jpg"), Evidence("b.jpg"))
    assert entry.reason == "because"


def test_an_empty_recorded_is_at_once(shop: Policy) -> None:
    (entry,) = read(shop, START + ",,,fix").entries
    assert entry.recorded == entry.occurred


@pytest.mark.parametrize(
    ("what", "kind", "code", "key"),
    [
        ("fix,", "do", "fix", ""),
        ("修好,", "do", "fix", ""),
        ("Repaired,", "do", "fix", ""),
        ("look,front", "do", "look", "front"),
        ("查看,正面", "do", "look", "front"),
        ("look,back", "do", "look", "back"),
        ("repair,quick", "raise", "repair", "quick"),
        ("维修,快修", "raise", "repair", "quick"),
        ("repair,1", "do", "repair", "1"),
        ("verify repair,1", "do", "verify repair", "1"),
        ("验证 维修,1", "do", "verify repair", "1"),
        ("note,", "note", "", ""),
        ("补记,", "note", "", ""),
    ],
)
def test_what_was_done(shop: Policy, what: str, kind: str, code: str, key: str) -> None:
    (entry,) = read(shop, f"{START},,,{what}").entries
    assert (entry.kind, entry.what, entry.key) == (kind, code, key)


@pytest.mark.parametrize("what", ["overrule level", "改判 级别"])
def test_a_decision_is_overruled(shop: Policy, what: str) -> None:
    (entry,) = read(shop, f"{START},chief,,{what},high,,,,,,because").entries
    assert (entry.kind, entry.what, entry.answer) == ("overrule", "level", "high")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",2026-03-02 10:00,,,,fix", "number is empty"),
        ("A-1,,,,,fix", "occurred is empty"),
        ("A-1,soon,,,,fix", "occurred: expected a date and time"),
        ("A-1,2026-03-02 10:00,soon,,,fix", "recorded: expected a date and time"),
        ("A-1,2026-03-02 10:00,2026-03-01 10:00,,,fix", "is earlier than"),
        (START + ",,,", "what is empty"),
        (START + ",,,fixx", "did you mean 'fix'"),
        (START + ",chef,,fix", "role: 'chef' is no role of the policy; did you mean 'chief'"),
        (START + ",,,overrule levl,high,,,,,,x", "did you mean 'overrule level'"),
        (START + ",,,overrule level,,,,,,,x", "key is empty"),
        (START + ",,,fix,,cunt=3", "no fact of the policy that people give; did you mean 'count'"),
        (START + ",,,fix,,count", "expected name = value; name = value"),
        (START + ",,,fix,,count=many", "facts count: a number must be a number"),
        (START + ",,,fix,,count==3", "formulas are not evaluated"),
        (START + ",,,fix,,,chef=Bo", "present: 'chef' is no role"),
        (START + ",,,fix,,,,,,,,50 USD", "cost: expected money in CNY"),
        (START + ",,,fix,,,,,,,,=50", "cost: formulas are not evaluated"),
    ],
)
def test_a_bad_row_costs_only_itself(shop: Policy, line: str, words: str) -> None:
    listed = read(shop, START + ",,,fix", line, START + ",,,close")
    assert [entry.what for entry in listed.entries] == ["fix", "close"]
    (rejected,) = listed.rejected
    assert rejected.line == 3
    assert words in rejected.text("en")
    assert listed.total == 3


def test_a_row_has_all_its_reasons(shop: Policy) -> None:
    (rejected,) = read(shop, "=1,soon,never,chef,,fixx,,count=x").rejected
    codes = [reason.code for reason in rejected.reasons]
    assert codes == ["number", "stamp", "stamp", "what", "role", "value"]
