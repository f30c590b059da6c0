"""Rows and records become complaints, with what hangs on them."""

from __future__ import annotations

import datetime as _dt
import enum
from types import SimpleNamespace
from typing import Annotated, Any, NamedTuple

import attrs
import pytest

from complaintflow.domain.complaint import Item
from complaintflow.domain.loading import Loader
from complaintflow.domain.values import Evidence, Money
from complaintflow.errors import PolicyError


class Part(enum.Enum):
    BRAKES = "brakes"


@attrs.frozen
class Vehicle:
    vin: str
    mileage: int


@attrs.frozen
class Claim:
    number: str
    at: _dt.datetime
    part: Part
    vehicle: Vehicle | None = None
    items: tuple[Item, ...] = ()
    cost: Annotated[Money, "CNY"] | None = None
    evidence: tuple[Evidence, ...] = ()


LOAD = Loader(Claim, naive="UTC", rename={"number": "name"})
AT = _dt.datetime(2026, 3, 10, 1, 20)


def record(**more: Any) -> SimpleNamespace:
    return SimpleNamespace(id=7, write_date=AT, name="C-1", at=AT, part="brakes", **more)


def test_what_is_no_field_is_not_looked_at() -> None:
    claim = LOAD.from_object(record())
    assert claim == Claim("C-1", AT.replace(tzinfo=_dt.UTC), Part.BRAKES)


def test_relations_are_followed() -> None:
    lines = [SimpleNamespace(product="pad", lot="L1", id=3), SimpleNamespace(product="disc")]
    raw = record(
        vehicle=SimpleNamespace(vin="LSV1", mileage=30_000, owner=None),
        items=lines,
        cost="30 CNY",
        evidence=["photo.jpg", Evidence("letter")],
    )
    claim = LOAD.from_object(raw)
    assert claim.vehicle == Vehicle("LSV1", 30_000)
    assert claim.items == (Item("pad", lot="L1"), Item("disc"))
    assert claim.cost == Money(30, "CNY")
    assert claim.evidence == (Evidence("photo.jpg"), Evidence("letter"))


def test_what_is_there_already_is_taken() -> None:
    vehicle, item = Vehicle("LSV1", 3), Item("pad")
    claim = LOAD.from_object(record(vehicle=vehicle, items=(item,), cost=Money(3, "CNY")))
    assert (claim.vehicle, claim.items, claim.cost) == (vehicle, (item,), Money(3, "CNY"))
    assert LOAD.from_object(record(vehicle={"vin": "LSV1", "mileage": 3})).vehicle == vehicle
    assert LOAD.from_object(record(vehicle=None)).vehicle is None


def test_a_named_tuple() -> None:
    class Row(NamedTuple):
        name: str
        at: _dt.datetime
        part: str
        cost: str | None

    assert LOAD.from_object(Row("C-1", AT, "brakes", None)).number == "C-1"


def test_problems_have_paths_in_the_words_of_the_record() -> None:
    raw = record(
        vehicle=SimpleNamespace(vin=3), items=[SimpleNamespace(product="pad", lot=4), 5], cost=3.5
    )
    raw.name = 8
    with pytest.raises(PolicyError) as caught:
        LOAD.from_object(raw)
    paths = {problem.path for problem in caught.value.problems}
    assert paths == {"name", "vehicle.vin", "vehicle.mileage", "items[0].lot", "items[1]", "cost"}


@pytest.mark.parametrize("raw", [None, 3, "x", object()])
def test_what_has_no_such_attributes(raw: object) -> None:
    with pytest.raises(PolicyError) as caught:
        LOAD.from_object(raw)
    assert {problem.path for problem in caught.value.problems} == {"name", "at", "part"}


def test_rows_and_objects_of_sqlalchemy() -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    engine = sqlalchemy.create_engine("sqlite://")
    with engine.begin() as connection:
        row = connection.execute(
            sqlalchemy.text(
                "SELECT 1 AS id, 'C-1' AS name, '2026-03-10 01:20:00' AS at, 'brakes' AS part"
            )
        ).one()
    engine.dispose()
    assert LOAD.from_object(row) == LOAD.from_object(record())
