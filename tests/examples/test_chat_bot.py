"""The chat room's bot: signed, escaped, tried again when the room is busy."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from tests.notify.conftest import letter, reminder

from complaintflow.testing.events import texts

FOLDER = Path(__file__).parents[2] / "examples" / "chat_bot"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the examples are not here")


def bot() -> ModuleType:
    spec = importlib.util.spec_from_file_location("chat_bot_example", FOLDER / "bot.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def test_it_runs_against_a_room_on_this_machine() -> None:
    run = subprocess.run(
        [sys.executable, str(FOLDER / "run.py")], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith(
        "2026-0001: 1 delivered, 1 to be tried again\n"
        "  the room answered 45009: api freq out of limit\n"
        "a minute later: 1 more\n"
    )
    assert r"L3 \[click\]\(http://evil\.example\)" in run.stdout


@given(texts())
def test_no_fact_becomes_markup(text: str) -> None:
    room = bot().ChatRoom("http://localhost/?key=1")
    said = room.card(letter(facts={"loss": text}))["markdown"]["text"]
    calm = room.card(letter(facts={"loss": "x"}))["markdown"]["text"]
    assert said.count("\n") == calm.count("\n")
    bare = said
    for mark in "\\`*_{}[]()#+.!|<>~-":
        bare = bare.replace("\\" + mark, "")
    plain = calm.replace("\\.", "").replace("\\-", "")
    assert all(bare.count(mark) == plain.count(mark) for mark in "`*_[]()#<>~|")


def test_a_reminder_says_when() -> None:
    room = bot().ChatRoom("http://localhost/?key=1", language="en")
    assert r"due 2026\-03\-10 09:30" in room.card(reminder())["markdown"]["text"]
    late = room.card(reminder(data={"overdue": True}))["markdown"]["text"]
    assert "overdue since" in late
