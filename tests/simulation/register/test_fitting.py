"""Whether mapping, policy and file fit: every name exists, every column is there."""

from __future__ import annotations

import pytest

from complaintflow.errors import RegisterError
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.simulation.register.fitting import check_entry_headings, check_mapping
from complaintflow.simulation.register.mappingfile import parse_mapping
from complaintflow.simulation.register.sheet import make_sheet

HEADINGS = ["number", "received", "Customer", "Loss", "closed"]
SHEET = make_sheet("r.csv", [(1, HEADINGS)])


def said(shop: Policy, text: str) -> str:
    with pytest.raises(RegisterError) as caught:
        check_mapping(shop, parse_mapping(text, "m.toml"), SHEET)
    return str(caught.value)


def test_a_mapping_that_fits(shop: Policy) -> None:
    text = """
    [facts]
    customer = "Customer"
    cost = { column = "Loss", unit = "CNY" }
    pieces = { value = 1, unit = "pcs", with = "fix" }
    [steps]
    close = { when = "closed", by = "clerk" }
    [ledger]
    customer = "customer"
    grade = "level"
    department = "desk"
    """
    check_mapping(shop, parse_mapping(text), SHEET)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[facts]\ncustmer = "Customer"', "m.toml:2: facts.custmer: the policy has no fact"),
        ('[facts]\ncustmer = "Customer"', "did you mean 'customer'"),
        ('[facts]\nlevel = "Loss"', "the policy has no fact that people give 'level'"),
        ('[facts]\ncost = "Los"', "r.csv: facts.cost: there is no column 'Los'"),
        ('[facts]\ncost = "Los"', "did you mean 'Loss'"),
        ('[facts]\ncost = { column = "Loss", unit = "USD" }', "cost is money CNY"),
        ('[facts]\npieces = { column = "Loss", unit = "pieses" }', "unknown unit 'pieses'"),
        ('[facts]\nnote = { column = "Loss", unit = "pcs" }', "note is text, which has no unit"),
        ('[facts]\nnote = { column = "Loss", with = "fixx" }', "did you mean 'fix'"),
        ('[case]\nstep = "close"', "no step that opens a case 'close'; there are: receive"),
        ('[case]\nby = "clark"', "m.toml:2: case.by: the policy has no role 'clark'"),
        ('[case]\nwho = "person"', "there is no column 'person'"),
        ('[steps]\nclos = { when = "closed" }', "did you mean 'close'"),
        ('[steps]\nclose = { when = "done" }', "there is no column 'done'"),
        ('[events]\nnames = { "x" = "fixx" }', "did you mean 'fix'"),
        ('[ledger]\ngrade = "levle"', "did you mean 'level'"),
        ('[ledger]\nproduct = ["custom"]', "did you mean 'customer'"),
    ],
)
def test_names_that_do_not_exist(shop: Policy, text: str, words: str) -> None:
    assert words in said(shop, text)


def test_all_of_them_at_once(shop: Policy) -> None:
    text = '[facts]\na = "x"\ncost = "y"\n[steps]\nb = { when = "closed" }'
    with pytest.raises(RegisterError) as caught:
        check_mapping(shop, parse_mapping(text), SHEET)
    assert len(caught.value.problems) == 4


def test_a_heading_that_stands_twice_is_not_clear() -> None:
    twice = make_sheet("r.csv", [(1, [*HEADINGS, "number"])])
    shop = loads(_two_openings())
    with pytest.raises(RegisterError, match="more than once, so it is not clear which"):
        check_mapping(shop, parse_mapping('[case]\nstep = "b"'), twice)


def test_which_step_opens_must_be_said_where_there_are_two() -> None:
    with pytest.raises(RegisterError, match="step = one of a, b"):
        check_mapping(loads(_two_openings()), parse_mapping(""), SHEET)


def _two_openings() -> str:
    return """
    [policy]
    id = "two"
    version = "1"
    semantics = 1
    calendar = "c"
    final = ["done"]
    [calendar.c]
    name = "c"
    timezone = "UTC"
    [calendar.c.week]
    "mon-fri" = ["09:00-17:00"]
    [clauses]
    S1 = "x"
    [roles]
    clerk = "S1"
    [step]
    a = { clause = "S1", by = "clerk", to = "open" }
    b = { clause = "S1", by = "clerk", to = "open" }
    end = { clause = "S1", by = "clerk", from = "open", to = "done" }
    """


def test_the_headings_of_events() -> None:
    mapping = parse_mapping('[events]\nwhat = "Deed"')
    check_entry_headings(mapping, make_sheet("e.csv", [(1, ["number", "occurred", "Deed"])]))
    with pytest.raises(RegisterError) as caught:
        check_entry_headings(mapping, make_sheet("e.csv", [(1, ["number", "Deeds"])]))
    assert [problem.path for problem in caught.value.problems] == ["events.occurred", "events.what"]
    assert caught.value.problems[1].suggestion == "Deeds"
