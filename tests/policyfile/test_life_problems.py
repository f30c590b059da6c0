"""What is told of keys about the life of a duty that contradict themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.errors import Problem

Broken = Callable[[str, str], tuple[Problem, ...]]

# name: (what stands in the small policy, what stands instead, what the message says)
CASES: dict[str, tuple[str, str, str]] = {
    "a count that is none": (
        'waived_by = "boss"',
        'bounces = 0, arbiter = "boss", ruled_by = "boss"',
        "expected a whole number from 1, got the number 0",
    ),
    "bounces that nobody decides": (
        'waived_by = "boss"',
        'bounces = 2, ruled_by = "boss"',
        "after so many bounces somebody decides: arbiter = 'role'",
    ),
    "an arbiter of nothing": (
        'waived_by = "boss"',
        'arbiter = "boss", ruled_by = "boss"',
        "an arbiter decides after a number of bounces: bounces = 3",
    ),
    "nothing bounces": (
        'waived_by = "boss"',
        'bounces = 2, arbiter = "boss"',
        "nothing bounces: say ruled_by = 'role', or passed_on_by = 'role'",
    ),
    "a joint duty that comes to another owner": (
        'owner = "desk and expert"',
        'ruled_by = "boss", owner = "desk and expert"',
        "a duty that several owe together comes to no other owner",
    ),
    "a duty that asks for itself": (
        'if = "grade in (A, B)"',
        'if = "not reply.missed"',
        "this needs its own answer: reply -> reply.missed -> reply",
    ),
    "a rejection of what cannot be rejected": (
        'on = "reply.missed"',
        'on = "reply.rejection is pending"',
        "nothing is called 'reply.rejection'",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_mistake(name: str, broken: Broken) -> None:
    old, new, says = CASES[name]
    (problem, *_) = broken(old, new)
    assert says in problem.message
