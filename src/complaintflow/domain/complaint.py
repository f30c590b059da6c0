"""A complaint with its items, for hosts that have no class of their own."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs

from complaintflow.domain.values import Evidence, Money, Quantity
from complaintflow.errors import InvalidValueError

__all__ = ["Complaint", "Item"]


@attrs.frozen
class Item:
    """One product of a complaint: what, of which lot, how many, what is wrong with it."""

    product: str
    model: str = ""
    lot: str = ""
    shipped: Quantity | None = None
    defective: Quantity | None = None
    defect: str = ""
    produced_on: _dt.date | None = None
    shipped_on: _dt.date | None = None


def _items(values: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(values)


def _files(values: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(values)


@attrs.frozen(kw_only=True)
class Complaint:
    """What a customer complains of (投诉).

    Args:
        customer: Who complains, as the host names it.
        items: What it is about, at least one product; empty for a service.
        received_at: When it was received; an aware datetime.
        number: The host's own number; None lets the desk give one.
        channel: How it came.
        description: What the customer said.
        claim: What the customer claims.
        evidence: Photos, samples, letters.
    """

    customer: str
    received_at: _dt.datetime = attrs.field()
    items: tuple[Item, ...] = attrs.field(default=(), converter=_items)
    number: str | None = None
    channel: str = ""
    description: str = ""
    claim: Money | None = None
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=_files)

    @received_at.validator
    def _aware(self, _: Any, value: _dt.datetime) -> None:
        from complaintflow.moments import to_micros

        to_micros(value, "received_at")

    def facts(self) -> dict[str, Any]:
        """The complaint as facts.

        Texts and dates of the items are facts where all items agree (several that differ are
        nobody's single fact); quantities of one unit are added up.
        """
        found: dict[str, Any] = {
            "customer": self.customer,
            "channel": self.channel or None,
            "description": self.description or None,
            "claim": self.claim,
            "evidence": self.evidence or None,
        }
        found |= {field.name: self.of_items(field.name) for field in attrs.fields(Item)}
        return {name: value for name, value in found.items() if value is not None}

    def of_items(self, name: str) -> Any:
        """What the items say of *name* together: what all agree on, or the sum of quantities."""
        values: list[Any] = [getattr(item, name) or None for item in self.items]
        if name in ("shipped", "defective"):
            return _total(values) if values and None not in values else None
        return values[0] if len(set(values)) == 1 else None


def _total(amounts: list[Quantity]) -> Quantity | None:
    units = {amount.unit for amount in amounts}
    if len(units) != 1:
        return None
    try:
        return Quantity(sum((amount.amount for amount in amounts), Decimal(0)), units.pop())
    except InvalidValueError:
        return None
