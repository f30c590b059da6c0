"""The page of findings is the one that the catalogue makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintflow.policy.check.messages import CATALOGUE
from complaintflow.policy.check.reference import findings_page

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "findings.md"


@pytest.mark.skipif(not PAGE.parent.is_dir(), reason="the documentation is not here")
def test_the_page_is_current() -> None:
    """To bring it up to date, write what `findings_page()` gives into it."""
    assert PAGE.read_text("utf-8") == findings_page()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_is_on_the_page(language: str) -> None:
    page = findings_page(language)
    assert [code for code in CATALOGUE if f"`{code}` " not in page] == []
