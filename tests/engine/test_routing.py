"""complaintflow.engine.routing and assigning: who gets a case, why, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from complaintflow.audit.events import Assigned, Told
from complaintflow.desk.desk import Desk
from complaintflow.desk.people import People
from complaintflow.engine.outcome import Accepted
from complaintflow.engine.reasons import NotEligible, WrongRole
from complaintflow.errors import InvalidValueError, PolicyError, RefusedError
from complaintflow.policy.person import Person
from complaintflow.policy.policy import Policy
from complaintflow.policy.world import Choosing
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

POLICY = """
policy = {{ id = "small", version = "1", semantics = 1, calendar = "c", keeper = "office", final = ["closed"] }}
[roles]
desk = "1"
engineer = "2"
office = "3"
clerk = "4"
[facts]
subject = "one of: brakes, engine"
customer = "text"
[step]
receive = {{ clause = "1", by = "desk", to = "open", asks = ["subject", "customer"] }}
close = {{ clause = "4", by = "office", from = "open", to = "closed" }}
[duty]
look = {{ clause = "2", owner = "engineer", starts = "receive" }}
[tell]
heard = {{ clause = "2", on = "receive", to = "engineer" }}
closed = {{ clause = "4", on = "close", to = "clerk" }}
[route]
engineer = {{ clause = "2", by = "{by}" }}
[calendar.c]
timezone = "Asia/Shanghai"
week = {{ "mon-fri" = ["09:00-17:00"] }}
"""
MA = Person("ma", roles=["desk"])
WU = Person("wu", roles=["office"])


def engineer(code: str, *skills: str, **more: Any) -> Person:
    return Person(code, roles=["engineer"], skills=skills, **more)


ABC = (engineer("a"), engineer("b"), engineer("c"))


def policy(by: str) -> Policy:
    return loads(POLICY.format(by=by))


class Play(Rehearsal):
    """Cases one after the other, a minute apart."""

    def __init__(self, by: str, *people: Person, **more: Any) -> None:
        super().__init__(policy(by), directory=People.of(MA, WU, *people), **more)
        self.minute = 0

    def case_of(self, subject: str = "brakes", customer: str = "x", by: str = "ma") -> Assigned:
        self.minute += 1
        self.receive(
            f"2026-03-10 09:{self.minute:02}",
            role="desk",
            by=by,
            facts={"subject": subject, "customer": customer},
        )
        (found,) = self.bodies(Assigned)
        assert isinstance(found, Assigned)
        return found


class TestStrategies:
    def test_first_takes_the_first_in_the_list(self) -> None:
        assert Play("first", *ABC).case_of() == Assigned(
            "engineer", "a", "first", "", {"first": ("b", "c")}
        )

    def test_only_one_needs_no_strategy(self) -> None:
        assert Play("round robin", engineer("a")).case_of() == Assigned("engineer", "a", "only")

    def test_round_robin_goes_round_and_passes_over_who_is_away(self) -> None:
        play = Play("round robin", engineer("a"), engineer("b", absent=True), engineer("c"))
        found = [play.case_of() for _ in range(4)]
        assert [one.person for one in found] == ["a", "c", "c", "a"]
        assert [one.why for one in found] == ["1", "2", "3", "4"]
        assert found[0].considered == {"absent": ("b",), "round robin": ("c",)}

    def test_least_loaded_counts_open_cases(self) -> None:
        play = Play("least loaded", *ABC)
        found = [play.case_of().person for _ in range(4)]
        assert found == ["a", "b", "c", "a"]
        play.do("2026-03-10 10:00", "close", role="office", by="wu")
        assert play.case_of() == Assigned("engineer", "a", "first", "", {"first": ("b", "c")})
        assert play.case_of() == Assigned(
            "engineer", "b", "least loaded", "1", {"least loaded": ("a",), "first": ("c",)}
        )

    def test_weighted_gives_each_as_many_as_their_weight(self) -> None:
        play = Play("weighted", engineer("a", weight=3), engineer("b"), engineer("c", weight=2))
        found = [play.case_of().person for _ in range(12)]
        assert {code: found[:6].count(code) for code in "abc"} == {"a": 3, "b": 1, "c": 2}
        assert found[:6] == found[6:]
        assert "".join(found[:6]) != "aaabcc", "one's turns are spread"

    def test_skill_leaves_those_who_can(self) -> None:
        play = Play("skill subject, first", engineer("a", "engine"), engineer("b", "brakes"))
        assert play.case_of("brakes") == Assigned(
            "engineer", "b", "skill subject", "brakes", {"skill subject": ("a",)}
        )

    def test_where_nobody_has_the_skill_it_climbs(self) -> None:
        found = Play("skill subject, first", engineer("a", "engine")).case_of("brakes")
        assert (found.person, found.acting) == ("wu", "office")
        assert found.considered == {"skill subject": ("a",)}

    def test_sticky_goes_to_who_had_the_same_before(self) -> None:
        play = Play("sticky customer, round robin", *ABC)
        found = [play.case_of(customer=who) for who in ("x", "y", "y", "x", "z")]
        assert [one.person for one in found] == ["a", "b", "b", "a", "c"]
        number = next(iter(play.desk.cases())).number
        assert found[3] == Assigned(
            "engineer", "a", "sticky customer", number, {"sticky customer": ("b", "c")}
        )

    def test_the_first_receiver_stays_responsible(self) -> None:
        play = Play("receiver, first", engineer("a"), Person("b", roles=["desk", "engineer"]))
        assert play.case_of(by="b").person == "b"
        assert play.case_of(by="ma").person == "a"

    def test_own_asks_the_host(self) -> None:
        asked: list[Choosing] = []

        def last(choosing: Choosing, /) -> Sequence[str]:
            asked.append(choosing)
            return [choosing.candidates[-1].id]

        desk = Desk(
            policy("own last"),
            directory=People.of(MA, WU, *ABC),
            strategies={"last": last},
        )
        accepted = desk.receive({"subject": "brakes", "customer": "x"}, by="ma", role="desk")
        assert accepted.case.assigned == {"engineer": "c"}
        (choosing,) = asked
        assert choosing.values["subject"] == "brakes"
        assert dict(choosing.values)["customer"] == "x"
        assert choosing.candidates == ABC

    @pytest.mark.parametrize("answer", [[], ["wu"], ["a", "nobody"]])
    def test_an_answer_that_is_no_candidate_is_a_fault_of_the_host(self, answer: list[str]) -> None:
        desk = Desk(
            policy("own odd"),
            directory=People.of(MA, WU, *ABC),
            strategies={"odd": lambda choosing, /: answer},
        )
        with pytest.raises(
            InvalidValueError, match=r"'odd' answered .*; expected one or more of a"
        ):
            desk.receive({"subject": "brakes", "customer": "x"}, by="ma", role="desk")

    def test_a_strategy_that_the_desk_does_not_have_is_found_when_it_is_made(self) -> None:
        with pytest.raises(PolicyError, match=r"'odd', which this desk .*did you mean 'od'"):
            Desk(policy("own odd"), strategies={"od": lambda choosing, /: ["a"]})


class TestChoice:
    def test_it_waits_with_who_stands_above_for_a_person_to_choose(self) -> None:
        play = Play("skill subject, choice", engineer("a", "brakes"), engineer("b", "brakes"))
        found = play.case_of()
        assert (found.person, found.acting, found.strategy) == ("wu", "office", "choice")
        assert found.considered == {"choice": ("a", "b")}
        play.desk.assign(play.number, "engineer", "b", by="wu", role="office", reason="knows it")
        assert play.case.standing.case.assigned == {"engineer": "b"}
        (owed,) = play.case.owed
        assert owed.people == {"engineer": "b"}

    def test_who_neither_holds_the_role_nor_stands_above_may_not_choose(self) -> None:
        play = Play("choice", *ABC, Person("xu", roles=["clerk"]))
        play.case_of()
        with pytest.raises(RefusedError) as refusal:
            play.desk.assign(play.number, "engineer", "b", by="xu", role="clerk")
        assert refusal.value.refused.reasons == (
            WrongRole("assign engineer", "clerk", "engineer or office or desk", "2"),
        )

    def test_who_cannot_have_it_is_refused_and_who_can_is_named(self) -> None:
        play = Play("choice", engineer("a"), engineer("b", absent=True))
        play.case_of()
        for person, why in (("b", "absent"), ("wu", "stranger")):
            with pytest.raises(RefusedError) as refusal:
                play.desk.assign(play.number, "engineer", person, by="wu", role="office")
            assert refusal.value.refused.reasons == (NotEligible(person, "engineer", why, ("a",)),)


class TestOwner:
    def test_absent_people_are_stood_in_for(self) -> None:
        play = Play("first", engineer("a", absent=True, substitutes=["wu"]))
        found = play.case_of()
        assert (found.person, found.acting, found.considered) == ("wu", "", {"absent": ("a",)})

    def test_last_it_stays_with_who_opened_the_case(self) -> None:
        play = Rehearsal(policy("first"), directory=People.of(MA))
        play.receive(
            "2026-03-10 09:00", role="desk", by="ma", facts={"subject": "brakes", "customer": "x"}
        )
        assert play.bodies(Assigned) == [Assigned("engineer", "ma", "only", "", {}, "desk")]

    def test_without_a_directory_nobody_is_chosen(self) -> None:
        play = Rehearsal(policy("first"))
        play.receive("2026-03-10 09:00", role="desk", facts={"subject": "brakes", "customer": "x"})
        assert play.bodies(Assigned) == []

    def test_only_the_chosen_person_is_told(self) -> None:
        play = Play("least loaded", *ABC)
        play.case_of()
        (told,) = play.bodies(Told)
        assert told.people == {"engineer": ("a",)}

    def test_a_refused_opening_gives_its_turn_back(self) -> None:
        play = Play("round robin", *ABC)
        play.case_of()
        with pytest.raises(RefusedError):
            play.receive("2026-03-10 09:30", role="desk", by="ma", facts={"subject": "brakes"})
        assert play.case_of().why == "2"

    def test_repeating_a_command_gives_the_first_outcome(self) -> None:
        play = Play("round robin", *ABC)
        said = {"subject": "brakes", "customer": "x"}
        play.at("2026-03-10 09:00")
        first = play.desk.receive(said, by="ma", role="desk", command_id="1")
        again = play.desk.receive(said, by="ma", role="desk", command_id="1")
        assert isinstance(first, Accepted)
        assert again.events == first.events


class TestBarred:
    """Recused persons, those concerned, and those who did what must stay apart."""

    def test_who_is_recused_is_replaced_at_once(self) -> None:
        play = Play("first", *ABC)
        play.case_of()
        play.desk.recuse(play.number, "a", reason="a friend of theirs", by="wu", role="office")
        assert play.bodies(Assigned)[-1] == Assigned(
            "engineer", "b", "first", "", {"recused": ("a",), "first": ("c",)}
        )
        with pytest.raises(RefusedError) as refusal:
            play.desk.assign(play.number, "engineer", "a", by="wu", role="office")
        assert NotEligible("a", "engineer", "recused", ("b", "c")) in refusal.value.refused.reasons

    def test_who_is_concerned_or_received_it_is_passed_over(self) -> None:
        text = (
            POLICY.format(by="first")
            + """
