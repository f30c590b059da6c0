"""What a host's complaints know may be used in a policy without being declared."""

from __future__ import annotations

import datetime as _dt
import enum
from pathlib import Path
from typing import Annotated

import attrs
import pytest

from complaintflow.domain.domain import Domain
from complaintflow.domain.types import MoneyOf, OneOf, Simple
from complaintflow.domain.values import Money
from complaintflow.errors import PolicyError, PolicyFileError, Problem
from complaintflow.policy.expression import Function
from complaintflow.policy.fact import Fact
from complaintflow.policy.policy import Policy
from complaintflow.policy.validate import checked, problems_of
from complaintflow.policyfile import dump, from_mapping, load_policy, loads, locate, to_mapping


class Part(enum.Enum):
    BRAKES = "brakes"
    ENGINE = "engine"


@attrs.frozen
class Claim:
    vin: str
    mileage: int
    part: Part
    cost: Annotated[Money, "CNY"]
    sold: _dt.date
    driving: bool
    spare: Part | None = None


DOMAIN = Domain.of(Claim)
TEXT = """
policy = { id = "claims", version = "1", semantics = 1, calendar = "c", final = ["closed"] }
calendar.c = { timezone = "Asia/Shanghai", week = { "mon-fri" = ["09:00-17:00"] } }
clauses = { K1 = "Everything" }
roles = { desk = "K1" }
[step]
open = { clause = "K1", by = "desk", to = "open", asks = ["mileage"] }
close = { clause = "K1", by = "desk", from = "open", to = "closed" }
[duty]
call = { clause = "K1", owner = "desk", starts = "part is brakes and cost > 5 CNY" }
"""


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(PolicyFileError) as caught:
        loads(text, file="claims.toml", domain=DOMAIN)
    return caught.value.problems


def kinds(policy: Policy) -> dict[str, object]:
    return {fact.code: fact.type for fact in policy.facts}


def test_what_is_used_becomes_a_fact_of_the_policy() -> None:
    policy = loads(TEXT, domain=DOMAIN)
    assert kinds(policy) == {
        "mileage": Simple("number"),
        "part": OneOf(("brakes", "engine")),
        "cost": MoneyOf("CNY"),
    }
    assert problems_of(policy) == ()
    assert policy.check is not None


def test_without_the_domain_it_is_unknown() -> None:
    with pytest.raises(PolicyFileError, match="nothing is called 'part'"):
        loads(TEXT)


def test_it_is_the_same_policy_whoever_declares_the_facts() -> None:
    """The digest too: it depends on what the policy uses, not on where that was declared."""
    lent = loads(TEXT, domain=DOMAIN)
    declared = TEXT.replace(
        "[step]",
        '[facts]\nmileage = "number"\npart = "one of: brakes, engine"\ncost = "money CNY"\n[step]',
    )
    assert loads(declared) == loads(declared, domain=DOMAIN) == lent
    assert loads(declared).digest == lent.digest


def test_what_is_dumped_needs_no_domain() -> None:
    policy = loads(TEXT, domain=DOMAIN)
    assert loads(dump(policy)) == policy
    assert from_mapping(to_mapping(policy), domain=DOMAIN) == policy


def test_a_new_field_of_the_class_leaves_the_policy_as_it_is() -> None:
    @attrs.frozen(kw_only=True)
    class Longer(Claim):
        colour: str = ""

    wider = Domain.of(Longer)
    assert "colour" in wider.facts
    assert loads(TEXT, domain=wider).digest == loads(TEXT, domain=DOMAIN).digest


