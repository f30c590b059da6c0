"""Mermaid text: everything is drawn, in either language, and no name can break it."""

from __future__ import annotations

import re

import attrs
import pytest

from complaintflow.errors import InvalidValueError
from complaintflow.gallery import load_pack, packs
from complaintflow.policy.policy import Name, Policy
from complaintflow.report.diagrams import KINDS, draw, grading, time, workflow

HEADS = {"workflow": "stateDiagram-v2", "grading": "flowchart LR", "time": "flowchart LR"}
WHAT = [(name, kind, language) for name in packs() for kind in KINDS for language in ("en", "zh")]


@pytest.fixture(scope="module")
def oem() -> Policy:
    return load_pack("oem_supplier")


def nodes(text: str) -> set[str]:
    """The nodes that a flowchart declares."""
    return set(re.findall(r"^ +(\w+)(?=\[|\(|\{|>)", text, re.MULTILINE))


def ends(text: str) -> set[str]:
    """The nodes at both ends of its arrows."""
    arrow = re.compile(r"^ +(\w+) (?:-->|-- \".*\" -->|-\. \".*\" \.->) (\w+)$", re.MULTILINE)
    return {node for pair in arrow.findall(text) for node in pair}


@pytest.mark.parametrize(("name", "kind", "language"), WHAT)
def test_every_drawing_is_well_formed(name: str, kind: str, language: str) -> None:
    text = draw(load_pack(name), kind, language)
    assert text.splitlines()[0] == HEADS[kind]
    for line in text.splitlines():
        assert line.count('"') % 2 == 0
    assert text.count("subgraph ") == len(re.findall(r"^ +end$", text, re.MULTILINE))
    if kind != "workflow":
        assert ends(text) <= nodes(text)


@pytest.mark.parametrize("name", packs())
def test_every_state_and_every_step_is_drawn(name: str) -> None:
    policy = load_pack(name)
    text = workflow(policy)
    for state in policy.states:
        assert re.search(rf'state "[^"]+" as s_{state}\n', text)
    for step in policy.steps:
        assert f" : {policy.name(step.code).replace(':', '#58;')}" in text


def test_the_flow_of_the_oem_supplier(oem: Policy) -> None:
    lines = [line.strip() for line in workflow(oem).splitlines()]
    assert "[*] --> s_received : Receive · Sales point · I1, W1" in lines
    real = "Confirm on site (Problem is real) · Sales point · W2"
    assert f"s_received --> s_sheet_due : {real}" in lines
    assert ("s_received --> open_not_real : Confirm on site (else) · Sales point · W2") in lines
    assert "s_in_review --> s_in_review : Refuse · Sales or Quality · I6, W3" in lines
    assert "s_closed --> [*]" in lines


def test_the_flow_in_chinese(oem: Policy) -> None:
    lines = [line.strip() for line in workflow(oem, "zh").splitlines()]
    assert "s_received --> open_not_real : 现场确认（否则） · 销售点 · W2" not in lines
    assert "s_received --> open_not_real : 现场确认 (否则) · 销售点 · W2" in lines


def test_every_criterion_leads_to_its_answers(oem: Policy) -> None:
    text = grading(oem)
    for decision in oem.decisions:
        for index, criterion in enumerate(decision.criteria):
            for answer in criterion.answers:
                assert (f"g_{decision.code}_c{index} --> g_{decision.code}_a_{answer}\n") in text


def test_the_grading_of_the_oem_supplier(oem: Policy) -> None:
    lines = [line.strip() for line in grading(oem).splitlines()]
    assert 'subgraph d_grade["Grade<br/>C5"]' in lines
    assert 'g_grade_c3["C1.3<br/>Possible loss is at least 5000 CNY"]' in lines
    assert 'g_grade_a_A -. "if not" .-> g_grade_a_B' in lines
    assert 'g_grade_none{{"nothing fits#58; Quality decides"}}' in lines
    assert 'g_grade_c3["C1.3<br/>可能损失金额不低于 5000 CNY"]' in grading(oem, "zh")


def test_every_duty_hangs_on_what_starts_it(oem: Policy) -> None:
    text = time(oem)
    for duty in oem.duties:
        assert re.search(rf"^ +m\d+ -.*> t_{duty.code}$", text, re.MULTILINE), duty.code


def test_the_times_of_the_oem_supplier(oem: Policy) -> None:
    lines = [line.strip() for line in time(oem).splitlines()]
    assert (
        't_written_form["Put it in writing<br/>Sales point<br/>within 12 h<br/>'
        'until Hand in the sheet<br/>T3, I5"]'
    ) in lines
    assert 'm0 -- "if Reported orally" --> t_written_form' in lines
    assert 't_rectification_report -. "due" .-> t_rectification_report_r0' in lines
    assert "48 小时内" in time(oem, "zh")


def test_labels_cannot_break_the_drawing(oem: Policy) -> None:
    names = {**oem.names, "receive": Name('a;b:c"d<e>\nf#[g]{h}`')}
    text = workflow(attrs.evolve(oem, names=names))
    safe = "a#59;b#58;c#quot;d#lt;e#gt; f#35;#91;g#93;#123;h#125;#96;"
    assert f"[*] --> s_received : {safe} · Sales point" in text


def test_a_drawing_that_does_not_exist(oem: Policy) -> None:
    with pytest.raises(InvalidValueError, match="did you mean 'grading'"):
        draw(oem, "gradings")
    with pytest.raises(InvalidValueError, match="'fr'"):
        draw(oem, "time", "fr")
