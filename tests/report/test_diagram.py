"""Mermaid text: every state, every step, open items as question marks."""

from __future__ import annotations

import re

import pytest

from complaintflow.gallery import load_pack, packs
from complaintflow.policy.policy import Policy
from complaintflow.report.diagram import mermaid


@pytest.fixture(scope="module")
def oem() -> Policy:
    return load_pack("oem_supplier")


@pytest.mark.parametrize("name", packs())
def test_every_state_and_every_step_is_drawn(name: str) -> None:
    policy = load_pack(name)
    text = mermaid(policy)
    for state in policy.states:
        assert re.search(rf'state "[^"]+" as {state}\n', text)
    for step in policy.steps:
        assert f" : {policy.name(step.code).replace(':', '#58;')}" in text


def test_the_flow_of_the_oem_supplier(oem: Policy) -> None:
    lines = mermaid(oem).splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    [*] --> received : Receive" in lines
    assert "    received --> sheet_due : Confirm on site [problem_real]" in lines
    assert "    received --> open_not_real : Confirm on site [else]" in lines
    assert "    in_review --> in_review : Refuse" in lines
    assert "    closed --> [*]" in lines


def test_names_are_chinese_on_demand(oem: Policy) -> None:
    assert "    received --> open_not_real : 现场确认 [否则]" in mermaid(oem, "zh").splitlines()


def test_labels_cannot_break_the_drawing(oem: Policy) -> None:
    import attrs

    from complaintflow.policy.policy import Name

    names = {**oem.names, "receive": Name('a;b:c"d<e>\nf#')}
    text = mermaid(attrs.evolve(oem, names=names))
    assert "[*] --> received : a#59;b#58;c#quot;d#lt;e#gt; f#35;" in text
