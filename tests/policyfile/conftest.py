"""A small policy that uses every section, to be broken in one place at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from complaintflow.errors import PolicyFileError, Problem
from complaintflow.policyfile import loads

Broken = Callable[[str, str], tuple[Problem, ...]]
SMALL = (Path(__file__).parent / "policies" / "small.toml").read_text("utf-8")


@pytest.fixture
def small() -> str:
    """The text of the small policy."""
    return SMALL


@pytest.fixture
def broken() -> Broken:
    """The problems after *old* in the small policy was replaced by *new*."""

    def problems(old: str, new: str) -> tuple[Problem, ...]:
        assert SMALL.count(old) == 1, f"{old!r} stands {SMALL.count(old)} times"
        with pytest.raises(PolicyFileError) as caught:
            loads(SMALL.replace(old, new), file="small.toml")
        return caught.value.problems

    return problems
