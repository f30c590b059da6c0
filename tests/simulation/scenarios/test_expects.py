"""Reading expectations: names, values and instants, each with its place when it is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.errors import Problem

Problems = Callable[[str], tuple[Problem, ...]]

WRONG = {
    "stat = 'open'": "no expectation, decision or fact is called 'stat'",
    "state = 3": "expected the state",
    "final = 'yes'": "expected true or false",
    "number = 3": "expected a number such as",
    "possible = ['judg']": "no step is called 'judg'",
    "grade = 'middle'": "no answer is called 'middle'; there are: high, low",
    "major = 'yes'": "expected true or false",
    "units = ['lab', 'clerk']": "no answer is called 'clerk'",
    "answers = { grad = 'low' }": "no decision is called 'grad'",
    "loss = '5 USD'": "loss: expected money in EUR",
    "facts = { los = '5 EUR' }": "no fact is called 'los'",
    "undetermined = ['grad']": "no decision is called 'grad'",
    "unknown = ['los']": "no fact is called 'los'",
    "matched = { grade = ['P9'] }": "no clause is called 'P9'",
    "counted = { pieces = [] }": "no counted fact is called 'pieces'",
    "approvals = { consent = 'maybe' }": "no answer is called 'maybe'",
    "told = { nws = 'chief' }": "no notice is called 'nws'",
    "told = { news = 'cheif' }": "no role is called 'cheif'",
    "told = ['nws']": "no notice is called 'nws'",
    "due = ['reply']": "expected a table: due = { duty = ... }",
    "due = { replay = 'paused' }": "no duty is called 'replay'",
    "due = { inspect.chief = 'paused' }": "no key of inspect is called 'chief'",
    "due = { reply.lab = 'paused' }": "no key of reply is called 'lab'",
    "due = { reply = 'pausd' }": "no reason for having no instant is called 'pausd'",
    "due = { reply = 7 }": "expected a date and time",
    "due = { reply = '2026-03-05 17:00 (elapst)' }": "no sort of limit is called 'elapst'",
    "due = { reply = '2026-13-05 17:00' }": "expected a date and time",
    "owed = { reply = 'clrk' }": "no role is called 'clrk'",
    "owed = [3]": "expected duties",
    "not_owed = { reply = 'clerk' }": "expected a list of duties",
    "due = { repair = 'paused' }": "no duty is called 'repair'",
    "lacking = { visit = 'lap' }": "no role or fact is called 'lap'",
    "lacking = ['visit']": "expected a table",
    "done = { reply = 'soon' }": "expected a date and time",
    "overdue = { reply = '2 days' }": "expected elapsed time",
    "overdue = { reply = 'two' }": "",
    "overdue = { reply = 2 }": "expected a length of time",
    "rounds = { reply = 'one' }": "expected the number of a round",
    "rounds = { reply = true }": "expected the number of a round",
    "rungs = { replay = {} }": "no duty is called 'replay'",
    "rungs = { reply = { '51 %' = 'not yet' } }": "no rung of reply is called '51 %'",
    "rungs = { reply = { again = 'never' } }": "expected a date and time",
    "rungs = { reply = { again = '2026-03-05 17:00 to clrk' } }": "no role is called 'clrk'",
    "rungs = { thank = { due = 'not yet' } }": "no rung of thank is called 'due'",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_expectation_is_a_problem_at_its_place(problems: Problems, wrong: str) -> None:
    found = problems(
        "[[scenario]]\nname = 'x'\nentries = [\n{ at = '2026-03-03 10:00', do = 'receive' },\n"
        f"{{ expect = {{ {wrong} }} }},\n]"
    )
    assert [problem.line for problem in found] == [5]
    assert WRONG[wrong] in found[0].message
    assert found[0].path.startswith("scenario[0].entries[1].expect.")
