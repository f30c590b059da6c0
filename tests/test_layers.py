"""The layers contract bites: each import that the house forbids is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINTER = Path(sys.executable).with_name("lint-imports")

pytestmark = pytest.mark.skipif(
    not LINTER.exists() or not (ROOT / "src").is_dir(),
    reason="import-linter or the source tree is not here (nox -s layers)",
)

# What is added to which file, and what the linter must then say.
FORBIDDEN = {
    "upwards": (
        "domain/__init__.py",
        "import complaintflow.desk",
        "Imports point down only BROKEN",
    ),
    "by the root": ("errors.py", "import complaintflow.domain", "Imports point down only BROKEN"),
    "neighbours": (
        "calendar/elsewhere.py",
        "import complaintflow.domain.values",
        "Imports point down only BROKEN",
    ),
    "neighbours above": (
        "store/__init__.py",
        "import complaintflow.engine",
        "Imports point down only BROKEN",
    ),
    "the test kit": (
        "cli/__init__.py",
        "import complaintflow.testing",
        "Imports point down only BROKEN",
    ),
    "transitions": ("desk/__init__.py", "import transitions", "engine/machine.py BROKEN"),
    "transitions, deep": (
        "engine/elsewhere.py",
        "from transitions.core import Machine",
        "engine/machine.py BROKEN",
    ),
    "SQLAlchemy": ("report/__init__.py", "import sqlalchemy", "in the store BROKEN"),
    "jinja2": ("notify/mail.py", "import jinja2", "notify/templates.py BROKEN"),
    "the terminal": ("desk/__init__.py", "import rich", "in the command line BROKEN"),
    "Hypothesis": ("domain/__init__.py", "import hypothesis", "in testing BROKEN"),
    "a folder without a floor": ("attic/__init__.py", "import complaintflow.errors", "attic"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src" / "complaintflow", tmp_path / "complaintflow")
    return tmp_path


def test_the_house_as_it_stands_passes(copy: Path) -> None:
    """Otherwise the tests below would prove nothing."""
    result = lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_forbidden_import_is_noticed(copy: Path, name: str) -> None:
    file, line, answer = FORBIDDEN[name]
    module = copy / "complaintflow" / file
    module.parent.mkdir(exist_ok=True)
    before = module.read_text("utf-8") if module.exists() else '"""New."""\n'
    module.write_text(f"{before}\n{line}\n", "utf-8")
    result = lint(copy)
    assert result.returncode == 1, result.stdout + result.stderr
    assert answer in " ".join(result.stdout.split()), result.stdout
