"""Laws of reading registers: no row is lost, nothing but `RegisterError` comes out."""

from __future__ import annotations

import csv
import io
import warnings
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from complaintflow.errors import MissingExtraError, RegisterError
from complaintflow.gallery import load_pack, pack_folder
from complaintflow.policy.policy import Policy
from complaintflow.simulation.register.csvfile import decode, parse_csv
from complaintflow.simulation.register.entries import read_entries
from complaintflow.simulation.register.mappingfile import load_mapping, parse_mapping
from complaintflow.simulation.register.rows import read_register
from complaintflow.simulation.register.sheet import make_sheet
from complaintflow.simulation.register.source import read_sheet
from complaintflow.simulation.register.xlsxfile import parse_xlsx
from complaintflow.simulation.run import run_register

FOLDER = pack_folder("oem_supplier") / "example"
MAPPING = load_mapping(FOLDER / "mapping.toml")
GOOD = list(csv.reader(io.StringIO((FOLDER / "register-gbk.csv").read_bytes().decode("gbk"))))
EVENTS = list(csv.reader(io.StringIO((FOLDER / "events.csv").read_text("utf-8-sig"))))
SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@cache
def oem() -> Policy:
    return load_pack("oem_supplier")


cells = st.one_of(
    st.sampled_from(["", "=1+1", "+A1", "@x", "2026-02-30", "9999-01-01 00:00", "-5", "1e9", "是"]),
    st.text(max_size=12),
)
"""What people, and those who mean harm, write into cells."""


@st.composite
def tables(draw: st.DrawFn, good: list[list[str]]) -> list[list[str]]:
    """Rows of a real table, some of whose cells were replaced."""
    rows = [list(row) for row in draw(st.lists(st.sampled_from(good[1:]), max_size=6))]
    for row in rows:
        for place in draw(st.sets(st.integers(0, len(row) - 1), max_size=3)):
            row[place] = draw(cells)
    return [good[0], *rows]


@SLOW
@given(tables(GOOD), tables(EVENTS))
def test_rows_in_are_rows_processed_and_rows_rejected(
    register: list[list[str]], events: list[list[str]]
) -> None:
    """Whatever stands in the cells."""
    policy = oem()
    sheets = [make_sheet(name, enumerate(table, 1)) for name, table in
              (("r", register), ("e", events))]  # fmt: skip
    rows = read_register(policy, sheets[0], MAPPING)
    entries = read_entries(policy, sheets[1], MAPPING)
    result = run_register(policy, rows, MAPPING, entries)
    blank = sum(not any(cell.strip() for cell in row) for row in [*register, *events])
    assert result.total == len(register) + len(events) - 2 - blank
    assert result.processed + len(result.rejected) == result.total
    places = [(each.file, each.line) for each in result.rejected]
    assert len(set(places)) == len(places)
    for each in result.rejected:
        assert each.text("en")
        assert each.text("zh")


@given(st.text())
@example('a,b\n"')
@example('"')
@example('a\n"x\ny"z\n')
def test_any_text_is_a_sheet_or_an_error(text: str) -> None:
    try:
        sheet = parse_csv(text, "x.csv")
    except RegisterError:
        return
    lines = [row.line for row in sheet.rows]
    assert lines == sorted(set(lines))


@given(st.binary())
def test_any_bytes_are_text_or_an_error(data: bytes) -> None:
    try:
        assert isinstance(decode(data, "x.csv"), str)
    except RegisterError as error:
        assert error.problems[0].file == "x.csv"


@given(st.one_of(st.binary(), st.binary().map(lambda b: b"PK\x03\x04" + b),
                 st.binary().map(lambda b: b"\x1f\x8b" + b)))  # fmt: skip
def test_any_file_is_a_sheet_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path: Path = tmp_path_factory.mktemp("files") / "x"
    path.write_bytes(data)
    try:
        read_sheet(path)
    except RegisterError as error:
        assert error.problems
    except MissingExtraError as error:  # a bare install does not read workbooks, and says so
        assert data.startswith(b"PK")
        assert error.extra == "xlsx"


@given(st.lists(st.tuples(st.integers(4, 10**6), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_damaged_workbook_is_a_sheet_or_an_error(damage: list[tuple[int, int]]) -> None:
    pytest.importorskip("openpyxl")
    data = bytearray((FOLDER / "register.xlsx").read_bytes())
    for place, byte in damage:
        data[place % len(data)] = byte
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parse_xlsx(bytes(data), "x.xlsx")
    except RegisterError as error:
        assert error.problems


values = st.recursive(
    st.one_of(st.booleans(), st.integers(0, 9), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=2)),
    max_leaves=3,
)
KEYS = (
    "zone", "false_offset", "ambiguous", "second_pass", "file", "case", "facts", "steps",
    "events", "ledger", "other",
)  # fmt: skip
INNER = (
    "number", "received", "column", "at", "format", "step", "by", "who", "value", "values",
    "columns", "join", "else", "empty", "unit", "required", "with", "when", "header", "sheet",
    "encoding", "delimiter", "names", "product", "customer", "occurred",
)  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from(KEYS),
        st.one_of(
            values,
            st.dictionaries(
                st.sampled_from(INNER),
                st.one_of(values, st.dictionaries(st.sampled_from(INNER), values, max_size=3)),
                max_size=3,
            ),
        ),
    )
)
def test_any_mapping_is_read_or_its_mistakes_are_told(data: dict[str, object]) -> None:
    import tomli_w

    text = tomli_w.dumps(data)
    try:
        parse_mapping(text, "m.toml")
    except RegisterError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.line is not None, str(problem)


@given(st.lists(st.lists(st.text(alphabet='a",;\n 1', max_size=6), min_size=2, max_size=2)))
def test_what_a_csv_writer_wrote_is_read_back(table: list[list[str]]) -> None:
    """For cells as they are kept: without blanks around them."""
    table = [[cell.strip() for cell in row] for row in table]
    table = [row for row in table if any(row)]
    stream = io.StringIO()
    csv.writer(stream).writerows([["head one", "head two"], *table])
    sheet = parse_csv(stream.getvalue(), "x.csv")
    assert sheet.broken == ()
    assert [list(row.cells.values()) for row in sheet.rows] == table
