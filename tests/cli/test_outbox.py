"""``complaintflow outbox``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from complaintflow.cli import main
from complaintflow.testing.store_builders import message

pytest.importorskip("typer")
pytest.importorskip("sqlalchemy")

from complaintflow.store.sql import SqlStore


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database with two dead letters and one that waits."""
    made = f"sqlite:///{tmp_path / 'cases.db'}"
    store = SqlStore(made)
    with store.begin() as work:
        work.post([message(key, at=1_773_100_800_000_000) for key in ("a", "b", "c")])
        work.pending(1_773_100_800_000_000, 2)
        work.failed("a", "no such address", None)
        work.failed("b", "554 spam\nreally", None)
    store.close()
    return made


def keys(url: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["outbox", url, "--json"]) == 0
    return [json.loads(line)["key"] for line in capsys.readouterr().out.splitlines()]


def test_it_lists_dead_letters_without_their_facts(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["outbox", url]) == 0
    out = capsys.readouterr().out
    assert [line.split() for line in out.splitlines()[3:]] == [
        ["2026-03-10T00:00:00Z", "a", "T1", "wang", "1", "no", "such", "address"],
        ["2026-03-10T00:00:00Z", "b", "T1", "wang", "1", "554", "spam", "really"],
    ]
    assert "客诉" not in out
    assert main(["outbox", url, "--lang", "zh"]) == 0
    assert "无法投递的消息" in capsys.readouterr().out


def test_it_sends_again(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox", url, "--resend", "a"]) == 0
    assert capsys.readouterr().out == "1 will be sent again\n"
    assert keys(url, capsys) == ["b"]
    assert main(["outbox", url, "--resend-all"]) == 0
    assert capsys.readouterr().out == "1 will be sent again\n"
    assert keys(url, capsys) == []
    assert main(["outbox", url]) == 0
    assert capsys.readouterr().out == "no dead letters\n"


def test_a_key_that_was_never_posted(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox", url, "--resend", "a", "--resend", "x"]) != 0
    assert "'x'" in capsys.readouterr().err
    assert keys(url, capsys) == ["a", "b"]  # all or nothing
