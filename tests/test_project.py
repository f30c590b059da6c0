"""Promises of the project itself: it stands alone, and its files have the agreed shape."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import complaintflow

ROOT = Path(__file__).parents[1]
GALLERY = Path(complaintflow.__file__).parent / "gallery"  # as installed
PACKS = sorted(path.parent for path in GALLERY.glob("*/policy.toml"))

# Written in pieces, so that this file does not name what it forbids.
OUTSIDE = re.compile(
    "|".join(
        [
            r"\.\./" + "shared",
            r"(?<![\w.~})/-])/(?:" + "work|root|home)" + r"(?=/|\b)",
            "/" + "tmp/",
        ]
    )
)

in_the_source_tree = pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="only in a checkout: asks git which files there are"
)


def tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    "line", ["open('../" + "shared/data')", "cd /" + "work/main", "see /" + "tmp/x", "/" + "root"]
)
def test_the_pattern_finds_paths_of_a_machine(line: str) -> None:
    assert OUTSIDE.search(line)


@pytest.mark.parametrize("line", ["src/home/work", "https://a.org/work", "calendar/working.py"])
def test_the_pattern_leaves_other_paths_alone(line: str) -> None:
    assert not OUTSIDE.search(line)


@in_the_source_tree
def test_no_file_names_a_path_outside_the_project() -> None:
    """Only `.ci/run` may look beside the project, for data that are not copied into it."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path != ROOT / ".ci" / "run"
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if OUTSIDE.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_pack_carries_its_clause_list(pack: Path) -> None:
    """`clauses.toml` gives each clause an id and a one-line paraphrase."""
    clauses = tomllib.loads((pack / "clauses.toml").read_text("utf-8"))
    assert clauses
    texts = list(_texts(clauses))
    assert texts
    assert not [text for text in texts if "\n" in text or not text.strip()]


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for part in value.values() for text in _texts(part)]
        case list():
            return [text for part in value for text in _texts(part)]
        case _:
            return []


@in_the_source_tree
def test_every_python_file_is_short() -> None:
    """One noun a file: none above 400 lines, and the median of the package below 150."""
    sizes = {
        path.relative_to(ROOT): len(path.read_text("utf-8").splitlines())
        for path in tracked()
        if path.suffix == ".py"
    }
    assert not {str(path): size for path, size in sizes.items() if size > 400}
    ours = sorted(size for path, size in sizes.items() if path.parts[0] == "src")
    assert ours[len(ours) // 2] < 150


@in_the_source_tree
def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    heads = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert version in heads or len(heads) == 1
