"""How a decision answers, as formulas: the same picks as grading, criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import attrs

from complaintflow.policy.check.formula import Formulas, Truth
from complaintflow.policy.check.variables import Codes
from complaintflow.policy.decision import Decision

__all__ = ["Answers", "answers_of"]


class _HasCodes(Protocol):
    codes: Codes


@attrs.frozen(eq=False)
class Answers:
    """What a decision gives.

    Args:
        rules: When each criterion is true and false, in the order of the policy.
        defined: When there is an answer.
        answer: The number of the answer's code; without meaning where there is none.
        members: For ``all``: when each answer is among them.
        flag: For ``flag``: when it is yes and no; None otherwise.
    """

    rules: tuple[Truth, ...]
    defined: Any
    answer: Any
    members: Mapping[str, Any]
    flag: Truth | None = None


def answers_of(
    logic: Formulas, words: _HasCodes, decision: Decision, rules: Sequence[Truth]
) -> Answers:
    """The answers of *decision*, whose criteria are *rules*."""
    by_answer = {
        answer: logic.either(
            rule
            for criterion, rule in zip(decision.criteria, rules, strict=True)
            if answer in criterion.answers
        )
        for answer in decision.answers
    }
    none = logic.all(rule.no for rule in rules)
    some = logic.any(rule.yes for rule in rules)
    flag = Truth(some, none) if decision.pick == "flag" else None
    cases = _cases(logic, decision, rules, by_answer)
    if decision.residual is not None:
        cases.append((none, decision.residual))
    taken = logic.any(case for case, _ in cases)
    if decision.undetermined is not None:  # the strict side, while something is unknown
        strict = logic.all((logic.no(taken), logic.no(none)))
        cases.append((strict, decision.undetermined))
        taken = logic.any((taken, strict))
    answer = logic.whole(-2)
    for case, code in reversed(cases):
        answer = logic.choose(case, logic.whole(words.codes.number(code)), answer)
    members = {
        code: logic.any((by_answer[code].yes, *((none,) if code == decision.residual else ())))
        for code in decision.answers
    }
    defined = logic.any((some, none)) if decision.pick in ("all", "flag") else taken
    return Answers(tuple(rules), defined, answer, members, flag)


def _cases(
    logic: Formulas, decision: Decision, rules: Sequence[Truth], by_answer: Mapping[str, Truth]
) -> list[tuple[Any, str]]:
    """When each answer comes out by its criteria; the cases exclude each other."""
    match decision.pick:
        case "highest":
            return [
                (
                    logic.all(
                        (
                            by_answer[code].yes,
                            *(by_answer[above].no for above in decision.order[:n]),
                        )
                    ),
                    code,
                )
                for n, code in enumerate(decision.order)
            ]
        case "first":
            return [
                (logic.all((rule.yes, *(before.no for before in rules[:n]))), criterion.answers[0])
                for n, (criterion, rule) in enumerate(zip(decision.criteria, rules, strict=True))
            ]
        case "unique":
            return [
                (
                    logic.all(
                        (
                            found.yes,
                            *(other.no for o, other in by_answer.items() if o != code),
                        )
                    ),
                    code,
                )
                for code, found in by_answer.items()
            ]
        case _:
            return []
