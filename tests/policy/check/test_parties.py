"""Who: duties nobody starts, approvals of oneself, routes that name nobody."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from complaintflow.policy.check import Finding, check
from complaintflow.policy.policy import Policy

Findings = Callable[..., tuple[Finding, ...]]

ISLAND = """
[step]
receive = { by = "desk", to = "open" }
close = { by = "desk", from = "open", to = "closed" }
stay = { by = "desk", from = "island", to = "island" }
leave = { by = "desk", from = "island", to = "closed" }
"""


ASKED = """[approval]
x = { by = "desk", starts = "BAD" }
[duty]
y = { owner = "desk", starts = "x is yes" }
"""


@pytest.mark.parametrize(
    ("section", "code", "path"),
    [
        ('[duty]\nx = { owner = "desk", starts = "BAD" }', "CF501", "duty"),
        ('[tell]\nx = { on = "BAD", to = "desk" }', "CF506", "tell"),
        (
            ASKED,
            "CF505",
            "approval",
        ),
    ],
)
def test_what_waits_for_a_step_that_cannot_be_taken(
    found: Findings, section: str, code: str, path: str
) -> None:
    (never,) = found(ISLAND + section.replace("BAD", "stay"), code)
    assert never.path[:2] == (path, "x")
    assert not found(ISLAND + section.replace("BAD", "stay or receive"), code)


def test_a_notice_without_recipients(policy_of: Callable[[str], Policy]) -> None:
    policy = policy_of('[tell]\nx = { on = "receive", to = "desk" }')
    assert not [f for f in check(policy) if f.code == "CF506"]
    deaf = attrs.evolve(policy, tells=(attrs.evolve(policy.tells[0], to=()),))
    (nobody,) = [f for f in check(deaf) if f.code == "CF506"]
    assert nobody.message() == "the notice x reaches nobody: it has no recipient"


SHOWN = """
roles = {{ desk = "", customer = {{ outside = {outside} }} }}
[facts]
phone = {{ type = "text", personal = {personal} }}
[tell]
x = {{ clause = "1", on = "receive", to = "{to}", shows = [{shows}] }}
y = {{ on = "receive", to = "customer" }}
"""


def test_personal_data_to_an_outsider(found: Findings) -> None:
    said = {"outside": "true", "personal": "true", "to": "desk, customer", "shows": '"phone"'}
    (leak,) = found(SHOWN.format(**said), "CF509")
    assert (leak.path, leak.clauses) == (("tell", "x", "shows"), ("1",))
    assert leak.message() == (
        "the notice x shows personal data (phone) to customer, outside of the company"
    )
    for harmless in (
        {"outside": "false"},
        {"personal": "false"},
        {"to": "desk"},
    ):
        assert not found(SHOWN.format(**{**said, **harmless}), "CF509")


ACTION = """
roles = { desk = "", plant = "" }
[action]
measure = { clause = "A2", kinds = "training", by = "plant", owner = "plant", verified_by = "WHO" }
"""


def test_who_verifies_and_who_carried_out(found: Findings) -> None:
    (same,) = found(ACTION.replace("WHO", "plant"), "CF503")
    assert (same.values, same.clauses) == ({"action": "measure", "role": "plant"}, ("A2",))
    assert not found(ACTION.replace("WHO", "desk"), "CF503")


REJECTION = """
roles = { desk = "", plant = "" }
[duty]
mend = { clause = "W9", owner = "plant", starts = "receive", ruled_by = "WHO" }
"""


def test_who_rejects_and_who_rules(found: Findings) -> None:
    (same,) = found(REJECTION.replace("WHO", "plant"), "CF508")
    assert (same.values, same.clauses) == ({"duty": "mend", "role": "plant"}, ("W9",))
    assert not found(REJECTION.replace("WHO", "desk"), "CF508")


APPROVAL = """
roles = { desk = "", boss = "" }
[approval]
pay = { clause = "E1", by = "WHO", starts = "receive" }
[duty]
refund = { owner = "desk", starts = "pay is yes" }
object = { owner = "boss", starts = "receive" }
"""


def test_who_asks_and_who_approves(found: Findings) -> None:
    (same,) = found(APPROVAL.replace("WHO", "desk"), "CF504")
    assert same.values == {"approval": "pay", "role": "desk"}
    assert not found(APPROVAL.replace("WHO", "boss"), "CF504")
    assert not found(APPROVAL.replace("WHO", "desk and boss"), "CF504")


ROUTING = """
roles = { desk = "", plant = "" }
[facts]
cause = "one of: design, making, transport, handling"
stopped = "yes/no"
[duty]
report = { each = "units", starts = "receive", if = "IF" }
[decide.units]
pick = "all"
desk.Q1 = "cause is design"
plant.Q2 = "cause in (COVERED)"
plant.Q6 = "stopped"
"""


def test_causes_without_a_department(found: Findings) -> None:
    text = ROUTING.replace("IF", "receive")
    (lacking,) = found(text.replace("COVERED", "making"), "CF310")
    assert lacking.message() == (
        "when cause is transport, handling, units names nobody; report would need somebody"
    )
    assert not found(text.replace("COVERED", "making, transport, handling"), "CF310")


def test_causes_for_which_nobody_is_needed(found: Findings) -> None:
    text = ROUTING.replace("COVERED", "making").replace("IF", "cause in (design, making)")
    assert not found(text, "CF310")
