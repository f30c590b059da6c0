"""Hypothesis strategies for whole policies, valid as they are drawn."""

from __future__ import annotations

import datetime as _dt
from typing import Any

import attrs
from hypothesis import strategies as st

from complaintflow.calendar import WorkingCalendar
from complaintflow.calendar.conventions import Conventions
from complaintflow.calendar.limits import CustomersDate, Limit, Promise
from complaintflow.domain.types import Simple
from complaintflow.policy.action import Action
from complaintflow.policy.approval import Approval
from complaintflow.policy.choice import Choice, Open
from complaintflow.policy.decision import Criterion, Decision
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.expression import Choice as OpenChoice
from complaintflow.policy.expression import Expression, Name, choices, names, parse, substitute
from complaintflow.policy.fact import Ask, Count, Fact, Form
from complaintflow.policy.life import Life
from complaintflow.policy.link import Link
from complaintflow.policy.party import Party
from complaintflow.policy.policy import Name as Called
from complaintflow.policy.policy import Policy
from complaintflow.policy.record import Record
from complaintflow.policy.rung import Point, Rung, parse_point
from complaintflow.policy.step import Branch, Need, Step
from complaintflow.policy.tell import Tell
from complaintflow.policy.validate import checked
from complaintflow.testing.calendars import calendars
from complaintflow.testing.expressions import FUNCTIONS, SCOPE, conditions, values_of
from complaintflow.testing.limits import conventions, limits
from complaintflow.testing.policy_people import people, roles

__all__ = ["Domain", "policies"]

_ROLES = ("sales", "quality_head", "plant")
_CLAUSES = ("C1", "C1.1", "T4", "W5.2", "S-7")
_DECIDED = frozenset({"grade", "former_grade", "grade.B", "routes", "major"})
_OWED = frozenset({"written_form", "written_form.missed"})
_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12).filter(
    lambda text: not text.startswith("$")
)


@attrs.frozen
class Domain:
    """The functions that conditions drawn here may call; its complaints lend no facts."""

    functions: Any = attrs.Factory(lambda: FUNCTIONS)
    facts: Any = attrs.Factory(dict)


_clauses = st.lists(st.sampled_from(_CLAUSES), max_size=3, unique=True).map(tuple)
_some_names = st.lists(st.sampled_from(_ROLES), min_size=2, max_size=3, unique=True)


def _parties() -> st.SearchStrategy[Party]:
    one = st.sampled_from([*_ROLES, "routes"]).map(lambda name: Party("one", (name,)))
    joined = st.builds(Party, st.sampled_from(["or", "and", "then"]), _some_names.map(tuple))
    some = _some_names.flatmap(
        lambda found: st.integers(1, len(found)).map(lambda n: Party("of", tuple(found), n))
    )
    return st.one_of(one, joined, some)


@attrs.frozen
class _Pen:
    """Draws for one policy. Its hundred conditions come from a few, so that drawing stays fast."""

    draw: st.DrawFn
    conditions: st.SearchStrategy[Expression]
    undecided: st.SearchStrategy[Expression]
    unowed: st.SearchStrategy[Expression]

    @classmethod
    def of(cls, draw: st.DrawFn) -> _Pen:
        drawn = draw(st.lists(conditions().map(_unsaid), min_size=2, max_size=4))
        free = [found for found in drawn if not names(found) & (_DECIDED | _OWED)]
        rest = [found for found in drawn if not names(found) & _OWED]
        stopped = Name("line_stopped")  # a duty needs no answer of its own, as a decision does not
        return cls(draw, *map(st.sampled_from, (drawn, [*free, stopped], [*rest, stopped])))


def _unsaid(found: Expression) -> Expression:
    """*found* with the one choice that the policies here have."""
    return substitute(found, {code: OpenChoice("unsaid") for code in choices(found) - {"unsaid"}})


def _limits() -> st.SearchStrategy[Limit]:
    """Limits that a target may have: a fact that is the due date is named by ``date``."""
    return limits().map(
        lambda limit: (
            attrs.evolve(limit, fact="") if isinstance(limit, (CustomersDate, Promise)) else limit
        )
    )


