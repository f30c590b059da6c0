"""Findings about where steps lead, by proof: no branch holds, two do, one never does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from complaintflow.policy.check.finding import Example, Finding
from complaintflow.policy.check.prover import GaveUpError, Prover
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import Step

__all__ = ["check_branches"]


def check_branches(policy: Policy, prover: Prover) -> Iterator[Finding]:
    """CF331 to CF333: the branches of each step, where its guards hold."""
    for step in policy.steps:
        if all(branch.when is None for branch in step.to):
            continue
        try:
            yield from _branches(step, prover)
        except GaveUpError:
            yield Finding("CF002", ("step", step.code, "to"), {"what": step.code}, step.clauses)


def _branches(step: Step, prover: Prover) -> Iterator[Finding]:
    encoder, logic = prover.encoder, prover.encoder.logic
    allowed = encoder.all_of(need.condition for need in step.needs)
    if not prover.possible(allowed):
        return  # its guards are a finding of their own
    truths = [
        logic.constant(True) if branch.when is None else encoder.truth(branch.when)
        for branch in step.to
    ]
    path = ("step", step.code, "to")
    facts = prover.example(allowed, *(truth.no for truth in truths))
    if facts is not None:
        example = Example(facts, brief=True)
        yield Finding("CF331", path, {"step": step.code}, step.clauses, example)
    before: list[Any] = []
    for index, (branch, truth) in enumerate(zip(step.to, truths, strict=True)):
        taken = prover.possible(allowed, truth.yes, *(logic.no(t.yes) for t in before))
        if not taken:
            values = {"step": step.code, "state": str(branch.to)}
            yield Finding("CF333", (*path, index, "when"), values, step.clauses)
        before.append(truth)
    for other, late in enumerate(step.to):
        for one, early in enumerate(step.to[:other]):
            if None in (early.when, late.when) or early.to == late.to:
                continue
            facts = prover.example(allowed, truths[one].yes, truths[other].yes)
            if facts is not None:
                values = {"step": step.code, "first": str(early.to), "second": str(late.to)}
                outcomes = ((str(early.to), ()), (str(late.to), ()))
                example = Example(facts, outcomes)
                yield Finding("CF332", (*path, other, "when"), values, step.clauses, example)
