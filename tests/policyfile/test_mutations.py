"""No slip passes: whatever is misspelt or lost in a real policy is told, on its line.

A misspelt name is told where it was misspelt, be it a declaration or a use. Free text and
numbers are excepted. Lost brackets and quotes are told where the parser notices; in this policy,
which has a statement a line, that is the line itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from complaintflow.errors import PolicyFileError
from complaintflow.policyfile import load_policy
from complaintflow.testing.slips import Slip, lost_signs, misspellings

PACK = files("complaintflow") / "gallery" / "oem_supplier"
POLICY = (PACK / "policy.toml").read_text("utf-8")
NAMES = POLICY[: POLICY.index("\n[names]")].count("\n") + 1  # the line before [names]

Untold = Callable[[Iterable[Slip]], list[str]]


@pytest.fixture
def untold(tmp_path: Path) -> Untold:
    """Those of the slips that a loader of the whole pack does not tell on their line."""
    with as_file(PACK) as pack:
        for name in ("calendar.toml", "clauses.toml"):
            shutil.copy(pack / name, tmp_path / name)

    def told(slip: Slip) -> bool:
        (tmp_path / "policy.toml").write_text(slip.text, "utf-8")
        try:
            load_policy(tmp_path)
        except PolicyFileError as error:
            return slip.line in {problem.line for problem in error.problems}
        return False

    return lambda slips: [str(slip) for slip in slips if not told(slip)]


def test_without_a_slip_it_loads(untold: Untold) -> None:
    """Otherwise the tests below would prove nothing."""
    assert untold([Slip(POLICY, 1, "", "")]) == ["line 1: '' -> ''"]


def test_every_misspelling_is_told(untold: Untold) -> None:
    slips = list(misspellings(POLICY))
    assert len(slips) > 900
    assert untold(slips) == []


def test_every_lost_sign_is_told(untold: Untold) -> None:
    slips = list(lost_signs(POLICY))
    # The rows of [names] all have one shape: a few of them stand for the others.
    chosen = [slip for slip in slips if slip.line <= NAMES or slip.line % 20 == 0]
    assert len(chosen) > 1_400
    assert untold(chosen) == []