def test_folders_and_places(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(TEXT, "utf-8")
    policy = load_policy(file, domain=DOMAIN)
    located = locate(file, domain=DOMAIN)
    assert located.policy == policy
    where = located.place(("duty", "call", "starts"))
    assert where is not None
    assert where.line == 10


class TestConditionsAreCheckedAgainstTheClass:
    @pytest.mark.parametrize(
        ("condition", "message", "suggestion"),
        [
            ("milage > 3", "nothing is called 'milage'", "mileage"),
            ("part is brake", "expected one of brakes, engine, got 'brake'", "brakes"),
            ("cost > 5 USD", "USD", None),
            ("sold > 5", "date", None),
            ("mileage", "expected a condition or an instant, got number", None),
        ],
    )
    def test_each_with_line_and_column(
        self, condition: str, message: str, suggestion: str | None
    ) -> None:
        (problem,) = problems(changed("part is brakes and cost > 5 CNY", condition))
        assert message in problem.message
        assert problem.suggestion == suggestion
        assert (problem.file, problem.line) == ("claims.toml", 10)
        assert problem.column is not None
        assert TEXT.splitlines()[9].index("part is") < problem.column

    def test_a_step_asks_for_what_the_class_has(self) -> None:
        (problem,) = problems(changed('["mileage"]', '["milage"]'))
        assert problem.suggestion == "mileage"
        assert problem.line == 7

    def test_functions_take_what_the_class_has(self) -> None:
        near = Function((Simple("date"),), Simple("yes/no"), lambda day: day.year > 2025)
        domain = Domain.of(Claim, functions={"near": near})
        text = changed("part is brakes and cost > 5 CNY", "near(sold)")
        assert "sold" in kinds(loads(text, domain=domain))
        with pytest.raises(PolicyFileError, match="expected date, got text"):
            loads(changed("part is brakes and cost > 5 CNY", "near(vin)"), domain=domain)


class TestDeclaredAgain:
    def declared(self, row: str) -> str:
        return changed("[step]", f"[facts]\n{row}\n[step]")

    @pytest.mark.parametrize(
        "row",
        [
            'mileage = "number"',
            'mileage = { type = "number", clause = "K1", personal = true }',
            'part = "one of: engine, brakes"',
        ],
    )
    def test_with_the_same_type(self, row: str) -> None:
        policy = loads(self.declared(row), domain=DOMAIN)
        assert set(kinds(policy)) == {"mileage", "part", "cost"}

    def test_what_is_said_about_it_holds(self) -> None:
        text = self.declared('mileage = { type = "number", personal = true }')
        (mileage,) = (f for f in loads(text, domain=DOMAIN).facts if f.code == "mileage")
        assert mileage.personal

    def test_a_yes_or_no_may_be_a_judgement(self) -> None:
        text = self.declared('driving = "judgement"').replace("part is brakes and", "driving and")
        assert kinds(loads(text, domain=DOMAIN))["driving"] == Simple("judgement")

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ('mileage = "text"', "the complaint has mileage as number, not as text"),
            ('part = "one of: brakes"', "as one of: brakes, engine, not as one of: brakes"),
            ('cost = "money USD"', "as money CNY, not as money USD"),
        ],
    )
    def test_with_another_type(self, row: str, said: str) -> None:
        found = [p for p in problems(self.declared(row)) if said in p.message]
        assert [problem.line for problem in found] == [7]

    @pytest.mark.parametrize(
        ("row", "how"),
        [
            ('mileage = { type = "number", is = "3 + 4" }', "computed"),
            ('mileage = { count = "cases", same = ["vin"] }', "counted"),
        ],
    )
    def test_what_the_complaint_says_is_not_worked_out(self, row: str, how: str) -> None:
        messages = [problem.message for problem in problems(self.declared(row))]
        assert f"mileage comes from the complaint, so it cannot be {how} here, too" in messages

    def test_what_the_policy_writes_down_it_must_use(self) -> None:
        (problem,) = problems(self.declared('vin = "text"'))
        assert problem.message == "the fact 'vin' is declared but never used"


class TestNames:
    def test_a_step_called_like_a_field(self) -> None:
        text = TEXT.replace("close =", "vin =")
        (problem,) = problems(text)
        assert problem.message.startswith("the step 'vin' has the name of a fact")
        assert problem.line == 8

    def test_names_for_fields_that_this_policy_does_not_use(self) -> None:
        """One file of names may serve several policies."""
        names = """
[names]
vin = ["VIN", "车架号"]
mileage = ["Mileage", "里程"]
brakes = ["Brakes", "制动"]
engine = ["Engine", "发动机"]
"""
        policy = loads(TEXT + names, domain=DOMAIN)
        assert set(policy.names) == {"mileage", "brakes", "engine"}
        assert loads(dump(policy)) == policy
        without = TEXT.replace("part is brakes and cost", "cost")
        assert set(loads(without + names, domain=DOMAIN).names) == {"mileage"}
        (problem,) = problems(TEXT + names.replace("vin =", "vni ="))
        assert problem.suggestion == "vin"


def test_a_policy_made_in_python() -> None:
    policy = loads(TEXT, domain=DOMAIN)
    bare = attrs.evolve(policy, facts=())
    assert checked(bare, facts=DOMAIN.facts).digest == policy.digest
    with pytest.raises(PolicyError, match="part"):
        checked(bare)
    wrong = attrs.evolve(policy, facts=(*policy.facts, Fact("vin", Simple("number"))))
    assert any("vin as text" in p.message for p in problems_of(wrong, facts=DOMAIN.facts))