[apart]
own = { clause = "2", acts = ["receive", "look", "customer"] }
"""
        )
        both = Person("d", roles=["desk", "engineer"])
        play = Rehearsal(loads(text), directory=People.of(MA, WU, both, *ABC))
        play.receive(
            "2026-03-10 09:00", role="desk", by="d", facts={"subject": "brakes", "customer": "a"}
        )
        assert play.bodies(Assigned) == [
            Assigned(
                "engineer",
                "b",
                "first",
                "",
                {"apart": ("d",), "concerned": ("a",), "first": ("c",)},
            )
        ]


class TestExplained:
    def test_in_two_languages_with_everybody(self) -> None:
        play = Play("least loaded, first", engineer("a"), engineer("b", absent=True), engineer("c"))
        play.case_of()
        story = play.desk.explain(play.number)
        line = next(one for one in story.story if one.key == "assigned")
        assert line.clauses == ("2",)
        assert line.text_en == (
            "a has the case as engineer (first in the list); b: absent; c: further down the list"
        )
        assert line.text_zh == "a 作为engineer承办（名单首位）；b：不在岗；c：名单靠后"

    def test_by_hand_with_the_reason(self) -> None:
        play = Play("first", *ABC)
        play.case_of()
        play.desk.assign(play.number, "engineer", "c", by="wu", role="office", reason="knows it")
        line = play.desk.explain(play.number).story[-1]
        assert line.text_en == "c has the case as engineer (chosen by wu (office): knows it)"
