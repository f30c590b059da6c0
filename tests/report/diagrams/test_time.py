"""Limits and ladders in the drawing of times."""

from __future__ import annotations

import attrs
import pytest

from complaintflow.calendar import Limit
from complaintflow.gallery import load_pack
from complaintflow.policy.choice import Open
from complaintflow.policy.duty import Target
from complaintflow.policy.expression import parse
from complaintflow.policy.policy import Policy
from complaintflow.policy.rung import Rung, parse_point
from complaintflow.report.diagrams import time


def with_target(target: Target) -> Policy:
    policy = load_pack("oem_supplier")
    duty = attrs.evolve(policy.duties[0], target=target, ends=None)
    return attrs.evolve(policy, duties=(duty,))


@pytest.mark.parametrize(
    ("target", "english", "chinese"),
    [
        (Target(Limit.parse("24 h")), "within 24 h", "24 小时内"),
        (Target(Limit.parse("same day")), "limit same day", "期限：当天"),
        (Target(Open("half_day")), "open#58; Half a working day", "待定：半个工作日"),
        (Target(date="shipped_on"), "on Shipped on", "按发货日期"),
        (
            Target({"A": Limit.parse("2 h"), "B": Limit.parse("4 h")}, per="grade"),
            "2 h for Grade A<br/>4 h for Grade B",
            "A级：2 小时<br/>B级：4 小时",
        ),
        (
            Target(Limit.parse("24 h"), pauses=parse("dissatisfied")),
            "within 24 h<br/>stands while Dissatisfied",
            "24 小时内<br/>客户不满期间停止计时",
        ),
    ],
)
def test_by_when(target: Target, english: str, chinese: str) -> None:
    policy = with_target(target)
    assert f"<br/>{english}<br/>" in time(policy)
    assert f"<br/>{chinese}<br/>" in time(policy, "zh")


@pytest.mark.parametrize(
    ("point", "chinese"),
    [
        ("50 %", "期限的 50 %"),
        ("2 h before", "到期前 2 小时"),
        ("due", "到期未完成"),
        ("24 h after", "到期后 24 小时"),
        ("every 24 h after, 3 times", "到期后每 24 小时，共 3 次"),
    ],
)
def test_rungs(point: str, chinese: str) -> None:
    rungs = (Rung("x", parse_point(point), ("quality",)),)
    policy = with_target(Target(Limit.parse("48 h"), rungs=rungs))
    assert f'-. "{point}" .-> t_confirm_today_r0' in time(policy)
    assert f'-. "{chinese}" .-> t_confirm_today_r0' in time(policy, "zh")
