"""Two versions in words: every difference is told, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from complaintflow.calendar import Limit
from complaintflow.errors import InvalidValueError
from complaintflow.gallery import load_pack
from complaintflow.policy.diff import Change, diff
from complaintflow.policy.duty import Duty, Target
from complaintflow.policy.expression import parse
from complaintflow.policy.party import parse_party
from complaintflow.policy.policy import Name, Policy

evolved: Any = attrs.evolve  # with attributes by name, which no type checker follows


@pytest.fixture(scope="module")
def s000() -> Policy:
    return load_pack("oem_supplier")


def texts(old: Policy, new: Policy, language: str = "en") -> list[str]:
    return [change.text(language) for change in diff(old, new)]


def with_part(policy: Policy, section: str, code: str, **changes: Any) -> Policy:
    parts = [
        evolved(part, **changes) if part.code == code else part for part in getattr(policy, section)
    ]
    new: Policy = evolved(policy, **{section: tuple(parts)})
    return new


def with_duty(policy: Policy, code: str, **target: Any) -> Policy:
    duty = next(duty for duty in policy.duties if duty.code == code)
    return with_part(policy, "duties", code, target=evolved(duty.target or Target(), **target))


def with_criteria(policy: Policy, code: str, edit: Callable[[list[Any]], list[Any]]) -> Policy:
    decision = next(decision for decision in policy.decisions if decision.code == code)
    return with_part(policy, "decisions", code, criteria=tuple(edit(list(decision.criteria))))


def test_a_policy_does_not_differ_from_itself(s000: Policy) -> None:
    assert diff(s000, s000) == ()


def test_a_limit(s000: Policy) -> None:
    new = with_duty(s000, "preliminary_report", within=Limit.parse("36 h"))
    (change,) = diff(s000, new)
    assert change.text() == "Preliminary rectification report (T6, W6) from 24 h to 36 h"
    assert change.text("zh") == "初步整改报告 (T6, W6)由 24 小时 改为 36 小时"
    assert (change.kind, change.clauses) == ("limit", ("T6", "W6"))
    assert change.path == ("duty", "preliminary_report", "within")


def test_who_co_signs(s000: Policy) -> None:
    new = with_part(s000, "duties", "rectification_report", owner=parse_party("plant"))
    assert texts(s000, new) == ["Quality no longer co-signs Rectification report (T7, W7)"]
    assert texts(s000, new, "zh") == ["质量部不再会签整改报告 (T7, W7)"]
    assert texts(new, s000) == ["Quality now co-signs Rectification report (T7, W7)"]


def test_who_owes_and_who_may(s000: Policy) -> None:
    new = with_part(s000, "duties", "analysis", owner=parse_party("plant or quality"))
    assert texts(new, with_part(new, "duties", "analysis", owner=parse_party("plant"))) == [
        "Quality no longer owes Analysis and measures report (Q7, S2)"
    ]
    new = with_part(s000, "steps", "refuse", by=parse_party("sales"))
    assert texts(s000, new) == ["Quality may no longer take Refuse (I6, W3)"]


def test_a_party_whose_word_changes_is_told_whole(s000: Policy) -> None:
    new = with_part(s000, "steps", "refuse", by=parse_party("sales then quality"))
    assert texts(s000, new) == ["Refuse (I6, W3): who from Sales or Quality to Sales, then Quality"]


def test_a_criterion_more_and_one_less(s000: Policy) -> None:
    def edit(rules: list[Any]) -> list[Any]:
        more = evolved(rules[0], when=parse("cause_hard"), clauses=("C2",))
        return [more, *(rule for rule in rules if rule.clauses != ("C2.3",))]

    added, removed = diff(s000, with_criteria(s000, "grade", edit))
    assert added.text() == "Grade A now also for: Cause hard to establish (C2)"
    assert added.text("zh") == "等级 A级 现也适用于：原因难以判定 (C2)"
    assert removed.text().startswith("Grade B no longer for: Subject is one of Quality")
    assert (removed.kind, removed.clauses) == ("criterion removed", ("C2.3",))


def test_a_criterion_of_the_same_clause_is_one_change(s000: Policy) -> None:
    def edit(rules: list[Any]) -> list[Any]:
        return [
            evolved(rule, when=parse("dissatisfied")) if rule.clauses == ("C1.4",) else rule
            for rule in rules
        ]

    assert texts(s000, with_criteria(s000, "grade", edit)) == [
        "Grade A (C1.4) now for: Dissatisfied (was: Not compliant)"
    ]


def test_a_criterion_that_cites_another_clause(s000: Policy) -> None:
    def edit(rules: list[Any]) -> list[Any]:
        return [
            evolved(rule, clauses=("C1",)) if rule.clauses == ("C1.4",) else rule for rule in rules
        ]

    assert texts(s000, with_criteria(s000, "grade", edit)) == [
        "Grade A for: Not compliant, now by C1"
    ]


def test_a_criterion_written_otherwise_is_no_change(s000: Policy) -> None:
    def edit(rules: list[Any]) -> list[Any]:
        swapped = parse("not (5000 CNY > possible_loss)")
        return [
            evolved(rule, when=swapped) if rule.clauses == ("C1.3",) else rule
            for rule in reversed(rules)
        ]

    assert diff(s000, with_criteria(s000, "grade", edit)) == ()


def test_the_order_counts_where_the_first_match_wins(s000: Policy) -> None:
    first = with_part(s000, "decisions", "units", pick="first")
    other = with_criteria(first, "units", lambda rules: rules[::-1])
    assert texts(first, other) == ["Responsible units: the criteria are tried in another order"]


def test_a_new_member_does_not_touch_the_conditions_that_name_others(s000: Policy) -> None:
    cause = next(fact for fact in s000.facts if fact.code == "cause")
    kind: Any = evolved(cause.type, members=("handling", *cause.type.members))  # type: ignore[union-attr]
    assert texts(s000, with_part(s000, "facts", "cause", type=kind)) == [
        "Cause: answers now also handling"
    ]


def test_parts_that_come_and_go(s000: Policy) -> None:
    duty = Duty(
        "review",
        parse_party("quality"),
        parse("close"),
        target=Target(Limit.parse("3 calendar days")),
    )
    gone = tuple(duty for duty in s000.duties if duty.code != "visit_oem")
    new = evolved(s000, duties=(*gone, duty), names={**s000.names, "review": Name("Review")})
    assert texts(s000, new) == [
        "new duty: Review, Quality, 3 calendar days",
        "no more duty: Visit the customer's plant (W9)",
    ]


def test_choices_that_are_settled_read_otherwise_or_opened(s000: Policy) -> None:
    settled = with_part(s000, "choices", "repeatedly", taken="3")
    assert texts(s000, settled) == ["Repeatedly (I6) is settled: 3"]
    assert texts(settled, s000) == ["Repeatedly (I6) is open again (was 3)"]
    other = with_part(settled, "choices", "repeatedly", taken="4")
    assert texts(settled, other) == ["Repeatedly (I6) is read as 4, no longer as 3"]


def test_names_and_clauses(s000: Policy) -> None:
    names = {**s000.names, "quality": Name("Quality assurance", "品保部")}
    assert texts(s000, evolved(s000, names=names)) == [
        "quality is now called Quality assurance (was Quality)"
    ]
    clauses = {**s000.clauses, "T8": "final report", "T6": "within 36 hours"}
    changed, added = texts(s000, evolved(s000, clauses=clauses))
    assert changed.startswith("clause T6 now says: within 36 hours (was: Preliminary")
    assert added == "new clause: T8: final report"


def test_a_day_that_is_worked_no_more(s000: Policy) -> None:
    data = s000.calendar.to_mapping()
    special = {day: hours for day, hours in data["special"].items() if "05-09" not in str(day)}
    calendar = type(s000.calendar).from_mapping({**data, "special": special})
    assert texts(s000, evolved(s000, calendar=calendar)) == [
        "the policy: other working hours on 2026-05-09 (days in all: 1)"
    ]


def test_limits_by_answer(s000: Policy) -> None:
    old = with_duty(
        s000, "transmit", per="grade", within={"A": Limit.parse("2 h"), "B": Limit.parse("4 h")}
    )
    new = with_duty(
        s000, "transmit", per="grade", within={"A": Limit.parse("1 h"), "B": Limit.parse("4 h")}
    )
    assert texts(old, new) == ["Transmit the information (T5): limit for Grade A from 2 h to 1 h"]


def test_a_language_that_does_not_exist(s000: Policy) -> None:
    (change,) = diff(s000, with_duty(s000, "transmit", within=Limit.parse("3 h")))
    with pytest.raises(InvalidValueError, match="'fr'"):
        change.text("fr")
    assert str(change) == change.text()
    assert isinstance(change, Change)
