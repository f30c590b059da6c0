"""What an argument POLICY means."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintflow.cli.policies import find_policy, open_item_lines
from complaintflow.errors import PolicyError
from complaintflow.gallery import pack_folder

pytest.importorskip("typer")


def test_a_pack_a_folder_and_a_file_are_the_same() -> None:
    folder = pack_folder("oem_supplier")
    found = [
        find_policy(text) for text in ("oem_supplier", str(folder), str(folder / "policy.toml"))
    ]
    assert {each.policy.digest for each in found} == {found[0].policy.digest}
    assert {each.folder for each in found} == {folder}


def test_what_is_none_of_them(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="did you mean 'oem_supplier'"):
        find_policy("oem-supplier")
    with pytest.raises(PolicyError):
        find_policy(str(tmp_path))


def test_open_items_in_words() -> None:
    policy = find_policy("oem_supplier").policy
    lines = open_item_lines(policy, "zh")
    assert lines[0] == f"程序文件未规定的事项（{len(policy.open_items)}）"
    assert any("问题不属实" in line and "W2" in line for line in lines)
