"""Every kind of expectation passes where it holds, and fails with what came and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.simulation.scenarios.report import Checked, Report

Entries = Callable[[str], Report]

# What happens, an expectation that holds then, one that does not, and what came instead.
CASES: dict[str, tuple[str, str, str, str]] = {
    "state": ("", 'state = "open"', 'state = "judged"', "open"),
    "final": ("", "final = false", "final = true", "no"),
    "number": ("", 'number = "P-26-001"', 'number = "P-26-002"', "P-26-001"),
    "possible": ("", 'possible = ["judge"]', "possible = []", "judge"),
    "answer": (
        '{ note = { loss = "1000 EUR" } },',
        'grade = "high"',
        'grade = "low"',
        "high",
    ),
    "answer of a flag": ("{ note = { urgent = true } },", "major = true", "major = false", "yes"),
    "a flag that is not known": ("", 'undetermined = ["major"]', "major = false", "undetermined"),
    "answer of a list": (
        "{ note = { wet = true, broken = false } },",
        'units = ["depot"]',
        'units = ["depot", "lab"]',
        "depot",
    ),
    "answer without members": (
        "{ note = { wet = false, broken = false } },",
        "units = []",
        'units = ["lab"]',
        "nothing",
    ),
    "answers": (
        '{ note = { loss = "1 EUR" } },',
        'answers = { grade = "low" }',
        'answers = { grade = "high" }',
        "low",
    ),
    "undetermined": (
        '{ note = { loss = "1 EUR" } },',
        'undetermined = ["major"]',
        'undetermined = ["grade"]',
        "low",
    ),
    "matched": (
        '{ note = { loss = "1 EUR" } },',
        'matched = { grade = ["P3"] }',
        "matched = { grade = [] }",
        "P3",
    ),
    "not_evaluated": (
        "",
        'not_evaluated = { grade = "P2, P3" }',
        "not_evaluated = { grade = [] }",
        "P2, P3",
    ),
    "approvals": (
        '{ note = { broken = true, loss = "1 EUR", pieces = 1 } }, { do = "judge" },',
        'approvals = { consent = "pending" }',
        'approvals = { consent = "yes" }',
        "pending",
    ),
    "fact": ("", 'who = "Ann"', 'who = "Bob"', "Ann"),
    "computed fact": ("{ note = { pieces = 3 } },", "double = 6", "double = 7", "6"),
    "facts": (
        '{ note = { marks = "dent, stain" } },',
        'facts = { marks = ["stain", "dent"] }',
        'facts = { marks = ["dent"] }',
        "dent, stain",
    ),
    "unknown": ("", 'unknown = ["loss"]', 'unknown = ["who"]', "Ann"),
    "counted": (
        "",
        "same_sender = 0, counted = { same_sender = [] }",
        'counted = { same_sender = ["1"] }',
        "nothing",
    ),
    "told": (
        "{ note = { urgent = true } },",
        'told = { alarm = "chief" }',
        'told = { alarm = "depot" }',
        "chief",
    ),
    "told, by name": (
        "{ note = { urgent = true } },",
        'told = ["alarm"]',
        'told = ["alarm", "news"]',
        "not told",
    ),
    "told nothing else": ("{ note = { urgent = true } },", 'told = "alarm"', "told = {}", "alarm"),
    "due": (
        '{ note = { loss = "1000 EUR" } },',
        'due = { reply = "2026-03-03 14:00" }',
        'due = { reply = "2026-03-03 15:00" }',
        "2026-03-03 14:00:00 (elapsed)",
    ),
    "due, with its sort": (
        '{ note = { loss = "1 EUR" } },',
        'due = { reply = "2026-03-05 17:00 (working days)" }',
        'due = { reply = "2026-03-05 17:00 (elapsed)" }',
        "2026-03-05 17:00:00 (working days)",
    ),
    "due: undetermined": (
        "",
        'due = { reply = "undetermined" }',
        'due = { reply = "word only" }',
        "undetermined",
    ),
    "due: no instant of any kind": (
        "",
        'due = { thank = "no instant", reply = "no instant" }',
        'due = { inspect = "no instant" }',
        "not started",
    ),
    "due: paused": (
        '{ note = { loss = "1000 EUR", waiting = true } },',
        'due = { reply = "paused" }',
        'due = { reply = "2026-03-03 14:00" }',
        "paused",
    ),
    "due: a promise": (
        '{ note = { promised = "2026-03-04 12:00" } },',
        'due = { keep_word = "2026-03-04 12:00 (date)" }',
        'due = { keep_word = "unknown" }',
        "2026-03-04 12:00:00 (date)",
    ),
    "due: word only": (
        "",
        'due = { thank = "word only" }',
        'due = { thank = "no limit" }',
        "word only",
    ),
    "owed": ("", 'owed = { reply = "clerk" }', 'owed = { reply = "chief" }', "owed by clerk"),
    "owed, by name": ("", 'owed = ["reply"]', 'owed = ["visit"]', "not started"),
    "not_owed": ("", 'not_owed = ["visit"]', 'not_owed = ["reply"]', "owed by clerk"),
    "owed_only": (
        "",
        'owed_only = ["reply", "keep_word", "thank"]',
        'owed_only = ["reply"]',
        "keep_word, reply, thank",
    ),
    "done": (
        '{ at = "10:30", do = "thank" },',
        'done = { thank = "2026-03-03 10:30" }, not_done = ["reply"]',
        'done = { thank = "2026-03-03 10:00" }',
        "done 2026-03-03 10:30:00",
    ),
    "not_done": (
        '{ do = "thank" },',
        'not_done = ["reply"]',
        'not_done = ["thank"]',
        "done 2026-03-03 10:00:00",
    ),
    "disputed": (
        '{ reject = "thank", reason = "it is for the lab" },',
        'disputed = ["thank"], owed = { thank = "clerk", "rule thank" = "chief" }',
        'not_disputed = ["thank"]',
        "its rejection waits for a ruling",
    ),
    "not_disputed": (
        '{ reject = "thank", reason = "r" }, { rule = "thank", answer = false, reason = "r" },',
        'not_disputed = ["thank"], owed = ["thank"]',
        'disputed = ["thank"]',
        "no rejection waits for a ruling",
    ),
    "rejected": (
        '{ reject = "thank", reason = "r" }, { rule = "thank", answer = true, reason = "r" },',
        'rejected = ["thank"], due = { thank = "rejected" }, not_owed = ["thank"]',
        'waived = ["thank"]',
        "rejected, and that upheld",
    ),
    "waived": (
        '{ waive = "thank", reason = "nobody to thank" },',
        'waived = ["thank"], due = { thank = "waived" }',
        'rejected = ["thank"]',
        "waived",
    ),
    "owed, passed on": (
        '{ pass_on = "thank", to = "lab", reason = "it knows the sender" },',
        'owed = { thank = "lab" }',
        'owed = { thank = "clerk" }',
        "owed by lab",
    ),
    "a ruling that nobody owes": (
        "",
        'not_owed = ["rule thank"]',
        'owed = ["rule thank"]',
        "nothing",
    ),
    "overdue": (
        '{ note = { loss = "1000 EUR" } }, { at = "16:30" },',
        'overdue = { reply = "150 min" }',
        'overdue = { reply = "3 h" }',
        "overdue by 9000 s",
    ),
    "not_overdue": (
        '{ note = { loss = "1000 EUR" } }, { at = "14:00" },',
        'not_overdue = ["reply"]',
        'overdue = ["reply"]',
        "not overdue",
    ),
    "not_overdue fails": (
        '{ note = { loss = "1000 EUR" } }, { at = "14:00:01" },',
        'overdue = ["reply"]',
        'not_overdue = ["reply"]',
        "overdue by 1 s",
    ),
    "missed": (
        '{ note = { loss = "1000 EUR" } }, { at = "14:00:01" },',
        'missed = ["reply"]',
        'not_missed = ["reply"]',
        "missed",
    ),
    "not_missed": (
        '{ note = { loss = "1000 EUR" } }, { at = "14:00" },',
        'not_missed = ["reply"]',
        'missed = ["reply"]',
        "not missed",
    ),
    "missed, but nobody has looked": (
        '{ note = { loss = "1000 EUR" } }, { at = "15:00", sweep = false },',
        'overdue = ["reply"], not_missed = ["reply"]',
        'missed = ["reply"]',
        "not missed",
    ),
    "in_time": (
        '{ note = { loss = "1000 EUR" } },',
        'in_time = ["reply"]',
        'late = ["reply"]',
        "in time",
    ),
    "late": (
        '{ note = { loss = "1000 EUR" } }, { at = "15:00" },',
        'late = ["reply"]',
        'in_time = ["reply"]',
        "late",
    ),
    "in time of what has no instant": (
        "",
        'owed = ["thank"]',
        'in_time = ["thank"]',
        "no due instant",
    ),
    "rounds": ("", "rounds = { reply = 1, visit = 0 }", "rounds = { reply = 2 }", "1"),
    "rungs": (
        '{ note = { loss = "1000 EUR" } }, { at = "12:30" },',
        'rungs = { reply = { "50 %" = "2026-03-03 12:00 to chief", again = "not yet" } }',
        'rungs = { reply = { "50 %" = "not yet" } }',
        "2026-03-03 12:00:00 to chief",
    ),
    "rungs that repeat": (
        '{ note = { loss = "1000 EUR" } }, { at = "18:00" },',
        'rungs = { reply = { again = ["2026-03-03 16:00 to clerk, chief", "2026-03-03 18:00"] } }',
        'rungs = { reply = { again = "2026-03-03 16:00 to clerk" } }',
        "2026-03-03 16:00:00 to chief, clerk; 2026-03-03 18:00:00 to chief, clerk",
    ),
}
JUDGED = '{ note = { broken = true, wet = true, loss = "1 EUR", pieces = 1 } }, { do = "judge" },'
CASES |= {
    "due of every key": (
        JUDGED,
        'due = { inspect = "2026-03-03 13:00 (working time)" }',
        'due = { inspect = "2026-03-03 12:00" }',
        (
            "inspect.depot: 2026-03-03 13:00:00 (working time); inspect.lab: 2026-03-03 13:00:00 "
            "(working time)"
        ),
    ),
    "a key of its own": (
        f'{JUDGED} {{ do = "inspect", key = "lab", role = "lab", facts = {{ photos = "a.png" }} }},',
        (
            'done = ["inspect.lab"], owed = { inspect.depot = "depot" }, owed_only = ["inspect.depot", '
            '"reply", "keep_word", "thank", "visit"]'
        ),
        'done = ["inspect"]',
        "inspect.depot: owed by depot; inspect.lab: done 2026-03-03 10:00:00",
    ),
    "a key in a quoted name": (
        JUDGED,
        'due = { "inspect.lab" = "2026-03-03 13:00" }, owed = ["inspect"]',
        'due = { "inspect.lab" = "2026-03-03 14:00" }',
        "2026-03-03 13:00:00 (working time)",
    ),
    "an action": (
        '{ raise = "repair", kind = "patch" }, { raise = "repair", kind = "swap" },',
        'owed = { "repair.1" = "depot", repair.2 = "depot" }, not_owed = ["verify repair"]',
        'owed = { repair = "clerk" }',
        "owed by depot; owed by depot",
    ),
    "an action to be verified": (
        '{ raise = "repair", kind = "patch" }, { do = "repair", key = 1 },',
        (
            'owed = { "verify repair" = "chief" }, not_owed = ["repair"], owed_only = ["reply", '
            '"keep_word", "thank", "verify repair.1"]'
        ),
        'not_owed = ["verify repair.1"]',
        "owed by chief",
    ),
    "an action that is closed": (
        (
            '{ raise = "repair", kind = "patch" }, { do = "repair", key = 1 }, '
            '{ do = "verify repair", key = 1 },'
        ),
        'not_owed = ["repair", "verify repair"]',
        'owed = ["verify repair"]',
        "nothing",
    ),
    "lacking": (
        f'{JUDGED} {{ do = "visit", role = "lab", present = ["clerk", "chief"] }},',
        'lacking = { visit = "depot" }',
        'lacking = { visit = "lab" }',
        "depot",
    ),
    "lacking facts": (
        JUDGED,
        'lacking = { inspect.lab = "photos" }, not_overdue = ["inspect"]',
        'lacking = { inspect.lab = "lab" }',
        "photos",
    ),
    "what nobody owes any more lacks nothing": (
        '{ do = "thank" },',
        'not_owed = ["thank"]',
        'lacking = { thank = "clerk" }',
        "nothing",
    ),
}


def failures(report: Report) -> tuple[Checked, ...]:
    (result,) = report.results
    assert not result.scenario.problems
    return result.failures


@pytest.mark.parametrize("name", CASES)
def test_what_holds_passes(entries: Entries, name: str) -> None:
    happens, holds, _, _ = CASES[name]
    report = entries(f"{happens}\n{{ expect = {{ {holds} }} }},")
    assert not failures(report), report.text()
    assert report.expectations >= 1


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_hold_fails_and_says_what_came(entries: Entries, name: str) -> None:
    happens, _, wrong, came = CASES[name]
    report = entries(f"{happens}\n{{ expect = {{ {wrong} }} }},")
    first = failures(report)[0]
    assert first.seen.came["en"] == came
    assert report.results[0].status == "failed"
    assert first.line == 6


def test_a_due_instant_that_differs_is_explained_by_its_calendar(entries: Entries) -> None:
    report = entries(
        '{ note = { loss = "1 EUR" }, expect = { due = { reply = "2026-03-09 17:00" } } },'
    )
    (failure,) = failures(report)
    why = [text["en"] for text in failure.seen.why]
    assert why[0] == "started 2026-03-03 10:00:00, round 1"
    assert "Thu 2026-03-05" in why[1]
    assert "工作日" in failure.seen.why[1]["zh"]


def test_an_answer_that_differs_is_explained_by_every_criterion(entries: Entries) -> None:
    report = entries('{ note = { loss = "1000 EUR" }, expect = { grade = "low" } },')
    (failure,) = failures(report)
    high, low = (text["en"] for text in failure.seen.why)
    assert high.startswith("high by P2: matched\n")
    assert "1000 EUR" in high
    assert low.startswith("low by P3: not matched\n")


def test_an_answer_that_a_person_gave_says_who_and_why(entries: Entries) -> None:
    report = entries(
        '{ overrule = "grade", answer = "high", reason = "a crown", expect = { grade = "low" } },'
    )
    (failure,) = failures(report)
    assert failure.seen.why[0]["en"] == "chief decided high: a crown"


def test_a_duty_that_has_not_started_says_with_what_it_does(entries: Entries) -> None:
    (failure,) = failures(entries('{ expect = { owed = ["visit"] } },'))
    assert [text["en"] for text in failure.seen.why] == ["it starts with: judge"]


def test_a_state_that_differs_lists_the_steps_taken(entries: Entries) -> None:
    (failure,) = failures(entries('{ expect = { state = "judged" } },'))
    assert failure.seen.why[0]["en"] == "2026-03-03 10:00:00 receive by clerk"
