"""Decisions that other conditions ask for are read as the engine answers them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from complaintflow.policy.check import Finding

pytest.importorskip("z3", reason="the solver is an extra")

Findings = Callable[..., tuple[Finding, ...]]

HEAD = """
[facts]
loss = "money CNY"
stopped = "yes/no"
[tell]
news = { on = "TOLD", to = "desk" }
[decide.grade]
"""


@pytest.mark.parametrize(
    ("decision", "told", "comes"),
    [
        # highest: B only comes out where A does not match
        ('order = ["A", "B"]\nA.C1 = "loss > 9 CNY"\nB.C2 = "loss > 5 CNY"', "grade is B", True),
        ('order = ["A", "B"]\nA.C1 = "loss > 5 CNY"\nB.C2 = "loss > 9 CNY"', "grade is B", False),
        ('order = ["A", "B"]\nA.C1 = "loss > 5 CNY"\nB.C2 = "loss > 9 CNY"', "grade.B", True),
        ('order = ["A", "B"]\nA.C1 = "loss > 5 CNY"\nB.C2 = "true"', "grade < A and stopped", True),
        ('order = ["A", "B"]\nA.C1 = "loss > 5 CNY"\nB.C2 = "true"', "grade > A", False),
        # first: what stands before wins
        ('pick = "first"\nB.C2 = "loss > 5 CNY"\nA.C1 = "loss > 9 CNY"', "grade is A", False),
        ('pick = "first"\nB.C2 = "loss > 9 CNY"\nA.C1 = "loss > 5 CNY"', "grade is A", True),
        # unique: two that match give no answer
        ('pick = "unique"\nA.C1 = "loss > 5 CNY"\nB.C2 = "loss > 9 CNY"', "grade is B", False),
        ('pick = "unique"\nA.C1 = "loss > 5 CNY"\nB.C2 = "loss > 9 CNY"', "grade is A", True),
        # residual and all
        (
            'residual = "B"\npick = "first"\nA.C1 = "loss > 5 CNY"',
            "grade is B and loss > 6 CNY",
            False,
        ),
        (
            'residual = "B"\npick = "first"\nA.C1 = "loss > 5 CNY"',
            "grade is B and loss > 4 CNY",
            True,
        ),
        (
            'pick = "all"\nA.C1 = "loss > 5 CNY"\nB.C2 = "loss > 9 CNY"',
            "A in grade and B not in grade",
            True,
        ),
        (
            'pick = "all"\nA.C1 = "loss > 5 CNY"\nB.C2 = "loss > 9 CNY"',
            "B in grade and A not in grade",
            False,
        ),
        # flag, and whether there is an answer
        ('pick = "flag"\nyes.C1 = "loss > 5 CNY"', "grade and loss > 6 CNY", True),
        ('pick = "flag"\nyes.C1 = "loss > 5 CNY"', "grade and loss < 4 CNY", False),
        ('pick = "first"\nA.C1 = "loss > 5 CNY"', "not known(grade) and loss < 4 CNY", True),
        ('pick = "first"\nA.C1 = "loss > 5 CNY"', "not known(grade) and loss > 6 CNY", False),
        # the strict side while something is unknown
        (
            'undetermined = "B"\npick = "first"\nA.C1 = "loss > 5 CNY"\nB.C2 = "stopped"',
            "not known(loss) and grade is A",
            False,
        ),
        (
            'undetermined = "B"\npick = "first"\nA.C1 = "loss > 5 CNY"\nB.C2 = "stopped"',
            "not known(loss) and not stopped and grade is B",
            True,
        ),
    ],
)
def test_what_can_come_out(found: Findings, decision: str, told: str, comes: bool) -> None:
    asked = "stopped" in decision + told
    text = HEAD if asked else HEAD.replace('stopped = "yes/no"\n', "")
    named = '\n[names]\nA = ["A", "甲"]\nB = ["B", "乙"]'
    if "B" not in decision.replace("CNY", ""):
        named = named.replace('\nB = ["B", "乙"]', "")
    if "flag" in decision:
        named = ""
    never = found(text.replace("TOLD", told) + decision + named, "CF506")
    assert bool(never) is not comes
