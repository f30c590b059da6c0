"""Where the parts of a policy stand in its files."""

from __future__ import annotations

from complaintflow.gallery import pack_folder
from complaintflow.policyfile import locate


def test_an_open_parameter_stands_where_it_is_declared() -> None:
    folder = pack_folder("product_complaints")
    located = locate(folder)
    lines = (folder / "policy.toml").read_text("utf-8").splitlines()
    for choice in located.policy.open_items:
        where = located.place(("choices", choice.code))
        assert where is not None
        assert where.line is not None
        assert lines[where.line - 1].startswith(f"{choice.code} = ")
