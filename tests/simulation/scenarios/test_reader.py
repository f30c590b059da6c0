"""Scenario files: every problem at once, each with its place and what was meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from complaintflow.errors import Problem, ScenarioFileError
from complaintflow.policy.policy import Policy
from complaintflow.simulation.runner import run_scenarios
from complaintflow.simulation.scenarios import Scenario, load_scenarios, loads_scenarios

Read = Callable[[str], tuple[Scenario, ...]]
Problems = Callable[[str], tuple[Problem, ...]]

GOOD = """
[given]
who = "Ann"
[[scenario]]
name = "first"
clause = "P1, P6.1"
entries = [{ at = "2026-03-03 10:00", do = "receive" }]
[[scenario]]
name = "second"
status = "waits for the weather"
entries = [{ at = "2026-03-03 10:00", do = "receive", expect = { state = "open", owed = ["reply"] } }]
"""


def test_scenarios_carry_name_clauses_status_and_place(read: Read) -> None:
    first, second = read(GOOD)
    assert (first.name, first.clauses, first.waits_for) == ("first", ("P1", "P6.1"), "")
    assert (second.name, second.waits_for, second.count) == ("second", "the weather", 2)
    assert (first.file, first.line, second.line) == ("scenarios.toml", 5, 9)


def test_given_facts_are_part_of_every_receipt(read: Read) -> None:
    what = read(GOOD)[0].entries[0].what
    assert what is not None
    assert getattr(what, "facts") == {"who": "Ann"}  # noqa: B009


def test_ten_mistakes_give_ten_problems_in_the_order_of_the_file(problems: Problems) -> None:
    text = """
[given]
whom = "Ann"
[[scenario]]
name = "one"
clause = "P7"
entries = [
  { at = "2026-03-03", do = "receive" },
  { at = "2026-03-03 10:00", do = "recieve" },
  { at = "2026-03-03 10:00", do = "receive", facts = { loss = "12 USD" } },
  { at = "2026-03-03 10:00", do = "receive", expect = { state = "opened", grade = "hihg", due = { replay = "2026-03-03 14:00" } } },
  { at = "2026-03-03 10:00", do = "settle" },
]
[[scenario]]
nam = "two"
entries = []
"""
    found = problems(text)
    assert [problem.line for problem in found] == [3, 6, 8, 9, 10, 11, 11, 11, 12, 14, 15]
    assert {problem.file for problem in found} == {"scenarios.toml"}
    assert found[0].suggestion == "who"
    assert found[3].suggestion == "receive"
    assert "EUR" in found[4].message
    assert [found[i].suggestion for i in (5, 6, 7)] == ["open", "high", "reply"]
    assert found[7].path == "scenario[0].entries[3].expect.due.replay"
    assert "clerk, chief" in found[8].message
    assert found[10].suggestion == "name"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("'receive'", "expected an entry such as"),
        ("{ do = 'receive' }", "the first entry says when"),
        ("{ at = '10:00', do = 'receive' }", "say the date too"),
        ("{ at = 'noon', do = 'receive' }", "expected a date and time"),
        ("{ at = 7, do = 'receive' }", "expected a date and time"),
        ("{ at = '2026-03-29 02:30+99:00', do = 'receive' }", "expected a date and time"),
        ("{ at = '2026-10-25 02:30', do = 'receive' }", "happened twice"),
        ("{ at = '2026-03-03 10:00', do = 'receive', note = {} }", "one command, not"),
        ("{ at = '2026-03-03 10:00', role = 'clerk' }", "goes with a command"),
        ("{ at = '2026-03-03 10:00', do = 'receive', sweep = true }", "by itself"),
        ("{ at = '2026-03-03 10:00', do = 'receive', role = 'klerk' }", "no role is called"),
        ("{ at = '2026-03-03 10:00', do = 'receive', key = 'x' }", "does not go with a step that"),
        ("{ at = '2026-03-03 10:00', overrule = 'grade' }", "say what is decided"),
        ("{ at = '2026-03-03 10:00', overrule = 'gradf', answer = 'low' }", "no decision"),
        ("{ at = '2026-03-03 10:00', overrule = 'grade', answer = 'hihg' }", "no answer"),
        (
            "{ at = '2026-03-03 10:00', overrule = 'units', role = 'chief', answer = ['lap'] }",
            "no answer",
        ),
        (
            "{ at = '2026-03-03 10:00', overrule = 'major', role = 'chief', answer = 'yes' }",
            "true or false",
        ),
        ("{ at = '2026-03-03 10:00', raise = 'repairs' }", "no action"),
        ("{ at = '2026-03-03 10:00', reject = 'thnk' }", "no duty"),
        ("{ at = '2026-03-03 10:00', rule = 'thank' }", "whether the rejection is upheld"),
        ("{ at = '2026-03-03 10:00', pass_on = 'thank' }", "say to which role"),
        ("{ at = '2026-03-03 10:00', pass_on = 'thank', to = 'lap' }", "no role"),
        ("{ at = '2026-03-03 10:00', waive = 'thnk' }", "no duty"),
        (
            "{ at = '2026-03-03 10:00', approve = 'consent', role = 'chief' }",
            "say what is answered",
        ),
        ("{ at = '2026-03-03 10:00', approve = 'consnt', answer = true }", "no approval"),
        ("{ at = '2026-03-03 10:00', adopt = 'open' }", "say when it was received"),
        ("{ at = '2026-03-03 10:00', adopt = 'opn', received = '2026-03-01 10:00' }", "no state"),
        ("{ at = '2026-03-03 10:00', note = { double = 4 } }", "no fact that people give"),
        ("{ at = '2026-03-03 10:00', note = {}, unknown = ['los'] }", "no fact"),
        ("{ at = '2026-03-03 10:00', note = {}, evidence = [7] }", "expected names of files"),
        ("{ at = '2026-03-03 10:00', do = 'judge', present = ['lap'] }", "no role"),
        ("{ at = '2026-03-03 10:00', do = 'judge', present = { lap = 'x' } }", "no role"),
        ("{ at = '2026-03-03 10:00', do = 'judge', refused = 'no-way' }", "no kind of reason"),
        (
            "{ at = '2026-03-03 10:00', do = 'judge', refused = [{ clause = 'P1' }] }",
            "say the kind",
        ),
        ("{ at = '2026-03-03 10:00', do = 'judge', refused = [{ raeson = 'x' }] }", "no key"),
        ("{ at = '2026-03-03 10:00', sweep = 'yes' }", "expected true or false"),
        ("{ at = '2026-03-03 10:00', void = '' }", "expected a reason"),
    ],
)
def test_a_wrong_entry_says_what_would_have_worked(
    problems: Problems, entry: str, said: str
) -> None:
    (problem, *_) = problems(f"[[scenario]]\nname = 'x'\nentries = [\n{entry}\n]")
    assert said in problem.message
    assert problem.line == 4


def test_entries_stand_in_the_order_of_recording(problems: Problems) -> None:
    (problem,) = problems(
        """
