"""What people read of the life of a duty, in both languages."""

from __future__ import annotations

import pytest

from complaintflow.policyfile import loads
from complaintflow.report.diagrams.time import time
from complaintflow.testing.rehearsal import Rehearsal

POLICY = loads(
    """
    policy = { id = "t", version = "1", semantics = 1, calendar = "always", final = ["closed"] }
    roles = { centre = "R1", liaison = "R2", unit = "R3", head = "R4" }
    [step]
    open_ticket = { by = "centre", to = "open" }
    close = { by = "centre", from = "open", to = "closed", needs = { W1 = "settle and tell" } }
    [duty]
    settle = { clause = "W9", owner = "liaison", starts = "open_ticket", ruled_by = "centre", passed_on_by = "liaison", bounces = 3, arbiter = "head" }
    tell = { owner = "liaison", each = ["a", "b"], starts = "open_ticket", waived_by = "centre", ruled_by = "head" }
    [names]
    settle = ["Settle", "办理"]
    tell = ["Tell", "告知"]
    unit = ["Unit", "部门"]
    centre = ["Centre", "中心"]
    [calendar.always]
    timezone = "Asia/Shanghai"
    week = { "mon-sun" = ["00:00-24:00"] }
    """
)


@pytest.fixture(scope="module")
def play() -> Rehearsal:
    play = Rehearsal(POLICY)
    play.receive("2026-05-06 09:00", role="centre")
    desk, number = play.desk, play.number
    play.at("2026-05-06 10:00")
    desk.pass_on(number, "settle", "unit", reason="not able", by="li", role="liaison")
    desk.reject(number, "settle", reason="not ours", by="wu", role="unit")
    desk.rule(number, "settle", upheld=False, reason="it is", by="ce", role="centre")
    desk.reject(number, "tell", key="a", reason="none", by="li", role="liaison")
    desk.rule(number, "tell", key="a", upheld=True, reason="so it is", by="he", role="head")
    desk.reject(number, "tell", key="b", reason="far", by="li", role="liaison")
    desk.rule(number, "tell", key="b", upheld=True, to="unit", reason="near", by="he", role="head")
    desk.waive(number, "tell", key="b", reason="told", by="ce", role="centre")
    return play


def test_each_event_is_a_line_of_the_story(play: Rehearsal) -> None:
    lines = [line for line in play.desk.explain(play.number).story if line.key != "step"][1:]
    assert [line.text_en for line in lines] == [
        "li (liaison) passed Settle on to Unit: not able",
        "wu (Unit) rejected Settle: not ours",
        "ce (Centre) refused the rejection of Settle: it is",
        "li (liaison) rejected Tell (a): none",
        "he (head) upheld the rejection of Tell (a): so it is",
        "li (liaison) rejected Tell (b): far",
        "he (head) upheld the rejection of Tell (b), which goes to Unit: near",
        "ce (Centre) waived Tell (b): told",
    ]
    assert lines[0].clauses == ("W9",)
    assert [line.text_zh for line in lines[:3]] == [
        "li（liaison）将“办理”转派部门：not able",
        "wu（部门）驳回“办理”：not ours",
        "ce（中心）不准驳回“办理”：it is",
    ]


def test_who_had_it_is_told_to_the_end(play: Rehearsal) -> None:
    text = play.desk.explain(play.number).text("zh")
    assert "承办经过" in text
    assert "“办理”：部门，2026-05-06 10:00 至 现在（not able）" in text
    assert "“告知 (b)”：部门，2026-05-06 10:00 至 2026-05-06 10:00（near）" in text


def test_the_drawing_says_who_may_what() -> None:
    drawn = time(POLICY, "en")
    assert "rejections#58; Centre rules" in drawn
    assert "passed on by liaison" in drawn
    assert "after 3 bounces head decides" in drawn
    assert "waived by Centre" in drawn
    assert "退转3次后由head决定" in time(POLICY, "zh")
