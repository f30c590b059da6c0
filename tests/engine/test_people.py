"""complaintflow.engine.people and membership: who acts, who stands in, whom a vacancy reaches."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from complaintflow.audit.events import RungReached, Told
from complaintflow.desk.people import Entry, People
from complaintflow.engine.outcome import Accepted, Refused
from complaintflow.engine.people import acting, may_act, reach
from complaintflow.engine.reasons import NotInRole
from complaintflow.engine.standing import view_of
from complaintflow.errors import RefusedError
from complaintflow.policy.person import Person
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

POLICY = """
policy = { id = "small", version = "1", semantics = 1, calendar = "c", keeper = "office", final = ["closed"] }
[roles]
desk = "1"
engineer = "2"
lead = "2"
office = "3"
[step]
receive = { clause = "1", by = "desk", to = "open" }
close = { clause = "4", by = "engineer", from = "open", to = "closed", signed = "lead" }
[duty]
look = { clause = "2", owner = "engineer", starts = "receive", within = "4 h", rungs = [{ at = "due", to = "lead, office" }] }
[tell]
heard = { clause = "3", on = "receive", to = "engineer" }
[calendar.c]
timezone = "Asia/Shanghai"
week = { "mon-fri" = ["09:00-17:00"] }
"""
DESK = Person("ma", roles=["desk"])
LI = Person("li", roles=["engineer"])
LEAD = Person("zhao", roles=["lead", "engineer"])
OFFICE = Person("wu", roles=["office"])


def play(*people: Person) -> Rehearsal:
    return Rehearsal(loads(POLICY), directory=People.of(DESK, *people))


def away(person: Person, *substitutes: str) -> Person:
    return Person(person.id, roles=person.roles, substitutes=substitutes, absent=True)


class Noting(People):
    """Notes about which instants it is asked."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        super().__init__(entries)
        self.asked: list[int] = []

    def holders(self, role: str, at: int, /) -> tuple[Person, ...]:
        self.asked.append(at)
        return super().holders(role, at)


class TestActing:
    def test_who_is_there_acts(self) -> None:
        people = People.of(LI, away(LEAD, "wu"), OFFICE)
        assert [one.id for one in acting(people, "engineer", 0)] == ["li"]

    def test_where_nobody_is_there_substitutes_act_each_once(self) -> None:
        people = People.of(away(LI, "wu"), away(LEAD, "ma", "wu"), away(DESK), OFFICE)
        assert [one.id for one in acting(people, "engineer", 0)] == ["wu"]

    def test_a_role_that_nobody_holds_is_vacant(self) -> None:
        assert acting(People.of(LI), "office", 0) == ()


