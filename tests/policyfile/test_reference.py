"""The reference page has the tables of the language as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintflow.policyfile.language import LANGUAGE, PARTS
from complaintflow.policyfile.reference import KINDS_IN_WORDS, marked, tables

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "policy-file.md"


@pytest.mark.skipif(not PAGE.is_file(), reason="the documentation is not here")
def test_the_page_is_current() -> None:
    page = PAGE.read_text("utf-8")
    assert page == "\n".join(marked(page))
    assert tables() in page


def test_every_kind_has_words_and_a_use() -> None:
    used = {key.kind for one in (*LANGUAGE.values(), *PARTS.values()) for key in one.keys}
    used |= {one.short for one in LANGUAGE.values() if one.short}
    assert used == set(KINDS_IN_WORDS)


def test_every_section_has_a_heading() -> None:
    text = tables()
    assert all(f"### `[{name}]`" in text for name in LANGUAGE)
    assert all(f"### A {name}" in text for name in PARTS)
