"""Ladders, pauses, limits that disagree, contradict or cross."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from complaintflow.policy.check import Finding

Findings = Callable[..., tuple[Finding, ...]]


def duty(rest: str) -> str:
    return f'[duty]\nreport = {{ clause = "T1", owner = "desk", starts = "receive", {rest} }}'


def rungs(*points: str) -> str:
    return ", ".join(f'{{ at = "{point}", to = "desk" }}' for point in points)


def test_rungs_out_of_order(found: Findings) -> None:
    (order,) = found(duty(f'within = "48 h", rungs = [{rungs("due", "50 %")}]'), "CF401")
    assert (order.values["later"], order.values["earlier"]) == ("50 %", "due")
    assert not found(duty(f'within = "48 h", rungs = [{rungs("50 %", "due")}]'), "CF401")


def test_rungs_whose_order_flips_over_a_weekend(found: Findings) -> None:
    points = rungs("4 working hours before", "30 h before")
    (order,) = found(duty(f'within = "5 working days", rungs = [{points}]'), "CF401")
    assert order.example is not None
    assert order.example.start is not None


def test_a_rung_before_the_start(found: Findings) -> None:
    (early,) = found(duty(f'within = "24 h", rungs = [{rungs("30 h before", "due")}]'), "CF402")
    assert early.values == {"duty": "report", "rung": "30 h before", "limit": "24 h"}
    assert not found(duty(f'within = "24 h", rungs = [{rungs("3 h before", "due")}]'), "CF402")


@pytest.mark.parametrize("limit", ["word: promptly", "unset", "referenced: SOP-12"])
def test_rungs_of_a_limit_without_an_instant(found: Findings, limit: str) -> None:
    (never,) = found(duty(f'within = "{limit}", rungs = [{rungs("due")}]'), "CF407")
    assert never.values["limit"] == limit
    assert not found(duty(f'within = "{limit}"'), "CF407")


PROMISE = """
[facts]
told_for = "instant"
patience = "limit"
"asked, real" = "yes/no"
"""


def test_pauses_of_what_never_moves(found: Findings) -> None:
    facts = PROMISE.replace('patience = "limit"\n', "").replace('"asked, real"', "asked")
    (promise,) = found(facts + duty('date = "told_for", pauses = "asked"'), "CF406")
    assert promise.message() == (
        "the pauses of report have no effect: a date that was named never moves"
    )
    facts = facts.replace('told_for = "instant"\n', "")
    (unmoved,) = found(facts + duty('within = "same day", pauses = "asked"'), "CF406")
    assert unmoved.values["why"] == "@unmoved:same day"
    assert unmoved.message("zh") == "report 的暂停条件不起作用：same day 不因暂停而顺延"
    assert not found(facts + duty('within = "2 working days", pauses = "asked"'), "CF406")


def test_pauses_of_a_limit_that_is_a_fact(found: Findings) -> None:
    facts = '[facts]\npatience = "limit"\nasked = "yes/no"\n'
    assert not found(facts + duty('within = "patience", pauses = "asked"'), "CF406")


GRADED = """
[facts]
loss = "money CNY"
[decide.grade]
order = ["A", "B"]
A.C1 = "loss >= 5000 CNY"
B.C2 = "loss < 5000 CNY"
"""


def test_an_answer_without_a_limit(found: Findings) -> None:
    (lacking,) = found(GRADED + duty('per = "grade", within = { A = "24 h" }'), "CF408")
    assert lacking.values == {"duty": "report", "decision": "grade", "answers": "B"}
    complete = duty('per = "grade", within = { A = "24 h", B = "unset" }')
    assert not found(GRADED + complete, "CF408")
    asked = duty('if = "grade is A", per = "grade", within = { A = "24 h" }')
    assert not found(GRADED + asked, "CF408")


def test_limits_that_disagree_are_shown_where_they_differ(found: Findings) -> None:
    text = duty('within = "10 working days (also written: 2 weeks)"')
    (disagreeing,) = found(text, "CF405")
    assert disagreeing.example is not None
    ((governing, first), (other, second)) = disagreeing.example.dues
    assert (governing, other) == ("10 working days", "2 weeks")
    assert first.date() != second.date()
    assert disagreeing.example.start is not None
    assert disagreeing.example.start.date() < dt.date(2026, 5, 1) <= second.date()  # a holiday


def test_a_calendar_that_ends_before_the_policy_begins(found: Findings) -> None:
    head = (
        'policy = { id = "small", version = "1", semantics = 1, calendar = "office", '
        'final = ["closed"], effective = 2027-01-01 }\n'
    )
    (late,) = found(head, "CF409")
    assert late.values == {"last": "2026-12-31", "effective": "2027-01-01"}
    assert not found(head.replace("2027", "2026"), "CF409")


TWO = """
[step]
receive = { by = "desk", to = "open" }
close = { by = "desk", from = "open", to = "closed", needs = { W1 = "NEEDS" } }
[duty]
tell = { clause = "T5", owner = "desk", starts = "receive", within = "SHORT" }
report = { clause = "T7", owner = "desk", starts = "receive", within = "LONG", ends = "ENDS" }
"""


def two(short: str, long: str, *, needs: str = "tell", ends: str = "close") -> str:
    text = TWO.replace("SHORT", short).replace("LONG", long)
    return text.replace("NEEDS", needs).replace("ENDS", ends)


def test_a_report_that_falls_due_before_the_transmission(found: Findings) -> None:
    """48 hours from Friday afternoon end before half a working day does."""
    text = two("4 working hours", "48 h", needs="receive")
    (cross,) = found(text, "CF403", "CF404")
    assert (cross.code, cross.severity, cross.clauses) == ("CF403", "warning", ("T7", "T5"))
    example = cross.example
    assert example is not None
    assert example.start is not None
    assert example.start.weekday() == 4
    assert example.start.hour == 14
    (report, transmission) = example.dues
    assert (report[0], transmission[0]) == ("report", "tell")
    assert report[1] == example.start + dt.timedelta(hours=48)
    assert report[1] < transmission[1]
    assert example.text() == (
        "start Fri 2026-01-02 14:00: report is due Sun 2026-01-04 14:00 and "
        "tell is due Mon 2026-01-05 09:00"
    )


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("2 h", "48 h"),  # both round the clock
        ("4 working hours", "12 working hours"),  # both on the calendar
        ("4 working hours", "10 calendar days"),  # far apart
        ("12 h", "same day"),  # no order is the ordinary one
    ],
)
def test_limits_that_keep_their_order(found: Findings, short: str, long: str) -> None:
    assert not found(two(short, long, needs="receive"), "CF403", "CF404")


def test_a_limit_that_waits_for_a_longer_one(found: Findings) -> None:
    (waits,) = found(two("48 h", "24 h"), "CF403", "CF404")
    assert (waits.code, waits.values["first"], waits.values["second"]) == (
        "CF404",
        "report",
        "tell",
    )
    assert not found(two("24 h", "48 h"), "CF403", "CF404")


def test_duties_that_are_never_owed_together_do_not_cross(found: Findings) -> None:
    pytest.importorskip("z3", reason="only the solver can tell")
    text = two("4 working hours", "48 h", needs="receive").replace(
        "tell = {", 'tell = { if = "grade is A",'
    )
    apart = GRADED + text.replace("report = {", 'report = { if = "grade is B",')
    together = GRADED + text.replace("report = {", 'report = { if = "grade in (A, B)",')
    assert found(together, "CF403")
    assert not found(apart, "CF403")
