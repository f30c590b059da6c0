"""Every block of every page runs, in a room of its own.

- ``python``: with ``>>>`` it must print what it shows;
- ``toml`` that begins with ``# name.toml`` becomes that file, in a fresh folder for each page;
  ``# name.toml, instead`` replaces the lines of that file that have the same keys;
- ``console``: each ``$ complaintflow ...`` must print what stands below it; ``...`` is anything.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from doctest import Example as Printed
from pathlib import Path
from typing import Any

from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser

FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE
_NAME = re.compile(r"# ([\w-]+\.toml)(, instead)?\s*\n")
_ROOM, _BEFORE = "_room", "_before"


def write(example: Example) -> None:
    """Put a file where the reader of the page would have put it."""
    name = _NAME.match(example.parsed)
    if name is None:
        return
    if _ROOM not in example.namespace:
        example.namespace[_BEFORE] = Path.cwd()
        example.namespace[_ROOM] = tempfile.mkdtemp()
        os.chdir(example.namespace[_ROOM])
    file = Path(name[1])
    if name[2] is None:
        file.write_text(example.parsed, "utf-8")
        return
    lines = file.read_text("utf-8").splitlines()
    for line in example.parsed.splitlines()[1:]:
        (index,) = [at for at, old in enumerate(lines) if old.split(" =")[0] == line.split(" =")[0]]
        lines[index] = line
    file.write_text("\n".join(lines) + "\n", "utf-8")


def call(example: Example) -> str | None:
    """Run the commands of a block and compare what they print."""
    found: list[str] = []
    for part in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        command, _, wanted = part.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "complaintflow", f"pages call complaintflow only, not {program}"
        ran = subprocess.run(  # noqa: S603  # the pages are ours
            [sys.executable, "-m", "complaintflow.cli", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
        checker = OutputChecker()
        printed = ran.stdout + ran.stderr
        if not checker.check_output(wanted, printed, FLAGS):
            found.append(checker.output_difference(Printed(command, wanted), printed, FLAGS))
    return "\n".join(found) or None


def leave(namespace: dict[str, Any]) -> None:
    """Leave the room of a page and clear it away."""
    if _ROOM in namespace:
        os.chdir(namespace[_BEFORE])
        shutil.rmtree(namespace[_ROOM])


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
        CodeBlockParser("toml", write),
        CodeBlockParser("console", call),
        SkipParser(),
    ],
    patterns=["*.md"],
    teardown=leave,
).pytest()