class TestTold:
    def test_everybody_who_acts_in_the_role_is_told_each_by_a_message(self) -> None:
        case = play(LI, LEAD, OFFICE)
        accepted = case.receive("2026-03-10 09:00", role="desk", by="ma")
        (told,) = case.bodies(Told)
        assert told.people == {"engineer": ("li", "zhao")}
        assert [(m.role, m.person) for m in accepted.messages] == [
            ("engineer", "li"),
            ("engineer", "zhao"),
        ]
        assert len({m.key for m in accepted.messages}) == 2

    def test_a_vacancy_climbs_to_the_keeper(self) -> None:
        case = play(OFFICE)
        accepted = case.receive("2026-03-10 09:00", role="desk", by="ma")
        (told,) = case.bodies(Told)
        assert (told.people, told.climbed) == ({"engineer": ("wu",)}, {"engineer": "office"})
        assert [m.person for m in accepted.messages] == ["wu"]

    def test_it_climbs_to_the_role_above_first(self) -> None:
        policy = loads(
            POLICY.replace('engineer = "2"', 'engineer = { clause = "2", above = "lead" }')
        )
        lead = Person("zhao", roles=["lead"])
        case = Rehearsal(policy, directory=People.of(DESK, lead, OFFICE))
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        (told,) = case.bodies(Told)
        assert (told.people, told.climbed) == ({"engineer": ("zhao",)}, {"engineer": "lead"})

    def test_last_it_reaches_the_role_that_opened_the_case(self) -> None:
        case = play()
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        (told,) = case.bodies(Told)
        assert (told.people, told.climbed) == ({"engineer": ("ma",)}, {"engineer": "desk"})

    def test_one_person_in_two_roles_of_a_rung_gets_one_message(self) -> None:
        case = play(LI, Person("wu", roles=["office", "lead"]))
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        case.at("2026-03-10 14:00")
        (swept,) = case.desk.sweep()
        (rung,) = case.bodies(RungReached)
        assert rung.people == {"lead": ("wu",), "office": ("wu",)}
        assert [(m.role, m.person) for m in swept.messages] == [("lead", "wu")]

    def test_one_person_on_two_neighbouring_rungs_is_told_once(self) -> None:
        policy = loads(
            POLICY.replace(
                '{ at = "due", to = "lead, office" }',
                '{ at = "due", to = "lead" }, '
                '{ at = "1 h after", to = "office" }, { at = "2 h after", to = "office" }',
            )
        )
        case = Rehearsal(policy, directory=People.of(DESK, LI, OFFICE))  # no lead: it climbs
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        case.at("2026-03-10 17:00")
        (swept,) = case.desk.sweep()
        rungs = case.bodies(RungReached)
        assert [rung.people for rung in rungs] == [
            {"lead": ("wu",)},
            {"office": ("wu",)},
            {"office": ("wu",)},
        ]
        assert [rung.told_already for rung in rungs] == [(), ("wu",), ()]
        assert [message.data["rung"] for message in swept.messages] == ["due", "2 h after"]
        story = case.desk.explain(case.number).text("en")
        assert "told office (wu), but wu, told already by the rung before" in story

    def test_who_did_something_between_two_rungs_is_told_again(self) -> None:
        policy = loads(
            POLICY.replace(
                '{ at = "due", to = "lead, office" }',
                '{ at = "due", to = "lead" }, { at = "1 h after", to = "office" }',
            )
        )
        case = Rehearsal(policy, directory=People.of(DESK, LI, OFFICE))
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        case.sweep("2026-03-10 13:30")
        case.note("2026-03-10 13:40", role="")
        case.sweep("2026-03-10 15:00")
        assert [rung.told_already for rung in case.bodies(RungReached)] == [(), ()]

    def test_who_is_told_is_asked_of_the_true_time_not_of_the_sweep(self) -> None:
        people = Noting(Entry(one) for one in (DESK, LI, LEAD, OFFICE))
        case = Rehearsal(loads(POLICY), directory=people)
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        people.asked.clear()
        case.sweep("2026-03-17 09:00")
        assert {case.wall(at) for at in people.asked} == {"2026-03-10 13:00:01"}


class TestMembership:
    def test_who_does_not_hold_the_role_is_refused_and_told_who_does(self) -> None:
        case = play(LI, OFFICE)
        with pytest.raises(RefusedError) as refusal:
            case.receive("2026-03-10 09:00", role="desk", by="li")
        refused = refusal.value.refused
        assert isinstance(refused, Refused)
        assert refused.reasons == (NotInRole("li", "desk", ("ma",)),)
        assert refused.text() == "'li' does not act as 'desk' at that time; acting: ma"
        assert refused.text("zh") == "“li”当时不担任“desk”；当时担任者：ma"

    def test_any_substitute_of_an_absent_holder_may_act(self) -> None:
        case = play(away(LI, "ma", "wu"), OFFICE, LEAD)
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        done = case.try_do("2026-03-10 09:10", "look", role="engineer", by="wu")
        assert isinstance(done, Accepted)

    def test_a_substitute_of_one_who_is_there_may_not(self) -> None:
        case = play(Person("li", roles=["engineer"], substitutes=["wu"]), OFFICE)
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        done = case.try_do("2026-03-10 09:10", "look", role="engineer", by="wu")
        assert isinstance(done, Refused)

    def test_who_is_reached_in_a_vacancy_may_act(self) -> None:
        case = play(OFFICE)
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        view = view_of(case.case.program, case.case.standing)
        directory = People.of(DESK, OFFICE)
        assert [one.id for one in reach(view, directory, "engineer", 0).people] == ["wu"]
        assert may_act(view, directory, "wu", "engineer", 0)
        assert not may_act(view, directory, "ma", "engineer", 0)

    def test_those_who_sign_must_hold_their_roles_too(self) -> None:
        case = play(LI, LEAD, OFFICE)
        case.receive("2026-03-10 09:00", role="desk", by="ma")
        done = case.try_do(
            "2026-03-10 09:10", "close", role="engineer", by="li", signed={"lead": "li"}
        )
        assert isinstance(done, Refused)
        assert done.reasons == (NotInRole("li", "lead", ("zhao",)),)
