"""States that cannot be reached or left, steps that nobody may take."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from complaintflow.policy.check import Finding, check
from complaintflow.policy.policy import Policy

Findings = Callable[..., tuple[Finding, ...]]

CODES = ("CF201", "CF202", "CF203", "CF204", "CF205", "CF206")


def test_an_ordinary_workflow_is_clean(found: Findings) -> None:
    assert not found("", *CODES)


def test_a_policy_without_a_step_that_opens_a_case(found: Findings) -> None:
    text = """
[step]
start = { by = "desk", from = "open", to = "open" }
close = { by = "desk", from = "open", to = "closed" }
"""
    (none,) = found(text, *CODES)
    assert (none.code, none.severity) == ("CF201", "error")


def test_a_state_that_only_leads_to_itself_is_unreachable(found: Findings) -> None:
    text = """
[step]
receive = { by = "desk", to = "open" }
close = { by = "desk", from = "open", to = "closed" }
again = { clause = "W7", by = "desk", from = "island", to = "island" }
leave = { by = "desk", from = "island", to = "closed" }
"""
    (island,) = found(text, *CODES)
    assert (island.code, island.values, island.clauses) == ("CF202", {"state": "island"}, ("W7",))
    assert island.path == ("step", "again", "to", 0)


def test_a_state_without_a_way_out(policy_of: Callable[[str], Policy]) -> None:
    """The loader refuses it already; a policy may still be put together otherwise."""
    policy = policy_of("")
    final = attrs.evolve(policy, final=("closed",), parked=("closed",))
    assert not [f for f in check(final) if f.code in CODES]


def test_a_step_that_stays_is_no_way_out(found: Findings) -> None:
    text = """
[step]
receive = { by = "desk", to = "open" }
look = { by = "desk", from = "open" }
refuse = { by = "desk", from = "any", to = "open" }
skip = { by = "desk", to = "closed" }
"""
    (stuck,) = found(text, *CODES)
    assert (stuck.code, stuck.severity, stuck.values) == ("CF203", "error", {"state": "open"})


def test_a_circle_without_an_end(found: Findings) -> None:
    text = """
[step]
receive = { by = "desk", to = "open" }
ask = { by = "desk", from = "open", to = "asked" }
answer = { by = "desk", from = "asked", to = "open" }
skip = { by = "desk", to = "closed" }
"""
    (circle,) = found(text, *CODES)
    assert (circle.code, circle.values) == ("CF204", {"states": "open, asked"})


def test_an_open_choice_may_lead_out_of_it(found: Findings) -> None:
    text = """
[step]
receive = { by = "desk", to = "open" }
ask = { by = "desk", from = "open", to = "asked" }
answer = { by = "desk", from = "asked", to = { "ask" = "open", else = "$unsaid" } }
skip = { by = "desk", to = "closed" }
[choices]
unsaid = { why = "the text is cut off" }
"""
    assert not found(text, *CODES)


def test_a_step_that_waits_for_an_open_choice(found: Findings) -> None:
    text = """
[step]
receive = { by = "desk", to = "open" }
close = { clause = "W1", by = "$closer", from = "open", to = "closed" }
[choices]
closer = { why = "the text does not say" }
"""
    (nobody,) = found(text, *CODES)
    assert nobody.code == "CF205"
    assert nobody.message() == (
        "nobody may take the step close: it depends on the open choice closer"
    )
    assert nobody.message("zh") == "没有人可以执行步骤 close：取决于待定事项 closer"
    assert not found(text.replace("why", 'is = "desk", why'), *CODES)


def test_reopening_is_noted(found: Findings) -> None:
    text = """
[step]
receive = { by = "desk", to = "open" }
close = { by = "desk", from = "open", to = "closed" }
reopen = { by = "desk", from = "closed", to = "open" }
"""
    (reopened,) = found(text, *CODES)
    assert (reopened.code, reopened.severity) == ("CF206", "note")
    assert reopened.values == {"state": "closed", "steps": "reopen"}
