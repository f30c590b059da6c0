"""What a broken policy file is told: every mistake, on its line, with what would have worked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.errors import PolicyFileError, Problem
from complaintflow.policyfile import loads

Broken = Callable[[str, str], tuple[Problem, ...]]

# name: (what stands in the small policy, what stands instead, what the message says, suggestion)
CASES: dict[str, tuple[str, str, str, str | None]] = {
    "unknown section": ("[approval]", "[aproval]", "no section is called 'aproval'", "approval"),
    "unknown key": ('ends = "look"', 'ens = "look"', "no key is called 'ens'", "ends"),
    "unknown key of the head": ("keeper = ", "keper = ", "no key is called 'keper'", "keeper"),
    "missing key": ('version = "1"\n', "\n", "the policy has no 'version'", None),
    "wrong semantics": ("semantics = 1", "semantics = 2", "semantics is 1", None),
    "wrong type of value": (
        'version = "1"',
        "version = 1",
        "expected text, got the number 1",
        None,
    ),
    "no such calendar": (
        'calendar = "office"',
        'calendar = "ofice"',
        "no calendar is called 'ofice'",
        "office",
    ),
    "unknown bundle": ('conventions = "default"', 'conventions = "defalt"', "no bundle", "default"),
    "unknown convention": ("last_day_off =", "last_day_of =", "no such convention", "last_day_off"),
    "bad zone": (
        '[calendar.always]\ntimezone = "Asia/Shanghai"',
        '[calendar.always]\ntimezone = "Asia/Shangai"',
        "no time zone is called",
        None,
    ),
    "bad fact type": ('oral = "yes/no"', 'oral = "yes/know"', "expected a type", "yes/no"),
    "unknown currency": (
        'loss = "money CNY"',
        'loss = "money CNX"',
        "no currency has the code 'CNX'",
        "CNY",
    ),
    "unknown role": (
        'by = "expert or boss"',
        'by = "expart or boss"',
        "no role is called 'expart'",
        "expert",
    ),
    "comma in a party": (
        'owner = "desk and expert"',
        'owner = "desk, expert"',
        "not by a comma",
        None,
    ),
    "unknown fact in a form": (
        '"customer", "loss | met_on"',
        '"custmer", "loss | met_on"',
        "no fact or decision is called 'custmer'",
        "customer",
    ),
    "asking for a computed fact": (
        'asks = ["answer"]',
        'asks = ["doubled"]',
        "doubled is computed; nobody can give it",
        None,
    ),
    "unknown fact in a count": (
        'is = ["customer", "subject"]',
        'is = ["customer", "subjet"]',
        "no fact is called 'subjet'",
        "subject",
    ),
    "unknown form": (
        'starts = "$start", form = "sheet"',
        'starts = "$start", form = "shet"',
        "no form is called 'shet'",
        "sheet",
    ),
    "unknown name in a condition": (
        "loss >= 5000 CNY",
        "los >= 5000 CNY",
        "nothing is called 'los'",
        "loss",
    ),
    "wrong member": (
        '"subject is goods or',
        '"subject is gods or',
        "expected one of goods, service, got 'gods'",
        "goods",
    ),
    "other currency": ("loss > 1 CNY", "loss > 1 EUR", "the currencies differ", None),
    "money against a number": ("doubled > 9 CNY", "doubled > 9", "money", "9 CNY"),
    "misspelt keyword": ("5000 CNY and not", "5000 CNY andd not", "expected an operator", "and"),
    "lost operator": ("same_before >= 3", "same_before 3", "expected 'and', 'or' or the end", None),
    "lost bracket in a condition": (
        '"filled(sheet)"',
        '"filled(sheet"',
        "a closing ')' is missing",
        ")",
    ),
    "unknown function": (
        '"filled(sheet)"',
        '"filed(sheet)"',
        "no function is called 'filed'",
        "filled",
    ),
    "a condition that is a value": ('if = "grade in (A, B)"', 'if = "loss"', "expected", None),
    "bad limit": ('A = "24 h"', 'A = "24 hurs"', "expected a unit", "hours"),
    "bad point": ('at = "50 %"', 'at = "150 %"', "at most at 100 %", None),
    "limits for no answer": (
        'B = "3 working days"',
        'D = "3 working days"',
        "grade answers A, B, not 'D'",
        None,
    ),
    "unknown decision of limits": (
        'per = "grade"',
        'per = "grad"',
        "no decision is called 'grad'",
        "grade",
    ),
    "unknown due date": (
        'date = "promised"',
        'date = "promissed"',
        "no fact is called 'promissed'",
        "promised",
    ),
    "due date that is none": ('date = "promised"', 'date = "loss"', "loss is money CNY", None),
    "unknown kind of target": (
        'kind = "customer"',
        'kind = "custommer"',
        "expected one of internal",
        "customer",
    ),
    "unknown regrade": (
        'regrade = "regrade"',
        'regrade = "regrad"',
        "expected one of original",
        "regrade",
    ),
    "unknown quiet": (
        'quiet = "next opening"',
        'quiet = "next openning"',
        "expected one of at once",
        "next opening",
    ),
    "unknown calendar of a target": (
        'calendar = "always"',
        'calendar = "alway"',
        "no calendar is called 'alway'",
        "always",
    ),
    "unknown pick": ('pick = "highest"', 'pick = "higest"', "expected one of highest", "highest"),
    "unknown key of a decision": (
        'undetermined = "A"',
        'undeterminned = "A"',
        "expected a key of a decision",
        "undetermined",
    ),
    "answer outside the order": ('B."C2" =', 'D."C2" =', "'D' is not in the order of grade", None),
    "unknown state": (
        'from = "open, looked_at"',
        'from = "open, looked_ad"',
        "no step leads to a state 'looked_ad'",
        "looked_at",
    ),
    "dead end": (
        'to = "open", asks',
        'to = "opn", asks',
        "no step leads on from the state 'opn'",
        "open",
    ),
    "no else": (', else = "$then" }', " }", "say where it leads when no condition holds", None),
    "unknown choice": (
        'starts = "$start"',
        'starts = "$stat"',
        "no choice is called 'stat'",
        "start",
    ),
    "open choice where a value is needed": (
        'jointly = "desk and boss"',
        'jointly = "$then"',
        "the choice $then is open",
        None,
    ),
    "reading that does not parse": (
        'is = "receive", or',
        'is = "receive andd", or',
        "expected an operator",
        "and",
    ),
    "other reading that does not parse": (
        '"look", "known(answer)',
        '"loook", "known(answer)',
        "nothing is called 'loook'",
        "look",
    ),
    "unknown clause": ('clause = "T1"', 'clause = "T11"', "no clause has the id 'T11'", "T1"),
    "unknown clause of a guard": (
        "should = { W1 =",
        "should = { W11 =",
        "no clause has the id 'W11'",
        "W1",
    ),
    "clause without quotes": (
        'A."C1.1" =',
        "A.C1.1 =",
        'quote an id that has a point: "C1.1"',
        None,
    ),
    "declared clause without quotes": (
        '"C1.2" = "repeated"',
        'C3.2 = "repeated"',
        "quote an id that has a point",
        None,
    ),
    "clauses without a comma": (
        'expert = "R1, R2"',
        'expert = "R1 R2"',
        "no clause has the id 'R1 R2'",
        None,
    ),
    "name of nothing": (
        'open = ["Open", ',
        'opened = ["Open", ',
        "nothing is called 'opened'",
        "open",
    ),
    "name in one language": (
        'open = ["Open", "处理中"]',
        'open = ["Open"]',
        "expected a name in both languages",
        None,
    ),
    "value of a wrong type": ("oral = false", 'oral = "maybe"', "expected yes or no", None),
    "role that is none": (
        'sets = { owner = "desk"',
        'sets = { owner = "dest"',
        "no role is called 'dest'",
        "desk",
    ),
    "unused fact": (
        'oral = "yes/no"\n',
        'oral = "yes/no"\nidle = "text"\n',
        "the fact 'idle' is declared but never used",
        None,
    ),
    "unused role": (
        'boss = "R2"\n',
        'boss = "R2"\nidle = "R2"\n',
        "the role 'idle' is declared but never used",
        None,
    ),
    "name of something else": (
        "promise = { clause",
        "receive = { clause",
        "the duty 'receive' has the name of a step",
        None,
    ),
    "a keyword for a name": ("tell_boss = {", '"not x" = {', "expected a code", None),
    "nobody owes it": (
        'allow = { clause = "T2", owner = "desk", ',
        'allow = { clause = "T2", ',
        "nobody owes this",
        None,
    ),
    "ring": (
        'B."C2" = "subject',
        'B."C2" = "grade.B or subject',
        "this needs its own answer: grade.B -> grade.B",
        None,
    ),
    "ring of facts": (
        'is = "loss * 2"',
        'is = "doubled * 2"',
        "this needs its own answer: doubled -> doubled",
        None,
    ),
    "include without a folder": (
        "[policy]",
        'include = ["x.toml"]\n[policy]',
        "a text has no folder",
        None,
    ),
    "given twice": (
        'boss = "R2"\n',
        'boss = "R2"\nboss = "R1"\n',
        "'boss' is given twice, first on line",
        None,
    ),
    "no TOML": ("[names]\n", "[names\n", "this is not TOML", None),
}


def line_of(old: str, new: str, small: str) -> int:
    """The first line that the change touched."""
    before, after = small.split("\n"), small.replace(old, new).split("\n")
    pairs = enumerate(zip(before, after, strict=False), 1)
    return next(number for number, (one, other) in pairs if one != other)


@pytest.mark.parametrize("name", CASES)
def test_one_mistake(name: str, small: str, broken: Broken) -> None:
    old, new, says, meant = CASES[name]
    problems = broken(old, new)
    told = [problem for problem in problems if says in problem.message]
    assert told, "\n".join(map(str, problems))
    assert told[0].suggestion == meant
    assert told[0].file == "small.toml"
    if name != "missing key":  # which stands nowhere
        assert line_of(old, new, small) in {problem.line for problem in told}


def test_a_reading_is_blamed_where_it_stands(small: str, broken: Broken) -> None:
    """The problem is on the choice's line and says who uses it."""
    (problem,) = broken('is = "receive", or', 'is = "recieve", or')
    assert problem.line == line_of('is = "receive", or', 'is = "recieve", or', small)
    assert problem.path == "choices.start.is"
    assert "(where duty.count.starts uses it)" in problem.message
    assert problem.suggestion == "receive"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('loss = "money CNY"', 'losss = "money CNY"', "losss"),
        ('expert = "R1, R2"', 'exprt = "R1, R2"', "exprt"),
        ("sheet = { clause", "shet = { clause", "shet"),
        ("consent = { clause", "consnt = { clause", "consnt"),
        ("receive = { clause", "recieve = { clause", "recieve"),
        ("mend = { clause", "mennd = { clause", "mennd"),
        ("start = { clause", "strt = { clause", "strt"),
        ('"one of: goods, service"', '"one of: gods, service"', "gods"),
        ('final = ["closed"]', 'final = ["closd"]', "closd"),
    ],
)
def test_a_misspelt_declaration_shows_on_its_own_line(
    old: str, new: str, code: str, small: str, broken: Broken
) -> None:
    problems = broken(old, new)
    here = [p for p in problems if p.line == line_of(old, new, small)]
    assert any(repr(code) in p.message for p in here), "\n".join(map(str, problems))


def test_ten_kinds_of_mistakes_get_ten_messages(small: str) -> None:
    """Section, key, type, role, fact, member, operator, limit, state, clause."""
    chosen = (
        "unknown key",
        "bad fact type",
        "unknown role",
        "unknown fact in a form",
        "wrong member",
        "misspelt keyword",
        "bad limit",
        "unknown kind of target",
        "unknown clause of a guard",
        "no TOML",
    )
    text, lines = small, []
    for name in chosen:
        old, new, _, _ = CASES[name]
        text = text.replace(old, new)
        lines.append(line_of(old, new, small))
    with pytest.raises(PolicyFileError) as caught:
        loads(text, file="ten.toml")
    problems = caught.value.problems
    assert sorted(problem.line or 0 for problem in problems) == sorted(lines)
    assert len(problems) == len(chosen)
    assert caught.value.message == "ten.toml has 10 problems"
    assert all(
        (problem.file == "ten.toml" and problem.path) or problem.column for problem in problems
    )
