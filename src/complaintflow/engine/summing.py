"""Adding up a fact over cases: exact, in the currency of its type."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact
from typing import Any

from complaintflow.domain.types import FactType, MoneyOf
from complaintflow.domain.values import Money

__all__ = ["total"]

_EXACT = Context(prec=1_000, traps=[Inexact])  # amounts have at most 200 digits


def total(kind: FactType, values: Iterable[Any]) -> Money | Decimal:
    """The sum of *values*, numbers or amounts of money of the type *kind*; zero of none."""
    found = Decimal(0)
    for value in values:
        found = _EXACT.add(found, value.amount if isinstance(value, Money) else value)
    return Money(found, kind.currency) if isinstance(kind, MoneyOf) else found
