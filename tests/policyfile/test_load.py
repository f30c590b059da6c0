"""Where policies come from: folders, files, texts, data, includes, parameters."""

from __future__ import annotations

import datetime as _dt
import json
from importlib.resources import as_file, files
from pathlib import Path

import attrs
import pytest

from complaintflow.calendar.limits import Elapsed, Limit
from complaintflow.domain.types import FactType, Simple
from complaintflow.errors import PolicyFileError
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Function, text
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Name
from complaintflow.policy.validate import problems_of
from complaintflow.policyfile import dump, from_mapping, load_policy, loads, to_mapping

POLICIES = sorted((Path(__file__).parent / "policies").glob("*.toml"))


def messages(error: pytest.ExceptionInfo[PolicyFileError]) -> str:
    return "\n".join(map(str, error.value.problems))


@pytest.fixture
def folder(tmp_path: Path, small: str) -> Path:
    """The small policy as a folder of three files."""
    policy, rest = small.split("[clauses]\n")
    clauses, calendars = rest.split("[calendar.office]\n")
    office, always = calendars.split("[calendar.always]\n")
    (tmp_path / "policy.toml").write_text(f"{policy}[calendar.always]\n{always}", "utf-8")
    (tmp_path / "clauses.toml").write_text(clauses, "utf-8")
    (tmp_path / "calendar.toml").write_text(f'name = "office"\n{office}', "utf-8")
    return tmp_path


@pytest.mark.parametrize("file", POLICIES, ids=lambda file: str(file.stem))
def test_a_file_in_every_shape(file: Path) -> None:
    policy = load_policy(file)
    assert problems_of(policy) == ()
    assert loads(file.read_text("utf-8")) == policy
    assert loads(dump(policy)) == policy
    assert from_mapping(json.loads(json.dumps(to_mapping(policy)))) == policy


def test_every_field_of_the_small_policy(small: str) -> None:
    policy = loads(small)
    assert (policy.id, policy.version, policy.keeper) == ("small", "1", "desk")
    assert policy.effective == _dt.date(2026, 1, 1)
    assert policy.title == Name("Small", "小")
    assert policy.conventions.last_day_off == "following"
    assert policy.parked == ("on_hold",)
    assert policy.calendar.name == "office"
    assert list(policy.calendars) == ["always"]
    assert policy.name("goods", "zh") == "货物"
    assert [role.clauses for role in policy.roles] == [("R1",), ("R1", "R2"), ("R2",), ("R2",)]
    assert [role.code for role in policy.roles if role.outside] == ["buyer"]
    facts = {fact.code: fact for fact in policy.facts}
    count = facts["same_before"].count
    assert count is not None
    assert (count.same, count.this_one) == (("customer", "subject"), True)
    assert count.within == Limit.parse("1 year")
    assert facts["doubled"].formula is not None
    assert facts["doubled"].personal
    grade, who = policy.decisions
    assert (grade.pick, grade.order, grade.undetermined) == ("highest", ("A", "B"), "A")
    assert [rule.clauses for rule in grade.criteria] == [("C1.1",), ("C1.2",), ("C2",)]
    assert [rule.answers for rule in who.criteria] == [("desk", "expert"), ("boss",)]
    look = policy.steps[1]
    assert [(b.to, b.when and text(b.when)) for b in look.to] == [
        ("looked_at", "loss > 1 CNY"),
        (Open("then"), None),
    ]
    close = policy.steps[3]
    assert close.by == Party("one", ("boss",))
    assert close.sets == {"owner": "desk", "oral": False}
    assert [need.clause for need in close.needs] == ["W2", "W2"]
    duties = {duty.code: duty for duty in policy.duties}
    target = duties["reply"].target
    assert target is not None
    assert target.within == {"A": Elapsed(86_400), "B": Limit.parse("3 working days")}
    assert [str(rung.at) for rung in target.rungs] == ["50 %", "every 24 h after, 3 times"]
    allowed = duties["allow"].target
    assert allowed is not None
    assert (allowed.within, allowed.date) == (None, "allowed_for")
    assert duties["count"].each == ("shelf", "van")
    assert duties["check"].each == "who"
    assert policy.records[0].keep == Open("kept")
    assert [choice.code for choice in policy.open_items] == ["then", "kept"]


def test_short_and_long_form_mean_the_same(small: str) -> None:
    row = next(line for line in small.split("\n") if line.startswith("promise = "))
    cells = row.removeprefix("promise = { ").removesuffix(" }").split(", ")
    long = "\n".join(["[duty.promise]", *cells])
    again = small.replace(f"{row}\n", "").replace("\n[approval]", f"\n{long}\n\n[approval]")
    one, other = loads(small), loads(again)
    assert {duty.code: duty for duty in one.duties} == {duty.code: duty for duty in other.duties}


def test_a_folder_is_the_same_as_one_text(folder: Path, small: str) -> None:
    assert load_policy(folder) == loads(small)
    assert load_policy(folder / "policy.toml") == loads(small)
    assert load_policy(str(folder)).digest == loads(small).digest


def test_a_problem_names_the_file_it_is_in(folder: Path) -> None:
    for name, old, new in (
        ("calendar.toml", "09:00-12:00", "09:00-25:00"),
        ("clauses.toml", '"C1.1" =', "C1.1 ="),
        ("policy.toml", '"doubled > 9 CNY"', '"doubled >"'),
    ):
        file = folder / name
        good = file.read_text("utf-8")
        file.write_text(good.replace(old, new), "utf-8")
        with pytest.raises(PolicyFileError) as caught:
            load_policy(folder)
        told = {problem.file for problem in caught.value.problems}
        assert str(file) in told
        file.write_text(good, "utf-8")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileError, match=r"a folder needs a policy\.toml"):
        load_policy(tmp_path)
    with pytest.raises(PolicyFileError, match="there is no such file"):
        load_policy(tmp_path / "none.toml")
    with pytest.raises(PolicyFileError, match=r"there is no section \[policy\]"):
        loads("")


