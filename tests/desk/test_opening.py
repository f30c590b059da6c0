"""A case is opened with what its policy speaks of, under the policy that the book chooses."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Callable
from typing import Annotated, Any

import attrs
import pytest

from complaintflow.desk.book import PolicyBook
from complaintflow.desk.book_entry import BookEntry
from complaintflow.desk.desk import Desk
from complaintflow.domain.complaint import Complaint, Item
from complaintflow.domain.domain import Domain
from complaintflow.domain.values import Money
from complaintflow.errors import (
    CommandReusedError,
    InvalidValueError,
    PolicyError,
    RefusedError,
)
from complaintflow.moments import instant
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads
from complaintflow.store.memory import MemoryStore

Make = Callable[..., Policy]
Said = dict[str, Any]
JULY = _dt.date(2026, 7, 1)
TEXT = """
policy = { id = "own", version = "1", semantics = 1, calendar = "c", final = ["closed"] }
calendar.c = { timezone = "Asia/Shanghai", week = { "mon-fri" = ["09:00-17:00"] } }
clauses = { R1 = "Everything" }
roles = { desk = "R1" }
facts = { urgent = "yes/no" }
[step]
open = { clause = "R1", by = "desk", to = "open", asks = ["vin"] }
close = { clause = "R1", by = "desk", from = "open", to = "closed" }
[duty]
call = { clause = "R1", owner = "desk", starts = "urgent or cost > 5 CNY" }
"""


@attrs.frozen
class Claim:
    vin: str
    colour: str = "red"
    cost: Annotated[Money, "CNY"] | None = None


def at(wall: str) -> _dt.datetime:
    return instant(wall, "Asia/Shanghai")


def desk(policy: Policy | PolicyBook, **options: object) -> Desk:
    return Desk(policy, now=lambda: at("2026-07-10T09:00"), **options)  # type: ignore[arg-type]


class TestOwnClass:
    DOMAIN = Domain.of(Claim)

    def test_the_case_keeps_what_the_policy_speaks_of(self) -> None:
        ours = desk(loads(TEXT, domain=self.DOMAIN), domain=self.DOMAIN)
        case = ours.receive(Claim("LSV1", cost=Money(6, "CNY")), by="li", role="desk").case
        view = ours.case(case.id)
        assert view.facts == {"vin": "LSV1", "cost": Money(6, "CNY")}
        assert [owed.duty for owed in view.owed] == ["call"]

    def test_facts_by_name_are_all_meant(self) -> None:
        ours = desk(loads(TEXT, domain=self.DOMAIN), domain=self.DOMAIN)
        with pytest.raises(RefusedError, match="colour"):
            ours.receive({"vin": "LSV1", "colour": "red"}, by="li", role="desk")

    def test_a_wrong_value(self) -> None:
        ours = desk(loads(TEXT, domain=self.DOMAIN), domain=self.DOMAIN)
        with pytest.raises(InvalidValueError, match=r"cost: .*USD"):
            ours.receive(Claim("LSV1", cost=Money(6, "USD")), by="li", role="desk")

    def test_a_class_that_the_desk_does_not_know(self) -> None:
        ours = desk(loads(TEXT, domain=self.DOMAIN))
        with pytest.raises(InvalidValueError, match=r"Domain.of\(YourComplaint\)"):
            ours.receive(Claim("LSV1"), by="li", role="desk")

    def test_the_same_complaint_twice_is_one_case(self) -> None:
        ours = desk(loads(TEXT, domain=self.DOMAIN), domain=self.DOMAIN)
        first = ours.receive(Claim("LSV1"), by="li", role="desk", command_id="x")
        assert ours.receive(Claim("LSV1"), by="li", role="desk", command_id="x") == first
        with pytest.raises(CommandReusedError):  # although the policy never sees the colour
            ours.receive(Claim("LSV1", "blue"), by="li", role="desk", command_id="x")


class TestComplaint:
    TEXT = TEXT.replace('["vin"]', '["customer", "product"]').replace("cost", "claim")
    COMPLAINT = Complaint(
        customer="Meyer",
        received_at=_dt.datetime(2026, 7, 3, 1, tzinfo=_dt.UTC),
        number="M-7",
        items=[Item("pump")],
        description="It leaks",
    )

    def test_when_it_was_received_and_its_number(self) -> None:
        domain = Domain.of(Complaint, currency="CNY")
        ours = desk(loads(self.TEXT, domain=domain), domain=domain)
        assert ours.receive(self.COMPLAINT, by="li", role="desk").case.id == "M-7"
        case = ours.case("M-7")
        assert case.received == at("2026-07-03T09:00")
        assert case.facts == {"customer": "Meyer", "product": "pump"}

    def test_the_caller_knows_better(self) -> None:
        domain = Domain.of(Complaint, currency="CNY")
        ours = desk(loads(self.TEXT, domain=domain), domain=domain)
        when = at("2026-07-04T09:00")
        ours.receive(self.COMPLAINT, by="li", role="desk", at=when, number="X")
        assert ours.case("X").received == when


class TestBook:
    @pytest.fixture
    def book(self, make: Make) -> PolicyBook:
        return PolicyBook(
            [
                make("general", "1"),
                make("general", "2", JULY),
                BookEntry(make("wuhan"), {"site": "wuhan"}),
            ]
        )

    def policy_of(self, ours: Desk, number: str) -> str:
        policy = ours.case(number).program.policy
        return f"{policy.id} {policy.version}"

    def test_by_what_is_said_and_when_it_was_received(self, book: PolicyBook) -> None:
        ours = desk(book)
        june = at("2026-06-30T09:00")
        said: Said = {"by": "li", "role": "desk"}
        for number, when, choose in (
            ("A", None, {"site": "berlin"}),
            ("B", june, {"site": "berlin"}),
            ("C", june, {"site": "wuhan", "kind": "oral"}),
        ):
            ours.receive({"subject": "x"}, at=when, number=number, choose=choose, **said)
        found = {number: self.policy_of(ours, number) for number in "ABC"}
        assert found == {"A": "general 2", "B": "general 1", "C": "wuhan 1"}

    def test_an_open_case_stays_with_its_policy(self, book: PolicyBook, make: Make) -> None:
        store = MemoryStore()
        before = desk(make("general", "1"), store=store)
        number = before.receive({"subject": "x"}, by="li", role="desk").case.id
        after = desk(book, store=store)
        after.do(number, "close", by="li", role="desk")
        assert self.policy_of(after, number) == "general 1"
        assert after.case(number).is_final

    def test_numbers_do_not_collide(self, book: PolicyBook) -> None:
        ours = desk(book)
        sites = ("berlin", "wuhan", "berlin")
        numbers = [
            ours.receive({"subject": "x"}, by="li", role="desk", choose={"site": site}).case.id
            for site in sites
        ]
        assert numbers == ["2026-0001", "2026-0002", "2026-0003"]

    def test_what_the_book_does_not_answer(self, book: PolicyBook, make: Make) -> None:
        ours = desk(book)
        with pytest.raises(InvalidValueError, match=r"say site=\.\.\."):
            ours.receive({"subject": "x"}, by="li", role="desk")
        later = desk(PolicyBook([make(effective=_dt.date(2027, 1, 1))]))
        with pytest.raises(PolicyError, match="no policy holds for a case on 2026-07-10"):
            later.receive({"subject": "x"}, by="li", role="desk")
        assert list(later.cases()) == []

    def test_a_repeated_command_is_not_chosen_anew(self, make: Make) -> None:
        store = MemoryStore()
        one, two = make("general", "1"), make("general", "2")
        said: Said = {"by": "li", "role": "desk", "command_id": "x"}
        first = desk(one, store=store).receive({"subject": "x"}, **said)
        again = desk(two, store=store, earlier=[one]).receive({"subject": "x"}, **said)
        assert again == first

    def test_another_choice_is_another_command(self, book: PolicyBook) -> None:
        ours = desk(book)
        said: Said = {"by": "li", "role": "desk", "command_id": "x"}
        ours.receive({"subject": "x"}, choose={"site": "wuhan"}, **said)
        with pytest.raises(CommandReusedError):
            ours.receive({"subject": "x"}, choose={"site": "berlin"}, **said)

    def test_an_adopted_case_is_chosen_by_its_receipt(self, book: PolicyBook) -> None:
        ours = desk(book)
        ours.adopt(
            "OLD-1",
            system="paper",
            state="open",
            received=at("2026-05-01T09:00"),
            facts={"subject": "x"},
            by="li",
            role="desk",
            choose={"site": "berlin"},
        )
        assert self.policy_of(ours, "OLD-1") == "general 1"

    def test_the_one_policy_of_a_desk(self, book: PolicyBook, make: Make) -> None:
        policy = make()
        assert desk(policy).policy is policy
        with pytest.raises(InvalidValueError, match="several policies"):
            _ = desk(book).policy


def test_a_view_shows_what_is_computed() -> None:
    text = TEXT.replace(
        "facts = { urgent",
        'facts = { twice = { type = "money CNY", is = "cost + cost" }, urgent',
    ).replace("cost >", "twice >")
    domain = Domain.of(Claim)
    ours = desk(loads(text, domain=domain), domain=domain)
    number = ours.receive(Claim("LSV1", cost=Money(2, "CNY")), by="li", role="desk").case.id
    assert ours.case(number).facts["twice"] == Money(4, "CNY")
    without = ours.receive(Claim("LSV2"), by="li", role="desk").case.id
    assert ours.case(without).facts == {"vin": "LSV2"}
