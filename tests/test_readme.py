"""README.md: the two commands have the agreed shape, and the example prints what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

import complaintflow

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [text for language, text in BLOCKS if language == "sh"]


@pytest.mark.parametrize("number", [0, 1], ids=["run", "test"])
def test_a_quick_start_block_is_one_line_that_brings_its_own_environment(number: int) -> None:
    """A system Python may refuse pip (PEP 668), so only the environment's own pip is called."""
    (line,) = COMMANDS[number].splitlines()
    parts = [shlex.split(part) for part in line.split("&&")]
    assert parts[0][:3] == ["python3", "-m", "venv"]
    room = parts[0][3]
    assert all(part[0].startswith(f"{room}/bin/") for part in parts[1:])
    assert any("install" in part for part in parts)


def test_the_first_block_runs_the_main_job_with_its_defaults() -> None:
    assert shlex.split(COMMANDS[0])[-2:] == [".venv/bin/complaintflow", "run"]


def test_the_second_block_runs_every_check() -> None:
    assert shlex.split(COMMANDS[1])[-1] == ".venv/bin/nox"


def test_the_quick_start_comes_before_any_other_code() -> None:
    assert README.index("## Quick start") < README.index("```")


def test_the_example_prints_what_it_shows() -> None:
    (example,) = (text for language, text in BLOCKS if language == "python")
    test = doctest.DocTestParser().get_doctest(example, {}, "README.md", "README.md", 0)
    assert test.examples
    failed, _ = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
    assert failed == 0
    assert "complaintflow" in example
    assert complaintflow.__doc__


def test_it_fits_one_screen_and_a_half() -> None:
    assert len(README.splitlines()) <= 90
