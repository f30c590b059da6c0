"""A host's raw data become its own complaint class, or every problem is said."""

from __future__ import annotations

import datetime as _dt
import enum
from decimal import Decimal
from typing import Annotated

import attrs
import pytest

from complaintflow.domain.complaint import Item
from complaintflow.domain.loading import Loader
from complaintflow.domain.values import Evidence, Money, Quantity
from complaintflow.errors import PolicyError


class Kind(enum.Enum):
    BRAKES = "brakes"
    ENGINE = "engine"


class Channel(enum.StrEnum):
    PHONE = "phone"
    MAIL = "mail"


@attrs.frozen
class Vehicle:
    vin: str
    mileage: int
    kind: Kind
    at: _dt.datetime
    safe: bool = True
    channel: Channel = Channel.PHONE
    cost: Annotated[Money, "CNY"] | None = None
    sold: _dt.date | None = None
    rate: Decimal = Decimal(0)
    items: tuple[Item, ...] = ()
    evidence: tuple[Evidence, ...] = ()


GOOD = {"vin": "LSV1", "mileage": 30_000, "kind": "brakes", "at": "2026-03-10T09:20+08:00"}


def problems(raw: object, **options: object) -> dict[str, str]:
    with pytest.raises(PolicyError) as caught:
        Loader(Vehicle, **options)(raw)  # type: ignore[arg-type]
    return {problem.path: problem.message for problem in caught.value.problems}


def test_what_is_right_is_read() -> None:
    raw = {
        **GOOD,
        "channel": "mail",
        "cost": "30.50 CNY",
        "sold": "2025-01-31",
        "rate": "0.5",
        "items": [{"product": "pad", "defective": "2 pcs"}],
        "evidence": ["photo.jpg", {"name": "letter", "size": 3}],
    }
    vehicle = Loader(Vehicle)(raw)
    assert vehicle.kind is Kind.BRAKES
    assert vehicle.channel is Channel.MAIL
    assert vehicle.cost == Money("30.5", "CNY")
    assert vehicle.sold == _dt.date(2025, 1, 31)
    assert vehicle.items == (Item("pad", defective=Quantity("2")),)
    assert vehicle.evidence == (Evidence("photo.jpg"), Evidence("letter", size=3))


def test_every_problem_at_once_with_its_path() -> None:
    found = problems(
        {
            "vin": 7,
            "mileage": "30000",
            "kind": "brake",
            "at": "yesterday",
            "safe": "false",
            "channel": "fax",
            "cost": 3.5,
            "rate": 0.1,
            "items": [{"produkt": "pad"}],
            "vln": "x",
        }
    )
    assert set(found) == {
        "vin",
        "mileage",
        "kind",
        "at",
        "safe",
        "channel",
        "cost",
        "rate",
        "items[0].product",
        "items[0].produkt",
        "vln",
    }
    assert "did you mean 'brakes'" in found["kind"]


@pytest.mark.parametrize("raw", [None, 3, [], "x"])
def test_what_is_no_mapping(raw: object) -> None:
    with pytest.raises(PolicyError, match="by name"):
        Loader(Vehicle)(raw)  # type: ignore[arg-type]


class TestNaiveTimes:
    """Many hosts' databases hold naive times; the loader says in which zone they are meant."""

    def test_refused_unless_a_zone_is_named(self) -> None:
        found = problems({**GOOD, "at": _dt.datetime(2026, 3, 10, 9, 20)})
        assert "time zone" in found["at"]

    def test_odoo_holds_naive_utc(self) -> None:
        vehicle = Loader(Vehicle, naive="UTC")({**GOOD, "at": _dt.datetime(2026, 3, 10, 1, 20)})
        assert vehicle.at == _dt.datetime(2026, 3, 10, 1, 20, tzinfo=_dt.UTC)

    def test_frappe_holds_naive_site_time(self) -> None:
        vehicle = Loader(Vehicle, naive="Asia/Shanghai")({**GOOD, "at": "2026-03-10 09:20:00"})
        assert vehicle.at == _dt.datetime(2026, 3, 10, 1, 20, tzinfo=_dt.UTC)

    def test_a_repeated_hour_is_said(self) -> None:
        raw = {**GOOD, "at": "2025-11-02 01:30:00"}
        assert "twice" in problems(raw, naive="America/New_York")["at"]
        second = Loader(Vehicle, naive="America/New_York", ambiguous="second")(raw)
        assert second.at.astimezone(_dt.UTC) == _dt.datetime(2025, 11, 2, 6, 30, tzinfo=_dt.UTC)


def test_the_hosts_keys_are_used_in_errors_too() -> None:
    rename = {"vin": "x_vin"}
    raw = {"x_vin": "LSV1", **{k: v for k, v in GOOD.items() if k != "vin"}}
    assert Loader(Vehicle, rename=rename)(raw).vin == "LSV1"
    assert set(problems({**raw, "x_vin": 3}, rename=rename)) == {"x_vin"}
