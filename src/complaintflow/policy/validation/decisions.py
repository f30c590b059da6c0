"""Decisions: their answers, their order, how criteria make one answer."""

from __future__ import annotations

from complaintflow.domain.types import OneOf, SomeOf
from complaintflow.policy.decision import PICKS, Decision
from complaintflow.policy.policy import Policy
from complaintflow.policy.validation.finding import Finding, Path
from complaintflow.policy.validation.ledger import Ledger

__all__ = ["decisions_in", "unused_answers"]


def decisions_in(policy: Policy, ledger: Ledger) -> None:
    """Answers outside the order, several answers where one is wanted, a flag that says more."""
    for decision in policy.decisions:
        path = ("decide", decision.code)
        if decision.pick not in PICKS:
            message = f"expected one of {', '.join(PICKS)}, got {decision.pick!r}"
            ledger.findings.append(Finding((*path, "pick"), message, decision.pick))
        if decision.pick == "highest" and not decision.order:
            message = "the highest answer needs an order: order = ['A', 'B', 'C']"
            ledger.findings.append(Finding((*path, "pick"), message, "highest"))
        for index, rule in enumerate(decision.criteria):
            _rule(decision, (*path, "rules", index), rule.answers, ledger)
        known = ("yes", "no") if decision.pick == "flag" else decision.order
        for key in ("residual", "undetermined"):
            answer: str | None = getattr(decision, key)
            if known and answer is not None and answer not in known:
                message = f"expected one of {', '.join(known)}, got {answer!r}"
                ledger.stranger((*path, key), message, answer, known)


def _rule(decision: Decision, path: Path, answers: tuple[str, ...], ledger: Ledger) -> None:
    if len(answers) > 1 and decision.pick != "all":
        message = f"several answers at once need pick = 'all', not {decision.pick!r}"
        ledger.findings.append(Finding((*path, "answer"), message, answers[1]))
    if decision.pick == "flag":
        for answer in answers:
            if answer != "yes":
                message = f"a flag answers 'yes', not {answer!r}"
                ledger.stranger((*path, "answer"), message, answer, ("yes",))
    elif decision.order:
        for answer in answers:
            if answer not in decision.order:
                message = f"{answer!r} is not in the order of {decision.code}"
                ledger.stranger((*path, "answer"), message, answer, decision.order)


def unused_answers(policy: Policy, ledger: Ledger) -> None:
    """Answers that stand only once: nobody would notice a slip."""
    members = {
        member
        for fact in policy.facts
        if isinstance(fact.type, (OneOf, SomeOf))
        for member in fact.type.members
    }
    roles = ledger.spaces.get("role", {})
    for decision in policy.decisions:
        given = {answer for rule in decision.criteria for answer in rule.answers}
        for index, answer in enumerate(decision.order):
            if answer not in given and not _known(decision, answer, ledger):
                ledger.findings.append(
                    Finding(
                        ("decide", decision.code, "order", index),
                        f"no criterion answers {answer!r}, and nothing else mentions it",
                        answer,
                    )
                )
        if decision.order or decision.pick == "flag":
            continue
        for index, rule in enumerate(decision.criteria):
            for answer in rule.answers:
                if answer in roles or answer in members or _known(decision, answer, ledger):
                    continue
                if any(f.word == answer for f in ledger.findings):
                    continue
                ledger.findings.append(
                    Finding(
                        ("decide", decision.code, "rules", index, "answer"),
                        f"the answer {answer!r} is no role and nothing mentions it; "
                        "if it is meant, give it a name in [names]",
                        answer,
                    )
                )


def _known(decision: Decision, answer: str, ledger: Ledger) -> bool:
    return (
        answer in ledger.named
        or ("member", answer) in ledger.used
        or ("name", f"{decision.code}.{answer}") in ledger.used
        or answer in (decision.residual, decision.undetermined)
    )
