"""For any cases in any order: a sum over cases is what a clerk with a list would add up."""

from __future__ import annotations

from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.audit.events import Summed
from complaintflow.domain.values import Money
from complaintflow.policyfile import loads
from complaintflow.testing.rehearsal import Rehearsal

TEXT = """
policy = {{ id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }}
[calendar.always]
timezone = "UTC"
week = {{ mon-sun = ["00:00-24:00"] }}
[roles]
sales = ""
[facts]
customer = "text"
paid = "money CNY"
valid = "yes/no"
granted = {{ sum = "paid", same = ["customer"], within = "10 days", where = "valid", this_one = {own} }}
[step]
open = {{ by = "sales", to = "going", asks = ["customer", "valid"] }}
pay = {{ by = "sales", from = "going", asks = ["paid"] }}
close = {{ by = "sales", from = "going", to = "done", needs = {{ C = "granted < 1 CNY" }} }}
"""
POLICIES = {own: loads(TEXT.format(own=str(own).lower())) for own in (True, False)}
AMOUNTS = st.integers(-(10**6), 10**20).map(lambda cents: Decimal(cents).scaleb(-2))


@attrs.frozen
class Entry:
    """Open a case on a day, or pay in one that is open."""

    day: int
    customer: str
    valid: bool
    which: int
    amount: Decimal | None


ENTRIES = st.builds(
    Entry,
    st.integers(1, 28),
    st.sampled_from(["Huali", "Other"]),
    st.sampled_from([True, True, False]),
    st.integers(0, 5),
    st.none() | AMOUNTS,
)


@attrs.define
class Row:
    """One case on the clerk's list."""

    number: str
    day: int
    customer: str
    valid: bool
    paid: Decimal | None = None


def like(row: Row, listed: list[Row]) -> list[Row]:
    """The other cases of the customer that count, not older than ten days."""
    return [
        other
        for other in listed
        if other is not row
        and other.customer == row.customer
        and other.valid
        and other.paid is not None
        and other.day >= row.day - 10
    ]


def cents(amount: Decimal | None) -> int:
    assert amount is not None
    return int(amount.scaleb(2))


@given(st.lists(ENTRIES, min_size=1, max_size=14), st.booleans())
def test_a_sum_is_what_the_list_adds_up_to(entries: list[Entry], own: bool) -> None:
    play = Rehearsal(POLICIES[own])
    listed: list[Row] = []
    for entry in sorted(entries, key=lambda one: one.day):
        wall = f"2026-03-{entry.day:02} 09:00"
        if entry.amount is None or not listed:
            facts = {"customer": entry.customer, "valid": entry.valid}
            accepted = play.receive(wall, role="sales", facts=facts)
            row = Row(play.number, entry.day, entry.customer, entry.valid)
            listed.append(row)
        else:
            row = listed[entry.which % len(listed)]
            play.number, row.paid = row.number, entry.amount
            accepted = play.do(wall, "pay", role="sales", facts={"paid": f"{entry.amount} CNY"})
        known = play.case.facts.get("granted")
        if own and row.paid is None:
            assert known is None
            continue
        others = like(row, listed)
        wanted = sum(cents(other.paid) for other in others) + (cents(row.paid) if own else 0)
        assert known == Money(Decimal(wanted).scaleb(-2), "CNY")
        for event in accepted.events:
            if isinstance(event.body, Summed):
                assert set(event.body.cases) == {other.number for other in others}
