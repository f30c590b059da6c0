"""Rows of a register: one test for each kind of bad input."""

from __future__ import annotations

import pytest

from complaintflow.domain.values import Money, Quantity
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.csvfile import parse_csv
from complaintflow.simulation.register.mappingfile import parse_mapping
from complaintflow.simulation.register.rows import Register, read_register

MAPPING = parse_mapping(
    """
    zone = "Asia/Shanghai"
    [case]
    received = { column = "received", at = "09:00" }
    who = "person"
    [facts]
    customer = { column = "customer", required = true }
    cost = { column = "cost", unit = "CNY" }
    pieces = { column = "pieces", unit = "pcs", with = "fix" }
    note = "note"
    [steps]
    close = { when = "closed" }
    """
)
HEAD = "number,received,customer,cost,pieces,note,closed,person\n"
GOOD = "A-1,2026-03-02 10:00,Ann,50,3,=note,2026-03-04 11:00,Bo\n"


def read(shop: Policy, *lines: str) -> Register:
    return read_register(shop, parse_csv(HEAD + "".join(lines), "r.csv"), MAPPING)


def test_a_good_row(shop: Policy) -> None:
    (row,) = read(shop, GOOD).rows
    opening = row.opening
    assert (opening.kind, opening.what, opening.number, opening.who) == (
        "open",
        "receive",
        "A-1",
        "Bo",
    )
    assert opening.recorded.isoformat() == "2026-03-02T10:00:00+08:00"
    assert opening.facts == {"customer": "Ann", "cost": Money(50, "CNY"), "note": "=note"}
    assert row.later == {"fix": {"pieces": Quantity(3)}}
    (closing,) = row.taken
    assert (closing.what, closing.occurred.isoformat()) == ("close", "2026-03-04T11:00:00+08:00")


def test_an_empty_closing_is_no_closing(shop: Policy) -> None:
    (row,) = read(shop, "A-1,2026-03-02,Ann,,,,,\n").rows
    assert row.taken == ()


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("A-2,2026-02-30 10:00,Ann,,,,,\n", ["stamp"]),
        ("A-2,soon,Ann,,,,,\n", ["stamp"]),
        ("A-2,,Ann,,,,,\n", ["missing"]),
        (",2026-03-02,Ann,,,,,\n", ["missing"]),
        ("A-2,2026-03-02,,,,,,\n", ["missing"]),
        ("A-2,2026-03-02,Ann,50 USD,,,,\n", ["value"]),
        ("A-2,2026-03-02,Ann,,3 kg,,,\n", ["unit"]),
        ("A-2,2026-03-02,Ann,=2+2,,,,\n", ["formula"]),
        ("A-2,2026-03-02,Ann,@x,,,,\n", ["formula"]),
        ("A-2,=NOW(),Ann,,,,,\n", ["formula"]),
        ("=A1,2026-03-02,Ann,,,,,\n", ["number"]),
        ("-1,2026-03-02,Ann,,,,,\n", ["number"]),
        ('"A\n2",2026-03-02,Ann,,,,,\n', ["number"]),
        ("A" * 101 + ",2026-03-02,Ann,,,,,\n", ["number"]),
        ("A-1,2026-03-02,Ann,,,,,\n", ["duplicate"]),
        ("A-2,2026-03-02,Ann,,,,never,\n", ["stamp"]),
        ("A-2,2026-03-02,Ann,,,,2026-03-01,\n", ["no_time"]),
        ("A-2,2026-03-02,Ann,,,,2026-03-01 09:00,\n", ["order"]),
        ('A-2,2026-03-02,"Ann,,,,,\n', ["broken_quotes"]),
        ("A-2,2026-03-02,Ann,,,,,,,x\n", ["too_wide"]),
        ("A-1,soon,,x,y,,z,\n", ["duplicate", "stamp", "missing", "value", "value", "stamp"]),
    ],
)
def test_a_bad_row_costs_only_itself_and_has_every_reason(
    shop: Policy, line: str, codes: list[str]
) -> None:
    after = "A-9,2026-03-03,Cy,,,,,\n"
    register = read(shop, GOOD, line, after)
    assert [row.opening.number for row in register.rows] == ["A-1", "A-9"]
    (rejected,) = register.rejected
    assert (rejected.line, [reason.code for reason in rejected.reasons]) == (3, codes)
    assert register.total == 3


def test_the_first_of_two_equal_numbers_counts(shop: Policy) -> None:
    register = read(shop, GOOD, GOOD)
    assert register.rejected[0].text("en") == "A-1 stands already in line 2"


def test_naive_times_without_a_zone(shop: Policy) -> None:
    sheet = parse_csv("number,received,customer\nA-1,2026-03-02 10:00,Ann\n", "r.csv")
    register = read_register(shop, sheet, parse_mapping(""))
    assert "has no time zone; the mapping may name one" in register.rejected[0].text("en")


def test_without_facts_in_the_mapping_headings_are_facts(shop: Policy) -> None:
    text = "number,received,客户,cost,nothing\nA-1,2026-03-02 10:00+08:00,Ann,50 CNY,x\n"
    (row,) = read_register(shop, parse_csv(text, "r.csv"), parse_mapping("")).rows
    assert row.opening.facts == {"customer": "Ann", "cost": Money(50, "CNY")}


def test_two_hundred_columns_are_no_matter(shop: Policy) -> None:
    more = [f"x{n}" for n in range(200)]
    head = HEAD.strip() + "," + ",".join(more) + "\n"
    row = GOOD.strip() + "," + ",".join(more) + "\n"
    register = read_register(shop, parse_csv(head + row, "r.csv"), MAPPING)
    assert (len(register.rows), register.rejected) == (1, ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_chinese_in_any_encoding(shop: Policy, encoding: str) -> None:
    from complaintflow.simulation.register.csvfile import decode

    data = (HEAD + "客-1,2026-03-02,远程重卡,50,,,,\n").encode(encoding)
    (row,) = read_register(shop, parse_csv(decode(data, "r"), "r"), MAPPING).rows
    assert row.opening.facts["customer"] == "远程重卡"
