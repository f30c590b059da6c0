"""Acts that are kept apart, although one role alone does them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.policy.check import Finding

Findings = Callable[..., tuple[Finding, ...]]

TEXT = """
roles = { desk = "", plant = "" }
[facts]
blamed = "text"
[step]
receive = { by = "desk", to = "open", asks = ["blamed"] }
close = { by = "plant", from = "open", to = "closed", signed = "desk" }
[duty]
visit = { owner = "desk or plant", starts = "receive", jointly = "desk and plant" }
report = { owner = "desk", starts = "receive" }
[approval]
consent = { by = "desk and plant", starts = "receive" }
[action]
measure = { kinds = "fix", by = "desk", owner = "plant", verified_by = "desk" }
[tell]
agreed = { on = "consent is yes", to = "desk" }
[apart]
"""


@pytest.mark.parametrize(
    "acts",
    [
        ["receive", "report"],
        ["receive", "sign close", "blamed"],
        ["receive", "consent.desk"],
        ["raise measure", "verify measure"],
    ],
)
def test_one_role_needs_several_people(found: Findings, acts: list[str]) -> None:
    listed = str(acts).replace("'", '"')
    (finding,) = found(TEXT + f"rule = {listed}", "CF507")
    assert finding.path == ("apart", "rule")
    assert finding.severity == "note"
    assert finding.message().endswith("only desk does them: it takes 2 people in that role")


@pytest.mark.parametrize(
    "acts",
    [
        ["receive", "close"],
        ["receive", "measure"],
        ["receive", "consent"],
        ["receive", "visit"],
        ["receive", "attend visit"],
        ["receive", "blamed"],
    ],
)
def test_two_roles_do_not(found: Findings, acts: list[str]) -> None:
    listed = str(acts).replace("'", '"')
    assert not found(TEXT + f"rule = {listed}", "CF507")
