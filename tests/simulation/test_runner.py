"""Running scenarios: what goes as expected, what does not, and what was never reached."""

from __future__ import annotations

import pytest

from complaintflow.gallery import pack_folder, packs
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import load_policy, loads
from complaintflow.simulation.runner import run_scenario, run_scenarios
from complaintflow.simulation.scenarios import load_scenarios, loads_scenarios
from complaintflow.simulation.scenarios.report import Report, Result

SHOP = """
policy = { id = "shop", version = "1", semantics = 1, calendar = "office", final = ["closed"] }
[calendar.office]
timezone = "Europe/Berlin"
week = { "mon-fri" = ["09:00-17:00"] }
[clauses]
C1 = "Complaints are received"
C2 = "They are judged and closed"
C3 = "Something is mended"
[roles]
clerk = "C1"
chief = "C2"
[facts]
"who, words" = "text"
"angry, again" = "yes/no"
loss = "money EUR"
same = { count = "cases", same = ["who"], where = "angry", clause = "C2" }
[decide.grade]
order = ["high", "low"]
by = "chief"
high."C2" = "loss >= 100 EUR or same >= 2"
low."C2" = "loss < 100 EUR"
[step]
receive = { clause = "C1", by = "clerk", to = "open", asks = ["who"] }
judge = { clause = "C2", by = "chief", from = "open", to = { again = "$redo", else = "judged" }, needs = { C2 = "known(grade)" } }
close = { clause = "C2", by = "clerk", from = "judged", to = "closed", needs = { C3 = "mend", C2 = "consent is yes" } }
[duty]
answer = { clause = "C2", owner = "clerk", starts = "receive", within = "2 h", rungs = [{ at = "due", to = "chief" }] }
[approval]
consent = { clause = "C2", by = "chief", starts = "judge" }
[action]
mend = { clause = "C3", kinds = "glue", by = "clerk", owner = "clerk", verified_by = "chief" }
[tell]
news = { clause = "C2", on = "judge", to = "clerk" }
[records]
book = { clause = "C1", ledger = "book", columns = ["words"] }
[choices]
redo = { clause = "C2", why = "nothing is said of repetitions" }
"""


@pytest.fixture(scope="module")
def shop() -> Policy:
    return loads(SHOP)


def run(policy: Policy, entries: str, head: str = "") -> Result:
    text = f"[[scenario]]\nname = 'one'\n{head}\nentries = [\n{entries}\n]"
    return run_scenario(policy, loads_scenarios(text, policy)[0])


START = '{ at = "2026-03-03 10:00", do = "receive", facts = { who = "Ann", angry = true } },'


def test_a_whole_case_with_every_command(shop: Policy) -> None:
    result = run(
        shop,
        f"""
{START}
{{ note = {{ loss = "10 EUR" }}, expect = {{ grade = "low" }} }},
{{ correct = {{ loss = "1000 EUR" }}, reason = "two noughts", expect = {{ grade = "high" }} }},
{{ overrule = "grade", answer = "low", reason = "it was old", expect = {{ grade = "low" }} }},
{{ do = "judge", facts = {{ again = false }}, expect = {{ state = "judged", told = {{ news = "clerk" }} }} }},
{{ raise = "mend", kind = "glue" }},
{{ do = "mend", key = 1 }},
{{ do = "verify mend", key = 1 }},
{{ approve = "consent", answer = true, expect = {{ approvals = {{ consent = "yes" }} }} }},
{{ at = "11:00", do = "answer", expect = {{ in_time = ["answer"] }} }},
{{ do = "close", expect = {{ final = true, owed_only = [] }} }},
""",
    )
    assert result.status == "passed", result.failures
    assert (result.expectations, result.unreached) == (10, 0)


def test_a_case_may_be_taken_over_or_put_aside(shop: Policy) -> None:
    adopted = run(
        shop,
        '{ at = "2026-03-03 10:00", adopt = "judged", system = "old", role = "clerk", '
        'received = "2026-03-01 09:00", facts = { who = "Ann" }, expect = { state = "judged" } },\n'
        '{ at = "11:00", void = "opened twice", role = "clerk", expect = { final = true } },',
    )
    assert adopted.status == "passed", adopted.failures


def test_an_unexpected_refusal_ends_the_scenario_and_says_why(shop: Policy) -> None:
    result = run(
        shop,
        f"""
{START}
{{ do = "judge", expect = {{ state = "judged" }} }},
{{ expect = {{ state = "judged", grade = "low" }} }},
""",
    )
    (failure,) = result.failures
    assert (result.status, failure.kind, failure.line) == ("failed", "accepted", 7)
    assert "still missing: loss" in failure.seen.why[0]["en"]
    assert "尚缺：loss" in failure.seen.why[0]["zh"]
    assert (result.expectations, result.unreached) == (0, 3)


