"""Clocks in words: when each falls due and why, what it said before, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from complaintflow.engine.clocks import Clock, Part
from complaintflow.engine.story import Line, Teller, keyed
from complaintflow.engine.superseded import Superseded
from complaintflow.moments import from_micros
from complaintflow.policy.choice import Open

__all__ = ["ahead", "timed"]


def timed(
    t: Teller, clock: Clock, was: tuple[Superseded, ...], story: Mapping[int, Line]
) -> Iterator[str]:
    """A clock that has begun.

    Args:
        t: Says it.
        clock: The clock.
        was: What it said before.
        story: The lines of the story by position.
    """
    duty = clock.state.duty
    head = t.say(
        "clock",
        duty=keyed(t, duty.code, clock.state.key),
        clause=", ".join(duty.clauses),
        round=clock.state.round,
        start=t.at(clock.start or 0),
        outcome=_outcome(t, clock),
        kind=t.say(f"kind-{clock.target.kind}"),
    )
    yield f"  {head}"
    for line in (*_why(t, clock), *_beside(t, clock), *_extended(t, clock)):
        yield f"    {line}"
    for one in was:
        told = story[one.position]
        yield "    " + t.say(
            "superseded",
            was=t.say("clock-paused") if one.paused else _at(t, one.due),
            until=t.at(one.until),
            cause=t.say(f"moved-{one.cause}"),
            position=one.position,
            line=told.text_zh if t.language == "zh" else told.text_en,
        )


def ahead(t: Teller, clock: Clock) -> str:
    """A clock that waits for the hop before."""
    duty = clock.state.duty
    return "  " + t.say(
        "clock-ahead",
        duty=keyed(t, duty.code, clock.state.key),
        clause=", ".join(duty.clauses),
        start=t.at(clock.start or 0),
        due=_at(t, clock.due),
    )


def _at(t: Teller, at: int | None) -> str:
    return t.say("clock-none", sort="-") if at is None else t.at(at)


def _why(t: Teller, clock: Clock) -> list[str]:
    if clock.limit is None or clock.due is None or clock.start is None:
        return []
    tz = clock.calendar.tz
    due = clock.calendar.due(
        from_micros(clock.start, tz),
        clock.limit,
        conventions=clock.conventions,
        pauses=[
            (from_micros(begin, tz), None if end is None else from_micros(end, tz))
            for begin, end in clock.pauses
        ],
    )
    return due.explain("zh" if t.language == "zh" else "en").splitlines()


def _beside(t: Teller, clock: Clock) -> Iterator[str]:
    if clock.beside is not None:
        key = "beside-replaces" if clock.target.ranks == "replaces" else "beside-earliest"
        yield t.say(key, what=_part(t, clock, clock.beside), due=_at(t, clock.beside.due))


def _part(t: Teller, clock: Clock, part: Part) -> str:
    if part.limit is not None:
        return part.limit.text("zh" if t.language == "zh" else "en")
    return t.name(clock.target.date) if clock.target.date else part.sort


def _extended(t: Teller, clock: Clock) -> Iterator[str]:
    extended = clock.target.extended
    for one in clock.extensions:
        clauses = (extended.clauses if extended is not None else ()) or clock.state.duty.clauses
        yield t.say(
            "extended",
            by=one.grant.by.text("zh" if t.language == "zh" else "en"),
            anchor=t.at(one.anchor),
            at=t.at(one.grant.at),
            due=_at(t, one.due),
            clause=", ".join(clauses),
        )


def _outcome(t: Teller, clock: Clock) -> str:
    if clock.due is not None:
        due = t.at(clock.due)
        if clock.state.done_at is None:
            return t.say("clock-due", due=due)
        return t.say("clock-done", due=due, done=t.at(clock.state.done_at))
    if clock.paused:
        return t.say("clock-paused")
    target = clock.state.duty.target
    if target is not None and isinstance(target.within, Open):
        return t.say("clock-open", choice=t.name(target.within.choice))
    return t.say("clock-none", sort=clock.sort)
