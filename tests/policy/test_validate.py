"""Policies built in Python are held to the same rules as those read from files."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.limits import CustomersDate, Elapsed, Promise
from complaintflow.domain.types import MoneyOf, OneOf, Simple
from complaintflow.domain.values import Money
from complaintflow.errors import PolicyError
from complaintflow.policy.action import Action
from complaintflow.policy.choice import Choice, Open
from complaintflow.policy.decision import Criterion, Decision
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.expression import Member, names, parse
from complaintflow.policy.fact import Ask, Count, Fact, Form
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Policy
from complaintflow.policy.role import Role
from complaintflow.policy.rung import Rung, parse_point
from complaintflow.policy.step import Branch, Step
from complaintflow.policy.validate import checked, problems_of
from complaintflow.policyfile import dump, loads

DESK = Party("one", ("desk",))
LOSS = Fact("loss", MoneyOf("CNY"))
GRADE = Decision("grade", "highest", (Criterion(("A",), parse("loss > 9 CNY"), ("C1",)),), ("A",))
RECEIVE = Step("receive", DESK, to=(Branch("open"),), asks=(Ask(("loss",)),))
CLOSE = Step("close", DESK, source=("open",), to=(Branch("closed"),))
REPLY = Duty("reply", DESK, parse("grade is A"), target=Target(Elapsed(3_600)))
GOOD = Policy(
    id="built",
    version="1",
    calendar=WorkingCalendar("UTC", {"mon-fri": ["09:00-17:00"]}),
    final=("closed",),
    roles=(Role("desk"),),
    facts=(LOSS,),
    decisions=(GRADE,),
    steps=(RECEIVE, CLOSE),
    duties=(REPLY,),
)


def test_a_good_policy_has_no_problems() -> None:
    assert problems_of(GOOD) == ()


def test_checked_gives_expressions_their_types() -> None:
    ready = checked(GOOD)
    starts = ready.duties[0].starts
    assert not isinstance(starts, Open)
    assert names(starts) == {"grade"}
    assert any(isinstance(part, Member) for part in attrs.astuple(starts, recurse=False))
    assert checked(ready) == ready
    assert loads(dump(ready)) == ready


def duty(**changes: Any) -> dict[str, Any]:
    return {"duties": (attrs.evolve(REPLY, **changes),)}


def grade(**changes: Any) -> dict[str, Any]:
    return {"decisions": (attrs.evolve(GRADE, **changes),)}


def close(**changes: Any) -> dict[str, Any]:
    return {"steps": (RECEIVE, attrs.evolve(CLOSE, **changes))}


def rule(text: str, *answers: str) -> Criterion:
    return Criterion(answers or ("A",), parse(text))


AT_50 = Rung("50 %", parse_point("50 %"), ("desk",))
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "no id": ({"id": " "}, "policy.id", "a policy has an id"),
    "semantics": ({"semantics": 2}, "policy.semantics", "semantics is 1"),
    "keeper": ({"keeper": "boss"}, "policy.keeper", "no role is called 'boss'"),
    "keeper outside": (
        {"keeper": "desk", "roles": (Role("desk", outside=True),)},
        "policy.keeper",
        "outside the company",
    ),
    "reserved": (
        {"facts": (LOSS, Fact("state", Simple("text")))},
        "facts.state",
        "'state' is the state that the case is in",
    ),
    "code": ({"roles": (Role("desk"), Role("a b"))}, "roles.a b", "expected a code"),
    "keyword": (
        {"facts": (LOSS, Fact("not", Simple("text")))},
        "facts.not",
        "is a word of the expressions",
    ),
    "two of one code": ({"facts": (LOSS, LOSS)}, "facts.loss", "'loss' is declared twice"),
    "shared space": (
        duty(code="grade"),
        "duty.grade",
        "the duty 'grade' has the name of a decision",
    ),
    "currency": ({"facts": (Fact("loss", MoneyOf("XYZ")),)}, "facts.loss.type", "no currency"),
    "pick": (grade(pick="best"), "decide.grade.pick", "expected one of highest"),
    "highest without order": (grade(order=()), "decide.grade.pick", "needs an order"),
    "outside the order": (
        grade(criteria=(rule("true", "A"), rule("true", "B"))),
        "decide.grade.rules[1].answer",
        "not in the order",
    ),
    "several answers": (
        grade(criteria=(rule("true", "A", "A2"),)),
        "decide.grade.rules[0].answer",
        "pick = 'all'",
    ),
    "residual": (grade(residual="D"), "decide.grade.residual", "expected one of A"),
    "order nobody answers": (
        grade(order=("A", "Z")),
        "decide.grade.order[1]",
        "no criterion answers 'Z'",
    ),
    "a flag that says no": (
        grade(pick="flag", order=(), criteria=(rule("true", "no"),)),
        "decide.grade.rules[0].answer",
        "a flag answers 'yes'",
    ),
    "a flag left open wrongly": (
        grade(pick="flag", order=(), criteria=(rule("true", "yes"),), residual="A"),
        "decide.grade.residual",
        "expected one of yes, no",
    ),
    "who decides": (
        grade(by=Party("one", ("boss",))),
        "decide.grade.by",
        "no role is called 'boss'",
    ),
    "ring": (
        grade(criteria=(rule("known(grade)"),)),
        "decide.grade.rules[0].when",
        "needs its own answer",
    ),
    "wrong type": (
        grade(criteria=(rule("loss > 9"),)),
        "decide.grade.rules[0].when",
        "cannot be compared",
    ),
    "unknown state": (close(source=("opn",)), "step.close.from", "no step leads to a state 'opn'"),
    "dead end": (
        close(to=(Branch("done"),)),
        "step.close.to[0].to",
        "no step leads on from the state 'done'",
    ),
    "set of a counted fact": (close(sets={"loss": "x"}), "step.close.sets.loss", "expected money"),
    "set of nothing": (close(sets={"los": 1}), "step.close.sets.los", "no fact is called 'los'"),
    "unknown form": (close(form="sheet"), "step.close.form", "no form is called 'sheet'"),
    "unknown choice": (close(by=Open("who")), "step.close.by", "no choice is called 'who'"),
    "choice in a condition": (
        duty(when=parse("loss > $bound")),
        "duty.reply.if",
        "no choice is called 'bound'",
    ),
    "nobody owes": (duty(owner=None), "duty.reply", "nobody owes this"),
    "no limit": (duty(target=Target()), "duty.reply", "a target has a limit or a date"),
    "ranks of one": (
        duty(target=Target(Elapsed(9), ranks="replaces")),
        "duty.reply.ranks",
        "needs a limit and a date",
    ),
    "limit and limit": (
        {
            "facts": (LOSS, Fact("n", Simple("limit"))),
            **duty(target=Target(Elapsed(9), date="n")),
        },
        "duty.reply.date",
        "beside a limit stands a date",
    ),
    "promise of a fact": (
        duty(target=Target(Promise("told"))),
        "duty.reply.within",
        "a fact that is the due date is named by 'date', not in 'promise: told'",
    ),
    "customer's date of a fact for one answer": (
        duty(target=Target({"A": CustomersDate("wanted")}, per="grade")),
        "duty.reply.within.A",
        "named by 'date'",
    ),
    "due date of money": (duty(target=Target(date="loss")), "duty.reply.date", "loss is money CNY"),
    "kind": (
        duty(target=Target(Elapsed(9), kind="x")),
        "duty.reply.kind",
        "expected one of internal",
    ),
    "regrade": (
        duty(target=Target(Elapsed(9), regrade="x")),
        "duty.reply.regrade",
        "expected one of original",
    ),
    "quiet": (
        duty(target=Target(Elapsed(9), rungs=(attrs.evolve(AT_50, quiet="x"),))),
        "duty.reply.rungs[0].quiet",
        "expected one of at once",
    ),
    "recipient": (
        duty(target=Target(Elapsed(9), rungs=(attrs.evolve(AT_50, to=("x",)),))),
        "duty.reply.rungs[0].to",
        "no role is called 'x'",
    ),
    "per without a table": (
        duty(target=Target(Elapsed(9), per="grade")),
        "duty.reply.per",
        "needs a limit for each answer",
    ),
    "table without per": (
        duty(target=Target({"A": Elapsed(9)})),
        "duty.reply.within",
        "per = 'grade'",
    ),
    "limit for no answer": (
        duty(target=Target({"Q": Elapsed(9)}, per="grade")),
        "duty.reply.within.Q",
        "grade answers A, not 'Q'",
    ),
    "each of money": (duty(each="loss"), "duty.reply.each", "'each' needs codes"),
    "calendar": (
        duty(target=Target(Elapsed(9), calendar="x")),
        "duty.reply.calendar",
        "no calendar",
    ),
    "unused role": ({"roles": (Role("desk"), Role("idle"))}, "roles.idle", "never used"),
    "unused form": ({"forms": (Form("idle", (Ask(("loss",)),)),)}, "form.idle", "never used"),
    "unused answer": (
        {
            "decisions": (GRADE, Decision("route", "first", (rule("true", "left"),))),
            **duty(each="route"),
        },
        "decide.route.rules[0].answer",
        "is no role and nothing mentions it",
    ),
    "answers that are no roles": (
        {
            "decisions": (GRADE, Decision("route", "first", (rule("true", "left"),))),
            **duty(owner=Party("one", ("route",))),
        },
        "decide.route.rules[0].answer",
        "its answers are roles",
    ),
    "count over nothing": (
        {"facts": (LOSS, Fact("n", Simple("number"), count=Count(("x",))))},
        "facts.n.same",
        "no fact is called 'x'",
    ),
    "clause": (
        {"clauses": {"C2": "x"}},
        "decide.grade.rules[0].clause",
        "no clause has the id 'C1'",
    ),
    "name": ({"names": {"ghost": GOOD.title}}, "names.ghost", "nothing is called 'ghost'"),
    "verifier": (
        {"actions": (Action("mend", ("quick",), DESK, DESK, verified_by=Party("one", ("x",))),)},
        "action.mend.verified_by",
        "no role is called 'x'",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_mistake(name: str) -> None:
    changes, path, says = CASES[name]
    problems = problems_of(attrs.evolve(GOOD, **changes))
    told = [(problem.path, problem.message) for problem in problems]
    assert any(path == where and says in message for where, message in told), told


def test_checked_raises_with_every_problem() -> None:
    bad = attrs.evolve(GOOD, keeper="boss", **duty(owner=None))
    with pytest.raises(PolicyError) as caught:
        checked(bad)
    assert caught.value.message == "the policy has 2 problems"
    assert {problem.path for problem in caught.value.problems} == {"policy.keeper", "duty.reply"}


def test_a_choice_in_place_of_a_moment_is_one_open_value() -> None:
    """Written as an expression or as a value, it is the same policy."""
    said = (Choice("clock", ()),)
    when = parse("grade is A")
    as_value = attrs.evolve(GOOD, choices=said, **duty(starts=Open("clock"), when=when))
    as_node = attrs.evolve(GOOD, choices=said, **duty(starts=parse("$clock"), when=when))
    assert checked(as_value) == checked(as_node)


def test_a_member_that_nobody_mentions_is_no_problem() -> None:
    """Unless a word that looks like it is used and declared nowhere."""
    subject = Fact("subject", OneOf(("quality", "notice")))
    used = grade(criteria=(*GRADE.criteria, rule("subject is quality")))
    assert problems_of(attrs.evolve(GOOD, facts=(LOSS, subject), **used)) == ()
    misspelt = Fact("subject", OneOf(("qualty", "notice")))
    problems = problems_of(attrs.evolve(GOOD, facts=(LOSS, misspelt), **used))
    assert {problem.path for problem in problems} == {
        "facts.subject.type",
        "decide.grade.rules[1].when",
    }


def test_money_set_by_a_step_keeps_its_type() -> None:
    policy = checked(attrs.evolve(GOOD, **close(sets={"loss": Money("5.00", "CNY")})))
    assert loads(dump(policy)).steps[1].sets == {"loss": Money("5", "CNY")}