def test_a_command_that_should_be_refused_and_is_not(shop: Policy) -> None:
    result = run(shop, START.replace("} },", "}, refused = true },"))
    (failure,) = result.failures
    assert (failure.kind, failure.seen.came["en"]) == ("refused", "accepted")


REFUSALS = {
    "true": ('do = "judge"', "true", 1),
    "kind": ('do = "close"', '"step-not-possible"', 2),
    "clause and facts": (
        'do = "judge", facts = { again = true }',
        (
            '[{ reason = "need-not-met", clause = "C2", facts = "loss" }, '
            '{ reason = "open-item", choice = "redo", clause = "C2" }]'
        ),
        3,
    ),
    "roles": (
        'overrule = "grade", answer = "low", reason = "x", role = "clerk"',
        '[{ reason = "wrong-role", roles = "clerk" }]',
        2,
    ),
    "raised, not returned": (
        'correct = { loss = "1 EUR" }, reason = "x"',
        '[{ reason = "bad-value", facts = "loss" }]',
        2,
    ),
    "the future": (
        'at = "2026-03-03 12:00", recorded = "2026-03-03 11:00", do = "answer"',
        '"out-of-time"',
        2,
    ),
    "signatures and presence are roles": (
        'do = "answer", role = "chief"',
        '[{ reason = "wrong-role", clause = "C2", roles = ["chief"], facts = [] }]',
        2,
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_for_the_reasons_given_passes(shop: Policy, name: str) -> None:
    command, refused, count = REFUSALS[name]
    result = run(
        shop, f"{START}\n{{ {command}, refused = {refused}, expect = {{ state = 'open' }} }},"
    )
    assert result.status == "passed", [one.seen for one in result.failures]
    assert result.expectations == count + 1


@pytest.mark.parametrize(
    ("refused", "came"),
    [
        ('"wrong-role"', "need-not-met: C2:"),
        ('[{ reason = "need-not-met", clause = "C3" }]', "need-not-met: C2:"),
        ('[{ reason = "need-not-met", facts = "who" }]', "need-not-met: C2:"),
        ('["need-not-met", "wrong-role"]', "nothing"),
    ],
)
def test_a_refusal_for_other_reasons_fails(shop: Policy, refused: str, came: str) -> None:
    result = run(
        shop, f'{START}\n{{ do = "judge", facts = {{ again = false }}, refused = {refused} }},'
    )
    (failure,) = result.failures
    assert failure.kind == "reason"
    assert failure.seen.came["en"].startswith(came)


def test_a_reason_that_nobody_expected_fails_too(shop: Policy) -> None:
    command = 'do = "judge", role = "clerk", facts = { again = false }'
    result = run(shop, f'{START}\n{{ {command}, refused = ["need-not-met"] }},')
    (failure,) = result.failures
    assert failure.wanted == "-"
    assert failure.seen.came["en"].startswith("wrong-role: ")


def test_earlier_cases_are_counted_with_what_they_know(shop: Policy) -> None:
    head = """
given = { who = "Ann", angry = true }
history = [
  { name = "calm", at = "2026-01-05 10:00", facts = { angry = false } },
  { name = "angry", at = "2026-01-06 10:00", expect = { same = 0, state = "open" } },
]
"""
    result = run(
        shop,
        '{ at = "2026-03-03 10:00", do = "receive", expect = { same = 1, counted = { same = "angry" } } },',
        head,
    )
    assert result.status == "passed", result.failures
    assert result.expectations == 4


def test_a_scenario_that_forgets_to_open_its_case(shop: Policy) -> None:
    result = run(shop, '{ at = "2026-03-03 10:00", do = "judge" },')
    (failure,) = result.failures
    assert failure.kind == "error"
    assert "opens it" in failure.seen.came["en"]


def test_before_a_case_is_opened_it_can_be_looked_at(shop: Policy) -> None:
    result = run(
        shop,
        '{ at = "2026-03-03 10:00", do = "receive", refused = "fact-missing", '
        'expect = { unknown = ["who"], possible = ["receive"], state = "open" } },',
    )
    (failure,) = result.failures
    assert failure.seen.came["en"] == "not opened"


WAITING = """
[[scenario]]
name = "passes early"
status = "waits for the spring"
entries = [{ at = "2026-03-03 10:00", do = "receive", facts = { who = "Ann" }, expect = { state = "open" } }]
[[scenario]]
name = "cannot pass yet"
status = "waits for miracles"
entries = [{ at = "2026-03-03 10:00", do = "receive", facts = { who = "Ann" }, expect = { state = "closed" } }]
[[scenario]]
name = "cannot be read yet"
status = "waits for telepathy"
entries = [{ at = "2026-03-03 10:00", think = "receive" }]
"""


def test_a_waiting_scenario_that_passes_fails_the_run(shop: Policy) -> None:
    report = run_scenarios(shop, loads_scenarios(WAITING, shop))
    assert [result.status for result in report.results] == ["early", "waits", "waits"]
    assert not report.passed
    assert (report.count("waits"), report.expectations) == (2, 0)
    assert 'it waits for the spring, but passes; say status = "passes"' in report.text()
    assert run_scenarios(shop, loads_scenarios(WAITING, shop)[1:]).passed


def test_what_waits_touches_nothing(shop: Policy) -> None:
    report = run_scenarios(shop, loads_scenarios(WAITING, shop))
    assert report.untouched == report.rules


def test_the_same_scenarios_give_the_same_report(shop: Policy) -> None:
    scenarios = loads_scenarios(WAITING, shop)
    assert run_scenarios(shop, scenarios) == run_scenarios(shop, scenarios)


def test_the_report_is_there_in_both_languages(shop: Policy) -> None:
    report = run_scenarios(shop, loads_scenarios(WAITING, shop))
    english, chinese = report.text("en", verbose=True), report.text("zh", verbose=True)
    assert english.splitlines()[3] == (
        "shop 1: scenarios 3 (0 passed, 1 failed, 2 waiting), expectations 0"
    )
    assert "redo (C2): nothing is said of repetitions" in english
    assert "场景 3 个" in chinese
    assert "等待“miracles”" in chinese


RULES = """
[[scenario]]
name = "all"
entries = [
  { at = "2026-03-03 10:00", do = "receive", facts = { who = "Ann", loss = "100 EUR" } },
  { at = "12:00:01", expect = { overdue = ["answer"] } },
  { do = "judge", facts = { again = true }, refused = "open-item" },
  { do = "judge", facts = { again = false } },
  { do = "close", refused = ["need-not-met", "need-not-met"] },
  { raise = "mend", kind = "glue" },
]
"""


def test_the_rules_that_no_scenario_touches_are_named(shop: Policy) -> None:
    report: Report = run_scenarios(shop, loads_scenarios(RULES, shop))
    assert report.passed, report.text()
    assert [(rule.kind, rule.code) for rule in report.untouched] == [
        ("state", "closed"),
        ("need", "judge C2: known(grade)"),
        ("step", "close"),
        ("criterion", "grade low C2"),
        ("overrule", "grade"),
        ("approval", "consent"),
    ]
    touched = {(rule.kind, rule.code) for rule in report.touched}
    assert {
        ("branch", "judge to $redo"),
        ("branch", "judge to judged"),
        ("target", "answer"),
        ("rung", "answer due"),
        ("action", "mend glue"),
        ("tell", "news"),
    } <= touched


@pytest.mark.parametrize("pack", packs())
def test_a_packed_procedure_passes_its_scenarios(pack: str) -> None:
    folder = pack_folder(pack)
    policy = load_policy(folder)
    report = run_scenarios(policy, load_scenarios(folder, policy))
    assert report.results
    assert report.passed, report.text()


def test_the_oem_supplier_keeps_every_expectation_of_its_catalogue() -> None:
    """X1 to X8 as they are written; none may be dropped unnoticed."""
    folder = pack_folder("oem_supplier")
    policy = load_policy(folder)
    report = run_scenarios(policy, load_scenarios(folder, policy))
    assert not report.untouched
    catalogue = [one for one in report.results if one.scenario.name.startswith("X")]
    assert {one.scenario.name.partition(":")[0] for one in catalogue} == {
        "X1",
        "X2",
        "X4",
        "X5",
        "X7",
        "X8",
    }
    wanted = {check.wanted for one in catalogue for check in one.checks if check.kind == "due"}
    assert {
        "2026-03-10 23:59:59 (same day)",
        "2026-03-10 12:30:00 (elapsed)",
        "2026-03-11 10:30:00 (elapsed)",
        "2026-03-11 16:00:00 (elapsed)",
        "2026-03-12 14:00:00 (elapsed)",
        "2026-03-17 13:30:00 (elapsed)",
        "2026-03-17 08:30:00 (working time)",
        "2026-03-21 07:45:00 (elapsed)",
    } <= wanted
    assert report.expectations >= 480


def test_every_store_gives_the_same_report() -> None:
    """The scenarios of a whole procedure through SQL, case by case."""
    pytest.importorskip("sqlalchemy", reason="needs the extra sql")
    from complaintflow.store.sql import SqlStore

    folder = pack_folder("oem_supplier")
    policy = load_policy(folder)
    scenarios = load_scenarios(folder, policy)
    stored = run_scenarios(policy, scenarios, store=lambda: SqlStore("sqlite://"))
    assert stored.passed, stored.text()
    assert stored == run_scenarios(policy, scenarios)