def _open_or(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(strategy, st.just(Open("unsaid")))


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def _asks(pen: _Pen, *, of_duty: bool = False) -> st.SearchStrategy[tuple[Ask, ...]]:
    when = pen.unowed if of_duty else pen.conditions
    known = st.lists(st.sampled_from(["loss", "reason", "grade"]), min_size=1, unique=True)
    ask = st.builds(Ask, known.map(tuple), _maybe(when))
    return st.lists(ask, max_size=2).map(tuple)


def _points() -> st.SearchStrategy[Point]:
    texts = ["50 %", "12.5 %", "100 %", "2 h before", "due", "1 working day after"]
    return st.sampled_from([*texts, "every 24 h after, 3 times"]).map(parse_point)


def _rungs() -> st.SearchStrategy[tuple[Rung, ...]]:
    def rung(point: Point, code: str, to: list[str], clauses: Any, quiet: str | None) -> Rung:
        return Rung(code or str(point), point, tuple(to), clauses, quiet)

    quiet = st.sampled_from([None, "at once", "next opening", "before"])
    named = st.sampled_from(["", "first"])
    return st.lists(
        st.builds(rung, _points(), named, _some_names, _clauses, quiet), max_size=2
    ).map(tuple)


def _targets(pen: _Pen) -> st.SearchStrategy[Target]:
    common: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.sampled_from(["internal", "customer", "statutory", "promise"]),
        "pauses": _maybe(pen.conditions),
        "rungs": _rungs(),
        "regrade": st.sampled_from(["original", "regrade"]),
        "conventions": _maybe(conventions()),
        "calendar": st.sampled_from([None, "other"]),
    }
    per = st.dictionaries(st.sampled_from("ABC"), _open_or(_limits()), min_size=1)
    return st.one_of(
        st.builds(Target, within=_open_or(_limits()), **common),
        st.builds(Target, within=per, per=st.just("grade"), **common),
        st.builds(Target, date=st.sampled_from(["found_at", "made_on", "so_long"]), **common),
    )


def _facts(pen: _Pen) -> tuple[Fact, ...]:
    decided = {*_DECIDED, *_OWED}
    found = [
        Fact(name, kind, pen.draw(_clauses), personal=pen.draw(st.booleans()))
        for name, kind in SCOPE.items()
        if name not in decided and "." not in name
    ]
    counted = Count(
        pen.draw(_open_or(st.just(("customer", "subject")))),
        pen.draw(_maybe(pen.conditions)),
        pen.draw(_maybe(_open_or(limits()))),
        pen.draw(st.booleans()),
    )
    formula = pen.draw(st.sampled_from(["age", "repeats"]))
    found.append(Fact("counted", Simple("number"), pen.draw(_clauses), counted))
    added = attrs.evolve(counted, sum="loss")
    loss = next(fact for fact in found if fact.code == "loss")
    found.append(Fact("added", loss.type, pen.draw(_clauses), added))
    found.append(Fact("computed", Simple("number"), formula=Name(formula)))
    found.append(Fact("so_long", Simple("limit")))
    return tuple(found)


def _decisions(pen: _Pen) -> tuple[Decision, ...]:
    def rules(*answers: tuple[str, ...]) -> tuple[Criterion, ...]:
        least = [
            pen.draw(st.builds(Criterion, st.just(answer), pen.undecided, _clauses))
            for answer in answers
        ]
        more = pen.draw(
            st.lists(
                st.builds(Criterion, st.sampled_from(answers), pen.undecided, _clauses),
                max_size=2,
            )
        )
        return (*least, *more)

    order = ("A", "B", "C")
    pick = pen.draw(st.sampled_from(["highest", "first", "unique"]))
    residual = pen.draw(st.sampled_from([None, "C"]))
    by = pen.draw(_maybe(_open_or(_parties())))
    clauses = pen.draw(_clauses)
    three = (("A",), ("B",), ("C",))
    return (
        Decision("grade", pick, rules(*three), order, by, residual, None, clauses),
        Decision("former_grade", "highest", rules(*three), order, undetermined="A"),
        Decision("routes", "all", rules(("sales",), ("plant", "quality_head"))),
        Decision("major", "flag", rules(("yes",))),
    )


