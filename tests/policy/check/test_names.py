"""Facts nobody asks for, names that are lacking, clauses nobody cites, open items."""

from __future__ import annotations

from collections.abc import Callable

from complaintflow.policy.check import Finding

Findings = Callable[..., tuple[Finding, ...]]

DUTY = '[duty]\nlook = { owner = "desk", starts = "receive", if = "real" }\n'


def test_a_fact_that_nobody_asks_for(found: Findings) -> None:
    facts = '[facts]\nreal = "yes/no"\n'
    (unasked,) = found(facts + DUTY, "CF101")
    assert (unasked.severity, unasked.values) == ("note", {"facts": "real"})
    asking = '[step]\nreceive = { by = "desk", to = "open", asks = ["real"] }\n'
    asking += 'close = { by = "desk", from = "open", to = "closed" }\n'
    assert not found(facts + asking + DUTY, "CF101")
    giving = '[link]\nlab = { opens = "the laboratory", starts = "receive", gives = ["real"] }\n'
    assert not found(facts + giving + DUTY, "CF101")


def test_a_code_without_a_name(found: Findings) -> None:
    named = (
        '[names]\ndesk = ["Desk", "服务台"]\nreceive = ["Receive", "受理"]\nopen = ["Open", ""]\n'
    )
    english, chinese = found(named, "CF102")
    assert english.message() == "no English name for close, closed"
    assert chinese.message("zh") == "close, open, closed 没有中文名称"
    rest = 'close = ["Close", "关闭"]\nclosed = ["Closed", "已关闭"]\n'
    assert not found(named.replace('""', '"打开"') + rest, "CF102")


def test_a_policy_may_do_without_names(found: Findings) -> None:
    assert not found("", "CF102")


CLAUSES = """
roles = { desk = "R1" }
[clauses]
R1 = "the desk"
W2 = "heading"
"W2.1" = "what follows"
[duty]
look = { clause = "W2.1", owner = "desk", starts = "receive" }
"""


def test_a_clause_that_nothing_cites(found: Findings) -> None:
    assert not found(CLAUSES, "CF103")  # W2 is the heading of W2.1
    text = CLAUSES.replace("[duty]", 'S5 = "retention"\n[duty]')
    (uncited,) = found(text, "CF103")
    assert (uncited.values, uncited.clauses) == ({"clauses": "S5"}, ("S5",))


def test_open_items_say_who_needs_them(found: Findings) -> None:
    text = """
[duty]
look = { owner = "desk", starts = "receive", within = "$limit" }
[choices]
limit = { why = "the column is blank" }
"""
    (item,) = found(text, "CF601")
    assert item.message() == "open: limit, the column is blank (used by duty.look.within)"
    assert item.path == ("choices", "limit")
    assert not found(text.replace("why", 'is = "24 h", why'), "CF601")
