"""Where each part of a policy stands in its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintflow.errors import PolicyFileError
from complaintflow.gallery import pack_folder
from complaintflow.policyfile import Located, Where, load_policy, locate


@pytest.fixture(scope="module")
def s000() -> Located:
    return locate(pack_folder("oem_supplier"))


def line(located: Located, *path: str | int) -> str:
    """The line of the file that *path* leads to."""
    where = located.place(path)
    assert where is not None
    assert where.line is not None
    return Path(where.file).read_text("utf-8").splitlines()[where.line - 1]


def test_it_is_the_policy_that_load_policy_reads(s000: Located) -> None:
    assert s000.policy == load_policy(pack_folder("oem_supplier"))


def test_keys_of_long_and_of_short_forms(s000: Located) -> None:
    assert line(s000, "duty", "preliminary_report", "within") == 'within = "24 h"'
    assert line(s000, "duty", "transmit", "starts").startswith("information_clock = ")
    assert line(s000, "step", "close", "needs", 0, "when").startswith("close = ")


def test_criteria_by_their_number(s000: Located) -> None:
    grade = next(d for d in s000.policy.decisions if d.code == "grade")
    for index, criterion in enumerate(grade.criteria):
        said = line(s000, "decide", "grade", "rules", index, "when")
        assert f'"{", ".join(criterion.clauses)}" = ' in said


def test_other_files_of_the_folder(s000: Located) -> None:
    where = s000.place(("clauses", "T6"))
    assert where is not None
    assert where.file.endswith("clauses.toml")
    assert line(s000, "clauses", "T6").startswith("T6 = ")


def test_what_is_not_written_stands_where_its_nearest_part_does(s000: Located) -> None:
    assert line(s000, "decide", "grade", "residual") == line(s000, "decide", "grade")
    assert s000.place(()) is None


def test_a_place_as_text() -> None:
    assert str(Where("policy.toml", 12, 3)) == "policy.toml:12:3"
    assert str(Where("policy.toml")) == "policy.toml"


def test_a_policy_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileError, match=r"needs a policy\.toml"):
        locate(tmp_path)
