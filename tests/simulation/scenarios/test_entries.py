"""Reading entries: commands with their details, and who acts where nobody says so."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import attrs
import pytest

from complaintflow.domain.values import Evidence, Money
from complaintflow.engine.commands import (
    Adopt,
    Approve,
    Correct,
    Do,
    Note,
    Overrule,
    Raise,
    Receive,
    Void,
    What,
)
from complaintflow.errors import Problem, ScenarioFileError
from complaintflow.policy.party import parse_party
from complaintflow.policy.policy import Policy
from complaintflow.simulation.scenarios import Entry, Scenario, loads_scenarios

Read = Callable[[str], tuple[Scenario, ...]]
Problems = Callable[[str], tuple[Problem, ...]]


@pytest.fixture
def entry(read: Read) -> Callable[[str], Entry]:
    """The one entry of a scenario."""

    def one(text: str) -> Entry:
        head = "[given]\nwho = 'Ann'\nwet = true\n[[scenario]]\nname = 'x'\nentries = ["
        return read(f"{head}{{ at = '2026-03-03 10:00', {text} }}]")[0].entries[0]

    return one


COMMANDS: dict[str, What] = {
    "do = 'receive'": Receive("receive", {"who": "Ann", "wet": True}),
    "do = 'receive', unknown = ['wet'], facts = { who = 'Bob', pieces = 3 }": Receive(
        "receive", {"who": "Bob", "pieces": Decimal(3)}
    ),
    "do = 'reopen', signed = { chief = 'Mia' }, via = 'phone', evidence = ['a.png']": Receive(
        "reopen", {"who": "Ann", "wet": True}, (Evidence("a.png"),), "phone", {"chief": "Mia"}
    ),
    "do = 'judge', present = 'clerk, lab', reason = 'late'": Do(
        "judge", present={"clerk": "clerk", "lab": "lab"}, reason="late"
    ),
    "do = 'inspect', key = 'lab', evidence = 'a.png, b.png'": Do(
        "inspect", "lab", evidence=(Evidence("a.png"), Evidence("b.png"))
    ),
    "do = 'repair', key = 2": Do("repair", "2"),
    "do = 'verify repair', key = '2'": Do("verify repair", "2"),
    "note = { loss = '5 EUR' }, unknown = ['wet'], role = 'lab'": Note(
        {"loss": Money("5", "EUR"), "wet": None}
    ),
    "overrule = 'grade', answer = 'low', reason = 'old'": Overrule("grade", "low", "old"),
    "overrule = 'units', role = 'chief', answer = ['lab'], reason = 'x'": Overrule(
        "units", ("lab",), "x"
    ),
    "overrule = 'major', role = 'chief', answer = true, reason = 'x'": Overrule("major", True, "x"),
    "approve = 'consent', role = 'clerk', answer = false, reason = 'x'": Approve(
        "consent", False, "x"
    ),
    "raise = 'repair', kind = 'swap', text = 'a new one', owner = 'lab'": Raise(
        "repair", "swap", "lab", "a new one"
    ),
    "correct = { who = 'Eve' }, reason = 'misheard'": Correct(0, {"who": "Eve"}, "misheard"),
    "void = 'twice'": Void("twice"),
    "adopt = 'open', system = 'old', received = '2026-03-01 10:00'": Adopt(
        "old", "open", 1_772_355_600_000_000, {"who": "Ann", "wet": True}
    ),
}


@pytest.mark.parametrize("text", COMMANDS)
def test_a_command_is_read_with_its_details(entry: Callable[[str], Entry], text: str) -> None:
    assert entry(text).what == COMMANDS[text]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("do = 'receive'", "clerk"),
        ("do = 'judge'", "chief"),
        ("do = 'inspect', key = 'lab'", "lab"),
        ("do = 'repair', key = 1", "depot"),
        ("do = 'verify repair', key = 1", "chief"),
        ("overrule = 'grade', answer = 'low'", "chief"),
        ("raise = 'repair', kind = 'swap'", "clerk"),
        ("note = {}", "clerk"),  # the keeper of the policy
        ("do = 'settle', role = 'chief'", "chief"),
    ],
)
def test_where_one_role_may_act_it_does(
    entry: Callable[[str], Entry], text: str, role: str
) -> None:
    found = entry(text)
    assert (found.role, found.by) == (role, role)


def test_the_person_may_have_a_name(entry: Callable[[str], Entry]) -> None:
    assert entry("do = 'receive', by = 'Eva'").by == "Eva"


@pytest.mark.parametrize(
    "text", ["do = 'settle'", "do = 'visit'", "approve = 'consent', answer = true"]
)
def test_where_several_may_act_the_entry_says_who(problems: Problems, text: str) -> None:
    (problem,) = problems(
        f"[[scenario]]\nname = 'x'\nentries = [{{ at = '2026-03-03 10:00', {text} }}]"
    )
    assert problem.message.startswith("say in which role: role = ")


@pytest.mark.parametrize("text", ["do = 'thank'", "raise = 'repair', kind = 'swap'"])
def test_where_a_decision_says_who_acts_its_answers_are_the_roles(
    policy: Policy, text: str
) -> None:
    units = parse_party("units")
    policy = attrs.evolve(
        policy,
        duties=tuple(attrs.evolve(one, owner=units) for one in policy.duties),
        actions=tuple(attrs.evolve(one, by=units) for one in policy.actions),
    )
    scenario = f"[[scenario]]\nname = 'x'\nentries = [{{ at = '2026-03-03 10:00', {text} }}]"
    with pytest.raises(ScenarioFileError) as caught:
        loads_scenarios(scenario, policy)
    (problem,) = caught.value.problems
    assert problem.message == "say in which role: role = 'depot'; there are: depot, lab"


def test_a_late_entry_occurs_before_it_is_recorded(entry: Callable[[str], Entry]) -> None:
    found = entry("recorded = '11:30', note = {}")
    assert found.recorded - found.at == 90 * 60 * 1_000_000


@pytest.mark.parametrize(
    ("text", "sweeps"),
    [("expect = {}", True), ("sweep = false", False), ("note = {}", False)],
)
def test_a_look_at_an_instant_of_its_own_records_what_is_due(
    entry: Callable[[str], Entry], text: str, sweeps: bool
) -> None:
    assert entry(text).sweep is sweeps
