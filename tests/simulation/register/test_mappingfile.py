"""mapping.toml: what it may say, and every mistake with its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from complaintflow.errors import Problem, RegisterError
from complaintflow.simulation.register.mapping import Source, Taken, Who
from complaintflow.simulation.register.mappingfile import load_mapping, parse_mapping
from complaintflow.simulation.register.stamps import Stamp, Times


def problems(text: str) -> list[Problem]:
    with pytest.raises(RegisterError) as caught:
        parse_mapping(text, "m.toml")
    return list(caught.value.problems)


def test_an_empty_mapping_has_usual_values() -> None:
    mapping = parse_mapping("")
    assert mapping.opening.number == "number"
    assert mapping.opening.received == Stamp("received")
    assert mapping.entries.what == "what"
    assert mapping.sources == ()


def test_everything_that_may_be_said() -> None:
    mapping = parse_mapping(
        """
        zone = "America/New_York"
        false_offset = true
        ambiguous = "first"
        second_pass = ["A-7"]

        [file]
        encoding = "gbk"
        delimiter = ";"
        sheet = "list"
        header = 3

        [case]
        number = "No."
        received = { column = "day", at = "08:30", format = "%d/%m/%Y" }
        step = "receive"
        by = "clerk"
        who = { column = "person", value = "Ann" }

        [facts]
        customer = "Customer"
        cost = { column = "Loss", unit = "CNY", empty = 0, required = true }
        urgent = { column = "Kind", values = { "stop" = true, "other" = "no" }, else = "no" }
        note = { columns = ["a", "b"], join = "" }
        defect = { value = 1.5, with = "fix" }

        [steps]
        close = { when = "closed", by = "clerk", who = "closer" }

        [events]
        number = "Nr"
        occurred = { column = "when", at = 09:00:00 }
        names = { "Repaired" = "fix" }

        [ledger]
        customer = "customer"
        product = "defect"
        grade = "level"
        department = "desk"
        """
    )
    assert mapping.times == Times("America/New_York", True, "first", frozenset({"A-7"}))
    assert (mapping.layout.encoding, mapping.layout.delimiter) == ("gbk", ";")
    assert (mapping.layout.sheet, mapping.layout.header) == ("list", 3)
    assert mapping.opening.received == Stamp("day", dt.time(8, 30), "%d/%m/%Y")
    assert (mapping.opening.step, mapping.opening.role) == ("receive", "clerk")
    assert mapping.opening.who == Who("person", "Ann")
    assert mapping.sources == (
        Source("customer", ("Customer",)),
        Source("cost", ("Loss",), unit="CNY", empty="0", required=True),
        Source("urgent", ("Kind",), values={"stop": "yes", "other": "no"}, otherwise="no"),
        Source("note", ("a", "b"), join=""),
        Source("defect", constant="1.5", step="fix"),
    )
    assert mapping.taken == (Taken("close", Stamp("closed"), "clerk", Who("closer")),)
    assert mapping.entries.occurred == Stamp("when", dt.time(9))
    assert mapping.entries.names == {"Repaired": "fix"}
    assert (mapping.shown.product, mapping.shown.department) == (("defect",), "desk")
    assert mapping.lines["facts.urgent"] == 23


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('zon = "UTC"', 1, "unknown key 'zon'.*did you mean 'zone'"),
        ('zone = "Asia/Shanhai"', 1, "did you mean 'Asia/Shanghai'"),
        ("false_offset = true", 1, "need the zone that is meant"),
        ('zone = "UTC"\nfalse_offset = "yes"', 2, "expected true or false, got 'yes'"),
        ('ambiguous = "frist"', 1, "expected one of first, second, raise.*mean 'first'"),
        ("second_pass = 7", 1, "expected a list of texts, got 7"),
        ('[file]\nencodng = "gbk"', 2, "did you mean 'encoding'"),
        ('[file]\ndelimiter = ";;"', 2, "expected one character"),
        ("[file]\nheader = 0", 2, "from 1, got 0"),
        ("[case]\nnumber = 1", 2, "expected text, got 1"),
        ("[case]\nreceived = 5", 2, "expected a heading or"),
        ('[case]\nreceived = { column = "a", at = "9 o" }', 2, "a time of day.*got '9 o'"),
        ('[case]\nreceived = { clumn = "a" }', 2, "did you mean 'column'"),
        ("facts = 1", 1, "expected a table, got 1"),
        ("[facts]\ncost = 1", 2, "expected a heading or"),
        ('[facts]\ncost = { unit = "CNY" }', 2, "either column.s. or a value"),
        ('[facts]\ncost = { column = "a", value = 1 }', 2, "either column.s. or a value"),
        ('[facts]\ncost = { column = "a", colum = 1 }', 2, "did you mean 'column'"),
        ('[facts]\ncost = { column = "a", empty = [] }', 2, "text, a number or yes/no"),
        ('[facts]\ncost = { columns = "a" }', 2, "expected a list of texts"),
        ('[steps]\nclose = { by = "clerk" }', 2, "expected when ="),
        ('[steps]\nclose = "closed"', 2, "expected a table"),
        ('[events]\nwhoo = "x"', 2, "did you mean 'who'"),
        ('[ledger]\ncustmer = "x"', 2, "did you mean 'customer'"),
        ('zone = "UTC', 1, "TOML|string|expected"),
    ],
)
def test_a_mistake_has_its_line(text: str, line: int, words: str) -> None:
    import re

    found = problems(text)
    assert any(each.line == line and re.search(words, str(each), re.DOTALL) for each in found), [
        str(each) for each in found
    ]


def test_all_mistakes_come_at_once() -> None:
    assert len(problems("zon = 1\n[file]\nheader = 0\n[case]\nnumber = 1\n[facts]\ncost = 1")) == 4


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_bytes(b'\xef\xbb\xbfzone = "UTC"')
    assert load_mapping(path).times.zone == "UTC"
    with pytest.raises(RegisterError, match="no such file"):
        load_mapping(tmp_path / "other.toml")
    path.write_bytes('zone = "上海"'.encode("gbk"))
    with pytest.raises(RegisterError, match="TOML is UTF-8"):
        load_mapping(path)
