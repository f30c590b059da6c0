"""Texts that are no TOML: what is wrong is said, the rest is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintflow.policyfile.document import from_data, read_file, read_text

CASES = {
    "unclosed array": ("a = 1\nb = [1, 2\nc = 3\n", 2, {"a": 1, "c": 3}),
    "unclosed string": ('a = 1\nb = "x\nc = 3\n', 2, {"a": 1, "c": 3}),
    "unclosed long string": ('a = 1\nb = """x\nc = 3\n', 2, {"a": 1, "c": 3}),
    "unopened string": ('b = x"\nc = 3\n', 1, {"c": 3}),
    "unclosed inline table": ("b = { x = 1\nc = 3\n", 1, {"c": 3}),
    "no equals": ("b 1\nc = 3\n", 1, {"c": 3}),
    "no value": ("b =\nc = 3\n", 1, {"c": 3}),
    "no comma": ("b = { x = 1 y = 2 }\nc = 3\n", 1, {"c": 3}),
    "header without end": ("[b\nc = 3\n", 1, {"b": {"c": 3}}),
    "header without begin": ("b]\nc = 3\n", 1, {"b": {"c": 3}}),
    "header of an array without end": ("[[b]\nc = 3\n", 1, {"b": [{"c": 3}]}),
    "header of nothing": ("[]\nc = 3\n", 1, {}),
    "twice": ("c = 3\nc = 4\n", 2, {"c": 3}),
    "header twice": ("[c]\nd = 3\n[c]\ne = 1\n", 3, {"c": {"d": 3}}),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_has_its_line_and_the_rest_is_read(name: str) -> None:
    text, line, rest = CASES[name]
    found = read_text(text, "p.toml")
    assert [(problem.file, problem.line) for problem in found.problems] == [("p.toml", line)]
    assert found.data == rest


def test_a_double_says_where_the_first_one_stands() -> None:
    (problem,) = read_text("a = 1\n\na = 2\n").problems
    assert str(problem) == "line 3:1: a: 'a' is given twice, first on line 1"
    (problem,) = read_text("a = { b = 1, b = 2 }\n").problems
    assert "'b' is given twice, first on the same line" in problem.message


def test_many_broken_statements() -> None:
    found = read_text('a = [1\nb = "x\nc = 3\nd = = 4\n[e\nf = 1 2\ng = 5\n')
    assert sorted(problem.line or 0 for problem in found.problems) == [1, 2, 4, 5, 6]
    assert found.data == {"c": 3, "e": {"g": 5}}


def test_words_in_what_was_left_out_are_known() -> None:
    """They may be declared or used there, so nobody complains that they are not."""
    found = read_text('loss = "money CNY\nclaim = "text"\n')
    assert {"loss", "money", "CNY"} <= found.broken
    assert "claim" not in found.broken


def test_data_have_no_places() -> None:
    found = from_data({"a": 1})
    assert found.data == {"a": 1}
    assert ("a",) not in found.places


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_bytes("\ufeffa = '工'\r\n".encode())
    assert read_file(file, "p.toml").data == {"a": "工"}
    file.write_bytes(b"a = 1\nb = 'ok \xff'\n")
    (problem,) = read_file(file, "shown.toml").problems
    assert str(problem) == "shown.toml:2:9: a policy file is UTF-8 text; this byte is not"
    (problem,) = read_file(tmp_path / "none.toml", "none.toml").problems
    assert problem.message.startswith("cannot be read: ")
    (problem,) = read_file(tmp_path, "folder").problems
    assert problem.message.startswith("cannot be read: ")


def test_a_file_too_big(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_bytes(b"#" * 5_000_001)
    (problem,) = read_file(file, "p.toml").problems
    assert "at most 5,000,000 bytes" in problem.message


def test_deep_nesting_is_no_crash() -> None:
    found = read_text("a = " + "[" * 5_000)
    assert found.problems
    assert found.data == {}


@given(st.text("ab.=[]{}\"'\\#,\n 1", max_size=80))
def test_any_text(text: str) -> None:
    """Whatever is wrong, every problem has a line of the text, and something is said."""
    found = read_text(text)
    lines = text.count("\n") + 1
    assert all(1 <= (problem.line or 0) <= lines for problem in found.problems)
    if not found.problems:
        import tomllib

        assert found.data == tomllib.loads(text)