def _needs(pen: _Pen) -> tuple[Need, ...]:
    clause = st.sampled_from(["", *_CLAUSES])
    return tuple(pen.draw(st.lists(st.builds(Need, clause, pen.conditions), max_size=3)))


def _steps(pen: _Pen, facts: tuple[Fact, ...]) -> tuple[Step, ...]:
    def step(code: str, source: tuple[str, ...], to: tuple[Branch, ...]) -> Step:
        unset = (Simple("files"), Simple("limit"))
        given = [fact for fact in facts if fact.given and fact.type not in unset]
        chosen = pen.draw(st.lists(st.sampled_from(given), max_size=2, unique=True))
        words = st.lists(st.sampled_from(["phone", "a report"]), max_size=2, unique=True).map(tuple)
        return Step(
            code,
            pen.draw(_open_or(_parties())),
            pen.draw(_clauses),
            source,
            to,
            pen.draw(_asks(pen)),
            pen.draw(st.sampled_from([None, "report"])),
            _needs(pen),
            _needs(pen),
            {fact.code: pen.draw(_values(fact)) for fact in chosen},
            pen.draw(_maybe(_open_or(_parties()))),
            pen.draw(words),
            pen.draw(words),
        )

    branches: tuple[Branch, ...] = (
        Branch(pen.draw(_open_or(st.just("second"))), pen.draw(pen.conditions)),
        Branch("closed", Name("line_stopped")),
        Branch("first"),
    )
    if branches[0].when == branches[1].when:
        branches = branches[1:]
    return (
        step("receive", (), (Branch("first"),)),
        step("split", ("first", "second"), branches),
        step("rest", ("first",), (Branch("second"),)),
        step("stay", ("any",), ()),
        step("finish", ("second",), (Branch(pen.draw(_open_or(st.just("closed")))),)),
        step("park", ("second",), (Branch("parked"),)),
    )


