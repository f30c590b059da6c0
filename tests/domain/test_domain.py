"""A host's complaint class as facts."""

from __future__ import annotations

import datetime as _dt
import enum
from decimal import Decimal
from typing import Annotated

import attrs
import pytest

from complaintflow.domain.complaint import Complaint, Item
from complaintflow.domain.domain import Domain
from complaintflow.domain.types import MoneyOf, OneOf, Simple, SomeOf
from complaintflow.domain.values import Evidence, Money, Quantity, Ratio
from complaintflow.errors import InvalidValueError


class Kind(enum.Enum):
    BRAKES = "brakes"
    ENGINE = "engine"


class Word(enum.Enum):
    BRAKES = "制动"


@attrs.frozen
class Worded:
    kind: Word


@attrs.frozen
class Vehicle:
    vin: str


@attrs.frozen
class VehicleComplaint:
    vehicle: Vehicle
    mileage: int
    kinds: frozenset[Kind]
    kind: Kind
    cost: Annotated[Money, "CNY"] | None
    sold: _dt.date | None
    at: _dt.datetime
    rate: Ratio
    count: Quantity
    factor: Decimal
    files: tuple[Evidence, ...]
    safe: bool | None = None


DOMAIN = Domain.of(VehicleComplaint, facts={"vin": ("text", lambda c: c.vehicle.vin)})
COMPLAINT = VehicleComplaint(
    Vehicle("LSV1"),
    30_000,
    frozenset({Kind.ENGINE}),
    Kind.BRAKES,
    Money("30", "CNY"),
    None,
    _dt.datetime(2026, 3, 10, tzinfo=_dt.UTC),
    Ratio("0.5"),
    Quantity("3"),
    Decimal("1.5"),
    (Evidence("photo"),),
)


def test_fields_are_facts_of_their_types() -> None:
    assert DOMAIN.facts == {
        "mileage": Simple("number"),
        "kinds": SomeOf(("brakes", "engine")),
        "kind": OneOf(("brakes", "engine")),
        "cost": MoneyOf("CNY"),
        "sold": Simple("date"),
        "at": Simple("instant"),
        "rate": Simple("ratio"),
        "count": Simple("quantity"),
        "factor": Simple("number"),
        "files": Simple("files"),
        "safe": Simple("yes/no"),
        "vin": Simple("text"),
    }


def test_what_is_none_is_unknown() -> None:
    facts = DOMAIN.facts_of(COMPLAINT)
    assert facts["vin"] == "LSV1"
    assert facts["kinds"] == frozenset({"engine"})
    assert facts["mileage"] == Decimal(30_000)
    assert set(DOMAIN.facts) - set(facts) == {"sold", "safe"}


def test_money_says_its_currency() -> None:
    @attrs.frozen
    class Bad:
        cost: Money

    with pytest.raises(InvalidValueError, match="currency"):
        Domain.of(Bad)


def test_an_enum_has_codes() -> None:
    with pytest.raises(InvalidValueError, match="ASCII code"):
        Domain.of(Worded)


def test_wrong_values_are_all_named() -> None:
    wrong = attrs.evolve(COMPLAINT, cost=Money("30", "USD"), rate="half")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match=r"cost: .*USD.*; rate: "):
        DOMAIN.facts_of(wrong)
    with pytest.raises(InvalidValueError, match="expected a VehicleComplaint"):
        DOMAIN.facts_of("x")  # type: ignore[arg-type]


class TestSubclassOfComplaint:
    @attrs.frozen(kw_only=True)
    class Own(Complaint):
        machine: str = ""
        claim: Annotated[Money, "EUR"] | None = None

    def test_what_the_items_agree_on_is_a_fact(self) -> None:
        domain = Domain.of(self.Own)
        assert domain.facts["claim"] == MoneyOf("EUR")
        assert domain.facts["machine"] == Simple("text")
        assert domain.facts["produced_on"] == Simple("date")
        assert domain.facts["defective"] == Simple("quantity")
        assert "items" not in domain.facts
        complaint = self.Own(
            customer="Meyer",
            machine="M7",
            received_at=_dt.datetime(2026, 3, 10, tzinfo=_dt.UTC),
            items=(
                Item("pump", lot="L1", defective=Quantity(2)),
                Item("pump", lot="L2", defective=Quantity(0)),
            ),
        )
        facts = domain.facts_of(complaint)
        assert (facts["product"], facts["machine"]) == ("pump", "M7")
        assert facts["defective"] == Quantity(2)
        assert "lot" not in facts
        assert {name: facts[name] for name in complaint.facts()} == complaint.facts()

    def test_the_class_itself_needs_a_currency(self) -> None:
        with pytest.raises(InvalidValueError, match=r'Domain\.of.*currency="CNY"'):
            Domain.of(Complaint)
        assert Domain.of(Complaint, currency="CNY").facts["claim"] == MoneyOf("CNY")
        assert Domain.of(self.Own, currency="CNY").facts["claim"] == MoneyOf("EUR")

    def test_a_currency_is_one(self) -> None:
        with pytest.raises(InvalidValueError, match="currency"):
            Domain.of(Complaint, currency="yuan")
