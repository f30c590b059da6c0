"""Check, diff and drawings of any policy: they answer, the same every time, in two languages."""

from __future__ import annotations

import re

from hypothesis import Phase, given, settings

from complaintflow.policy.check import check
from complaintflow.policy.check.finding import SEVERITY_ORDER
from complaintflow.policy.diff import diff
from complaintflow.policy.policy import Policy
from complaintflow.policyfile import dump, loads
from complaintflow.report.diagrams import KINDS, draw
from complaintflow.testing.policies import Domain, policies

NODE = re.compile(r"^ +(\w+)(?=\[|\(|\{|>)", re.MULTILINE)
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # a policy shrinks for ages
ARROW = re.compile(r"^ +(\w+) (?:-->|-- \".*\" -->|-\. \".*\" \.->) (\w+)$", re.MULTILINE)


@settings(max_examples=10, phases=NO_SHRINKING)  # a whole policy takes long to draw
@given(policies())
def test_any_policy_can_be_checked_and_drawn(policy: Policy) -> None:
    findings = check(policy, budget=100_000)
    assert check(policy, budget=100_000) == findings
    grave = [SEVERITY_ORDER.index(finding.severity) for finding in findings]
    assert grave == sorted(grave)
    for finding in findings:
        assert finding.message("en") != finding.message("zh")
        assert finding.advice("en") != finding.advice("zh")
        assert finding.plain("zh")["code"] == finding.code
    for kind in KINDS:
        for language in ("en", "zh"):
            text = draw(policy, kind, language)
            assert all(line.count('"') % 2 == 0 for line in text.splitlines())
            if kind != "workflow":
                ends = {node for pair in ARROW.findall(text) for node in pair}
                assert ends <= set(NODE.findall(text))


@settings(max_examples=10, phases=NO_SHRINKING)
@given(policies())
def test_a_policy_that_was_written_and_read_does_not_differ(policy: Policy) -> None:
    assert diff(policy, policy) == ()
    assert diff(policy, loads(dump(policy), domain=Domain())) == ()


@settings(max_examples=8, phases=NO_SHRINKING)
@given(policies(), policies())
def test_what_differs_one_way_differs_the_other(one: Policy, other: Policy) -> None:
    there, back = diff(one, other), diff(other, one)
    assert bool(there) == bool(back)
    for change in (*there, *back):
        assert change.text("en")
        assert change.text("zh")