def _values(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.type == Simple("role"):
        return st.sampled_from(_ROLES)
    drawn = values_of(fact.type)
    return drawn.filter(lambda value: not str(value).startswith("$"))


def _duties(pen: _Pen) -> tuple[Duty, ...]:
    keys: st.SearchStrategy[tuple[str, ...] | str] = st.sampled_from(
        [(), ("one_key", "other_key"), "routes", "subject"]
    )

    def duty(code: str) -> Duty:
        owner = pen.draw(_open_or(_parties()))
        return Duty(
            code,
            owner,
            pen.draw(_open_or(pen.conditions)),
            pen.draw(_clauses),
            pen.draw(_maybe(pen.unowed)),
            pen.draw(_maybe(pen.conditions)),
            pen.draw(keys),
            pen.draw(_asks(pen, of_duty=True)),
            pen.draw(st.sampled_from([None, "report"])),
            pen.draw(_maybe(_parties())),
            pen.draw(st.sampled_from([(), ("mail",)])),
            pen.draw(st.sampled_from([(), ("minutes", "a $ign")])),
            pen.draw(_maybe(_targets(pen))),
            pen.draw(_lives(owner)),
        )

    each = Duty("by_route", None, Name("receive"), each="routes")
    waiting = attrs.evolve(each, code="waiting", when=OpenChoice("unsaid"))
    return (duty("written_form"), each, duty("second_duty"), waiting)


@st.composite
def _lives(draw: st.DrawFn, owner: Party | Open) -> Life:
    """Lives that go with *owner*: what several owe together comes to nobody else."""
    waived = draw(_maybe(_open_or(_parties())))
    if isinstance(owner, Party) and (owner.how not in ("one", "or") or "routes" in owner.names):
        return Life(waived_by=waived)
    ruled, passed = (draw(_maybe(_open_or(_parties()))) for _ in range(2))
    if (ruled, passed) == (None, None) or draw(st.booleans()):
        return Life(ruled, passed, waived)
    return Life(ruled, passed, waived, draw(st.integers(1, 3)), draw(_parties()))


def _beside(pen: _Pen) -> dict[str, Any]:
    moment, pull, clauses = pen.conditions, pen.draw, pen.draw(_clauses)
    asked = pull(st.sampled_from([None, "subject"]))
    approval = Approval(
        "consent",
        pull(_parties()),
        pull(moment),
        clauses,
        asked,
        pull(_maybe(moment)),
        pull(st.sampled_from([None, "approved"])),
    )
    action = Action(
        "measure",
        ("corrective", "preventive"),
        pen.draw(_parties()),
        pen.draw(_parties()),
        pen.draw(_clauses),
        pen.draw(_maybe(_parties())),
        pen.draw(_maybe(_parties())),
    )
    record = Record(
        "kept",
        pen.draw(_clauses),
        pen.draw(_TEXTS),
        ("reason", "grade"),
        pen.draw(_maybe(_open_or(st.just("3 years")))),
        pen.draw(_maybe(pen.conditions)),
        pen.draw(st.sampled_from(["", "{YY}{MM}{serial:02}"])),
        pen.draw(_TEXTS),
        tuple(pen.draw(_some_names)),
        pen.draw(st.sampled_from(["", "sales"])),
    )
    told = Tell(
        "told",
        pull(moment),
        tuple(pull(_some_names)),
        pull(_clauses),
        pull(_TEXTS),
        pull(st.sampled_from([(), ("loss", "grade"), ("reason",)])),
    )
    on_consent = Tell("on_consent", pull(_consent()), ("sales",))
    link = Link("other_case", pull(_TEXTS), pull(moment), pull(_clauses), pull(_maybe(moment)))
    return {
        "approvals": (approval,),
        "actions": (action,),
        "tells": (told, on_consent),
        "links": (link,),
        **people(pull, _parties(), _clauses, verified=action.verified_by is not None),
        "records": (record,),
    }


def _consent() -> st.SearchStrategy[Expression]:
    return st.sampled_from(["consent is pending", "known(consent)"]).map(parse)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Policies that use every concept; checked, so that their expressions know their types.

    Their conditions may call the functions of `Domain`.
    """
    pen = _Pen.of(draw)
    facts = _facts(pen)
    every = tuple(Ask((fact.code,)) for fact in facts if fact.given)
    taken = st.sampled_from(["24 h", ("customer", "subject"), 3, "line_stopped"])
    others = st.lists(taken, max_size=2).map(tuple)
    said = (
        Choice("unsaid", draw(_clauses), None, (), draw(_TEXTS)),
        Choice("read_so", draw(_clauses), draw(taken), draw(others), ""),
    )
    sales = Party("one", ("sales",))
    fill = Step("fill", sales, source=("first",), form="transfer_sheet")
    fill_in = Duty("fill_in", sales, Name("receive"), form="report")
    called = st.sampled_from(["A", "sales", "first", "loss"])
    used = ("counted", "added", "computed", "grade", "former_grade", "routes", "major")
    ledger = Record("everything", columns=used, roles=_ROLES)
    beside = _beside(pen)
    calendar: WorkingCalendar = draw(calendars(covered=True, combined=True))
    policy = Policy(
        id="drawn",
        version=draw(_TEXTS),
        calendar=calendar,
        final=("closed",),
        parked=("parked",),
        conventions=draw(st.one_of(st.just(Conventions()), conventions())),
        keeper=draw(st.sampled_from([None, "sales"])),
        roles=tuple(draw(roles(code, _clauses)) for code in _ROLES),
        facts=facts,
        forms=(
            Form("report", every, draw(_clauses)),
            Form("transfer_sheet", draw(_asks(pen))),
        ),
        decisions=_decisions(pen),
        steps=(*_steps(pen, facts), fill),
        duties=(*_duties(pen), fill_in),
        choices=said,
        clauses=draw(st.sampled_from([{}, {clause: f"says {clause}" for clause in _CLAUSES}])),
        names=draw(st.dictionaries(called, st.builds(Called, _TEXTS, _TEXTS))),
        calendars={"other": draw(calendars())},
        effective=draw(_maybe(st.dates(_dt.date(1990, 1, 1)))),
        approved_by=draw(_TEXTS),
        title=draw(st.builds(Called, _TEXTS, _TEXTS)),
        **{**beside, "records": (*beside["records"], ledger)},
    )
    return checked(policy, FUNCTIONS)