[[scenario]]
name = "x"
entries = [
  { at = "2026-03-03 10:00", do = "receive" },
  { at = "2026-03-03 09:00", note = { wet = true } },
  { at = "2026-03-03 09:00", recorded = "2026-03-03 11:00", note = { wet = true } },
]
"""
    )
    assert problem.line == 6
    assert "recorded" in problem.message


def test_a_date_time_of_toml_is_read_in_the_zone_of_the_calendar(read: Read) -> None:
    (scenario,) = read(
        """
[[scenario]]
name = "x"
entries = [
  { at = 2026-03-03T10:00:00, do = "receive" },
  { at = 2026-03-03T10:30:00+00:00, note = {} },
  { at = 12:00:00, note = {} },
  { expect = {} },
]
"""
    )
    minutes = [(entry.at // 60_000_000) % (24 * 60) for entry in scenario.entries]
    assert minutes == [9 * 60, 10 * 60 + 30, 11 * 60, 11 * 60]  # of the day in UTC


def test_earlier_cases_are_merged_by_the_time_of_recording(read: Read) -> None:
    (scenario,) = read(
        """
[[scenario]]
name = "x"
history = [
  { name = "a", at = "2026-01-05 10:00", do = "receive", entries = [{ at = "2026-03-04 10:00", note = {} }] },
  { at = "2026-02-05 10:00", do = "receive" },
]
entries = [{ at = "2026-03-03 10:00", do = "receive" }, { at = "2026-03-05 10:00" }]
"""
    )
    assert [entry.case for entry in scenario.entries] == ["a", "2", "", "a", ""]


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ("[{ at = '2026-01-05 10:00' }]", "say by which step"),
        ("[3]", "expected an earlier case"),
        ("{}", "expected a list of earlier cases"),
        (
            (
                "[{ name = 'a', at = '2026-01-05 10:00', do = 'receive' }, "
                "{ name = 'a', at = '2026-01-05 10:00', do = 'receive' }]"
            ),
            "two earlier cases",
        ),
    ],
)
def test_wrong_earlier_cases(problems: Problems, history: str, said: str) -> None:
    found = problems(
        f"[[scenario]]\nname = 'x'\nhistory = {history}\n"
        "entries = [{ at = '2026-03-03 10:00', do = 'receive' }]"
    )
    assert any(said in problem.message for problem in found)


def test_a_waiting_scenario_may_use_words_that_are_still_to_come(read: Read) -> None:
    (scenario,) = read(
        "[[scenario]]\nname = 'x'\nstatus = 'waits for telepathy'\n"
        "entries = [{ at = '2026-03-03 10:00', think = 'receive' }]"
    )
    assert scenario.waits_for == "telepathy"
    assert [problem.line for problem in scenario.problems] == [4]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has [[scenario]] tables"),
        ("scenario = 3", "has [[scenario]] tables"),
        ("[scenarios]", "no key is called 'scenarios'"),
        ("[[scenario]]\nentries = []", "has a name"),
        ("[[scenario]]\nname = 'x'", "has entries"),
        ("[[scenario]]\nname = 'x'\nentries = 3", "expected a list of entries"),
        ("[[scenario]]\nname = 'x'\nstatus = 'broken'\nentries = []", "a status is"),
        ("[[scenario]]\nname = 'x'\nstatus = 'waits for '\nentries = []", "a status is"),
        ("[[scenario]]\nname = 'x'\nentries = [", "not TOML"),
        ("given = 3\n[[scenario]]\nname = 'x'\nentries = []", "expected a table"),
    ],
)
def test_a_wrong_file(problems: Problems, text: str, said: str) -> None:
    assert any(said in problem.message for problem in problems(text))


def test_two_scenarios_of_one_name(problems: Problems) -> None:
    one = "[[scenario]]\nname = 'x'\nentries = []\n"
    (problem,) = problems(one + one)
    assert problem.line == 5


def test_a_folder_or_a_file_is_loaded(tmp_path: Path, policy: Policy) -> None:
    (tmp_path / "scenarios.toml").write_text(GOOD, "utf-8")
    assert load_scenarios(tmp_path, policy) == load_scenarios(tmp_path / "scenarios.toml", policy)


def test_a_file_that_is_not_there(tmp_path: Path, policy: Policy) -> None:
    with pytest.raises(ScenarioFileError, match="cannot be read"):
        load_scenarios(tmp_path, policy)


def test_a_text_without_a_file_has_problems_without_one(policy: Policy) -> None:
    with pytest.raises(ScenarioFileError) as caught:
        loads_scenarios("[[scenario]]\nname = 'x'", policy)
    assert str(caught.value).startswith("the scenarios has 1 problem\n  line 1")


READINGS = """
[[scenario]]
name = "whole parcels are {state}"
parameters = { whole = "{state}" }
columns = ["state"]
rows = [["open"], ["judged"]]
entries = [
  { at = "2026-03-03 10:00", do = "receive", facts = { who = "Ann", loss = "1 EUR", pieces = 1, broken = false } },
  { do = "judge", expect = { state = "{state}" } },
]
"""


def test_a_scenario_may_read_a_choice_otherwise(parcels: Path, policy: Policy) -> None:
    (parcels / "scenarios.toml").write_text(READINGS, "utf-8")
    scenarios = load_scenarios(parcels, policy)
    assert [len(one.policy.open_items) for one in scenarios if one.policy] == [0, 0]
    report = run_scenarios(policy, scenarios)
    assert report.passed, report.text()


@pytest.mark.parametrize(
    ("old", "new", "said", "meant"),
    [
        ('["judged"]', '["jugded!"]', "expected", None),
        ("{ whole =", "{ whoole =", "no parameter 'whoole'", "whole"),
        ('{ whole = "{state}" }', '"{state}"', "expected a table such as", None),
    ],
)
def test_wrong_parameters(
    parcels: Path, policy: Policy, old: str, new: str, said: str, meant: str | None
) -> None:
    (parcels / "scenarios.toml").write_text(READINGS.replace(old, new), "utf-8")
    with pytest.raises(ScenarioFileError) as caught:
        load_scenarios(parcels, policy)
    problem = caught.value.problems[0]
    assert said in problem.message
    assert problem.suggestion == meant


def test_a_wrong_parameter_of_a_row_is_found_in_its_row(parcels: Path, policy: Policy) -> None:
    (parcels / "scenarios.toml").write_text(READINGS.replace('["judged"]', '["ju dged"]'), "utf-8")
    with pytest.raises(ScenarioFileError) as caught:
        load_scenarios(parcels, policy)
    assert {problem.path for problem in caught.value.problems} == {"scenario[0].rows[1][0]"}


def test_parameters_need_a_policy_to_load(problems: Problems) -> None:
    assert any("beside the scenarios" in problem.message for problem in problems(READINGS))
