"""Findings about two limits at once: orders that flip over weekends, duties that wait too long."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from complaintflow.policy.check.finding import Example, Finding
from complaintflow.policy.check.prover import GaveUpError, Prover
from complaintflow.policy.check.sampling import Clock, Sample, clocks_of, sample_of
from complaintflow.policy.choice import Open
from complaintflow.policy.expression import Name, positive_names
from complaintflow.policy.policy import Policy
from complaintflow.policy.step import ANY

__all__ = ["check_crossing"]

_USUALLY = 80  # per cent of the starts in opening hours that make an order the ordinary one
_CLOCKLIKE = ("elapsed", "working time")


def check_crossing(policy: Policy, prover: Prover | None) -> Iterator[Finding]:
    """CF403 and CF404.

    Args:
        policy: The policy.
        prover: Tells which duties are never owed together; without one all may be.
    """
    sample = sample_of(policy)
    clocks = [clock for clock in clocks_of(policy) if clock.counted]
    for one, other in combinations(clocks, 2):
        if one.duty == other.duty or not _together(policy, one, other):
            continue
        if one.answer and other.answer and one.answer != other.answer and _same_per(one, other):
            continue
        if not _both_owed(prover, one, other):
            continue
        if _waits(policy, one, other):
            yield from _late(sample, one, other)
        elif _waits(policy, other, one):
            yield from _late(sample, other, one)
        elif not _parallel(one, other):
            yield from _flipping(sample, one, other)


def _together(policy: Policy, one: Clock, other: Clock) -> bool:
    """Whether both begin with the same moment, or with steps that can follow at once."""
    first, second = one.duty.starts, other.duty.starts
    if isinstance(first, Open) or isinstance(second, Open):
        return False
    if first == second:
        return True
    if not (isinstance(first, Name) and isinstance(second, Name)):
        return False
    steps = {step.code: step for step in policy.steps}
    a, b = steps.get(first.path), steps.get(second.path)
    if a is None or b is None:
        return False
    return any(
        branch.to in late.source and late.source != (ANY,)
        for early, late in ((a, b), (b, a))
        for branch in early.to
    )


def _same_per(one: Clock, other: Clock) -> bool:
    first, second = one.duty.target, other.duty.target
    return first is not None and second is not None and first.per == second.per


def _both_owed(prover: Prover | None, one: Clock, other: Clock) -> bool:
    if prover is None:
        return True
    conditions = [duty.when for duty in (one.duty, other.duty) if duty.when is not None]
    try:
        return prover.possible(prover.encoder.all_of(conditions))
    except GaveUpError:
        return True


def _waits(policy: Policy, one: Clock, other: Clock) -> bool:
    """Whether *one* ends with a step that needs *other* to be done."""
    ends = one.duty.ends
    if ends is None:
        return False
    closing = positive_names(ends)
    return any(
        other.duty.code in positive_names(need.condition)
        for step in policy.steps
        if step.code in closing
        for need in step.needs
    )


def _parallel(one: Clock, other: Clock) -> bool:
    """Whether they are counted alike, so that their order never changes."""
    same = one.limit.sort == other.limit.sort and one.calendar == other.calendar
    return same and one.limit.sort in _CLOCKLIKE


def _late(sample: Sample, one: Clock, other: Clock) -> Iterator[Finding]:
    for start in sample.starts:
        first, second = one.due(start), other.due(start)
        if first is not None and second is not None and second > first:
            yield _finding("CF404", sample, (one, other), start)
            return


def _flipping(sample: Sample, one: Clock, other: Clock) -> Iterator[Finding]:
    ahead, behind = [], []
    for start in sample.starts:
        first, second = one.due(start), other.due(start)
        if first is None or second is None:
            return
        if first < second:
            ahead.append(start)
        elif first > second:
            behind.append(start)
    few, pair = (ahead, (one, other)) if len(ahead) < len(behind) else (behind, (other, one))
    many = len(ahead) + len(behind) - len(few)
    if few and many * 100 >= _USUALLY * len(sample.starts):
        yield _finding("CF403", sample, pair, few[0])


def _finding(code: str, sample: Sample, pair: tuple[Clock, Clock], start: int) -> Finding:
    first, second = pair
    values = {
        "first": first.named,
        "limit": str(first.limit),
        "second": second.named,
        "other": str(second.limit),
    }
    dues = [(clock.named, clock.due(start)) for clock in pair]
    example = Example(
        start=sample.shown(start),
        dues=tuple((name, sample.shown(at)) for name, at in dues if at is not None),
    )
    clauses = tuple(dict.fromkeys((*first.duty.clauses, *second.duty.clauses)))
    return Finding(code, ("duty", first.duty.code, "within"), values, clauses, example)