# -- includes -----------------------------------------------------------------------------


def test_include_merges_tables(folder: Path, small: str) -> None:
    text = (folder / "policy.toml").read_text("utf-8")
    before, after = text.split("[tell]\n")
    tell, after = after.split("[link]\n")
    (folder / "base").mkdir()
    (folder / "base" / "tell.toml").write_text(f"[tell]\n{tell}", "utf-8")
    main = f'include = ["base/tell.toml"]\n{before}[link]\n{after}'
    (folder / "policy.toml").write_text(main, "utf-8")
    assert load_policy(folder) == loads(small)
    (folder / "base" / "tell.toml").write_text("[tell]\nx = { on = 1 }\n[roles]\nboss = 'R1'\n")
    with pytest.raises(PolicyFileError) as caught:
        load_policy(folder)
    told = messages(caught)
    assert "tell.toml:4:1: roles.boss: 'boss' is given twice, first in" in told
    assert "tell.toml:2:12: tell.x.on: expected a condition in quotes, got the number 1" in told


@pytest.mark.parametrize(
    ("include", "says"),
    [
        ('["none.toml"]', "there is no file 'none.toml' beside policy.toml"),
        ('["policy.toml"]', "'policy.toml' includes itself"),
        ('"x.toml"', "expected a list of files"),
        ("[1]", "expected a list of files"),
    ],
)
def test_include_that_cannot_be(folder: Path, include: str, says: str) -> None:
    file = folder / "policy.toml"
    file.write_text(f"include = {include}\n" + file.read_text("utf-8"), "utf-8")
    with pytest.raises(PolicyFileError) as caught:
        load_policy(folder)
    (problem,) = caught.value.problems
    assert says in problem.message
    assert (problem.file, problem.line) == (str(file), 1)


# -- parameters ---------------------------------------------------------------------------


def test_a_parameter_is_filled_by_the_caller(small: str) -> None:
    blank = small.replace('third = { clause = "Q1", is = "boss", ', 'third = { clause = "Q1", ')
    filled = loads(blank, parameters={"third": "boss"})
    assert filled == loads(small)
    with pytest.raises(PolicyFileError, match=r"the choice \$third is open"):
        loads(blank)


def test_a_parameter_in_a_limit_may_stay_open(small: str) -> None:
    text = small.replace('A = "24 h"', 'A = "$first"').replace(
        "[parameters]\n", '[parameters]\nfirst = { clause = "T1", why = "a blank of the form" }\n'
    )
    policy = loads(text)
    assert "first" in [item.code for item in policy.open_items]
    settled = loads(text, parameters={"first": "36 h"})
    target = settled.duties[0].target
    assert target is not None
    assert isinstance(target.within, dict)
    assert target.within["A"] == Elapsed(36 * 3_600)
    with pytest.raises(PolicyFileError) as caught:
        loads(text, parameters={"first": "36 hurs"})
    (problem,) = caught.value.problems
    assert problem.path == "parameters.first"
    assert problem.line is not None


def test_an_unknown_parameter(small: str) -> None:
    with pytest.raises(PolicyFileError) as caught:
        loads(small, parameters={"thrid": "boss"})
    (problem,) = caught.value.problems
    assert "the policy has no parameter 'thrid'" in problem.message
    assert problem.suggestion == "third"


# -- hosts --------------------------------------------------------------------------------


@attrs.frozen
class Host:
    """A host that brings one function."""

    functions: dict[str, Function]
    facts: dict[str, FactType] = attrs.Factory(dict)


def test_a_host_brings_its_functions(small: str) -> None:
    text = small.replace('"doubled > 9 CNY"', '"big(doubled)"')
    with pytest.raises(PolicyFileError, match="no function is called 'big'"):
        loads(text)
    money = next(fact.type for fact in loads(small).facts if fact.code == "doubled")
    big = Function((money,), Simple("yes/no"), lambda amount: amount.amount > 9)
    assert loads(text, domain=Host({"big": big})).links[0].when is not None


# -- the pack -----------------------------------------------------------------------------


def test_the_packed_company() -> None:
    with as_file(files("complaintflow") / "gallery" / "oem_supplier") as pack:
        policy = load_policy(pack)
    assert policy.states[0] == "received"
    assert policy.states[-1] == "closed"
    assert {"repeatedly", "signatory", "not_real", "keep"} <= {c.code for c in policy.open_items}
    cited = {clause for rule in policy.decisions[0].criteria for clause in rule.clauses}
    assert cited <= set(policy.clauses)
    codes = [
        *(x.code for x in policy.roles),
        *(x.code for x in policy.facts),
        *(x.code for x in policy.forms),
        *(x.code for x in policy.decisions),
        *(a for d in policy.decisions if d.pick != "flag" for a in d.answers),
        *(x.code for x in policy.steps),
        *(x.code for x in policy.duties),
        *(x.code for x in policy.actions),
        *(x.code for x in policy.tells),
        *(x.code for x in policy.records),
        *(x.code for x in policy.choices),
        *policy.states,
    ]
    without = [code for code in codes if code not in policy.names]
    assert without == []
    assert all(name.en and name.zh for name in policy.names.values())
