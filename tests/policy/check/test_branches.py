"""Where steps lead: no branch, two branches, a branch that is never taken."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from complaintflow.policy.check import Finding, check
from complaintflow.policy.policy import Policy

pytest.importorskip("z3", reason="the solver is an extra")

Findings = Callable[..., tuple[Finding, ...]]


def branching(to: str, needs: str = "") -> str:
    return f"""
[facts]
"real, urgent" = "yes/no"
[step]
receive = {{ by = "desk", to = "open" }}
look = {{ clause = "W2", by = "desk", from = "open", asks = ["real", "urgent"], to = {{ {to} }}{needs} }}
close = {{ by = "desk", from = "one, two", to = "closed" }}
"""


def without_else(policy: Policy) -> tuple[Finding, ...]:
    """Files must say `else`; a policy built in Python need not."""
    steps = [
        attrs.evolve(s, to=tuple(b for b in s.to if b.when or len(s.to) == 1)) for s in policy.steps
    ]
    found = check(attrs.evolve(policy, steps=tuple(steps)))
    return tuple(f for f in found if f.code == "CF331")


def test_branches_that_do_not_cover_everything(policy_of: Callable[[str], Policy]) -> None:
    (gap,) = without_else(policy_of(branching('real = "one", urgent = "two", else = "one"')))
    assert (gap.severity, gap.clauses, gap.path) == ("warning", ("W2",), ("step", "look", "to"))
    assert gap.example is not None
    assert gap.example.text() == "everything no or zero"
    assert gap.example.text("zh") == "全部为否或零"


def test_branches_that_cover_everything(policy_of: Callable[[str], Policy]) -> None:
    text = branching(
        'real = "one", "urgent and not real" = "two", "not real" = "one", else = "two"'
    )
    assert not without_else(policy_of(text))


def test_a_guard_may_leave_only_what_the_branches_cover(
    policy_of: Callable[[str], Policy],
) -> None:
    to, needs = 'real = "one", urgent = "two", else = "one"', ', needs = { W2 = "real or urgent" }'
    assert not without_else(policy_of(branching(to, needs)))


def test_an_else_covers_everything(found: Findings) -> None:
    assert not found(branching('real = "one", else = "two"'), "CF331", "CF332", "CF333")


def test_two_branches_that_can_both_hold(found: Findings) -> None:
    (both,) = found(branching('real = "one", urgent = "two", else = "one"'), "CF332")
    assert both.severity == "note"
    assert both.example is not None
    assert both.example.text() == "real = yes, urgent = yes: one and two"


def test_a_branch_behind_one_that_holds_whenever_it_does(found: Findings) -> None:
    text = branching('real = "one", "real and urgent" = "two", else = "one"')
    (never,) = found(text, "CF333")
    assert never.values == {"step": "look", "state": "two"}
    assert never.path == ("step", "look", "to", 1, "when")


def test_an_else_that_nothing_is_left_for(found: Findings) -> None:
    (never,) = found(branching('real = "one", "not real" = "two", else = "one"'), "CF333")
    assert never.values["state"] == "one"
