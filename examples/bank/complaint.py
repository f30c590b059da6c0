"""What a complaint is for a bank: no goods, no lots; an account, a transaction, a conduct."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated

import attrs

from complaintflow import Complaint, Domain, Money
from complaintflow.domain.types import MoneyOf, Simple
from complaintflow.policy.expression import Function


class Subject(enum.StrEnum):
    """What the customer complains of."""

    TRANSFER = "transfer"
    CARD = "card"
    LOAN = "loan"
    FEES = "fees"
    CONDUCT = "conduct"


class Channel(enum.StrEnum):
    """How the complaint came."""

    BRANCH = "branch"
    PHONE = "phone"
    REGULATOR = "regulator"


class Circumstance(enum.StrEnum):
    """What makes a case pressing."""

    FUNDS_BLOCKED = "funds_blocked"
    PENSION = "pension"
    FRAUD = "fraud"


@attrs.frozen(kw_only=True)
class BankComplaint(Complaint):
    """A complaint of a bank's customer; the library's class, without its items."""

    subject: Subject
    channel: Channel = Channel.BRANCH
    branch: str = ""
    born_on: dt.date | None = None
    claim: Annotated[Money, "EUR"] | None = None
    booked_on: dt.date | None = None
    due_on: dt.date | None = None
    circumstances: frozenset[Circumstance] = frozenset()


RATE = Decimal("0.09")
"""Interest on a payment that came late, a year."""


def lost_interest(amount: Money, due_on: dt.date, booked_on: dt.date) -> Money | None:
    """What a late booking costs the customer, in whole cents; None if it was not late (B6)."""
    days = (booked_on - due_on).days
    if days <= 0:
        return None
    return Money((amount.amount * RATE * days / 365).quantize(Decimal("0.01")), amount.currency)


EUR, DATE = MoneyOf("EUR"), Simple("date")

DOMAIN = Domain.of(
    BankComplaint,
    functions={"lost_interest": Function((EUR, DATE, DATE), EUR, lost_interest)},
)
