"""Findings about time that one duty shows by itself: pauses, rungs, limits that disagree."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Iterator, Mapping

from complaintflow.calendar import lag, lead, point_at_share
from complaintflow.calendar.limits import Disagreeing, Limit
from complaintflow.domain.types import Simple
from complaintflow.errors import CalendarError, InvalidValueError
from complaintflow.policy.check.finding import Example, Finding
from complaintflow.policy.check.places import joined
from complaintflow.policy.check.sampling import Clock, Sample, clocks_of, sample_of
from complaintflow.policy.duty import Duty
from complaintflow.policy.expression.compiled import compile as compiled
from complaintflow.policy.policy import Policy
from complaintflow.policy.rung import Rung

__all__ = ["check_timing"]

_EVERY = 7  # of the starts of a year that rungs are tried on


def check_timing(policy: Policy) -> Iterator[Finding]:
    """CF401, CF402 and CF405 to CF409."""
    sample = sample_of(policy)
    cover = policy.calendar.coverage
    if cover is not None and policy.effective is not None and policy.effective > cover[1]:
        values = {"last": str(cover[1]), "effective": str(policy.effective)}
        yield Finding("CF409", ("policy", "calendar"), values)
    for duty in policy.duties:
        yield from _pauses(policy, duty)
        yield from _lacking(policy, duty)
    for clock in clocks_of(policy):
        if clock.counted:
            yield from _rungs(clock, sample)
        elif clock.duty.target is not None and clock.duty.target.rungs:
            path = ("duty", clock.duty.code, "rungs")
            values = {"duty": clock.named, "limit": str(clock.limit)}
            yield Finding("CF407", path, values, clock.duty.clauses)
        if isinstance(clock.limit, Disagreeing):
            yield from _disagreeing(clock, clock.limit, sample)


def _pauses(policy: Policy, duty: Duty) -> Iterator[Finding]:
    target = duty.target
    if target is None or target.pauses is None:
        return
    why = ""
    if target.within is None:
        fact = next((fact for fact in policy.facts if fact.code == target.date), None)
        why = "" if fact is not None and fact.type == Simple("limit") else "@date"
    else:
        within = target.within if isinstance(target.within, Mapping) else {"": target.within}
        unmoved = [limit for limit in within.values() if isinstance(limit, Limit)]
        if unmoved and len(unmoved) == len(within) and not any(x.movable for x in unmoved):
            why = f"@unmoved:{unmoved[0]}"
    if why:
        values = {"duty": duty.code, "why": why}
        yield Finding("CF406", ("duty", duty.code, "pauses"), values, duty.clauses)


def _lacking(policy: Policy, duty: Duty) -> Iterator[Finding]:
    target = duty.target
    if target is None or target.per is None or not isinstance(target.within, Mapping):
        return
    decision = next((one for one in policy.decisions if one.code == target.per), None)
    if decision is None:
        return
    lacking = []
    for answer in decision.answers:
        owed = True
        if duty.when is not None:
            owed = compiled(duty.when)(_Answered({decision.code: answer})) is not False
        if owed and answer not in target.within:
            lacking.append(answer)
    if lacking:
        values = {"duty": duty.code, "decision": decision.code, "answers": joined(lacking)}
        yield Finding("CF408", ("duty", duty.code, "within"), values, duty.clauses)


class _Answered(dict[str, str]):
    """A view in which one answer is known."""

    def __missing__(self, name: str) -> None:
        return None


def _rungs(clock: Clock, sample: Sample) -> Iterator[Finding]:
    """CF401 and CF402, each once a duty, with the first start that shows it."""
    rungs = clock.duty.target.rungs if clock.duty.target else ()
    path = ("duty", clock.duty.code, "rungs")
    crossed, early = False, set[str]()
    for start in sample.starts[::_EVERY] if rungs else ():
        due = clock.due(start)
        if due is None:
            continue
        points = [(rung, _point(clock, rung, start, due)) for rung in rungs]
        ready = [(rung, at) for rung, at in points if at is not None]
        for index, (rung, at) in enumerate(ready):
            if at < start and rung.code not in early:
                early.add(rung.code)
                values = {"duty": clock.named, "rung": str(rung.at), "limit": str(clock.limit)}
                example = _example(sample, start, (str(rung.at), at))
                yield Finding("CF402", path, values, rung.clauses or clock.duty.clauses, example)
            before = [one for one in ready[:index] if one[1] > at]
            if before and not crossed:
                crossed = True
                values = {
                    "duty": clock.named,
                    "later": str(rung.at),
                    "earlier": str(before[0][0].at),
                }
                example = _example(
                    sample, start, (str(rung.at), at), (str(before[0][0].at), before[0][1])
                )
                yield Finding("CF401", path, values, clock.duty.clauses, example)


def _point(clock: Clock, rung: Rung, start: int, due: int) -> int | None:
    """When *rung* is ready; None where it cannot be said."""
    at = rung.at
    try:
        match at.kind:
            case "share":
                return point_at_share(clock.calendar, clock.limit, start, due, at.share)
            case "lead" if at.amount is not None:
                return lead(clock.calendar, due, at.amount)
            case "lag" if at.amount is not None:
                return lag(clock.calendar, due, at.amount)
            case _:
                return due + 1_000_000
    except (CalendarError, InvalidValueError):
        return None


def _disagreeing(clock: Clock, limit: Disagreeing, sample: Sample) -> Iterator[Finding]:
    one = Clock(clock.duty, "", limit.governing, clock.calendar, clock.conventions)
    other = Clock(clock.duty, "", limit.other, clock.calendar, clock.conventions)
    shown = None
    for start in sample.starts:
        first, second = one.due(start), other.due(start)
        if first is None or second is None or first == second:
            continue
        apart = _day(sample, first) != _day(sample, second)
        if shown is None or apart:
            shown = (start, first, second)
        if apart:
            break
    if shown is not None:
        start, first, second = shown
        texts = str(limit.governing), str(limit.other)
        values = {"duty": clock.named, "limit": texts[0], "other": texts[1]}
        example = _example(sample, start, (texts[0], first), (texts[1], second))
        path = ("duty", clock.duty.code, "within")
        yield Finding("CF405", path, values, clock.duty.clauses, example)


def _day(sample: Sample, at: int) -> _dt.date:
    return sample.shown(at).date()


def _example(sample: Sample, start: int, *dues: tuple[str, int]) -> Example:
    return Example(
        start=sample.shown(start), dues=tuple((name, sample.shown(at)) for name, at in dues)
    )
