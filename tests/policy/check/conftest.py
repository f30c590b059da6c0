"""Small policies, so that each kind of finding has one that shows it and one that does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.policy.check import Finding, check
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import loads

Findings = Callable[..., tuple[Finding, ...]]
"""From the sections of a policy and codes of findings to those findings."""

CALENDAR = """
[calendar.office]
timezone = "Asia/Shanghai"
coverage = [2026-01-01, 2026-12-31]
[calendar.office.week]
"mon-fri" = ["08:00-12:00", "13:00-17:00"]
[calendar.office.closed]
2026-05-01 = "Labour Day"
"""
HEAD = """
policy = { id = "small", version = "1", semantics = 1, calendar = "office", final = ["closed"] }
"""
STEPS = """
[step]
receive = { by = "desk", to = "open" }
close = { by = "desk", from = "open", to = "closed" }
"""


def read(text: str) -> Policy:
    """A policy in which whatever *text* leaves out is ordinary."""
    parts = [] if "policy = {" in text else [HEAD]
    parts += [] if "roles = {" in text else ['roles = { desk = "" }']
    parts += [text]
    parts += [] if "[step]" in text else [STEPS]
    return loads("\n".join([*parts, CALENDAR]))


@pytest.fixture
def policy_of() -> Callable[[str], Policy]:
    return read


@pytest.fixture
def found() -> Findings:
    """The findings of a policy with one of *codes*, or all of them."""

    def find(text: str, *codes: str) -> tuple[Finding, ...]:
        return tuple(f for f in check(read(text)) if not codes or f.code in codes)

    return find
