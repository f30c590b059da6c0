"""Facts that add up another fact over cases: cumulative money, exact, with its evidence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from complaintflow.audit.events import Summed
from complaintflow.domain.types import MoneyOf
from complaintflow.domain.values import Money
from complaintflow.engine.outcome import Refused
from complaintflow.engine.summing import total
from complaintflow.errors import PolicyFileError
from complaintflow.policyfile import dump, loads
from complaintflow.testing.rehearsal import Rehearsal

TEXT = """
policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["done"] }
[calendar.always]
timezone = "Asia/Shanghai"
week = { mon-sun = ["00:00-24:00"] }
[clauses]
C1 = "a clause"
C2 = "another one"
[roles]
sales = "C1"
manager = "C1"
[facts]
customer = "text"
paid = "money CNY"
valid = "yes/no"
granted = { sum = "paid", same = ["customer"], within = "1 year", where = "valid", this_one = true, clause = "C2" }
[decide.authority]
pick = "first"
manager.C2 = "granted > 5000 CNY"
sales.C1 = "granted <= 5000 CNY"
[step]
open = { by = "sales", to = "going", asks = ["customer", "valid"] }
propose = { by = "sales", from = "going", to = "proposed", asks = ["paid"] }
pay = { by = "sales", from = "proposed", to = "done", needs = { C2 = "consent is yes" } }
[approval]
consent = { clause = "C2", by = "authority", starts = "propose" }
"""


def opened(play: Rehearsal, wall: str, customer: str = "Huali", *, valid: bool = True) -> str:
    play.receive(wall, role="sales", facts={"customer": customer, "valid": valid})
    return play.number


def proposed(play: Rehearsal, wall: str, amount: str) -> None:
    play.do(wall, "propose", role="sales", facts={"paid": amount})


def test_amounts_of_like_cases_are_added_up_and_the_authority_follows() -> None:
    play = Rehearsal(loads(TEXT))
    first = opened(play, "2026-03-10 09:00")
    proposed(play, "2026-03-10 10:00", "3000 CNY")
    assert play.case.answers["authority"] == "sales"
    other = opened(play, "2026-03-11 09:00", "Other")
    proposed(play, "2026-03-11 10:00", "4000 CNY")
    opened(play, "2026-03-12 09:00")
    proposed(play, "2026-03-12 10:00", "2000.01 CNY")
    assert play.case.facts["granted"] == Money(Decimal("5000.01"), "CNY")
    assert play.case.answers["authority"] == "manager"
    summed = play.bodies(Summed)[-1]
    assert (summed.cases, summed.key) == ((first,), {"customer": "Huali"})
    assert other not in summed.cases
    answered = play.desk.try_do(play.number, "pay", by="li", role="sales")
    assert isinstance(answered, Refused)
    play.desk.approve(play.number, "consent", True, by="boss", role="manager")
    play.do("2026-03-12 11:00", "pay", role="sales")
    for language in ("en", "zh"):
        assert "5000.01" in play.desk.explain(play.number).text(language)


def test_while_this_case_has_no_amount_the_sum_is_not_known() -> None:
    play = Rehearsal(loads(TEXT))
    opened(play, "2026-03-10 09:00")
    assert "granted" not in play.case.facts
    assert play.case.answers["authority"] is None
    proposed(play, "2026-03-10 10:00", "1 CNY")
    assert play.case.facts["granted"] == Money(Decimal(1), "CNY")
    play.note("2026-03-10 11:00", paid=None)
    assert "granted" not in play.case.facts
    assert play.bodies(Summed)[-1].value is None


def test_without_this_one_only_the_others_are_added() -> None:
    play = Rehearsal(loads(TEXT.replace("this_one = true", "this_one = false")))
    opened(play, "2026-03-10 09:00")
    assert play.case.facts["granted"] == Money(Decimal(0), "CNY")
    proposed(play, "2026-03-10 10:00", "3000 CNY")
    assert play.case.facts["granted"] == Money(Decimal(0), "CNY")


def test_what_was_received_later_but_granted_before_counts() -> None:
    play = Rehearsal(loads(TEXT))
    early = opened(play, "2026-03-10 09:00")
    opened(play, "2026-03-11 09:00")
    proposed(play, "2026-03-11 10:00", "4000 CNY")
    play.number = early
    proposed(play, "2026-03-12 10:00", "2000 CNY")
    assert play.case.facts["granted"] == Money(Decimal(6000), "CNY")


@pytest.mark.parametrize(("wall", "amount"), [("2027-03-10 09:00", 3001), ("2027-03-10 09:01", 1)])
def test_the_window_goes_back_from_the_receipt(wall: str, amount: int) -> None:
    play = Rehearsal(loads(TEXT))
    opened(play, "2026-03-10 09:00")
    proposed(play, "2026-03-10 10:00", "3000 CNY")
    opened(play, wall)
    proposed(play, wall, "1 CNY")
    assert play.case.facts["granted"] == Money(Decimal(amount), "CNY")


def test_cases_that_do_not_fit_and_void_ones_add_nothing() -> None:
    play = Rehearsal(loads(TEXT))
    opened(play, "2026-03-10 09:00", valid=False)
    proposed(play, "2026-03-10 10:00", "3000 CNY")
    void = opened(play, "2026-03-11 09:00")
    proposed(play, "2026-03-11 10:00", "3000 CNY")
    play.desk.void(void, reason="twice", by="li", role="sales")
    opened(play, "2026-03-12 09:00")
    proposed(play, "2026-03-12 10:00", "1 CNY")
    assert play.case.facts["granted"] == Money(Decimal(1), "CNY")


def test_a_sum_is_exact() -> None:
    values = [Money(Decimal("0.01"), "CNY"), Money(Decimal(10) ** 40, "CNY")] * 3
    wanted = Decimal("3" + "0" * 40 + ".03")
    assert total(MoneyOf("CNY"), values) == Money(wanted, "CNY")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('sum = "paid"', 'sum = "payd"', "no fact is called 'payd'"),
        (
            'sum = "paid"',
            'sum = "customer"',
            "numbers and money are added up, but customer is text",
        ),
        ('sum = "paid"', 'sum = "granted"', "counted over cases itself"),
        ('sum = "paid"', 'sum = "paid", count = "cases"', "not both"),
        ('sum = "paid"', 'sum = "paid", type = "number"', "has no type and no formula"),
        ('same = ["customer"], ', "", "says what must be the same"),
        ('paid = "money CNY"', 'paid = { type = "money CNY", is = "granted" }', "its own answer"),
    ],
)
def test_mistakes(old: str, new: str, message: str) -> None:
    with pytest.raises(PolicyFileError) as error:
        loads(TEXT.replace(old, new))
    assert any(message in problem.message for problem in error.value.problems)


def test_what_is_written_reads_back() -> None:
    policy = loads(TEXT)
    assert loads(dump(policy)) == policy
    fact = next(fact for fact in policy.facts if fact.code == "granted")
    assert fact.type == MoneyOf("CNY")
