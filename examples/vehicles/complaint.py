"""What a complaint is for a car maker: a vehicle with VIN and mileage, and what failed on it."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo

import attrs

from complaintflow import Domain, InvalidValueError, Loader, Money
from complaintflow.domain.types import Simple
from complaintflow.policy.expression import Function


class Part(enum.Enum):
    """What failed."""

    BRAKES = "brakes"
    STEERING = "steering"
    AIRBAG = "airbag"
    ENGINE = "engine"
    BATTERY = "battery"
    BODY = "body"
    EQUIPMENT = "equipment"


@attrs.frozen
class Vehicle:
    """One vehicle. Its VIN has 17 characters, never I, O or Q."""

    vin: str = attrs.field()
    model: str
    sold_on: dt.date

    @vin.validator
    def _valid(self, _: object, vin: str) -> None:
        if len(vin) != 17 or not vin.isalnum() or set(vin) & set("IOQ") or vin != vin.upper():
            raise InvalidValueError(f"a VIN has 17 letters (never I, O, Q) and digits, got {vin!r}")


@attrs.frozen
class VehicleComplaint:
    """What a dealer reports of a vehicle."""

    vehicle: Vehicle
    dealer: str
    mileage: int
    part: Part
    symptom: str
    reported_at: dt.datetime
    driving: bool | None = None
    injured: bool | None = None
    immobile: bool | None = None
    repair: Annotated[Money, "CNY"] | None = None


def in_warranty(sold_on: dt.date, failed_on: dt.datetime, mileage: Decimal) -> bool:
    """Three years or 100,000 km from the sale, whatever comes first (clause V4)."""
    until = (sold_on.year + 3, sold_on.month, sold_on.day)
    day = failed_on.astimezone(HERE).date()  # facts are kept in UTC, warranties by wall dates
    return (day.year, day.month, day.day) <= until and mileage <= 100_000


HERE = ZoneInfo("Asia/Shanghai")
NUMBER, DATE, INSTANT = Simple("number"), Simple("date"), Simple("instant")

DOMAIN = Domain.of(
    VehicleComplaint,
    # The vehicle is a class of its own, so its fields are read through it.
    facts={
        "vin": ("text", lambda complaint: complaint.vehicle.vin),
        "model": ("text", lambda complaint: complaint.vehicle.model),
        "sold_on": ("date", lambda complaint: complaint.vehicle.sold_on),
    },
    functions={
        "in_warranty": Function((DATE, INSTANT, NUMBER), Simple("yes/no"), in_warranty),
    },
)

LOADER = Loader(VehicleComplaint, naive="Asia/Shanghai", rename={"mileage": "odometer_km"})
"""For the dealers' system: its times have no zone, and it calls the mileage ``odometer_km``."""
