"""Traces: every part with its value, the facts it used, what is missing, in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from complaintflow.domain.values import Money, Quantity
from complaintflow.errors import InvalidValueError
from complaintflow.policy.expression import (
    Expression,
    missing,
    parse,
    resolve,
    trace,
    trace_all,
    tracer,
)
from complaintflow.testing.expressions import FORMS, FUNCTIONS, ROLES, SCOPE

VIEW: dict[str, Any] = {
    **dict.fromkeys(SCOPE),
    "loss": Money(6000, "CNY"),
    "claim": Money(800, "CNY"),
    "repeats": Decimal(1),
    "shipped": Quantity(400),
    "made_on": dt.date(2026, 3, 1),
    "subject": "quality",
    "customer": "BYD",
    "grade": "B",
    "types": frozenset({"service", "loss"}),
    "line_stopped": False,
    "filled(report)": False,
}


def resolved(written: str) -> Expression:
    return resolve(
        parse(written),
        SCOPE,
        functions=FUNCTIONS,
        forms=FORMS,
        roles=ROLES,
        expect="value",
    )[0]


def test_a_trace_has_value_facts_and_parts() -> None:
    found = trace(resolved("loss >= 5000 CNY or hidden_risk and not line_stopped"), VIEW)
    assert (found.value, found.outcome) == (True, "met")
    assert found.facts == {
        "loss": Money(6000, "CNY"),
        "hidden_risk": None,
        "line_stopped": False,
    }
    first, second = found.parts
    assert (first.value, first.facts, first.parts) == (True, {"loss": Money(6000, "CNY")}, ())
    assert (second.value, second.outcome) == (None, "not evaluated")
    assert [part.value for part in second.parts] == [None, True]
    assert [part.value for part in second.parts[1].parts] == [False]


def test_a_trace_is_compiled_once_for_many_views() -> None:
    take = tracer(resolved("loss > claim"))
    assert take(VIEW).outcome == "met"
    assert take({**VIEW, "loss": Money(1, "CNY")}).outcome == "not met"
    assert tracer(resolved("true"))({}).facts == {}


def test_a_trace_keeps_the_facts_as_they_were() -> None:
    view = dict(VIEW)
    found = trace(resolved("line_stopped or loss > 1 CNY"), view)
    view["loss"] = None
    assert found.parts[1].value is True


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        (
            "loss >= 5000 CNY",
            "loss is 6000 CNY, at least 5000 CNY: met",
            "loss 为 6000 CNY，不低于 5000 CNY：满足",
        ),
        (
            "5000 CNY > loss",
            "loss is 6000 CNY, less than 5000 CNY: not met",
            "loss 为 6000 CNY，小于 5000 CNY：不满足",
        ),
        (
            "0 CNY < claim <= 5000 CNY",
            "claim is 800 CNY, more than 0 CNY and at most 5000 CNY: met",
            "claim 为 800 CNY，大于 0 CNY 且不超过 5000 CNY：满足",
        ),
        ("claim == 0 CNY", "claim is 800 CNY, wanted: 0 CNY: not met", None),
        ("age > 3", "age is unknown, more than 3: not evaluated", "age 未知，大于 3：无法判断"),
        ("line_stopped", "line_stopped is no: not met", "line_stopped 为否：不满足"),
        ("hidden_risk", "hidden_risk is unknown: not evaluated", "hidden_risk 未知：无法判断"),
        (
            "subject is delivery",
            "subject is quality, wanted: delivery: not met",
            "subject 为 quality，要求：delivery：不满足",
        ),
        ("delivery is not subject", "subject is quality, wanted: not delivery: met", None),
        (
            "subject in (quality, notice)",
            "subject is quality, wanted: one of quality, notice: met",
            "subject 为 quality，要求：属于 quality、notice：满足",
        ),
        ("subject not in (notice)", "subject is quality, wanted: none of notice: met", None),
        ("loss in types", "types is loss, service, wanted: loss: met", None),
        ("loss not in types", "types is loss, service, wanted: not loss: not met", None),
        ("grade >= C", "grade is B, C or higher: met", "grade 为 B，不低于 C：满足"),
        ("made_on < 2026-04-01", "made_on is 2026-03-01, before 2026-04-01: met", None),
        ("customer is 'BYD'", "customer is BYD, wanted: “BYD”: met", None),
        ("known(loss)", "loss is 6000 CNY: met", "loss 为 6000 CNY：满足"),
        ("known(age)", "age is unknown: not met", "age 未知：不满足"),
        ("filled(report)", "the form report is filled in: not met", "表单 report 已填妥：不满足"),
        (
            "loss > claim * 2",
            "loss is more than claim × 2 (loss is 6000 CNY, claim is 800 CNY): met",
            "loss 大于 claim × 2（loss 为 6000 CNY、claim 为 800 CNY）：满足",
        ),
        (
            "age < $limit",
            "age is less than the open choice $limit (age is unknown): not evaluated",
            "age 小于待定项 $limit（age 未知）：无法判断",
        ),
        (
            "line_stopped or not (subject is quality and loss > 1 CNY)",
            (
                "any of these: not met\n"
                "  line_stopped is no: not met\n"
                "  not this: not met\n"
                "    all of these: met\n"
                "      subject is quality, wanted: quality: met\n"
                "      loss is 6000 CNY, more than 1 CNY: met"
            ),
            None,
        ),
    ],
)
def test_says_why(written: str, english: str, chinese: str | None) -> None:
    found = trace(resolved(written), VIEW)
    assert found.text() == english
    assert chinese is None or found.text("zh") == chinese


def test_labels_are_what_people_say() -> None:
    labels = {"subject": "投诉事项", "subject.quality": "质量", "delivery": "交付"}
    found = trace(resolved("subject in (quality, delivery)"), VIEW)
    assert found.text("zh", labels) == "投诉事项为质量，要求：属于质量、交付：满足"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="expected a language of en, zh, got 'de'"):
        trace(resolved("line_stopped"), VIEW).text("de")


@pytest.mark.parametrize(
    ("written", "lacking"),
    [
        ("loss >= 5000 CNY", ()),
        ("age > 3", ("age",)),
        ("line_stopped and age > 3", ()),
        ("line_stopped or age > 3 or hidden_risk", ("age", "hidden_risk")),
        ("not (hidden_risk and loss > 1 CNY)", ("hidden_risk",)),
        ("age > 3 or not age > 5", ("age",)),
        ("age * $years > repeats", ("age", "$years")),
        ("$open", ("$open",)),
        ("shipped > 3 kg", ("shipped",)),
        ("repeats / (repeats - 1) > 3", ("repeats",)),
        ("longer(reason, age)", ("reason", "age")),
        ("known(age)", ()),
    ],
)
def test_what_is_missing(written: str, lacking: tuple[str, ...]) -> None:
    assert missing(resolved(written), VIEW) == lacking


def test_traces_together_share_their_facts() -> None:
    conditions = [resolved("loss > 1 CNY"), resolved("claim > loss"), resolved("true")]
    found = trace_all(conditions)(VIEW)
    assert found.outcomes == (True, False, True)
    assert found.names == ("loss", "claim")
    assert found.facts == {"loss": VIEW["loss"], "claim": VIEW["claim"]}
    assert len(found) == 3
    assert list(found) == [trace(condition, VIEW) for condition in conditions]
    assert found[1].facts == {"claim": VIEW["claim"], "loss": VIEW["loss"]}
    assert trace_all([])(VIEW).outcomes == ()
    assert trace_all(conditions[:1])(VIEW).values == (VIEW["loss"],)


def test_a_list_of_no_members_is_said() -> None:
    found = trace(resolved("loss in types"), {"types": frozenset()})
    assert found.text() == "types is -, wanted: loss: not met"
